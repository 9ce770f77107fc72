"""The demo is a real journal: each of the three reads in it exactly what the story lets them read."""

import datetime as dt
import stat
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.demo import FILE_NAME, Demo, build, story
from kapjournal.demo.story import StoryNote, StoryPerson
from kapjournal.domain.joint import JointKind, Standing
from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.waiting import DECISION_OPENS_AFTER
from kapjournal.errors import Refused
from kapjournal.journal import Journal, unlock
from kapjournal.journal.drafts import Drafts

STORY = story.load()
LABELS = [person.label for person in STORY.people]
BY_LABEL = {person.label: person for person in STORY.people}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(place: Path) -> Demo:
    """With `notes=1`, which does not make the story shorter."""
    return build(place / "new folder", notes=1, record_folder=place / "memory")


def opened(demo: Demo, label: str, place: Path) -> Journal:
    door = next(door for door in demo.doors if door.label == label)
    return unlock(demo.path, label=label, passphrase=door.passphrase, record_folder=place / "memory")


def readers(author: StoryPerson, note: StoryNote) -> set[str]:
    """Who reads a note today; what waits, its author alone, and a page that is brought, the therapist too."""
    named = set(LABELS) if note.share == "all" else set(note.share.split(", ")) - {""}
    if note.waits or note.opens:
        named = set()
    if any(mark.page == note.title and not mark.line for mark in author.marks):
        named.add(STORY.people[0].label)
    return (named | {author.label}) - set(note.withdraw.split(", "))


def opens(note: StoryNote) -> int | None:
    """The day on which a note opens to its author."""
    return note.day + DECISION_OPENS_AFTER if note.kind is NoteKind.DECISION else note.opens


def is_closed(note: StoryNote) -> bool:
    day = opens(note)
    return day is not None and day > 0


def test_three_doors(demo: Demo, place: Path) -> None:
    assert demo.path == place / "new folder" / FILE_NAME
    assert [(door.label, door.role) for door in demo.doors] == [
        ("Dr Lee", Role.THERAPIST),
        ("Ana", Role.PARTNER),
        ("Ben", Role.PARTNER),
    ]
    assert stat.S_IMODE(demo.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("label", LABELS)
def test_each_reads_what_was_written_for_them(demo: Demo, place: Path, label: str) -> None:
    meant = sorted(
        (
            person.label,
            note.title,
            note.body,
            note.kind,
            note.tags,
            note.session,
            clock.today() + dt.timedelta(note.day),
        )
        for person in STORY.people
        for note in person.notes
        if label in readers(person, note) and not is_closed(note)
    )
    typed = [page.body for person in STORY.people for page in person.typed if page.of == label]
    closed = [note for note in BY_LABEL[label].notes if is_closed(note)]
    with opened(demo, label, place) as journal:
        every = journal.notes.all()
        assert [note.text.body for note in every if note.typed_by] == typed
        assert [(note.text.kind, note.opens, note.text.body) for note in every if note.opens] == [
            (note.kind, story.date_of(opens(note) or 0), "") for note in closed
        ]
        read = sorted(
            (
                journal.members.label_of(n.author),
                n.text.title,
                n.text.body,
                n.text.kind,
                n.text.tags,
                n.session,
                n.text.date,
            )
            for n in every
            if not (n.typed_by or n.opens)
        )
    assert [note[:4] for note in read] == [note[:4] for note in meant]
    assert sorted(map(str, read)) == sorted(map(str, meant))


@pytest.mark.parametrize("label", LABELS)
def test_all_is_well_behind_every_door(demo: Demo, place: Path, label: str) -> None:
    with opened(demo, label, place) as journal:
        assert journal.findings == ()
        assert journal.check().is_clean
        assert journal.title == STORY.title
        assert {member.label for member in journal.members.all()} == set(LABELS)
        assert [session.number for session in journal.sessions.all()] == [
            session.number for session in STORY.sessions
        ]


def test_unfinished_pages_are_their_authors_alone(demo: Demo, place: Path) -> None:
    for person in STORY.people:
        with opened(demo, person.label, place) as journal:
            assert [draft.text.body for draft in journal.drafts.all()] == [
                note.body for note in person.drafts
            ]


def test_an_earlier_wording_is_in_the_history(demo: Demo, place: Path) -> None:
    (title, before, body) = next(
        (p.title, p.before, p.body) for who in STORY.people for p in who.notes if p.before
    )
    with opened(demo, "Ana", place) as journal:
        note = next(note for note in journal.notes.all() if note.text.title == title)
        assert [version.text.body for version in journal.notes.history(note.id)] == [before, body]


def test_the_course_ended_a_few_days_ago(demo: Demo, place: Path) -> None:
    with opened(demo, "Ben", place) as journal:
        ahead = [session for session in journal.sessions.all() if session.date > clock.today()]
        assert len(ahead) == 1
        latest = max(note.text.date for note in journal.notes.all())
    assert dt.timedelta(0) <= clock.today() - latest <= dt.timedelta(7)


def test_a_demo_that_is_there_is_left_as_it_is(demo: Demo, place: Path) -> None:
    before = demo.path.read_bytes()
    with pytest.raises(Refused, match=r"demo\.kap"):
        build(demo.path.parent, record_folder=place / "memory")
    assert demo.path.read_bytes() == before


def test_building_that_fails_leaves_no_half_demo(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Drafts, "save", full)
    with pytest.raises(OSError, match="No space left"):
        build(tmp_path, record_folder=memory)
    assert not list(tmp_path.glob(FILE_NAME + "*"))


def test_a_demo_grows_to_so_many_notes(tmp_path: Path) -> None:
    grown = build(tmp_path, notes=75, record_folder=tmp_path / "memory")
    written = 0
    for label in LABELS:
        with opened(grown, label, tmp_path) as journal:
            written += len(journal.notes.all(by=label))
    assert written == 75


def test_new_to_each_is_only_what_came_since_they_were_here(demo: Demo, place: Path) -> None:
    new = {}
    for label in LABELS:
        with opened(demo, label, place) as journal:
            new[label] = [note.text.title for note in journal.notes.all() if journal.notes.is_new(note)]
    assert new == {"Dr Lee": [], "Ana": ["The low shelf"], "Ben": []}


def test_what_the_two_approved_holds_and_a_practice_took_the_place_of_another(
    demo: Demo, place: Path
) -> None:
    held = []
    for label in ("Ana", "Ben"):
        with opened(demo, label, place) as journal:
            found = {one.text.fields: one.standing for one in journal.joints.all()}
            held.append([found[one.fields] for one in STORY.together])
    assert held == [[Standing.HOLDS, Standing.REPLACED, Standing.HOLDS, Standing.HOLDS, Standing.HOLDS]] * 2
    assert {dict(one.fields)["name"] for one in STORY.together if one.kind is JointKind.LOOP} == {"Sea fog"}
