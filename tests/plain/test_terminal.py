"""What the plain conversation sends to a terminal, and what becomes of it when the terminal goes."""

import os
import pty
import re
import select
import signal
import sys
import time
from dataclasses import replace

import pytest

from kapjournal.domain.notes import Note
from kapjournal.journal import NewNote
from kapjournal.journal.notes import Notes
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened

ESC = "\x1b"

# what a terminal gets


def test_no_escape_byte_ever(plain: PlainConversation, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(plain, "Ben", BEN) as ben:
        ben.notes.add(NewNote("lantern", title="t", tags=("tag",), share="Ana"))
    evil = f"{ESC}[2J{ESC}]52;c;eA==\x07\x9b31m lantern\r\x08\u202e"

    def spiteful(note: Note) -> Note:
        return replace(note, text=replace(note.text, body=evil, title=evil, tags=(evil,)))

    one, many = Notes.get, Notes.all
    monkeypatch.setattr(Notes, "get", lambda *a, **k: spiteful(one(*a, **k)))
    monkeypatch.setattr(Notes, "all", lambda *a, **k: [spiteful(note) for note in many(*a, **k)])
    said = plain.enters(
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
    with opened(plain, "Ana", ANA) as ana:
        assert [(n.text.title, n.text.body) for n in ana.notes.all(by="Ana")] == [("title", "body\n")]


def test_own_sentences_wrap_and_notes_do_not(
    plain: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    long = "a long line of a note that goes on well beyond forty columns and is left to the terminal"
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote(long))
    said = plain.enters("Ana", ANA, "help", "search", "columns", "1", "quit")
    assert long in said.splitlines()
    own = (piece for line in said.splitlines() if line != long for piece in line.split(": "))
    assert max(map(len, own)) <= 40


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
def test_words_survive_a_kill_and_a_closed_terminal(plain: PlainConversation, how: str) -> None:
    window = Window("--plain", "-j", str(plain.file), "-a", "Ana")
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
    with opened(plain, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["the last words"]


def test_leaving_a_terminal_says_what_it_may_still_hold(plain: PlainConversation) -> None:
    window = Window("-j", str(plain.file))
    window.until("Whose door, your choice:")
    window.types("quit")
    window.until("This terminal may still hold what was read, further up.")
    assert window.ends() == 0
    assert ESC not in window.seen


def test_before_the_keyboard_is_handed_over_what_was_read_is_moved_out_of_sight(
    plain: PlainConversation,
) -> None:
    window = Window("-j", str(plain.file), "-a", "Dr Lee")
    window.until("The passphrase of Dr Lee:")
    window.types(LEE)
    window.until("Main menu, your choice:")
    for answer, question in (
        ("people", "People, your choice:"),
        ("invite", "Whom do you invite?"),
        ("Max", "number or word:"),
        ("supervisor", "Hand over the keyboard to Max now?"),
        ("yes", "Max, press Enter to go on:"),
    ):
        window.types(answer)
        window.until(question)
    between = window.seen.split("Closing its window lets go of that.")[1].split("Turn the screen to Max.")[0]
    assert between.count("\n") > 20
    window.types("quit")
    window.until("You have left kapjournal.")
    assert ESC not in window.seen


def test_a_lock_moves_what_was_read_out_of_sight_and_says_where_it_is(plain: PlainConversation) -> None:
    window = Window("-j", str(plain.file), "-a", "Ana")
    window.until("The passphrase of Ana:")
    window.types(ANA)
    window.until("Main menu, your choice:")
    window.types("lock")
    window.until("Whose door, your choice:")
    before, after = window.seen.split("Locked.")
    assert before.count("\n") > 20
    assert "further up in this terminal" in " ".join(after.split())
    window.types("quit")
    window.until("You have left kapjournal.")
    assert ESC not in window.seen


def test_the_mark_before_the_first_letter_of_what_is_piped_in_is_no_part_of_it(
    plain: PlainConversation,
) -> None:
    assert "opens a page" not in plain.says("\ufeffquit", path=plain.file, label="Ana")
    assert plain.code == 0 and not plain.not_typed
