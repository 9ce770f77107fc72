"""Going apart line by line."""

from kapjournal.domain.apart import NOTHING_MORE_IS_SHARED
from kapjournal.journal import NewNote, unlock
from kapjournal.presentation import apart as saying
from kapjournal.presentation.people import SHARING_HAS_ENDED
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened


def test_it_is_said_what_happens_and_the_words_go_through_with_it(plain: PlainConversation) -> None:
    with opened(plain, "Ben", BEN) as ben:
        ben.notes.add(NewNote("For Ana.", share="Ana"))
    archive = plain.folder / "mine.kap"
    said = plain.enters("Ana", ANA, "apart", "yes", str(archive), "end sharing", "apart", "quit")
    assert plain.not_typed == []
    with opened(plain, "Ana", ANA) as ana:
        assert all(sentence in said for sentence in saying.before(ana))
    assert (
        said.index(saying.ARCHIVE_FIRST)
        < said.index("Your archive is written")
        < said.index(SHARING_HAS_ENDED)
    )
    assert "There is no choice “apart” here." in said, "it has ended"
    with unlock(archive, label="Ana", passphrase=ANA, record_folder=plain.folder / "elsewhere") as ana:
        assert [note.text.body for note in ana.notes.all()] == ["For Ana."]
    for label, passphrase in (("Ben", BEN), ("Dr Lee", LEE), ("Ana", ANA)):
        assert plain.enters(label, passphrase, "quit").count(SHARING_HAS_ENDED) == 1


def test_who_changes_their_mind_has_changed_nothing(plain: PlainConversation) -> None:
    archive = plain.folder / "mine.kap"
    said = plain.enters(
        *("Ana", ANA, "apart", "yes", "", "apart", "no", "", "apart", "yes", str(archive), "end", "quit")
    )
    assert plain.not_typed == []
    assert said.count(saying.NOTHING_ENDED) == 3
    assert saying.WITHOUT_ARCHIVE in said
    assert not archive.exists()
    with opened(plain, "Ana", ANA) as ana:
        assert not ana.apart.has_ended


def test_a_page_meant_for_others_stays_a_draft(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.apart.end()
    said = plain.enters(
        *("Ana", ANA, "write", "", "", "The lake.", ".done", "readers", "ben", "done", "keep", "quit")
    )
    assert plain.not_typed == []
    assert NOTHING_MORE_IS_SHARED in said
    with opened(plain, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["The lake."]
        assert not ana.notes.all()


def test_who_is_in_the_conversation_meanwhile_is_told_once(plain: PlainConversation) -> None:
    def ana_ends(_: str) -> str:
        with opened(plain, "Ana", ANA) as ana:
            ana.apart.end()
        return "people"

    said = plain.enters("Ben", BEN, ana_ends, "back", "search", "nothing", "quit")
    assert plain.not_typed == []
    assert said.index("In this journal:") < said.index(SHARING_HAS_ENDED)
