"""The fields for a person's label and role, side by side."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Select, Static

from kapjournal.domain.members import Role
from kapjournal.tui.widgets.field import Field


class PersonFields(Horizontal):
    """Asks for a label and a role."""

    DEFAULT_CSS = """
    PersonFields {
        height: auto;
        & > Vertical { width: 1fr; height: auto; }
    }
    """

    def __init__(
        self, called: str, being: str, role: Role, roles: Sequence[Role], *, missing: str, id: str
    ) -> None:
        """The two captions, the role to begin with and those there are, what is said without a label, and the
        id of its field."""
        super().__init__()
        self._captions = called, being
        self._first = role
        self._roles = roles
        self._missing = missing
        self._field = id

    def compose(self) -> ComposeResult:
        """Two fields with a caption each."""
        called, being = self._captions
        with Vertical():
            yield Static(called, markup=False, classes="caption")
            yield Field(
                placeholder="first name or initials", max_length=40, missing=self._missing, id=self._field
            )
        with Vertical():
            yield Static(being, markup=False, classes="caption")
            choices = [(role.in_words.capitalize(), role) for role in self._roles]
            yield Select(choices, value=self._first, allow_blank=False)

    @property
    def label(self) -> str:
        """The label that is typed."""
        return self.query_one(Field).value

    @property
    def role(self) -> Role:
        """The role that is chosen."""
        return Role(str(self.query_one(Select).value))
