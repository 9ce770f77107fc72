"""Intentions said aloud: on coming in, before a page, with a note, and all of them."""

import datetime as dt

from kapjournal import clock
from kapjournal.domain.notes import NoteKind
from kapjournal.journal import NewNote
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened


def test_the_intention_that_holds_is_said_and_the_thread_can_be_heard(plain: PlainConversation) -> None:
    day = clock.today() - dt.timedelta(9)
    with opened(plain, "Ana", ANA) as ana:
        for ago, words in enumerate(("To ask.", "To wait.")):
            ana.notes.add(
                NewNote(words, kind=NoteKind.INTENTION, date=day + dt.timedelta(ago), share="Ben" * (not ago))
            )
        ana.notes.add(NewNote("A page.", share="Ben"))
    said = plain.enters("Ana", ANA, "write", "", "", ".", "intentions", "quit")
    assert said.count("Your intention: “To wait.”") == 2
    assert "Your intentions, from the first on:" in said
    assert said.index("“To ask.”") < said.index(": “To wait.”", said.index("“To ask.”"))
    said = plain.enters("Ben", BEN, "intentions", "read", "2", "1", "quit")
    assert "Intentions of Ana, from the first on:" in said and "To wait." not in said
    assert "Your intention" not in said
    assert "There is no intention here yet." in plain.enters("Dr Lee", LEE, "intentions", "quit")


def test_above_a_note_stands_its_authors_intention_as_its_reader_knows_it(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        day = clock.today() - dt.timedelta(2)
        ana.notes.add(NewNote("To ask.", kind=NoteKind.INTENTION, date=day, share="Ben"))
        ana.notes.add(NewNote("To wait.", kind=NoteKind.INTENTION, date=day + dt.timedelta(1)))
        ana.notes.add(NewNote("A page.", title="Today", share="Ben"))
    heard = [plain.enters(who, pw, "search", "page", "1", "quit") for who, pw in (("Ana", ANA), ("Ben", BEN))]
    assert "Your intention: “To wait.”" in heard[0]
    assert "Ana’s intention: “To ask.”" in heard[1] and "To wait." not in heard[1]
