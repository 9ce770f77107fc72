"""The fields by which a form asks for a passphrase that seals its file, and how the file is sealed then."""

from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from kapjournal.errors import UsageError
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.presentation import write_up_leaving as saying
from kapjournal.tui.screens.file_form import FileForm
from kapjournal.tui.widgets.field import Field


def passphrase_twice() -> Horizontal:
    """The passphrase, and the same once more."""
    return pair(
        (saying.PASSPHRASE, Field(password=True, id="passphrase")),
        (saying.AGAIN, Field(password=True, id="again")),
    )


def sealing_in(form: FileForm, keys: str) -> Sealing | None:
    """How the file is sealed by what was typed into a form, the keys into its field `keys`; None if it is not
    (`UsageError`)."""
    key, passphrase, again = (
        form.query_one(f"#{name}", Field).value for name in (keys, "passphrase", "again")
    )
    with form.reading("again"):
        if passphrase != again:
            raise UsageError(saying.NOT_THE_SAME)
    with form.reading(keys):
        if key.strip() and passphrase:
            raise UsageError(saying.ONE_OF_BOTH)
        return Sealing(passphrase=passphrase) if passphrase else age.sealing_typed(key)


def pair(*fields: tuple[str, Widget]) -> Horizontal:
    """Two fields side by side, each under its caption."""
    captioned = (
        Vertical(Static(caption, markup=False, classes="caption"), field) for caption, field in fields
    )
    return Horizontal(*captioned, classes="pair")
