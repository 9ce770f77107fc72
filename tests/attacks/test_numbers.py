"""The numbers on each kind of channel, against whoever strikes rows, puts them back or changes them: what is
told where a computer remembers the channel and where none does. Nothing older is shown in silence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kapjournal.crypto.row import row_from
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.notes import Note
from kapjournal.journal import Journal, NewNote, NoteChange
from kapjournal.store import JournalFile
from tests.attacks.attacked_journal import AttackedJournal
from tests.internals import row_of

VIEWERS = {"own": "Ana", "outgoing": "Ana", "incoming": "Ben"}
"""Whose program looks at what Ana writes to herself, or to Ben."""
ABSENT = {
    "own": FindingKind.OWN_ABSENT,
    "outgoing": FindingKind.OUTGOING_ABSENT,
    "incoming": FindingKind.INCOMING_ABSENT,
}
ROLLED_BACK = {
    "own": FindingKind.OWN_ROLLED_BACK,
    "outgoing": FindingKind.OUTGOING_ROLLED_BACK,
    "incoming": FindingKind.INCOMING_ROLLED_BACK,
}
FROM_NUMBERS = {*ABSENT.values(), *ROLLED_BACK.values()}
PUT_BACK = FindingKind.VERSION_PUT_BACK


@dataclass
class Story:
    """What Ana wrote on one channel, at her desk and on her phone, and what lies where."""

    attacked: AttackedJournal
    kind: str
    older: bytes
    """The whole file before the second note was changed."""
    first: bytes
    changed: bytes
    """The row of the second note as it was, dropped since."""
    as_it_was: bytes
    as_it_is: bytes
    """The row of the second note as it is."""
    from_phone: set[bytes]
    last: bytes
    newest: dict[str, str]

    def open(self, *, remembering: bool) -> Journal:
        """The journal of who reads the channel."""
        return self.attacked.open(VIEWERS[self.kind], remembering=remembering)

    def strike(self, *row_ids: bytes) -> None:
        for row_id in row_ids:
            self.attacked.delete(row_id)


@pytest.fixture(scope="session", params=VIEWERS)
def told(
    built: AttackedJournal, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Story:
    """The story, told once for each who looks."""
    attacked = built.copied(tmp_path_factory.mktemp("told") / "attacked")
    share = "" if request.param == "own" else "Ben"
    attacked.open("Ben").close()
    newest: dict[str, str] = {}

    def add(journal: Journal, body: str) -> Note:
        note = journal.notes.add(NewNote(body, share=share))
        newest[note.id] = body
        return note

    with attacked.acting("Ana") as (desk,):
        first = row_of(desk, add(desk, "first"))
        second = add(desk, "second, as it was")
        changed = row_of(desk, second)
        as_it_was = attacked.rows()[changed]
    older = attacked.path.read_bytes()
    with attacked.acting("Ana") as (desk,):
        newest[second.id] = "second, as it is"
        as_it_is = row_of(desk, desk.notes.edit(second.id, NoteChange(body="second, as it is")))
    before = attacked.rows()
    with Journal(JournalFile(attacked.path), attacked.held["Ana"], attacked.folder / "phone") as phone:
        add(phone, "on the phone")
        add(phone, "and again")
    from_phone = attacked.rows().keys() - before.keys()
    with attacked.acting("Ana") as (desk,):
        add(desk, "third")
        last = row_of(desk, add(desk, "last"))
    attacked.open("Ben").close()
    whole = Story(
        attacked, request.param, older, first, changed, as_it_was, as_it_is, set(from_phone), last, newest
    )
    for remembering in (True, False):
        with whole.open(remembering=remembering) as journal:
            assert journal.findings == () and shown(journal) == newest
    return whole


@pytest.fixture
def story(told: Story, tmp_path: Path) -> Story:
    """The story as it was told, in a file of this test's own."""
    return replace(told, attacked=told.attacked.copied(tmp_path / "attacked"))


def shown(journal: Journal) -> dict[str, str]:
    return {note.id: note.text.body for note in journal.notes.all()}


def kinds(journal: Journal) -> set[FindingKind]:
    found = {finding.kind for finding in journal.findings}
    assert {finding.kind for finding in journal.check().findings} == found
    return found


def a_middle_row_struck(story: Story) -> None:
    story.strike(story.first)


def a_dropped_row_struck(story: Story) -> None:
    story.strike(story.changed)


def all_that_one_computer_wrote_struck(story: Story) -> None:
    assert story.from_phone
    story.strike(*story.from_phone)


def an_older_state_in_the_place_of_the_newer(story: Story) -> None:
    story.strike(story.as_it_is)
    story.attacked.insert(story.changed, story.as_it_was)


def a_byte_flipped(story: Story) -> None:
    sealed = story.attacked.rows()[story.first]
    story.attacked.insert(story.first, sealed[:-1] + bytes([sealed[-1] ^ 1]))


def a_byte_flipped_under_a_fitting_id(story: Story) -> None:
    sealed = story.attacked.rows()[story.first]
    flipped = sealed[:-1] + bytes([sealed[-1] ^ 1])
    story.strike(story.first)
    story.attacked.insert(row_from(flipped).id, flipped)


def the_last_row_struck(story: Story) -> None:
    story.strike(story.last)


def the_whole_file_put_back(story: Story) -> None:
    story.attacked.path.write_bytes(story.older)


def a_dropped_row_set_back_to_standing(story: Story) -> None:
    story.attacked.insert(story.changed, story.as_it_was)


Deed = Callable[[Story], None]
SEEN_IN_THE_FILE: dict[Deed, set[FindingKind]] = {
    a_middle_row_struck: set(),
    a_dropped_row_struck: set(),
    all_that_one_computer_wrote_struck: set(),
    an_older_state_in_the_place_of_the_newer: set(),
    a_byte_flipped: {FindingKind.ROWS_UNREADABLE},
    a_byte_flipped_under_a_fitting_id: {FindingKind.ENVELOPE_ALTERED},
}
"""What the file itself shows to be missing, and what else is told of it."""
AT_THE_END: tuple[Deed, ...] = (the_last_row_struck, the_whole_file_put_back)
"""What only a computer that remembers can miss."""


def named(deeds: Iterable[Deed]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("deed", deeds, ids=lambda deed: deed.__name__)


@pytest.mark.parametrize("remembering", [True, False])
@named(SEEN_IN_THE_FILE)
def test_what_is_not_here_is_told_again_and_again(story: Story, deed: Deed, remembering: bool) -> None:
    """With a record and without, and writing on hides nothing."""
    deed(story)
    missing = ROLLED_BACK[story.kind] if remembering else ABSENT[story.kind]
    for _ in range(2):
        with story.open(remembering=remembering) as journal:
            found = kinds(journal)
            assert missing in found
            others = {PUT_BACK} if story.kind != "incoming" else set()  # her earlier versions name it
            assert found - FROM_NUMBERS - others == SEEN_IN_THE_FILE[deed]
            note = journal.notes.add(NewNote("written since", share="all"))
            journal.notes.delete(note.id)


@named(AT_THE_END)
def test_the_end_cut_off_is_told_where_it_is_remembered(story: Story, deed: Deed) -> None:
    deed(story)
    for _ in range(2):
        with story.open(remembering=True) as journal:
            found = kinds(journal)
            assert ROLLED_BACK[story.kind] in found and found <= set(ROLLED_BACK.values())
            journal.notes.add(NewNote("written since", share="all"))


@named(AT_THE_END)
def test_the_end_cut_off_where_nothing_is_remembered_is_what_no_file_can_show(
    story: Story, deed: Deed
) -> None:
    """The page names it as what this cannot do: it is not told, and what is shown was whole once."""
    deed(story)
    with story.open(remembering=False) as journal:
        assert kinds(journal) == set()
        assert set(shown(journal).values()) <= {*story.newest.values(), "second, as it was"}


@pytest.mark.parametrize("remembering", [True, False])
def test_a_dropped_row_set_back_to_standing_is_told_as_put_back(story: Story, remembering: bool) -> None:
    """It is not shown; its author's program drops it again."""
    dropped = story.attacked.rows()
    a_dropped_row_set_back_to_standing(story)
    with story.open(remembering=remembering) as journal:
        assert PUT_BACK in kinds(journal)
        assert kinds(journal) <= {PUT_BACK, *ROLLED_BACK.values()}
        assert shown(journal) == story.newest
    story.attacked.open("Ana").close()
    assert story.attacked.rows() == dropped
    with story.open(remembering=remembering) as journal:
        assert kinds(journal) == set()


@named((*SEEN_IN_THE_FILE, *AT_THE_END, a_dropped_row_set_back_to_standing))
def test_nothing_older_than_what_a_computer_remembers_is_shown_in_silence(story: Story, deed: Deed) -> None:
    deed(story)
    for _ in range(2):
        with story.open(remembering=True) as journal:
            lacking = {i for i, body in story.newest.items() if shown(journal).get(i) != body}
            if lacking:
                assert kinds(journal) & FROM_NUMBERS
            for note in journal.notes.all():
                if note.text.body != story.newest[note.id]:
                    assert note.author in journal.members.doubted_authors


@pytest.mark.parametrize("remembering", [True, False])
@named(SEEN_IN_THE_FILE)
def test_what_comes_back_is_told_no_more(story: Story, deed: Deed, remembering: bool) -> None:
    """The good copy is merged in: nothing was made worse by what happened meanwhile."""
    good = story.attacked.copy()
    deed(story)
    story.open(remembering=remembering).close()
    with story.open(remembering=remembering) as journal:
        journal.copies.merge(good)
        assert shown(journal) == story.newest
        assert kinds(journal) <= {FindingKind.ENVELOPE_ALTERED}
    for name in story.attacked.everybody():
        with story.attacked.acting(name) as (journal,):
            assert kinds(journal) & FROM_NUMBERS == set()


@pytest.fixture
def in_doubt(story: Story) -> Iterator[Story]:
    """A row struck whose loss the member has let go."""
    a_middle_row_struck(story)
    with story.open(remembering=True) as journal:
        assert kinds(journal) & FROM_NUMBERS
        assert journal.let_go()
        assert kinds(journal) == set()
    yield story


@named((a_dropped_row_struck, the_last_row_struck, all_that_one_computer_wrote_struck))
def test_what_was_let_go_does_not_hide_what_is_lost_later(in_doubt: Story, deed: Deed) -> None:
    with in_doubt.open(remembering=True) as journal:
        assert kinds(journal) == set()
    deed(in_doubt)
    with in_doubt.open(remembering=True) as journal:
        assert ROLLED_BACK[in_doubt.kind] in kinds(journal)
        assert journal.let_go() and kinds(journal) == set()
