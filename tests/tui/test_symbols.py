"""Whatever we draw that is no letter takes one cell, in every table of widths there is."""

import unicodedata
from pathlib import Path

import pytest
from rich.cells import cell_len
from wcwidth import wcwidth

import kapjournal.tui

TUI = Path(kapjournal.tui.__file__).parent
SOURCES = [*TUI.rglob("*.py"), *TUI.rglob("*.tcss"), TUI.parent / "text.py"]
SYMBOLS = sorted({c for source in SOURCES for c in source.read_text(encoding="utf-8") if ord(c) > 126})
_KNOWN = "·’“”…←↑→↓─│┃●○▀"
"""“Ambiguous” to Unicode: two cells in old East Asian terminals, where a line longer does no harm."""


@pytest.mark.parametrize("symbol", SYMBOLS, ids=lambda symbol: f"U+{ord(symbol):04X}")
def test_a_symbol_is_one_cell_wide(symbol: str) -> None:
    assert wcwidth(symbol) == cell_len(symbol) == 1
    narrow = unicodedata.east_asian_width(symbol) in ("N", "Na", "H")
    assert narrow or symbol in _KNOWN
    assert not unicodedata.combining(symbol)


def test_the_marks_that_say_who_reads_are_among_them() -> None:
    assert set("◌◍◉") <= set(SYMBOLS)
