"""Inviting, handing over the keyboard, joining, comparing, removing; a passphrase changed or forgotten."""

import gc
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widget import Widget
from textual.widgets import Button, OptionList, Select, Static

from kapjournal import journal as journals
from kapjournal.config import Loaded, Settings
from kapjournal.domain.members import Role
from kapjournal.errors import DoorClosed
from kapjournal.journal import FLOOR, Journal, KdfStrength, join, unlock
from kapjournal.tui import theme
from kapjournal.tui.app import KapApp
from kapjournal.tui.screens.join import JoinScreen
from kapjournal.tui.screens.recovery_words import RecoveryWordsScreen
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.page import Page
from tests.tui.conftest import PASSPHRASES
from tests.tui.sight import Seat, app_of, enters, painted, sees, types, until
from tests.tui.test_locking import Clocks

Open = Callable[[str], Journal]
LEE, ANA = "two chairs and a window", "first light on the lake"


async def presses(seat: Seat, selector: str) -> None:
    """Press a button once it is there and can be pressed."""
    app = app_of(seat)
    await until(seat, lambda: app.screen.query(selector) and not app.screen.query_one(selector).disabled)
    app.screen.query_one(selector, Button).press()
    await seat.pause()


async def comes_to(seat: Seat, room: str) -> None:
    await until(seat, lambda: room == app_of(seat).room.ROOM)
    await seat.pause()


async def fills(seat: Seat, **fields: str) -> None:
    for name, value in fields.items():
        app_of(seat).screen.query_one(f"#{name}", Field).value = value
    await seat.pause()


async def opens(seat: Seat, passphrase: str) -> None:
    """Open the door that is chosen already."""
    await sees(seat, "I forgot my passphrase")
    app_of(seat).screen.query_one(Field).value = passphrase
    await presses(seat, "#open")
    await comes_to(seat, "course")


async def goes_to_people(seat: Seat, chosen: str = "") -> None:
    await seat.press("p")
    await comes_to(seat, "people")
    people = app_of(seat).screen.query_one(OptionList)
    await until(seat, lambda: people.option_count)
    rows = [str(option.prompt) for option in people.options]
    people.highlighted = next((at for at, row in enumerate(rows) if chosen in row), 0)
    await seat.pause()


async def invites(seat: Seat, name: str, role: Role = Role.PARTNER) -> str:
    """From the people room to the six words."""
    app = app_of(seat)
    await seat.press("i")
    await sees(seat, "Invite somebody")
    await fills(seat, name=name)
    app.screen.query_one(Select).value = role
    await presses(seat, "#invite")
    await sees(seat, f"Six words for {name}")
    return " ".join(str(app.screen.query_one("#code", Static).render()).split())


async def writes_the_words_down(seat: Seat, room: str = "recovery-words") -> list[str]:
    """From the recovery words to whatever comes after them."""
    await comes_to(seat, room)
    screen = app_of(seat).screen
    assert isinstance(screen, RecoveryWordsScreen)
    words = list(screen._words)
    await sees(seat, f" {words[0]} ")
    await presses(seat, "#written")
    screen.query_one(Field).value = words[screen._asked]
    await until(seat, lambda: not screen.query_one("#written").has_class("-active"))
    await presses(seat, "#written")
    return words


def remembered(app: KapApp, *secrets: str) -> list[str]:
    """Where any of these words still is: painted, in the app, in a widget or screen that is still alive."""
    gc.collect()
    alive = [thing for thing in gc.get_objects() if isinstance(thing, Widget)]
    places = [
        type(thing).__name__ for thing in (app, *alive) if any(word in _held(thing) for word in secrets)
    ]
    return places + ["painted"] * any(word in " ".join(painted(app).split()) for word in secrets)


async def forgotten(seat: Seat, *secrets: str) -> None:
    """Wait until none of these words is anywhere any more."""
    for _ in range(40):
        if not (places := remembered(app_of(seat), *secrets)):
            return
        await seat.pause(0.05)
    raise AssertionError(places)


def _held(thing: object) -> str:
    values = [value for value in vars(thing).values() if isinstance(value, str | tuple | list)]
    return repr(values) + (thing.text if isinstance(thing, Page) else "")


@pytest.fixture
def nowhere(tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch) -> KapApp:
    """The program where there is no journal yet."""
    monkeypatch.chdir(tmp_path)
    return KapApp(Loaded(Settings()), theme.load_all(), memory=memory, strength=FLOOR)


@pytest.fixture
def with_roe(journal_file: Path, opened: Open, memory: Path) -> list[str]:
    """A supervisor joins whose keys have not met the others'; her recovery words."""
    with opened("Dr Lee") as lee:
        code = lee.invite("Dr Roe", Role.SUPERVISOR, strength=FLOOR)
    roe, words = join(
        journal_file, code=code, label="Roe", passphrase="what Roe knew", strength=FLOOR, memory=memory
    )
    roe.close()
    assert words
    return words.split()


# the story of a first evening


async def test_a_journal_is_started_and_somebody_joins_at_the_same_keyboard(
    nowhere: KapApp, tmp_path: Path, memory: Path
) -> None:
    app, file = nowhere, tmp_path / "ours.kap"
    async with app.run_test() as seat:
        await seat.press("enter")
        await comes_to(seat, "create")
        await fills(seat, label="Dr Lee", own=LEE, again=LEE, file=str(file))
        await presses(seat, "#do")
        await writes_the_words_down(seat)
        await comes_to(seat, "course")
        await goes_to_people(seat)
        assert "Therapist · you · keeper" in painted(app)
        code = await invites(seat, "Ana")
        assert len(code.split()) == 6
        keepers = app._journal
        assert keepers is not None

        await presses(seat, "#hand-over")
        await sees(seat, "Turn the screen to Ana")
        await until(seat, lambda: keepers.closed)
        assert code not in " ".join(painted(app).split())
        await seat.press("enter")
        await comes_to(seat, "join")
        await sees(seat, code)
        assert app.screen.query_one("#label", Field).value == "Ana"
        await fills(seat, own=ANA, again=ANA)
        await presses(seat, "#do")
        await writes_the_words_down(seat)
        await sees(seat, "Dr Lee, open your door once more, so that the keys meet")
        await forgotten(seat, code)

        await seat.press("enter")
        await comes_to(seat, "doors")
        await opens(seat, LEE)
        await sees(seat, "Ana and you can share now.")
        await goes_to_people(seat, "Ana")
        await sees(seat, "You and Ana have not compared the 60 digits yet.")
        await seat.press("v")
        await sees(seat, "Is this Ana?")
        with unlock(file, label="Ana", passphrase=ANA, memory=memory) as ana:
            groups = ana.comparison("Dr Lee").split()
            assert not ana.waits_for_keeper
        await until(seat, lambda: groups[0] in painted(app))
        digits = [word for word in painted(app).split() if len(word) == 5 and word.isdecimal()]
        assert digits == groups
        await presses(seat, "#same")
        await sees(seat, "they are the same.")
        await sees(seat, "Partner · verified")
    with unlock(file, label="Dr Lee", passphrase=LEE, memory=memory) as lee:
        assert lee.member("Ana").verified


async def test_the_newcomer_may_go_on_to_their_own_course(app: KapApp) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(seat)
        await invites(seat, "Roe", Role.SUPERVISOR)
        await presses(seat, "#hand-over")
        await comes_to(seat, "hand-over")
        await seat.press("enter")
        await comes_to(seat, "join")
        await fills(seat, own="what Roe knows", again="what Roe knows")
        await presses(seat, "#do")
        await writes_the_words_down(seat)
        await sees(seat, "Roe, you are in")
        await presses(seat, "#course")
        await comes_to(seat, "course")
        await goes_to_people(seat)
        await sees(seat, "Dr Lee has not opened the journal since you joined")


async def test_enter_goes_to_the_next_field_and_starts_nothing(nowhere: KapApp) -> None:
    async with nowhere.run_test() as seat:
        await seat.press("enter")
        await comes_to(seat, "create")
        await types(seat, "Lee")
        await seat.press("enter")
        await seat.pause()
        assert nowhere.room.ROOM == "create"
        assert not nowhere.screen.query_one("#do").disabled
        assert isinstance(nowhere.focused, Select)


# people


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
        assert lee.invitations() == []


async def test_who_joins_elsewhere_appears(app: KapApp, journal_file: Path, memory: Path) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(seat)
        code = await invites(seat, "Dr Roe", Role.SUPERVISOR)
        await seat.press("escape")
        await sees(seat, "Supervisor · invited")
        roe, _ = join(
            journal_file, code=code, label="Roe", passphrase="what Roe knows", strength=FLOOR, memory=memory
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
        assert not ana.member("Ben").verified


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
        assert "By the car" in [note.text.title for note in ben.notes()]


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
        await fills(seat, own="short", again="short")
        await presses(seat, "#change")
        await sees(seat, "A passphrase has at least 12 characters.")
        await fills(seat, own="second light on the lake", again="second light on the lake")
        await until(seat, lambda: not app.screen.query_one("#change").has_class("-active"))
        await presses(seat, "#change")
        await sees(seat, "Your passphrase is changed.")
    unlock(journal_file, label="Ana", passphrase="second light on the lake", memory=memory).close()
    with pytest.raises(DoorClosed):
        unlock(journal_file, label="Ana", passphrase=PASSPHRASES["Ana"], memory=memory)


# a forgotten passphrase


async def test_a_forgotten_passphrase_is_replaced_with_the_words(
    app: KapApp, with_roe: list[str], journal_file: Path, memory: Path
) -> None:
    async with app.run_test(size=(80, 36)) as seat:
        await presses(seat, "#forgot")
        await comes_to(seat, "recover")
        await sees(seat, "Without the words nobody can open your door, not even the keeper.")
        await presses(seat, "#do")
        await sees(seat, "Type the 24 words from your paper first.")
        page = app.screen.query_one(Page)
        page.load_text(
            "\n".join(f"{n}. {word.upper()}" for n, word in enumerate(["lemmon", *with_roe[1:]], 1))
        )
        await until(seat, lambda: not app.screen.query_one("#do").has_class("-active"))
        await fills(seat, own="what Roe knows now", again="what Roe knows now")
        await presses(seat, "#do")
        await sees(seat, "Word 1 is not on the list")
        assert "lemmon" not in str(app.screen.query_one("Said", Static).render())
        page.load_text("\n".join(f"{n}. {word.upper()}" for n, word in enumerate(with_roe, 1)))
        await until(seat, lambda: not app.screen.query_one("#do").has_class("-active"))
        await presses(seat, "#do")
        await sees(seat, "Your door has a new passphrase. The recovery words stay as they are.")
        assert app._journal is not None
        assert app._journal.me.label == "Roe"
    unlock(journal_file, label="Roe", passphrase="what Roe knows now", memory=memory).close()
    with pytest.raises(DoorClosed):
        unlock(journal_file, label="Roe", passphrase="what Roe knew", memory=memory)


# nothing stays behind


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


async def offered_words(seat: Seat) -> str:
    offered = app_of(seat).screen.query_one("#offered", Static)
    await until(seat, lambda: len(str(offered.render()).split()) == 6)
    return str(offered.render())


async def enters_again(seat: Seat, label: str) -> None:
    doors = app_of(seat).screen.query_one("#doors", OptionList)
    await until(seat, lambda: doors.option_count)
    doors.highlighted = [str(option.prompt).strip() for option in doors.options].index(label)
    await opens(seat, PASSPHRASES[label])


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
        code = lee.invite("Roe", Role.SUPERVISOR, strength=FLOOR)
    go_on, made = threading.Event(), list[Journal]()

    def slow(
        path: Path, *, code: str, label: str, passphrase: str, strength: KdfStrength, memory: Path | None
    ) -> tuple[Journal, str | None]:
        assert go_on.wait(20)
        joined = join(path, code=code, label=label, passphrase=passphrase, strength=strength, memory=memory)
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
        await until(seat, lambda: made and made[0].closed)
        assert app.room.ROOM == "doors"
        assert app._journal is None


# the roads in


async def test_a_synced_folder_is_warned_of_before_anything_is_typed(
    made: Path, tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "Dropbox"))
    app = KapApp(Loaded(Settings()), theme.load_all(), memory=memory, strength=FLOOR)
    async with app.run_test(size=(80, 30)) as seat:
        await seat.press("enter")
        await comes_to(seat, "create")
        await sees(seat, "This looks like a synced folder.")
        await fills(seat, file=str(tmp_path / "here.kap"))
        await until(seat, lambda: "This looks like" not in painted(app))
        await seat.press("escape")
        await seat.press("down", "enter")
        await comes_to(seat, "join")
        assert "This looks like" not in painted(app)
        await fills(seat, file="~/OneDrive/ours.kap")
        await sees(seat, "This looks like a synced folder.")
    synced = tmp_path / "Nextcloud" / "us.kap"
    synced.parent.mkdir()
    synced.write_bytes((made / "us.kap").read_bytes())
    app = KapApp(Loaded(Settings()), theme.load_all(), path=synced, memory=memory)
    async with app.run_test() as seat:
        await sees(seat, "This looks like a synced folder.")


async def test_from_several_journals_there_is_a_way_to_start_or_join_one(
    tmp_path: Path, nowhere: KapApp
) -> None:
    for name in ("one.kap", "two.kap"):
        (tmp_path / name).touch()
    async with nowhere.run_test() as seat:
        await sees(seat, "two.kap")
        await presses(seat, "#other-ways")
        await sees(seat, "Join with a code")
        await seat.press("down", "down", "enter")
        await sees(seat, "two.kap")
        assert "Start or join one" not in painted(nowhere)
        await seat.press("escape", "escape")
        await sees(seat, "Start or join one")
