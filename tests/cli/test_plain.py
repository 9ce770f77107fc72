"""The talk line by line: the first ten minutes, every flow, and every way to end it."""

import datetime as dt
import re
import sqlite3
from typing import Any

import pytest

from kapjournal.domain import sentences
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.drafts import Drafts

from .desk import ANA, BEN, LEE
from .talker import Answer, Talker, code_told, opened, word_asked_back

# the first ten minutes


def test_a_therapist_starts_a_journal_and_a_partner_joins_it(alone: Talker) -> None:
    said = alone.says(
        *("start", "Dr Lee", "therapist", ""),
        str(alone.file),
        "",
        word_asked_back,
        *("sessions", "add", "dosing", "2026-11-20", "14:30", "", "The first one", "back"),
        *("people", "invite", "Ana", "partner", "no", "back"),
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
        (note,) = ana.notes.all()
        assert note.text.body == "Nobody sees this.\n\nhelp is a word here"
        assert note.is_private
    with opened(alone, "Dr Lee", offered) as lee:
        assert [note.text.title for note in lee.notes.all()] == ["What I saw"]


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
    assert "Your door has a new passphrase." in said
    opened(alone, "Ana", ANA).close()


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
    *("edit", "Changed.", ".", "done", "history", "1", "hear", "back", "back"),
    *("delete", "no", "share", "2, dr lee", "no", "share", "", "back", "back"),
    *("read", "2", "1", "delete", "yes", "back", "back"),
    *("people", "list", "compare", "Ben", "same", "compare", "", "back"),
    *("sessions", "list", "back"),
    *("write", "", "Left", "over", ".", "done"),
    *("export", "one", "", "no", "export.md", "yes", "export", "1", "1", "yes", "export", "no"),
    *("export", "one", "", "no", "export.md", "no", "export", "1", "", "no", "export", "yes"),
    *("export", "one", "", "no", "export.md", "yes", "settings", "minutes", "7", "country", "de", "back"),
    *("backup", "copy.kap", "check", "passphrase", ANA, "", "findings"),
    *("back", "lock", "Ana"),
)  # fmt: skip


def prepared(talker: Talker) -> None:
    with opened(talker, "Dr Lee", LEE) as lee:
        today = dt.datetime.now().astimezone().date()
        lee.sessions.add(kind=SessionKind.DOSING, date=today, title="Lantern")


def test_everything_a_partner_can_do(talker: Talker) -> None:
    prepared(talker)
    said = talker.enters("Ana", ANA, *EVERYTHING)
    assert talker.code == 0
    assert talker.not_typed == []
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
        "The copy is copy.kap.",
        "All is as it was left.",
        "Your passphrase is changed.",
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
            "no",
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
        assert ana.notes.all()[0].text.body == "first\n\nsecond"


def test_findings_are_said_before_anything_else(talker: Talker) -> None:
    with sqlite3.connect(talker.file) as raw:
        before = raw.execute("SELECT id FROM envelope").fetchall()
        with opened(talker, "Ben", BEN) as ben:
            ben.notes.add(NewNote("for you", share="Ana"))
        (new,) = set(raw.execute("SELECT id FROM envelope").fetchall()) - set(before)
    opened(talker, "Ana", ANA).close()
    with sqlite3.connect(talker.file) as raw:
        raw.execute("DELETE FROM envelope WHERE id = ?", new)
    said = talker.enters("Ana", ANA, "quit")
    assert said.index("Something is not as its author left it:") < said.index("Main menu")


def test_a_long_list_is_said_in_parts_and_can_be_chosen_from_at_any_time(talker: Talker) -> None:
    with opened(talker, "Ana", ANA) as ana:
        ana.notes.add_many(NewNote(f"number {number:02}.") for number in range(1, 46))
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
        assert [draft.text.body for draft in ana.drafts.all()] == ["one\ntwo"]


def test_a_save_that_fails_keeps_the_words_and_is_tried_again(
    talker: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves, save = iter([False, False, True, True, True]), Drafts.save

    def failing(journal: Journal, draft: Any) -> Any:
        if not next(saves):
            raise OSError(28, "No space left on device")
        return save(journal, draft)

    monkeypatch.setattr(Drafts, "save", failing)
    said = talker.enters("Ana", ANA, "write", "", "", "one", "two", "three")
    assert said.count("Every word is still on the page.") == 2
    with opened(talker, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["one\ntwo\nthree"]
