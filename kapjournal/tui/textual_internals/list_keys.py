"""The keys that move in a list: up and down stop at its ends, Page Up and Page Down need a list laid out.

Textual goes on from the last option to the first, which a person who holds the key down takes for more of
the list. For a page it looks up the line of the highlighted option, and fails where no line was laid out: in
a window too small for the list, and in the palette, whose keys may come before its list was painted. The
palette makes its list itself, so the class is mended, not a subclass.

Private name used here, since nothing public leads to it:

- `OptionList._index_to_line`: the first line of every option that was laid out.
"""

from collections.abc import Callable

from textual.widgets import OptionList


def mend_list_keys() -> None:
    """Let them do nothing where there is no further to go; called once, when the app's class is made."""
    for name in ("action_page_up", "action_page_down"):
        setattr(OptionList, name, _where_laid_out(getattr(OptionList, name)))
    for name, step in (("action_cursor_up", -1), ("action_cursor_down", 1)):
        setattr(OptionList, name, _to_the_end(getattr(OptionList, name), step))


def _where_laid_out(move: Callable[[OptionList], None]) -> Callable[[OptionList], None]:
    def moves(options: OptionList) -> None:
        if (options.highlighted or 0) in options._index_to_line:
            move(options)

    return moves


def _to_the_end(move: Callable[[OptionList], None], step: int) -> Callable[[OptionList], None]:
    def moves(options: OptionList) -> None:
        here = options.highlighted
        if here is None:
            further = options.options
        else:
            further = options.options[here + 1 :] if step > 0 else options.options[:here]
        if any(not option.disabled for option in further):
            move(options)

    return moves
