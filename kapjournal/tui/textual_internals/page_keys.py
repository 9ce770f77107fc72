"""Page Up and Page Down in a list that is not laid out yet, or has no room: they move nothing.

Textual looks up the line of the highlighted option, and fails where no line was laid out: in a window too
small for the list, and in the palette, whose keys may come before its list was painted. The palette makes its
list itself, so the class is mended, not a subclass.

Private name used here, since nothing public leads to it:

- `OptionList._index_to_line`: the first line of every option that was laid out.
"""

from collections.abc import Callable

from textual.widgets import OptionList


def mend_page_keys() -> None:
    """Let them do nothing in a list without lines; called once, when the app's class is made."""
    for name in ("action_page_up", "action_page_down"):
        setattr(OptionList, name, _where_laid_out(getattr(OptionList, name)))


def _where_laid_out(move: Callable[[OptionList], None]) -> Callable[[OptionList], None]:
    def moves(options: OptionList) -> None:
        if (options.highlighted or 0) in options._index_to_line:
            move(options)

    return moves
