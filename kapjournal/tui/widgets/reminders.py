"""What waits for somebody when they come in: something to look at, a page to go on with."""

from typing import TYPE_CHECKING

from textual.content import Content

from kapjournal.tui.course_view import View
from kapjournal.tui.widgets.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable


class Reminders(Secret):
    """One quiet line for each; not there when nothing waits."""

    DEFAULT_CSS = """
    Reminders { height: auto; padding: 1 2 0 2; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__("")
        self.display = False

    def show(self, view: View, said: "Callable[[str], str]") -> None:
        """Say what waits; `said` puts the names of keys in."""
        lines = []
        if view.findings:
            sentence = said("Something is not as its author left it. Press {findings} to read.")
            lines.append(Content.styled(sentence, "$warning"))
        if view.drafts:
            name = view.drafts[0].text.name
            one = "A draft waits: “%s”. Press {drafts} to go on."
            several = "Drafts wait, “%s” and more. Press {drafts} to choose."
            lines.append(Content(said(several if len(view.drafts) > 1 else one) % name))
        self.update(Content("\n").join(lines))
        self.display = bool(lines)
