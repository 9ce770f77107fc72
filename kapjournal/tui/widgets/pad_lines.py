"""The rows of both people on the dose pad, the last one at the foot."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option, OptionDoesNotExist

from kapjournal.tui.textual_internals.wrapping import wrap_offsets

NAME_CELLS = 9
WORDS_AT = 5 + 2 + 8 + 2 + NAME_CELLS + 2
"""Where the words begin, in cells: behind clock, minutes and name."""


@dataclass(frozen=True, slots=True)
class PadLine:
    """One row as it is shown. `says` stands below it."""

    id: str
    clock: str
    since: str
    name: str
    words: str
    says: tuple[str, ...] = ()


class PadLines(OptionList):
    """A list of rows; Enter or a click chooses one."""

    DEFAULT_CSS = """
    PadLines {
        height: 1fr;
        border: none;
        padding: 0 0 0 1;
        background: transparent;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: transparent; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, PadLine] = {}

    def show(self, lines: Sequence[PadLine], chosen: str | None = None) -> None:
        """Replace the rows, with the cursor on the one that is `chosen`, else where it was, else last."""
        self._shown = {line.id: line for line in lines}
        before = self.highlighted_option.id if self.highlighted_option else None
        self.set_options(Option(self._row(line), id=line.id) for line in lines)
        ids = [line.id for line in lines]
        wanted = next((one for one in (chosen, before) if one in ids), ids[-1] if ids else None)
        self.highlighted = ids.index(wanted) if wanted is not None else None

    def show_one(self, line: PadLine) -> None:
        """Replace one row that is being typed."""
        with suppress(OptionDoesNotExist):
            self.replace_option_prompt(line.id, self._row(line))
            self._shown[line.id] = line

    def on_resize(self) -> None:
        """Break the words where they end now."""
        for line in self._shown.values():
            self.show_one(line)

    def on_unmount(self) -> None:
        """Forget the words: a widget may live on in memory."""
        self._shown = {}
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()

    def _row(self, line: PadLine) -> Content:
        """A row, with what does not fit below its own words."""
        width = self.scrollable_content_region.width - 1
        indent = WORDS_AT if width > WORDS_AT * 2 else 2
        name = Content(line.name).truncate(NAME_CELLS, ellipsis=True, pad=True)
        head = Content.assemble(f"{line.clock}  ", (f"{line.since:>8}  ", "$text-muted"), name, "  ")
        first = "" if indent == WORDS_AT or width < 1 else "\n" + " " * indent
        said = Content.assemble(head, first, _below(line.words, width - indent, indent))
        for sentence in line.says:
            words = _below(sentence, width - indent, indent)
            said = Content.assemble(said, "\n", " " * indent, (words, "bold $warning"))
        return said


def _below(words: str, width: int, indent: int) -> str:
    """Words broken into lines that begin below each other."""
    if width < 1:
        return words
    places = [0, *wrap_offsets(words, width), len(words)]
    pieces = (words[start:end].rstrip() for start, end in pairwise(places))
    return ("\n" + " " * indent).join(pieces)
