"""The fields for how somebody signs: name and credentials, side by side."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from kapjournal.domain.signing import MAX_NAME, Signer, signer_from
from kapjournal.tui.widgets.field import Field


class SignerFields(Horizontal):
    """Asks for a name and credentials."""

    DEFAULT_CSS = """
    SignerFields {
        height: auto;
        & > Vertical { width: 1fr; height: auto; }
    }
    """

    def __init__(self, before: Signer | None, *, is_optional: bool = False) -> None:
        """`before` is how the person signed last, to begin with."""
        super().__init__()
        self._before = before
        self._missing = "" if is_optional else "A signature needs a name."

    def compose(self) -> ComposeResult:
        """Two fields with a caption each."""
        name, credentials = (self._before.name, self._before.credentials) if self._before else ("", "")
        with Vertical():
            yield Static("Your name", markup=False, classes="caption")
            yield Field(
                name,
                placeholder="first and last name",
                max_length=MAX_NAME,
                missing=self._missing,
                id="name",
            )
        with Vertical():
            yield Static("Credentials, if any", markup=False, classes="caption")
            yield Field(credentials, placeholder="such as LMFT", max_length=MAX_NAME, id="credentials")

    @property
    def signer_if_any(self) -> Signer | None:
        """The same, and None where both fields are empty (`UsageError` for credentials without a name)."""
        return self.signer if any(field.value.strip() for field in self.query(Field)) else None

    @property
    def signer(self) -> Signer:
        """How the person signs (`UsageError` without a name)."""
        return signer_from(self.query_one("#name", Field).value, self.query_one("#credentials", Field).value)
