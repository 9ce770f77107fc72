"""Bring this, line by line: a page, a line of it, the page on the way, the list."""

from kapjournal.journal import NewNote
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened


def written(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("The hallway.\n\nAbout trust.", title="Hallway"))


def test_a_page_and_a_line_of_it_are_brought_and_taken_back(plain: PlainConversation) -> None:
    written(plain)
    steps = ("bring", "3", "2", "yes", "bring", "", "no", "bring", "", "yes", "back", "back", "back")
    said = plain.enters("Ana", ANA, "read", "1", "1", *steps, "bring", "1", "yes", "back", "quit")
    assert plain.not_typed == []
    for sentence in (
        "There is no line 3.",
        "Dr Lee reads these words and nothing else of the page.",
        "Dr Lee reads what you mark, before the next session. None is in the course yet.",
        "This journal is not monitored; in an emergency:",
        "Dr Lee may keep a copy in the record.",
        "The words are marked for the next session. Dr Lee can read them.",
        "Nothing was marked.",
        "That lets Dr Lee read the whole page.",
        "The page is marked for the next session. Dr Lee can read it.",
        "You do not bring it any more.",
    ):
        assert sentence in said, sentence
    with opened(plain, "Dr Lee", LEE) as lee:
        [mark], [note] = lee.bringing.current(), lee.notes.all()
        assert mark.note == note.id


def test_a_line_of_the_page_that_is_written(plain: PlainConversation) -> None:
    steps = (
        "write",
        "",
        "",
        ".bring",
        "About trust.",
        "Not this.",
        ".bring 1",
        "yes",
        ".bring 7",
        ".",
        "keep",
    )
    said = plain.enters("Ana", ANA, *steps, "quit")
    assert "There is no line 7." in said and "“About trust.”" in said
    with opened(plain, "Dr Lee", LEE) as lee:
        assert [one.words for one in lee.bringing.current()] == ["About trust."] and lee.notes.all() == []


def test_a_therapist_hears_what_each_marked_and_the_other_partner_nothing(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.bringing.words("About trust.")
    said = plain.enters(
        "Dr Lee", LEE, "bring", "1", "back", "write", "x", "x", ".bring", ".", "discard", "yes", "quit"
    )
    assert "of Ana. For the next session." in said and "Take it back?" not in said
    assert "Partners mark what they bring to a session." in said
    assert "Nothing is marked for the next session." in plain.enters("Ben", BEN, "bring", "quit")
