from collections.abc import Iterable
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from kapjournal.tui.textual_internals.terminal_input import TerminalInputParser


def said(messages: Iterable[Message]) -> list[str]:
    """Keys by name, pastes with their words in brackets."""
    found = []
    for message in messages:
        if isinstance(message, events.Paste):
            found.append(f"[{message.text}]")
        elif isinstance(message, events.Key):
            found.append(message.key)
    return found


def fed(*chunks: str) -> list[str]:
    parser = TerminalInputParser()
    return said(chain.from_iterable(list(parser.feed(chunk)) for chunk in chunks))


def test_a_paste_with_an_escape_in_it_stays_whole_and_in_order() -> None:
    text = "PA\tB \x1b[31mC\x07D\r\nE\x1b"
    assert fed(f"a\x1b[200~{text}\x1b[201~b") == ["a", f"[{text}]", "b"]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.lists(st.integers(1, 40)))
def test_a_paste_comes_whole_however_it_is_cut(text: str, lengths: list[int]) -> None:
    text = text.replace("\x1b[201~", "")
    stream = f"{text}\x1b[201~q"
    chunks, at = ["\x1b[200~"], 0
    for length in lengths:
        chunks.append(stream[at : at + length])
        at += length
    chunks.append(stream[at:])
    assert fed(*filter(None, chunks)) == [f"[{text}]", "q"]


def test_two_pastes_in_one_read() -> None:
    assert fed("\x1b[200~one\x1b[201~\x1b[200~two\x1b[201~") == ["[one]", "[two]"]


@pytest.mark.parametrize("character", ["\u200c", "\u200d", "\u200f", "\u00a0", "\u202f", "\u00ad"])
def test_a_typed_joiner_or_space_is_text(character: str) -> None:
    assert fed(f"a{character}b") == ["a", f"[{character}]", "b"]


def test_keys_stay_keys() -> None:
    assert fed("\x1b[A\x0c\r") == ["up", "ctrl+l", "enter"]
