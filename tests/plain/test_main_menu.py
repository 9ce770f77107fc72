"""Everything one person can do, and every place at which the input can end."""

import datetime as dt
import re
import shutil
import sqlite3

import pytest

from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import NewNote
from kapjournal.presentation import sentences
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import Answer, PlainConversation, opened, word_asked_back

RENEWED = "a passphrase for new keys"
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
    *("edit", "Changed.", ".", "done", "history", "1", "hear", "back", "back"),
    *("delete", "no", "share", "2, dr lee", "no", "share", "", "back", "back"),
    *("read", "2", "1", "delete", "yes", "back", "back"),
    *("people", "list", "compare", "Ben", "same", "compare", "", "back"),
    *("sessions", "list", "back"),
    "bring",
    *("measures", "answer", "Example", "4", "", "back", "yes", "", "read", "1", "hear", "finish", "1", "2"),
    *("share", "", "delete", "yes", "back"),
    *("write", "", "Left", "over", ".", "done"),
    *("export", "one", "", "no", "export.md", "", "yes", "export", "1", "1", "yes", "export", "", "no"),
    *("export", "one", "", "no", "export.md", "", "no", "export", "1", "", "no", "export", "", "yes"),
    *("export", "one", "", "no", "export.md", "", "yes", "settings", "minutes", "7", "country", "de", "back"),
    *("backup", "copy.kap", "check", "new keys", "not hers at all", "new keys", ANA, "", "back"),
    *("new keys", ANA, "short", RENEWED, "not the same", RENEWED, RENEWED, "", "wrongly", word_asked_back),
    *("passphrase", RENEWED, "", "findings"),
    *("back", "lock", "Ana"),
)  # fmt: skip


def prepared(plain: PlainConversation) -> None:
    with opened(plain, "Dr Lee", LEE) as lee:
        day = dt.datetime.now().astimezone().date() - dt.timedelta(days=2)  # after that pause
        lee.sessions.add(kind=SessionKind.DOSING, date=day, title="Lantern")


def test_everything_a_partner_can_do(plain: PlainConversation) -> None:
    prepared(plain)
    said = plain.enters("Ana", ANA, *EVERYTHING)
    assert plain.code == 0
    assert plain.not_typed == []
    for sentence in (
        "Taken away: It was dark.",
        "It was light.\n.\nAnd warm.",
        "Then these can read it: You and Ben.",
        sentences.SHARING,
        "It is shared. Readers now: You and Ben.",
        sentences.WITHDRAWING,
        "Stopped sharing. It may have been read already.",
        "Readers now: Only you.",
        "End of this version.",
        "Nothing was deleted.",
        "This journal is not monitored; in an emergency: 988",
        "Nothing was shared.",
        "The note is deleted.",
        "Kept as a draft, which only you can read.",
        "The draft is thrown away.",
        "Group 12 of 12: ",
        "You and Ben have compared the numbers: they are the same.",
        "Session 1: Lantern. Dosing, ",
        "The export is in export.md.",
        "The backup is copy.kap.",
        "All is as it was left.",
        sentences.NEW_KEYS_LEFT,
        sentences.KEYS_REPLACED,
        "Your passphrase is changed.",
        "There is no choice “findings” here.",
        "Nothing of the journal is shown until a door is opened again.",
    ):
        assert sentence in said, sentence
    assert re.search(r"Group 1 of 12: \d \d \d \d \d\.", said)
    assert (plain.folder / "export.md").read_text().count("over") == 1


def test_findings_are_said_before_anything_else(plain: PlainConversation) -> None:
    with sqlite3.connect(plain.file) as raw:
        before = raw.execute("SELECT id FROM envelope").fetchall()
        with opened(plain, "Ben", BEN) as ben:
            ben.notes.add(NewNote("for you", share="Ana"))
        (new,) = set(raw.execute("SELECT id FROM envelope").fetchall()) - set(before)
    opened(plain, "Ana", ANA).close()
    with sqlite3.connect(plain.file) as raw:
        raw.execute("DELETE FROM envelope WHERE id = ?", new)
    said = plain.enters("Ana", ANA, "quit")
    assert said.index("Something is not as its author left it:") < said.index("Main menu")


def places_of(plain: PlainConversation) -> list[int]:
    """After how many answers each question is asked for the first and for the last time."""
    asked: list[str] = []

    def noting(answer: Answer) -> Answer:
        def answered(heard: str) -> str:
            asked.append(heard.rpartition("\n")[2])
            return answer if isinstance(answer, str) else answer(heard)

        return answered

    plain.enters("Ana", ANA, *map(noting, EVERYTHING))
    last = {question: place for place, question in enumerate(asked)}
    first = {question: place for place, question in reversed(list(enumerate(asked)))}
    return sorted({*first.values(), *last.values()})


@pytest.mark.parametrize("share", range(4))
def test_the_end_of_the_input_ends_cleanly_everywhere(plain: PlainConversation, share: int) -> None:
    prepared(plain)
    held, remembered = plain.file.read_bytes(), plain.folder / "remembered"
    shutil.copytree(plain.memory, remembered)
    places = [0, *places_of(plain)]
    shutil.rmtree(plain.memory)
    remembered.rename(plain.memory)
    for length in places[share::4]:
        for path in plain.folder.glob("*.kap*"):
            path.unlink()
        for path in plain.folder.glob("export*"):
            if path.is_dir():
                for page in path.iterdir():
                    page.unlink()
                path.rmdir()
            else:
                path.unlink()
        plain.file.write_bytes(held)
        said = plain.enters("Ana", ANA, *EVERYTHING[:length])
        assert plain.code == 0, (length, said[-500:])
        assert said.endswith("You have left kapjournal.\n")
