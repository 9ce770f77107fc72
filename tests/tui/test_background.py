"""What comes of slow work meets only what is still there to hear of it."""

import gc
import threading
import weakref
from functools import partial

import pytest
from textual.app import App
from textual.screen import Screen
from textual.widgets import Static

from kapjournal.errors import Refused
from kapjournal.tui import background


class _Waits(Screen[None]):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("goes", [False, True])
async def test_a_screen_that_is_being_taken_away_hears_nothing(goes: bool, fails: bool) -> None:
    """Its parts are gone before it is: to look one up would end the program."""
    app, screen, may_end = App[None](), _Waits(), threading.Event()

    def work() -> str:
        may_end.wait(60)
        if fails:
            raise Refused("No.")
        return "Yes."

    async with app.run_test() as pilot:
        await app.push_screen(screen)
        await screen.mount(Static())
        worker = background.run(screen, work, screen.heard.append, screen.heard.append)
        if goes:
            screen._pruning = True  # as Textual says it before the first part goes
        may_end.set()
        await worker.wait()
        await pilot.pause()
        screen._pruning = False
    assert screen.heard == ([] if goes else ["No." if fails else "Yes."])


class _Words:
    """Something that was typed."""


async def test_what_the_work_was_given_is_let_go_of_when_it_is_done() -> None:
    """Its worker may live on, as in a message that a screen had no time to read before it went."""
    app, screen, words = App[None](), _Waits(), _Words()
    given = weakref.ref(words)
    async with app.run_test() as pilot:
        await app.push_screen(screen)
        worker = background.run(screen, partial(_asked, words), screen.heard.append, screen.heard.append)
        del words
        await worker.wait()
        await pilot.pause()
        gc.collect()
        assert given() is None
    assert screen.heard == ["Read."]


def _asked(_: _Words) -> str:
    return "Read."
