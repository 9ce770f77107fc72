"""The booklet, a partner's own page and a closing, line by line."""

import datetime as dt
from pathlib import Path

from kapjournal import clock
from kapjournal.domain.joint import JointKind, JointText
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import NewNote
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened


def approved(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana, opened(plain, "Ben", BEN) as ben:
        text = JointText(JointKind.LOOP, (("name", "Sea fog"),), clock.today())
        ana.joints.together(ben.joints, text)


def test_the_booklet_is_saved_where_one_says(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, "booklet", "quit")
    assert "There is nothing for a booklet yet." in said
    approved(plain)
    dest = plain.folder / "booklet.md"
    said = plain.enters("Ana", ANA, "booklet", "booklet.txt", "", "booklet", str(dest), "", "quit")
    assert "The name of the file says what is made: .md, .html, .docx or .pdf." in said
    assert f"Saved as {dest}. It is not sealed there." in said
    assert "Sea fog" in dest.read_text() and not Path("booklet.txt").exists()


def test_the_own_page_is_said(plain: PlainConversation) -> None:
    approved(plain)
    with opened(plain, "Ben", BEN) as ben:
        ben.bringing.words("SECRET of his")
    said = plain.enters("Ana", ANA, "your page", "quit")
    assert "Your loop\n  Sea fog\nEnd of the page." in said and "SECRET" not in said


def test_a_closing_that_is_near_is_said_and_begins_with_what_is_ones_own(plain: PlainConversation) -> None:
    with opened(plain, "Dr Lee", LEE) as lee:
        lee.sessions.add(kind=SessionKind.CLOSING, date=clock.today() + dt.timedelta(days=1))
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("To ask once.", kind=NoteKind.INTENTION))
        ana.notes.add(NewNote("The coat.", kind=NoteKind.APPRECIATION, share="Ben"))
    fields = [""] * 11
    said = plain.enters(
        *("Ana", ANA, "together", "write together", "Closing", *fields, "no", "yes", "back", "quit")
    )
    assert "The closing is tomorrow. Choose together to write down what you two take along." in said
    assert "Ana set out." in said and "Enter keeps: To ask once." in said
    assert "You said already:" in said and "The coat." in said
    with opened(plain, "Ana", ANA) as ana:
        [joint] = ana.joints.all()
        assert [words for _, words in joint.text.fields] == ["To ask once."]
