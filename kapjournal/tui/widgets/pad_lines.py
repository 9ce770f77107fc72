"""The rows of both people on the dose pad, the last one at the foot."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option, OptionDoesNotExist

NAME_CELLS = 9


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

    def show(self, lines: Sequence[PadLine], chosen: str | None = None) -> None:
        """Replace the rows, with the cursor on the one that is `chosen`, else where it was, else last."""
        before = self.highlighted_option.id if self.highlighted_option else None
        self.set_options(Option(_row(line), id=line.id) for line in lines)
        ids = [line.id for line in lines]
        wanted = next((one for one in (chosen, before) if one in ids), ids[-1] if ids else None)
        self.highlighted = ids.index(wanted) if wanted is not None else None

    def show_one(self, line: PadLine) -> None:
        """Replace one row that is being typed."""
        with suppress(OptionDoesNotExist):
            self.replace_option_prompt(line.id, _row(line))

    def on_unmount(self) -> None:
        """Forget the words: a widget may live on in memory."""
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()


def _row(line: PadLine) -> Content:
    name = Content(line.name).truncate(NAME_CELLS, ellipsis=True, pad=True)
    head = Content.assemble(
        f"{line.clock}  ", Content.styled(f"{line.since:>8}  ", "$text-muted"), name, "  ", line.words
    )
    for sentence in line.says:
        head += Content.assemble("\n", " " * 17, Content.styled(sentence, "bold $text-warning"))
    return head
