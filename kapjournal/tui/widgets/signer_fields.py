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

    def __init__(self, before: Signer | None) -> None:
        """`before` is how the person signed last, to begin with."""
        super().__init__()
        self._before = before

    def compose(self) -> ComposeResult:
        """Two fields with a caption each."""
        name, credentials = (self._before.name, self._before.credentials) if self._before else ("", "")
        with Vertical():
            yield Static("Your name", markup=False, classes="caption")
            yield Field(
                name,
                placeholder="first and last name",
                max_length=MAX_NAME,
                missing="A signature needs a name.",
                id="name",
            )
        with Vertical():
            yield Static("Credentials, if any", markup=False, classes="caption")
            yield Field(credentials, placeholder="such as LMFT", max_length=MAX_NAME, id="credentials")

    @property
    def signer(self) -> Signer:
        """How the person signs (`UsageError` without a name)."""
        return signer_from(self.query_one("#name", Field).value, self.query_one("#credentials", Field).value)
