"""Codes, passphrases and recovery words: a lock leaves none of them behind."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal import journal as journals
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, Journal, KdfStrength, join
from kapjournal.tui.app import KapApp
from kapjournal.tui.screens.join import JoinScreen
from kapjournal.tui.screens.recovery_words import RecoveryWordsScreen
from kapjournal.tui.widgets.page import Page
from tests.tui.conftest import PASSPHRASES
from tests.tui.hands import (
    comes_to,
    enters_again,
    fills,
    forgotten,
    goes_to_people,
    invites,
    offered_words,
    presses,
    remembered,
)
from tests.tui.sight import enters, sees, until
from tests.tui.test_locking import Clocks

Open = Callable[[str], Journal]


async def test_a_lock_leaves_no_code_no_passphrase_and_no_recovery_word(app: KapApp) -> None:
    secret = "a secret of Roe’s own"
    async with app.run_test() as seat:
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(seat)
        code = await invites(seat, "Roe", Role.SUPERVISOR)
        await seat.press("ctrl+l")
        await comes_to(seat, "doors")
        await forgotten(seat, code)

        await enters_again(seat, "Dr Lee")
        await goes_to_people(seat, "Roe")
        await seat.press("c")
        await presses(seat, "#yes")
        await sees(seat, "is cancelled")
        code = await invites(seat, "Roe", Role.SUPERVISOR)
        await presses(seat, "#hand-over")
        await comes_to(seat, "hand-over")
        assert app._journal is None
        await seat.press("ctrl+l")
        await comes_to(seat, "doors")
        await sees(seat, "Locked.")
        await forgotten(seat, code)

        await presses(seat, "#join")
        await comes_to(seat, "join")
        await fills(seat, code=code, own=secret, again=secret)
        offered = await offered_words(seat)
        await seat.press("ctrl+l")
        await comes_to(seat, "doors")
        await forgotten(seat, code, secret, offered)

        await presses(seat, "#join")
        await comes_to(seat, "join")
        await fills(seat, code=code, label="Roe", own=secret, again=secret)
        await presses(seat, "#do")
        await comes_to(seat, "recovery-words")
        screen = app.screen
        assert isinstance(screen, RecoveryWordsScreen)
        words = screen._words[0] + "', '" + screen._words[1]
        del screen
        assert remembered(app, words) == ["RecoveryWordsScreen"]
        await seat.press("ctrl+l")
        await comes_to(seat, "doors")
        await forgotten(seat, words, secret)

        await enters_again(seat, "Ana")
        await seat.press("f9")
        await sees(seat, "Change your passphrase")
        await fills(seat, own=secret, again=secret)
        offered = await offered_words(seat)
        await seat.press("ctrl+l")
        await comes_to(seat, "doors")
        await forgotten(seat, secret, offered)

        await presses(seat, "#forgot")
        await comes_to(seat, "recover")
        app.screen.query_one(Page).load_text("satoshi lemon cabin")
        await seat.press("ctrl+l")
        await comes_to(seat, "doors")
        await forgotten(seat, "satoshi lemon cabin")


async def test_a_page_with_a_code_locks_by_itself_and_recovery_words_take_longer(app: KapApp) -> None:
    clocks = Clocks()
    app._inactivity = clocks.inactivity()
    async with app.run_test() as seat:
        await presses(seat, "#join")
        await comes_to(seat, "join")
        await fills(seat, code="six words of a code")
        clocks.wall += 301
        await seat.press("x")
        await comes_to(seat, "doors")
        await sees(seat, "Locked after 5 minutes")
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        journal = app._journal
        assert journal is not None
        await app.welcome(journal, "abandon " * 23 + "art")
        clocks.wall += 1500
        await seat.press("tab")
        assert app.room.ROOM == "recovery-words"
        clocks.wall += 1801
        await seat.press("tab")
        await comes_to(seat, "doors")
        await sees(seat, "Locked after 30 minutes")


async def test_who_locks_while_joining_is_shown_nothing_afterwards(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened("Dr Lee") as lee:
        code = lee.members.invite("Roe", Role.SUPERVISOR, strength=FLOOR)
    go_on, made = threading.Event(), list[Journal]()

    def slow(
        path: Path, *, code: str, label: str, passphrase: str, strength: KdfStrength, memory: Path | None
    ) -> tuple[Journal, str | None]:
        assert go_on.wait(20)
        joined = join(
            path, code=code, label=label, passphrase=passphrase, strength=strength, record_folder=memory
        )
        made.append(joined[0])
        return joined

    monkeypatch.setattr(journals, "join", slow)
    async with app.run_test() as seat:
        await presses(seat, "#join")
        await comes_to(seat, "join")
        await fills(seat, code=code, label="Roe", own="what Roe knows", again="what Roe knows")
        await presses(seat, "#do")
        await sees(seat, "Joining…")
        await seat.press("escape")
        assert isinstance(app.screen, JoinScreen)
        await seat.press("ctrl+l")
        await comes_to(seat, "doors")
        go_on.set()
        await until(seat, lambda: made and made[0].is_closed)
        assert app.room.ROOM == "doors"
        assert app._journal is None
