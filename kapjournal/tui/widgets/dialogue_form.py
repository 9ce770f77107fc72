"""The few lines that two partners keep of a dialogue: a caption and a field each."""

from collections.abc import Iterable, Mapping

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.domain.dialogue_page import FIELDS, TOPIC
from kapjournal.text import MAX_LINE
from kapjournal.tui.widgets.field import Field


class PageForm(Vertical):
    """A row for each field of the page, in their order."""

    DEFAULT_CSS = """
    PageForm { height: auto; max-width: 100; }
    PageForm Horizontal { height: 1; }
    PageForm Static { width: 24; color: $text-muted; }
    PageForm Field { width: 1fr; height: 1; border: none; padding: 0 1; background: $surface; }
    PageForm Field:focus { border: none; background: $panel; }
    """

    def compose(self) -> ComposeResult:
        """Seven rows."""
        for field in FIELDS:
            with Horizontal():
                yield Static("", markup=False, id=f"caption-{field}")
                yield Field(max_length=MAX_LINE, id=field)

    @property
    def values(self) -> dict[str, str]:
        """What stands in each field."""
        return {field: self.query_one(f"#{field}", Field).value for field in FIELDS}

    def fill(self, values: Mapping[str, str], captions: Mapping[str, str]) -> None:
        """Put words into the fields and before them, and the cursor into the first that is empty."""
        for field in FIELDS:
            self.query_one(f"#caption-{field}", Static).update(captions[field])
            self.query_one(f"#{field}", Field).value = values[field]
        empty = next((field for field in FIELDS if not values[field]), TOPIC)
        self.query_one(f"#{empty}").focus()

    def goes_to_next_field(self) -> bool:
        """Go from a field to the next; False in the last, or where the cursor is in none."""
        fields = list(self.query(Field))
        place = next((at for at, one in enumerate(fields) if one.has_focus), len(fields) - 1)
        if place == len(fields) - 1:
            return False
        fields[place + 1].focus()
        return True


class PageLines(OptionList):
    """The lines of the page as the two approve them; one of them can be chosen."""

    def show(self, rows: Iterable[tuple[str, str]], readers: str) -> None:
        """List the lines, each by its field, and below them who reads them, with the first chosen."""
        listed = [Option(Content(line), id=field) for field, line in rows]
        self.set_options([*listed, Option(Content.styled(f"{readers}.", "$text-muted"))])
        self.highlighted = 0
        self.focus()

    @property
    def chosen(self) -> str:
        """The field of the chosen line; empty where that says who reads them."""
        option = self.highlighted_option
        return (option.id or "") if option else ""

    def on_unmount(self) -> None:
        """Forget them: a widget may live on in memory."""
        self.clear_options()
