"""Searching and narrowing."""

from kapjournal.domain.notes import NoteKind
from kapjournal.journal import NewNote
from tests.cli.command_line import ANA, BEN

from .plain_conversation import PlainConversation, opened


def found(plain: PlainConversation, *answers: str) -> str:
    with opened(plain, "Ben", BEN) as ben:
        ben.notes.add(NewNote("Lantern by the door.", share="Ana", kind=NoteKind.GRATITUDE))
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern on the stairs.", tags=("light",)))
        ana.notes.add(NewNote("Rain."))
    return plain.enters("Ana", ANA, *answers)


def test_a_search_is_narrowed_by_person_kind_and_tag(plain: PlainConversation) -> None:
    said = found(
        plain,
        *("search", "lantern", "narrow", "person", "Ben", "back", "narrow", "person", "", "tag", "light"),
        *("back", "1", "back", "narrow", "kind", "gratitude", "back", "quit"),
    )
    assert plain.not_typed == []
    assert "«" not in said
    lists = said.split("Found. Choose by number or word, or type back.\n")
    assert "2 places in 2 notes, the best first." in said
    assert "door" in lists[1] and "stairs" in lists[1]
    assert "door" in lists[2].split("Narrow by.")[0]
    assert "stairs" not in lists[2].split("narrow: By person")[0]
    assert "narrow: By person, session, kind or tag. Now: light." in said
    assert "Nothing you can read fits all of this." in said


def test_without_words_a_choice_alone_finds(plain: PlainConversation) -> None:
    said = found(plain, "search", "", "person", "Ana", "session", "back", "quit")
    assert "No note you can read has a session to choose." in said
    first = said.split("Found. Choose by number or word, or type back.\n")[1]
    assert first.index("Rain.") < first.index("Lantern on the stairs.")
    assert "door" not in first
