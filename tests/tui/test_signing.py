"""Signing an observation, putting a second name under it, adding to it, and what a partner sees of that."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Select, Static

from kapjournal.config import Loaded, Settings
from kapjournal.domain.members import Role
from kapjournal.domain.signing import SIGNED_IS_LOCKED, AddendumKind, Signer
from kapjournal.journal import FLOOR, Journal, NewNote, NoteChange, join
from kapjournal.presentation import signing
from kapjournal.tui.editor.prompt_line import PromptLine
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.note_list import NoteList
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.copies_steps import OpenElsewhere, elsewhere
from tests.tui.people_steps import comes_to, fills, forgotten, presses

__all__ = ["elsewhere"]
Open = Callable[[str], Journal]
LEE, ROE = Signer("Dr Mina Lee", "LMFT"), Signer("Dr Jo Roe", "MD")
ROES = "a lamp by the ferry"


@pytest.fixture
def observed(opened: Open) -> str:
    """An observation that Dr Lee wrote today and shared with everybody; its id."""
    with opened("Dr Lee") as lee:
        return lee.notes.add(NewNote("They sat close.", title="Third hour", share="all")).id


@pytest.fixture
def roe(opened: Open, journal_file: Path, memory: Path, observed: str) -> str:
    """A supervisor who has joined and can read the observation; the label."""
    with opened("Dr Lee") as lee:
        code = lee.members.invite("Dr Roe", Role.SUPERVISOR, strength=FLOOR)
        joined, _ = join(
            journal_file,
            code=code,
            label="Dr Roe",
            passphrase=ROES,
            with_recovery=False,
            strength=FLOOR,
            record_folder=memory,
        )
        joined.close()
        lee.refresh()
        lee.notes.share(observed, "Dr Roe")
    return "Dr Roe"


def signed(opened: Open, observed: str) -> None:
    with opened("Dr Lee") as lee:
        lee.signing.sign(observed, LEE)


def stands_in(app: KapApp, room: str) -> bool:
    """Whether no dialog stands before the room."""
    return app.screen is app.front_screen and room == app.front_screen.NAME


async def reads(pilot: AppPilot, label: str) -> None:
    """From the doors to the observation."""
    await enters(pilot, label, PASSPHRASES[label])
    await sees(pilot, "Third hour")
    await pilot.press("enter")
    await sees(pilot, "They sat close.")


async def test_a_therapist_signs_and_the_note_is_locked(app: KapApp, opened: Open, observed: str) -> None:
    async with app.run_test() as pilot:
        await reads(pilot, "Dr Lee")
        await sees(pilot, "Not signed yet. Press g to sign and lock it.")
        await pilot.press("g")
        await sees(pilot, "Sign this")
        await sees(pilot, "it is locked")
        assert app.screen.query_one("#name", Field).value == ""
        await presses(pilot, "#sign")
        await sees(pilot, "A signature needs a name.")
        await fills(pilot, name=LEE.name, credentials=LEE.credentials)
        await until(pilot, lambda: not app.screen.query_one("#sign").has_class("-active"))
        await presses(pilot, "#sign")
        await sees(pilot, signing.SIGNED)
        await sees(pilot, "Signed by Dr Mina Lee, LMFT, as author, ")
        await sees(pilot, " · holds")
        await sees(pilot, SIGNED_IS_LOCKED)
        assert "e edit" not in painted(app)
        await pilot.press("e", "delete")
        await pilot.pause()
        assert stands_in(app, "reader")
        await pilot.press("escape")
        await until(pilot, lambda: re.search(r"They sat close\. +signed", painted(app)))
    with opened("Dr Lee") as lee:
        assert lee.notes.get(observed).is_signed


async def test_nothing_is_signed_unless_it_is_meant(app: KapApp, opened: Open, observed: str) -> None:
    async with app.run_test() as pilot:
        await reads(pilot, "Dr Lee")
        await pilot.press("g")
        await sees(pilot, "Sign this")
        await fills(pilot, name=LEE.name)
        await pilot.press("escape")
        await pilot.press("g")
        await sees(pilot, "Sign this")
        assert app.screen.query_one("#name", Field).value == ""
        await presses(pilot, "#not-now")
    with opened("Dr Lee") as lee:
        assert not lee.notes.get(observed).is_signed


async def test_how_one_signed_last_is_filled_in_for_that_member_alone(
    app: KapApp, opened: Open, observed: str
) -> None:
    with opened("Dr Lee") as lee:
        lee.notes.add(NewNote("They laughed.", title="Later"))
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "Third hour")
        for title in ("Third hour", "Later"):
            await pilot.press("home" if title == "Third hour" else "end", "enter")
            await sees(pilot, "Not signed yet.")
            await pilot.press("g")
            await sees(pilot, f"“{title}”")
            if title == "Third hour":
                await fills(pilot, name=LEE.name, credentials=LEE.credentials)
            await presses(pilot, "#sign")
            await sees(pilot, "Signed by Dr Mina Lee, LMFT")
            await pilot.press("escape")
            await comes_to(pilot, "course")
        assert set(app.signers.values()) == {LEE}
    with opened("Dr Lee") as lee:
        assert [note.is_signed for note in lee.notes.all() if note.author == lee.me.id] == [True, True]


async def test_a_partner_reads_who_signed_and_signs_nothing(app: KapApp, opened: Open, observed: str) -> None:
    with opened("Dr Lee") as lee:
        lee.signing.sign(observed, LEE)
        lee.signing.add(observed, AddendumKind.LATE_ENTRY, "Ben *held* her hand.", "left out", LEE)
    async with app.run_test(size=(80, 40)) as pilot:
        await reads(pilot, "Ana")
        await sees(pilot, "Signed by Dr Mina Lee, LMFT, as author, ")
        await sees(pilot, "LATE ENTRY. Service on ")
        await sees(pilot, "Reason: left out.")
        await sees(pilot, "Ben held her hand.")
        assert "Digest" not in painted(app)
        assert "Press" not in painted(app)
        await pilot.press("g", "c", "a")
        await pilot.pause()
        assert stands_in(app, "reader")


async def test_a_partner_is_offered_no_signature_for_a_page(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("enter")
        await sees(pilot, "You waited by the car.")
        assert "sign" not in painted(app).lower()
        await pilot.press("g")
        await pilot.pause()
        assert stands_in(app, "reader")


async def test_another_puts_a_name_under_it_once(
    roe: str, opened: Open, observed: str, journal_file: Path, memory: Path
) -> None:
    signed(opened, observed)
    app = KapApp(Loaded(Settings()), theme.load_all(), path=journal_file, label=roe, record_folder=memory)
    async with app.run_test(size=(100, 30)) as pilot:
        await sees(pilot, "I forgot my passphrase")
        app.screen.query_one(Field).value = ROES
        await presses(pilot, "#open")
        await comes_to(pilot, "course")
        await sees(pilot, "Third hour")
        await pilot.press("enter")
        await sees(pilot, "Press c to put your name under it too, a to add to it.")
        await pilot.press("c")
        await sees(pilot, "Co-sign this")
        await sees(pilot, "cannot be")
        await fills(pilot, name=ROE.name, credentials=ROE.credentials)
        await presses(pilot, "#sign")
        await sees(pilot, signing.COSIGNED)
        await sees(pilot, "Signed by Dr Jo Roe, MD, as co-signer, ")
        await sees(pilot, "Press a to add to it.")
        assert "Press c" not in painted(app)
    with opened("Dr Lee") as lee:
        found = lee.signing.of(observed)
        assert found is not None and [one.name for one in found.signatures] == [LEE.name, ROE.name]


async def goes_to_add(pilot: AppPilot, words: str) -> None:
    await sees(pilot, SIGNED_IS_LOCKED)
    await pilot.press("a")
    await comes_to(pilot, "editor")
    await sees(pilot, signing.adds_to("Third hour"))
    await sees(pilot, signing.PAGE_ADDS)
    screen = app_of(pilot).screen
    assert not screen.query_one("#title").display and not screen.query_one(PromptLine).display
    assert "F5 next" not in painted(app_of(pilot))
    await types(pilot, words)
    await pilot.press("ctrl+s")
    await sees(pilot, "Add this to what is signed")


async def test_what_is_added_has_a_kind_a_reason_and_a_signature(
    app: KapApp, opened: Open, observed: str
) -> None:
    signed(opened, observed)
    async with app.run_test(size=(90, 36)) as pilot:
        await reads(pilot, "Dr Lee")
        await goes_to_add(pilot, "Ben held her hand.")
        await fills(pilot, name=LEE.name, credentials=LEE.credentials)
        await presses(pilot, "#sign")
        await sees(pilot, signing.NO_REASON)
        app.screen.query_one(Select).value = AddendumKind.LATE_ENTRY
        await fills(pilot, reason="left out that evening")
        await until(pilot, lambda: not app.screen.query_one("#sign").has_class("-active"))
        await presses(pilot, "#sign")
        await sees(pilot, signing.ADDED)
        await sees(pilot, "Reason: left out that evening.")
        await sees(pilot, "Ben held her hand.")
        assert "They sat close." in painted(app)
    with opened("Dr Lee") as lee:
        found = lee.signing.of(observed)
        assert found is not None and found.holds
        assert [(one.kind, one.body) for one in found.addenda] == [
            (AddendumKind.LATE_ENTRY, "Ben held her hand.")
        ]
        assert lee.drafts.all() == []


async def test_the_dialog_of_an_addition_is_filled_in_from_its_first_field_on(
    app: KapApp, opened: Open, observed: str
) -> None:
    signed(opened, observed)
    async with app.run_test(size=(90, 36)) as pilot:
        await reads(pilot, "Dr Lee")
        await goes_to_add(pilot, "Ben held her hand.")
        assert app.focused is app.screen.query_one(Select)
        await pilot.press("enter", "down", "enter", "tab", *"why", "tab", *"Lee", "enter", "enter")
        await sees(pilot, signing.ADDED)
    with opened("Dr Lee") as lee:
        found = lee.signing.of(observed)
        assert found is not None
        assert [(one.kind, one.reason) for one in found.addenda] == [(AddendumKind.AMENDMENT, "why")]


async def test_an_addition_with_no_words_leaves_no_draft(app: KapApp, opened: Open, observed: str) -> None:
    signed(opened, observed)
    async with app.run_test(size=(90, 36)) as pilot:
        await reads(pilot, "Dr Lee")
        await sees(pilot, SIGNED_IS_LOCKED)
        await pilot.press("a")
        await comes_to(pilot, "editor")
        await sees(pilot, signing.adds_to("Third hour"))
        await pilot.press("w")
        await until(pilot, lambda: opened_drafts(app))
        await pilot.press("backspace", "escape")
        await sees(pilot, "The page was empty; no draft was kept.")


def opened_drafts(app: KapApp) -> bool:
    """Whether the page is kept as a draft."""
    assert isinstance(app.screen, EditorScreen)
    return bool(app.screen.saver.id)


async def test_words_that_are_not_added_yet_are_kept_as_a_draft(
    app: KapApp, opened: Open, observed: str
) -> None:
    signed(opened, observed)
    async with app.run_test(size=(90, 36)) as pilot:
        await reads(pilot, "Dr Lee")
        await goes_to_add(pilot, "Ben held")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        await forgotten(pilot, "Ben held")
        app.screen.query_one("#doors").focus()
        await pilot.press("home", "down", "down", "enter")
        app.screen.query_one(Field).value = PASSPHRASES["Dr Lee"]
        await pilot.press("enter")
        await comes_to(pilot, "editor")
        await sees(pilot, signing.PAGE_ADDS)
        await sees(pilot, "Ben held")
        await sees(pilot, " · Addendum, amendment or late entry")
        await pilot.press("escape")
        await sees(pilot, "A draft waits: “Addition to “Third hour””.")
        await pilot.press("enter")
        await sees(pilot, SIGNED_IS_LOCKED)
        await pilot.press("a")
        await sees(pilot, "Ben held")
    with opened("Dr Lee") as lee:
        found = lee.signing.of(observed)
        assert found is not None and found.addenda == ()


async def test_a_signature_that_does_not_hold_is_said_to_be_so(
    app: KapApp, opened: Open, observed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(opened, observed)
    monkeypatch.setattr("kapjournal.journal.vault.signature_repository.holds", lambda *_: False)
    async with app.run_test() as pilot:
        await reads(pilot, "Ana")
        await sees(pilot, "DOES NOT HOLD")


async def test_no_wording_of_a_signed_note_is_used_again(app: KapApp, opened: Open, observed: str) -> None:
    with opened("Dr Lee") as lee:
        lee.notes.edit(observed, NoteChange(body="They sat very close."))
        lee.signing.sign(observed, LEE)
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "Third hour")
        await pilot.press("enter")
        await sees(pilot, SIGNED_IS_LOCKED)
        await pilot.press("h")
        await comes_to(pilot, "history")
        await until(pilot, lambda: app_of(pilot).screen.query_one("#what", Static).render())
        await pilot.press("end", "u")
        await pilot.pause()
        assert stands_in(app, "history")


async def test_unsigned_words_beside_a_signed_note_stand_below_and_are_set_apart(
    app: KapApp, opened: Open, elsewhere: OpenElsewhere, observed: str, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere" / "us.kap"
    with opened("Dr Lee") as lee:
        lee.copies.merge(other)
        lee.signing.sign(observed, LEE)
    with elsewhere("Dr Lee") as there:
        there.notes.edit(observed, NoteChange("They sat apart."))
    with opened("Dr Lee") as lee:
        lee.copies.merge(other)
    async with app.run_test(size=(90, 36)) as pilot:
        await reads(pilot, "Dr Lee")
        await sees(pilot, "They sat apart.")
        await sees(pilot, "They are not signed.")
        page = painted(app)
        words = ("They sat close.", "Signed by", "Not part of what is signed", "They sat apart.")
        places = [page.find(word) for word in words]
        assert -1 not in places and places == sorted(places)
        await pilot.press("u")
        await sees(pilot, f"{signing.THIS_IS_APART} [ goes to the signed one.")
        await until(pilot, lambda: "They sat close." not in painted(app))
        await sees(pilot, "They sat apart.")
        await sees(pilot, "Not signed yet.")
        await pilot.press("left_square_bracket")
        await sees(pilot, "They sat close.")
        await until(pilot, lambda: signing.THIS_IS_APART not in painted(app))
        await pilot.press("escape")
        await comes_to(pilot, "course")
        notes = app.screen.query_one(NoteList)
        await until(pilot, lambda: len(notes.options) == 2)
        assert notes.chosen != observed, "the cursor is on the new note"
    with opened("Dr Lee") as lee:
        assert [note.text.body for note in lee.notes.all(by="Dr Lee")].count("They sat apart.") == 1
