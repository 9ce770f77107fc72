"""The talk line by line: each flow, each way to end it, and no word lost."""

import datetime as dt
import os
import pty
import re
import select
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kapjournal.cli.launch import without_command
from kapjournal.cli.plain import course, home, sayings, writing
from kapjournal.cli.plain.menus import Entry, find
from kapjournal.cli.plain.page import Page
from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import SessionKind
from kapjournal.idle import Inactivity
from kapjournal.journal import Journal, NewNote, unlock
from kapjournal.tui import actions
from kapjournal.tui.modals import share

from .desk import ANA, BEN, LEE, Desk
from .talker import Answer, Talker, code_told, word_asked_back

ESC = "\x1b"


@pytest.fixture
def alone(empty_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Talker:
    return Talker(empty_desk.folder, empty_desk.memory, monkeypatch)


@pytest.fixture
def talker(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Talker:
    return Talker(desk.folder, desk.memory, monkeypatch)


def opened(talker: Talker, label: str, passphrase: str) -> Journal:
    return unlock(talker.file, label=label, passphrase=passphrase, memory=talker.memory)


# the first ten minutes


def test_a_therapist_starts_a_journal_and_a_partner_joins_it(alone: Talker) -> None:
    said = alone.says(
        *("start", "Dr Lee", "therapist", ""),
        str(alone.file),
        "",
        word_asked_back,
        *("sessions", "add", "dosing", "2026-11-20", "14:30", "The first one", "back"),
        *("people", "invite", "Ana", "partner", "back"),
        *("write", "What I saw", "She said it twice.", ".", "done"),
        "quit",
    )
    assert alone.code == 0
    assert alone.err == ""
    assert "Word 24 of 24:" in said
    assert "That is right." in said
    assert "Added: Session 1: The first one. Dosing, Friday, 20 November 2026 at 14:30." in said
    assert "It is a note now. Readers: Only you." in said
    assert said.endswith("You have left kapjournal.\n")
    code = code_told(said)
    offered = said.split("write them down by hand.\n")[1].split("\n")[0]

    said = alone.says(
        *(
            "join",
            code,
            "Ana",
            "ana opens this",
            "not the same",
            "ana opens this door",
            "ana opens this door",
        ),
        *("hear the words again is no word", "", word_asked_back),
        *("write", "", "", "Nobody sees this.", "", "help is a word here", ".", "done", "quit"),
        path=alone.file,
    )
    assert alone.code == 0
    assert "The two passphrases are not the same." in said
    assert "That is not word" in said
    assert "It is a note now. Readers: Only you." in said
    with opened(alone, "Ana", ANA) as ana:
        (note,) = ana.notes()
        assert note.text.body == "Nobody sees this.\n\nhelp is a word here"
        assert note.is_private
    with opened(alone, "Dr Lee", offered) as lee:
        assert [note.text.title for note in lee.notes()] == ["What I saw"]


def test_the_demo_can_be_looked_at(alone: Talker) -> None:
    said = alone.says("demo", "Ana", "first light on the lake", "read", "1", "1", "quit")
    assert alone.code == 0
    assert "Ana, partner: first light on the lake" in said
    assert "End of the note." in said


def test_a_file_and_recovery_words(alone: Talker) -> None:
    said = alone.says("start", "Ana", "partner", "", str(alone.file), "", word_asked_back, "quit")
    words = " ".join(re.findall(r"Word \d+ of 24: (\w+)", said)[:24])
    said = alone.says("another", "open", "nowhere", str(alone.file), "recover", words, ANA, ANA, "quit")
    assert "There is no such file." in said
    assert "The door of Ana has a new passphrase." in said
    opened(alone, "Ana", ANA).close()


# doors


def test_a_wrong_passphrase_is_said_calmly_and_the_third_leaves(talker: Talker) -> None:
    said = talker.says("Ana", "wrong one here", "wrong two here", "wrong three here", "never typed")
    assert talker.code == 3
    assert said.count("That did not open a door.") == 3
    assert talker.not_typed == ["never typed"]
    assert talker.err == ""


def test_several_files_are_asked_for_and_a_missing_one_is_an_error(talker: Talker) -> None:
    (talker.folder / "other.kap").write_bytes(talker.file.read_bytes())
    said = talker.says("ours", "back", "2", "ana", ANA, "quit")
    assert "1. other.kap: open this journal." in said
    assert "The door of Ana is open." in said
    talker.says(path=Path("nowhere.kap"))
    assert talker.code == 4


def test_quiet_locks_and_the_line_that_ends_it_is_no_answer(
    talker: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]

    def clock() -> float:
        return now[0]

    def later(line: str) -> Callable[[str], str]:
        def after(_: str) -> str:
            now[0] += 3600
            return line

        return after

    monkeypatch.setattr("kapjournal.cli.plain.talk.Inactivity", lambda limit: Inactivity(limit, clock, clock))
    said = talker.enters("Ana", ANA, later("read"), "Ana", ANA, "read", "quit")
    assert said.count("Locked after 5 minutes without a line.") == 1
    assert said.index("Locked") < said.index("The course. Choose")

    said = talker.enters(
        "Ana",
        ANA,
        *("write", "", "", "one"),
        later("two"),
        *("Ben", BEN, "lock"),
        "Ana",
        ANA,
        "three",
        ".",
        "done",
    )
    with opened(talker, "Ana", ANA) as ana:
        assert [note.text.body for note in ana.notes()] == ["one\ntwo\nthree"]
    assert said.count("The page that was being written waits behind its author’s door.") == 2
    assert said.count("This is the page you were writing.") == 1
    assert "two" not in said


# everything one can do


EVERYTHING: tuple[Answer, ...] = (
    *("help", "?", "", "no such thing"),
    *("write", "reflect", "The hallway", "It was dark.", ".undo", ".read", "It was light.", ".help"),
    *("..", ".", "help"),
    *("details", "title", "", "kind", "page", "session", "1", "day", "2026-11-19"),
    *("tags", "light, hall", "back"),
    *("more", "And warm.", ".", "hear", "2", "", "done"),
    *("write", "", "", "unfinished", ".", "keep"),
    *("drafts", "1", "and on", ".", "discard", "no", "keep", "back"),
    *("drafts", "1", ".", "discard", "yes"),
    *("search", "light", "1"),
    *("hear", "share", "ben", "yes", "withdraw", "1", "yes"),
    *("edit", "Changed.", ".", "done", "history", "1", "back"),
    *("delete", "no", "share", "2, dr lee", "no", "share", "", "back", "back"),
    *("read", "2", "1", "delete", "yes", "back", "back"),
    *("people", "list", "verify", "Ben", "yes", "verify", "", "back"),
    *("sessions", "list", "back"),
    *("write", "", "Left", "over", ".", "done"),
    *("export", "one", "export.md", "no", "export", "1", "export", "yes"),
    *("export", "one", "export.md", "no", "yes", "export", "1", "export", "no", "no"),
    *("backup", "copy.kap", "check", "passphrase", "", "findings"),
    *("back", "lock", "Ana"),
)  # fmt: skip


def prepared(talker: Talker) -> None:
    with opened(talker, "Dr Lee", LEE) as lee:
        today = dt.datetime.now().astimezone().date()
        lee.add_session(kind=SessionKind.DOSING, date=today, title="Lantern")


def test_everything_a_partner_can_do(talker: Talker) -> None:
    prepared(talker)
    said = talker.enters("Ana", ANA, *EVERYTHING)
    assert talker.code == 0
    assert talker.not_typed == []
    for sentence in (
        "Taken away: It was dark.",
        "It was light.\n.\nAnd warm.",
        "Then these can read it: You and Ben.",
        sayings.SHARING,
        "It is shared. Readers now: You and Ben.",
        sayings.WITHDRAWING,
        "Stopped sharing. It may have been read already.",
        "Readers now: Only you.",
        "End of this version.",
        "Nothing was deleted.",
        sayings.NOT_MONITORED,
        "Nothing was shared.",
        "The note is deleted.",
        "Kept as a draft, which only you can read.",
        "The draft is thrown away.",
        "Group 12 of 12: ",
        "Ben is marked as verified.",
        "Session 1: Lantern. Dosing, ",
        "The export is in export.md.",
        "The copy is copy.kap.",
        "All is as it was left.",
        "The passphrase is changed;",
        "There is no choice “findings” here.",
        "Nothing of the journal is shown until a door is opened again.",
    ):
        assert sentence in said, sentence
    assert re.search(r"Group 1 of 12: \d \d \d \d \d\.", said)
    assert (talker.folder / "export.md").read_text().count("over") == 1


def test_what_only_the_keeper_can_do(talker: Talker) -> None:
    said = talker.enters(
        *(
            "Dr Lee",
            LEE,
            "people",
            "invitations",
            "invite",
            "Max",
            "supervisor",
            "invitations",
            "1",
            "yes",
            "invitations",
        ),
        *("remove", "Ben", "no", "remove", "Ben", "yes", "list", "back", "quit"),
    )
    assert talker.not_typed == []
    assert "There are no open invitations." in said
    assert "The invitation of Max is cancelled." in said
    assert "Nobody was removed." in said
    assert "Ben, partner, removed." in said


def test_a_text_from_a_file(talker: Talker) -> None:
    (talker.folder / "page.md").write_text("first\n\nsecond\n")
    said = talker.enters("Ana", ANA, "write", "", "", ".file nowhere", ".file page.md", ".", "done", "quit")
    assert "nowhere cannot be read" in said
    with opened(talker, "Ana", ANA) as ana:
        assert ana.notes()[0].text.body == "first\n\nsecond"


def test_findings_are_said_before_anything_else(talker: Talker) -> None:
    with sqlite3.connect(talker.file) as raw:
        before = raw.execute("SELECT id FROM envelope").fetchall()
        with opened(talker, "Ben", BEN) as ben:
            ben.add_note(NewNote("for you", share="Ana"))
        (new,) = set(raw.execute("SELECT id FROM envelope").fetchall()) - set(before)
    opened(talker, "Ana", ANA).close()
    with sqlite3.connect(talker.file) as raw:
        raw.execute("DELETE FROM envelope WHERE id = ?", new)
    said = talker.enters("Ana", ANA, "quit")
    assert said.index("Something is not as its author left it:") < said.index("Main menu")


def test_a_long_list_is_said_in_parts_and_can_be_chosen_from_at_any_time(talker: Talker) -> None:
    with opened(talker, "Ana", ANA) as ana:
        ana.add_notes(NewNote(f"number {number:02}.") for number in range(1, 46))
    said = talker.enters("Ana", ANA, "read", "1", "", "45", "back", "", "3", "quit")
    assert talker.not_typed == []
    assert "\n40. number " in said
    assert "\n41. number " not in said
    assert said.count("End of the note.") == 2


# ends


@pytest.mark.parametrize("share", range(4))
def test_the_end_of_the_input_ends_cleanly_everywhere(
    talker: Talker, share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(talker)
    held = talker.file.read_bytes()
    for length in range(share, len(EVERYTHING), 4):
        for path in talker.folder.glob("*.kap*"):
            path.unlink()
        for path in talker.folder.glob("export*"):
            if path.is_dir():
                for page in path.iterdir():
                    page.unlink()
                path.rmdir()
            else:
                path.unlink()
        talker.file.write_bytes(held)
        said = talker.enters("Ana", ANA, *EVERYTHING[:length])
        assert talker.code == 0, (length, said[-500:])
        assert said.endswith("You have left kapjournal.\n")


@pytest.mark.parametrize("how", ["quit", "end"])
def test_what_is_on_the_page_is_a_draft_however_one_leaves(talker: Talker, how: str) -> None:
    talker.enters("Ana", ANA, "write", "", "", "one", "two", *([".", "quit"] if how == "quit" else []))
    with opened(talker, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts()] == ["one\ntwo"]


def test_a_save_that_fails_keeps_the_words_and_is_tried_again(
    talker: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves, save = iter([False, False, True, True, True]), Journal.save_draft

    def failing(journal: Journal, draft: Any) -> Any:
        if not next(saves):
            raise OSError(28, "No space left on device")
        return save(journal, draft)

    monkeypatch.setattr(Journal, "save_draft", failing)
    said = talker.enters("Ana", ANA, "write", "", "", "one", "two", "three")
    assert said.count("Every word is still on the page.") == 2
    with opened(talker, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts()] == ["one\ntwo\nthree"]


# what a terminal gets


def test_no_escape_byte_ever(talker: Talker, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(talker, "Ben", BEN) as ben:
        ben.add_note(NewNote("lantern", title="t", tags=("tag",), share="Ana"))
    evil = f"{ESC}[2J{ESC}]52;c;eA==\x07\x9b31m lantern\r\x08\u202e"

    def spiteful(note: Note) -> Note:
        return replace(note, text=replace(note.text, body=evil, title=evil, tags=(evil,)))

    one, many = Journal.note, Journal.notes
    monkeypatch.setattr(Journal, "note", lambda *a, **k: spiteful(one(*a, **k)))
    monkeypatch.setattr(Journal, "notes", lambda *a, **k: [spiteful(note) for note in many(*a, **k)])
    said = talker.enters(
        *("Ana", ANA, "read", "1", "1", "back", "back", "search", "lantern", "1", "back", f"{ESC}[A", ESC),
        *(
            "write",
            f"{ESC}OP",
            f"ti{ESC}[Dtle\x07",
            f"bo{ESC}[Ady",
            f"{ESC}[31m",
            ".read",
            ".",
            "done",
            "quit",
        ),
    )
    assert "␛[2J" in said
    assert "Arrow keys and other control keys do nothing here" in said
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)
    monkeypatch.undo()
    with opened(talker, "Ana", ANA) as ana:
        assert [(n.text.title, n.text.body) for n in ana.notes(by="Ana")] == [("title", "body\n")]


def test_own_sentences_wrap_and_notes_do_not(talker: Talker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    long = "a long line of a note that goes on well beyond forty columns and is left to the terminal"
    with opened(talker, "Ana", ANA) as ana:
        ana.add_note(NewNote(long))
    said = talker.enters("Ana", ANA, "help", "search", "columns", "1", "quit")
    assert long in said.splitlines()
    own = (piece for line in said.splitlines() if line != long for piece in line.split(": "))
    assert max(map(len, own)) <= 40


# the registry, and the way in


def test_the_words_are_those_of_the_screens() -> None:
    entries: list[Entry[Any]] = [*home._ENTRIES, *course._OWN_ENTRIES, *_page_entries()]
    said = {(entry.word, entry.sentence) for entry in entries}
    shared = {action.label for action in actions.ACTIONS} & {entry.word for entry in entries}
    assert shared >= {"write", "drafts", "search", "findings", "share", "withdraw", "edit", "done", "discard"}
    for action in actions.ACTIONS:
        if action.id in shared - {"quit"}:
            assert (action.label, action.sentence) in said
    assert sayings.NOT_MONITORED == share.NOT_MONITORED


def _page_entries() -> tuple[Entry[Page], ...]:
    class Nobody:
        draft = type("Draft", (), {"of": None, "readers": frozenset()})
        seat = type(
            "Seat",
            (),
            {"readers": lambda *_: "", "journal": type("J", (), {"notes": lambda *_: []})()},
        )()

    return writing._end_entries(Nobody())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "place"),
    [("2", 1), ("write", 1), ("W", 1), ("r", 0), ("0", None), ("9", None), ("", None), ("x", None)],
)
def test_a_choice_is_found_by_number_word_or_beginning(answer: str, place: int | None) -> None:
    assert find(answer, ["read", "write"]) == place


@pytest.mark.parametrize(
    ("arguments", "environment", "plain"),
    [
        (["--plain"], {}, True),
        (["--plain", "-j", "f.kap", "-a", "Ana"], {}, True),
        (["-j", "f.kap", "--plain"], {}, True),
        ([], {"KAPJOURNAL_PLAIN": "1"}, True),
        ([], {"KAPJOURNAL_PLAIN": "0"}, False),
        ([], {}, False),
    ],
)
def test_the_plain_face_is_asked_for_without_the_parser(
    arguments: list[str], environment: dict[str, str], plain: bool
) -> None:
    launch = without_command(arguments, environment)
    assert launch is not None
    assert launch.plain is plain
    assert launch.path == (Path("f.kap") if "f.kap" in arguments else None)


def test_what_the_quick_way_does_not_know_is_for_the_parser(desk: Desk) -> None:
    assert without_command(["--plain", "note", "list"], {}) is None
    assert without_command([], {"KAPJOURNAL_PLAIN": "perhaps"}) is None
    outcome = desk.run("--plain", "--passphrase-file", "x")
    assert getattr(outcome.code, "plain", False) is True


# a real terminal


class Window:
    """A simple terminal with the program in it."""

    def __init__(self, *arguments: str) -> None:
        self.seen = ""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "dumb"
            os.execv(sys.executable, [sys.executable, "-m", "kapjournal", *arguments])

    def until(self, words: str) -> None:
        end = time.monotonic() + 40
        while words not in self.seen:
            assert time.monotonic() < end, self.seen[-2000:]
            if select.select([self._fd], [], [], 1.0)[0]:
                self.seen += os.read(self._fd, 65536).decode()

    def types(self, line: str) -> None:
        self.seen = ""
        os.write(self._fd, (line + "\n").encode())

    def ends(self) -> int:
        end = time.monotonic() + 40
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        raise AssertionError("The program did not end.")

    def close(self) -> None:
        os.close(self._fd)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
@pytest.mark.parametrize("how", ["KILL", "HUP", "TERM", "INT", "closed"])
def test_words_survive_a_kill_and_a_closed_terminal(talker: Talker, how: str) -> None:
    window = Window("--plain", "-j", str(talker.file), "-a", "Ana")
    window.until("The passphrase of Ana:")
    window.types(ANA)
    window.until("Main menu, your choice:")
    assert ANA not in window.seen
    window.types("write")
    window.until("Enter means page:")
    window.types("")
    window.until("Title")
    window.types("")
    window.until("Write now")
    window.types("the last words")
    window.types(".read")
    window.until("end of the page so far")
    if how == "closed":
        window.close()
    else:
        os.kill(window.pid, getattr(signal, f"SIG{how}"))
    assert window.ends() in {"KILL": {-9}, "closed": {129, 0, 1}}.get(
        how, {128 + getattr(signal, f"SIG{how}", 0)}
    )
    with opened(talker, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts()] == ["the last words"]


def test_leaving_a_terminal_says_what_it_may_still_hold(talker: Talker) -> None:
    window = Window("-j", str(talker.file))
    window.until("Whose door, your choice:")
    window.types("quit")
    window.until("This terminal may still hold what was read, further up.")
    assert window.ends() == 0
    assert ESC not in window.seen
