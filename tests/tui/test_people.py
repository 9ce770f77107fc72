"""What is shown of the members and may be done: cancelling, comparing, removing, a passphrase changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.crypto.identity import Identity
from kapjournal.domain.members import Role
from kapjournal.errors import UnlockFailed
from kapjournal.journal import FLOOR, Journal, join, unlock
from kapjournal.journal.trust.certificates import sign_successor
from kapjournal.tui.shell.app import KapApp
from tests.cast import joins
from tests.internals import vault_of
from tests.tui.app_pilot import enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import fills, forgotten, goes_to_people, invites, presses

Open = Callable[[str], Journal]


async def test_only_what_one_may_do_is_offered(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await goes_to_people(pilot, "Ben")
        await sees(pilot, "Compare the digits")
        for deed in ("Invite", "Remove", "Cancel", "i invite"):
            assert deed not in painted(app)
        await pilot.press("i", "x", "c")
        assert app.screen is app.front_screen
        await goes_to_people(pilot, "Ana")
        await sees(pilot, "This is you.")
        assert "Compare the digits" not in painted(app)
        await sees(pilot, "My passphrase")


async def test_the_places_are_the_journals_rule_and_an_invitation_can_be_cancelled(
    app: KapApp, opened: Open
) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(pilot)
        await pilot.press("i")
        await fills(pilot, name="Cleo")
        await presses(pilot, "#invite")
        await sees(pilot, "A journal has two partners, and both places are")
        await pilot.press("escape")
        code = await invites(pilot, "Dr Roe", Role.SUPERVISOR)
        await presses(pilot, "#elsewhere")
        await sees(pilot, "A copy for Dr Roe")
        await pilot.press("escape")
        await sees(pilot, "Supervisor · invited")
        await forgotten(pilot, code)
        await goes_to_people(pilot, "Dr Roe")
        await sees(pilot, "Dr Roe has not joined yet.")
        await pilot.press("c")
        await sees(pilot, "Its six words open nothing any more.")
        await presses(pilot, "#yes")
        await sees(pilot, "The invitation of Dr Roe is cancelled.")
        await until(pilot, lambda: "invited" not in painted(app))
    with opened("Dr Lee") as lee:
        assert lee.members.invitations() == []


async def test_new_keys_of_somebody_compared_stand_on_the_course_and_beside_them(
    app: KapApp, opened: Open
) -> None:
    with opened("Ana") as ana:
        ana.members.mark_verified("Ben")
    with opened("Ben") as ben:
        ben.keys.replace("quite another passphrase", None, strength=FLOOR)
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Ask Ben by voice")
        await goes_to_people(pilot, "Ben")
        await sees(pilot, "new keys since")
        await sees(pilot, "; you had compared")
        assert "have not compared" not in painted(app)


async def test_who_joins_elsewhere_appears(app: KapApp, journal_file: Path, memory: Path) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(pilot)
        code = await invites(pilot, "Dr Roe", Role.SUPERVISOR)
        await pilot.press("escape")
        await sees(pilot, "Supervisor · invited")
        roe, _ = join(
            journal_file,
            code=code,
            label="Roe",
            passphrase="only Roe knows this much",
            strength=FLOOR,
            record_folder=memory,
        )
        roe.close()
        app.front_screen._look()  # type: ignore[attr-defined]
        await until(pilot, lambda: "invited" not in painted(app))
        await goes_to_people(pilot, "Roe")
        await sees(pilot, "Invited as “Dr Roe”.")


async def test_numbers_that_differ_are_explained_and_verify_nobody(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await goes_to_people(pilot, "Ben")
        await pilot.press("v")
        await until(pilot, lambda: not app.screen.query_one("#same").disabled)
        assert app.screen.query_one("#close").has_focus, "Enter out of habit says neither"
        await presses(pilot, "#different")
        await sees(pilot, "Then do not share anything with Ben for now")
        await sees(pilot, "whom they invited; the keeper")
        await presses(pilot, "#close")
    with opened("Ana") as ana:
        assert not ana.members.get("Ben").verified


async def test_the_keeper_is_not_sent_to_the_keeper(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(pilot, "Ben")
        await pilot.press("v")
        await presses(pilot, "#different")
        await sees(pilot, "whether they joined; you can")
        assert "the keeper" not in painted(app)


async def test_removing_says_what_it_does_not_do(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(pilot, "Ben")
        await pilot.press("x")
        await sees(pilot, "nothing new is shared with Ben")
        await sees(pilot, "may have kept")
        await pilot.press("enter")
        await pilot.pause()
        assert "removed" not in painted(app)
        await pilot.press("x")
        await presses(pilot, "#yes")
        await sees(pilot, "Partner · removed")
        await sees(pilot, "Ben was removed. Nothing new is shared with them")
    with opened("Ben") as ben:
        assert "By the car" in [note.text.title for note in ben.notes.all()]


async def test_a_label_is_no_markup(app: KapApp) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(pilot)
        await invites(pilot, "Roe [/b] שלום 🌊", Role.SUPERVISOR)
        await presses(pilot, "#hand-over")
        await sees(pilot, "Turn the screen to Roe [/b] שלום 🌊")
        await sees(pilot, "I am Roe [/b] שלום 🌊")


async def test_a_changed_passphrase(app: KapApp, journal_file: Path, memory: Path) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("f9")
        await sees(pilot, "opens with the older passphrase;")
        await fills(pilot, own="second light on the lake", again="second light on the lake")
        await presses(pilot, "#do")
        await sees(pilot, "Type the passphrase you have now, too")
        await fills(pilot, now="somebody else who came by")
        await until(pilot, lambda: not app.screen.query_one("#do").has_class("-active"))
        await presses(pilot, "#do")
        await sees(pilot, "That is not the passphrase of your door.")
        await fills(pilot, now=PASSPHRASES["Ana"])
        await until(pilot, lambda: not app.screen.query_one("#do").has_class("-active"))
        await presses(pilot, "#do")
        await sees(pilot, "Your passphrase is changed.")
    unlock(journal_file, label="Ana", passphrase="second light on the lake", record_folder=memory).close()
    with pytest.raises(UnlockFailed):
        unlock(journal_file, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=memory)


async def test_a_doubt_stands_beside_the_person_in_the_place_of_what_would_calm(
    app: KapApp, opened: Open
) -> None:
    with opened("Dr Lee") as lee, opened("Ben") as ben:
        vault, victim = vault_of(lee), vault_of(ben).identity
        with vault.unit_of_work() as unit:
            for seed in (bytes(32), b"x" * 32):
                rival = Identity(seed, vault.journal_id)
                unit.put_shared(sign_successor(victim, rival, vault.journal_id, ben.me.id, 1))
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await goes_to_people(pilot, "Ben")
        await sees(pilot, "Partner · in doubt")
        await sees(pilot, "Two different sets of new keys")
        assert "stands between you" not in painted(app)


async def test_the_key_under_the_people_acknowledges_whoever_is_new(
    app: KapApp, opened: Open, journal_file: Path, memory: Path
) -> None:
    with opened("Dr Lee") as lee:
        codes = [lee.members.invite(name, Role.SUPERVISOR, strength=FLOOR) for name in ("Tom", "Sue")]
    for name, code in zip(("Tom", "Sue"), codes, strict=True):
        joins(journal_file, name, code, memory)
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await goes_to_people(pilot, "Ana")
        await until(pilot, lambda: "k I know" in painted(app).splitlines()[-1])
        assert not app.screen.query_one("#acknowledge").display
        await pilot.press("k")
        await sees(pilot, "You know of Sue and Tom")
        await until(pilot, lambda: "k I know" not in painted(app))


async def test_who_joined_is_announced_on_the_course_and_acknowledged_with_one_key(
    app: KapApp, opened: Open, journal_file: Path, memory: Path
) -> None:
    with opened("Dr Lee") as lee:
        codes = [lee.members.invite(name, Role.SUPERVISOR, strength=FLOOR) for name in ("Tom", "Sue")]
    for name, code in zip(("Tom", "Sue"), codes, strict=True):
        joins(journal_file, name, code, memory)
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Tom joined this journal, as supervisor.")
        await goes_to_people(pilot, "Sue")
        await sees(pilot, "have not compared the 60 digits yet.")
        await presses(pilot, "#acknowledge")
        await sees(pilot, "You know of Sue; you will not be told again.")
        await pilot.press("escape")
        await until(pilot, lambda: "Sue joined" not in painted(app) and "Tom joined" in painted(app))
        await sees(pilot, "Press k once you know of it.")
        await pilot.press("k")
        await sees(pilot, "You know of Tom; you will not be told again.")
        await until(pilot, lambda: "Tom joined" not in painted(app))
    with opened("Ana") as ana:
        assert not any(member.is_announced for member in ana.members.all())
