"""The quiet line above the page: one prompt of the chosen kind at a time."""

from textual.content import Content
from textual.widgets import Static

from kapjournal.domain.notes import NoteText
from kapjournal.domain.own_prompts import OwnPrompts
from kapjournal.presentation.prompts import Prompt, prompts


class PromptLine(Static):
    """One prompt, which stays out of the text unless it is taken; a click shows the next one."""

    DEFAULT_CSS = "PromptLine { height: 2; padding: 0 1; color: $text-muted; }"

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._prompts: tuple[Prompt, ...] = ()
        self._index = 0
        self._keys = ""

    @property
    def prompt(self) -> str:
        """The words of the prompt that is shown."""
        return self._prompts[self._index].words if self._prompts else ""

    def show(self, text: NoteText, own: OwnPrompts, keys: str) -> None:
        """Begin with the first prompt for a page, unless those are shown already; the member's `own` come
        last, and `keys` says what can be done."""
        self._keys = keys
        now = prompts(text, own)
        if now != self._prompts:
            is_same = self._prompts[: self._index + 1] == now[: self._index + 1]
            self._prompts, self._index = now, self._index if is_same else 0
        self._draw()

    def turn(self, by: int) -> None:
        """Show the next (1) or the one before (-1); after the last comes the first."""
        if self._prompts:
            self._index = (self._index + by) % len(self._prompts)
        self._draw()

    def on_click(self) -> None:
        """Show the next prompt."""
        self.turn(1)

    def _draw(self) -> None:
        said = self._prompts[self._index].said if self._prompts else ""
        prompt = Content.styled(said, "italic $secondary")
        fits = prompt.cell_length + 2 + len(self._keys) <= self.content_size.width
        apart = "  " if fits or prompt.cell_length > self.content_size.width else "\n"
        self.update(Content.assemble(prompt, apart, (self._keys, "$text-muted")) if self.prompt else "")

    def on_resize(self) -> None:
        """Put the keys into a line of their own where they would be broken."""
        self._draw()
