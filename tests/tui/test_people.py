"""What is shown of the members and may be done: cancelling, comparing, removing, a passphrase changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.domain.members import Role
from kapjournal.errors import UnlockFailed
from kapjournal.journal import FLOOR, Journal, join, unlock
from kapjournal.tui.app import KapApp
from tests.tui.conftest import PASSPHRASES
from tests.tui.hands import fills, forgotten, goes_to_people, invites, presses
from tests.tui.sight import enters, painted, sees, until

Open = Callable[[str], Journal]


async def test_only_what_one_may_do_is_offered(app: KapApp) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await goes_to_people(seat, "Ben")
        await sees(seat, "Compare the digits")
        for deed in ("Invite", "Remove", "Cancel", "i invite"):
            assert deed not in painted(app)
        await seat.press("i", "x", "c")
        assert app.screen is app.room
        await goes_to_people(seat, "Ana")
        await sees(seat, "This is you.")
        assert "Compare the digits" not in painted(app)
        await sees(seat, "My passphrase")


async def test_the_places_are_the_journals_rule_and_an_invitation_can_be_cancelled(
    app: KapApp, opened: Open
) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(seat)
        await seat.press("i")
        await fills(seat, name="Cleo")
        await presses(seat, "#invite")
        await sees(seat, "A journal has two partners, and both places are")
        await seat.press("escape")
        code = await invites(seat, "Dr Roe", Role.SUPERVISOR)
        await presses(seat, "#elsewhere")
        await sees(seat, "Supervisor · invited")
        await forgotten(seat, code)
        await goes_to_people(seat, "Dr Roe")
        await sees(seat, "Dr Roe has not joined yet.")
        await seat.press("c")
        await sees(seat, "Its six words open nothing any more.")
        await presses(seat, "#yes")
        await sees(seat, "The invitation of Dr Roe is cancelled.")
        await until(seat, lambda: "invited" not in painted(app))
    with opened("Dr Lee") as lee:
        assert lee.members.invitations() == []


async def test_who_joins_elsewhere_appears(app: KapApp, journal_file: Path, memory: Path) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(seat)
        code = await invites(seat, "Dr Roe", Role.SUPERVISOR)
        await seat.press("escape")
        await sees(seat, "Supervisor · invited")
        roe, _ = join(
            journal_file,
            code=code,
            label="Roe",
            passphrase="what Roe knows",
            strength=FLOOR,
            record_folder=memory,
        )
        roe.close()
        app.room._look()  # type: ignore[attr-defined]
        await until(seat, lambda: "invited" not in painted(app))
        await goes_to_people(seat, "Roe")
        await sees(seat, "Invited as “Dr Roe”.")


async def test_numbers_that_differ_are_explained_and_verify_nobody(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await goes_to_people(seat, "Ben")
        await seat.press("v")
        await until(seat, lambda: not app.screen.query_one("#same").disabled)
        assert not app.screen.query_one("#same").has_focus
        await presses(seat, "#different")
        await sees(seat, "Then do not share anything with Ben for now.")
        await presses(seat, "#close")
    with opened("Ana") as ana:
        assert not ana.members.get("Ben").verified


async def test_removing_says_what_it_does_not_do(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(seat, "Ben")
        await seat.press("x")
        await sees(seat, "nothing new is shared with Ben")
        await sees(seat, "may have kept")
        await seat.press("enter")
        await seat.pause()
        assert "removed" not in painted(app)
        await seat.press("x")
        await presses(seat, "#yes")
        await sees(seat, "Partner · removed")
        await sees(seat, "Ben was removed. Nothing new is shared with them")
    with opened("Ben") as ben:
        assert "By the car" in [note.text.title for note in ben.notes.all()]


async def test_a_label_is_no_markup(app: KapApp) -> None:
    async with app.run_test(size=(120, 30)) as seat:
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(seat)
        await invites(seat, "Roe [/b] שלום 🌊", Role.SUPERVISOR)
        await presses(seat, "#hand-over")
        await sees(seat, "Turn the screen to Roe [/b] שלום 🌊")
        await sees(seat, "I am Roe [/b] שלום 🌊")


async def test_a_changed_passphrase(app: KapApp, journal_file: Path, memory: Path) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await seat.press("f9")
        await sees(seat, "opens with the older passphrase.")
        await fills(seat, own="second light on the lake", again="second light on the lake")
        await presses(seat, "#change")
        await sees(seat, "Type the passphrase you have now, too")
        await fills(seat, now="somebody else who came by")
        await until(seat, lambda: not app.screen.query_one("#change").has_class("-active"))
        await presses(seat, "#change")
        await sees(seat, "That is not the passphrase of your door.")
        await fills(seat, now=PASSPHRASES["Ana"])
        await until(seat, lambda: not app.screen.query_one("#change").has_class("-active"))
        await presses(seat, "#change")
        await sees(seat, "Your passphrase is changed.")
    unlock(journal_file, label="Ana", passphrase="second light on the lake", record_folder=memory).close()
    with pytest.raises(UnlockFailed):
        unlock(journal_file, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=memory)
