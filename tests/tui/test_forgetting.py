"""Codes, passphrases and recovery words: a lock leaves none of them behind."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal import journal as journals
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, Journal, KdfStrength, join
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.screens.join import JoinScreen
from kapjournal.tui.screens.recovery_words import RecoveryWordsScreen
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import enters, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import (
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
from tests.tui.test_locking import Clocks

Open = Callable[[str], Journal]


async def test_a_lock_leaves_no_code_no_passphrase_and_no_recovery_word(app: KapApp) -> None:
    secret = "a secret of Roe’s own"
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(pilot)
        code = await invites(pilot, "Roe", Role.SUPERVISOR)
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        await forgotten(pilot, code)

        await enters_again(pilot, "Dr Lee")
        await goes_to_people(pilot, "Roe")
        await pilot.press("c")
        await presses(pilot, "#yes")
        await sees(pilot, "is cancelled")
        code = await invites(pilot, "Roe", Role.SUPERVISOR)
        await presses(pilot, "#hand-over")
        await comes_to(pilot, "hand-over")
        assert app._journal is None
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        await sees(pilot, "Locked.")
        await forgotten(pilot, code)

        await presses(pilot, "#join")
        await comes_to(pilot, "join")
        await fills(pilot, code=code, own=secret, again=secret)
        offered = await offered_words(pilot)
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        await forgotten(pilot, code, secret, offered)

        await presses(pilot, "#join")
        await comes_to(pilot, "join")
        await fills(pilot, code=code, label="Roe", own=secret, again=secret)
        await presses(pilot, "#do")
        await comes_to(pilot, "recovery-words")
        screen = app.screen
        assert isinstance(screen, RecoveryWordsScreen)
        words = screen._words[0] + "', '" + screen._words[1]
        del screen
        assert remembered(app, words) == ["RecoveryWordsScreen"]
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        await forgotten(pilot, words, secret)

        await enters_again(pilot, "Ana")
        await pilot.press("f9")
        await sees(pilot, "Change your passphrase")
        await fills(pilot, own=secret, again=secret)
        offered = await offered_words(pilot)
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        await forgotten(pilot, secret, offered)

        await presses(pilot, "#forgot")
        await comes_to(pilot, "recover")
        app.screen.query_one(WritingArea).load_text("satoshi lemon cabin")
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        await forgotten(pilot, "satoshi lemon cabin")


async def test_a_page_with_a_code_locks_by_itself_and_recovery_words_take_longer(app: KapApp) -> None:
    clocks = Clocks()
    app._inactivity = clocks.inactivity()
    async with app.run_test() as pilot:
        await presses(pilot, "#join")
        await comes_to(pilot, "join")
        await fills(pilot, code="six words of a code")
        clocks.wall += 301
        await pilot.press("x")
        await comes_to(pilot, "doors")
        await sees(pilot, "Locked after 5 minutes")
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        journal = app._journal
        assert journal is not None
        await app.show_recovery_words(journal, "abandon " * 23 + "art")
        clocks.wall += 1500
        await pilot.press("tab")
        assert app.front_screen.NAME == "recovery-words"
        clocks.wall += 1801
        await pilot.press("tab")
        await comes_to(pilot, "doors")
        await sees(pilot, "Locked after 30 minutes")


async def test_who_locks_while_joining_is_shown_nothing_afterwards(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened("Dr Lee") as lee:
        code = lee.members.invite("Roe", Role.SUPERVISOR, strength=FLOOR)
    go_on, made = threading.Event(), list[Journal]()

    def slow(
        path: Path,
        *,
        code: str,
        label: str,
        passphrase: str,
        strength: KdfStrength,
        record_folder: Path | None,
    ) -> tuple[Journal, str | None]:
        assert go_on.wait(60)
        joined = join(
            path,
            code=code,
            label=label,
            passphrase=passphrase,
            strength=strength,
            record_folder=record_folder,
        )
        made.append(joined[0])
        return joined

    monkeypatch.setattr(journals, "join", slow)
    async with app.run_test() as pilot:
        await presses(pilot, "#join")
        await comes_to(pilot, "join")
        await fills(
            pilot, code=code, label="Roe", own="only Roe knows this much", again="only Roe knows this much"
        )
        await presses(pilot, "#do")
        await sees(pilot, "Joining…")
        await pilot.press("escape")
        assert isinstance(app.screen, JoinScreen)
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        go_on.set()
        await until(pilot, lambda: made and made[0].is_closed)
        assert app.front_screen.NAME == "doors"
        assert app._journal is None
