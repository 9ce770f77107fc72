"""Builds the demo: the journal of a couple and, if it is wanted, a practice beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kapjournal import paths
from kapjournal.demo import practice_story, story
from kapjournal.demo.couple_journal import build_journal
from kapjournal.demo.measures import write_measures
from kapjournal.demo.practice import build_practice
from kapjournal.demo.practice_story import PracticeStory
from kapjournal.demo.story import StoryPerson
from kapjournal.domain.members import Role
from kapjournal.errors import Refused
from kapjournal.journal import FLOOR, KdfStrength
from kapjournal.staging import until_the_end

FILE_NAME = "demo" + paths.SUFFIX
PRACTICE_NAME = "practice" + paths.SUFFIX


@dataclass(frozen=True, slots=True)
class Door:
    """One way into a file of the demo."""

    label: str
    role: Role
    passphrase: str


@dataclass(frozen=True, slots=True)
class DemoCouple:
    """A couple of the practice: where their journal lies and how to open it; with `opens` the practice
    does."""

    name: str
    path: Path
    doors: tuple[Door, ...]
    opens: bool


@dataclass(frozen=True, slots=True)
class DemoPractice:
    """The practice of the demo's therapist, and its couples; the first is the demo's own."""

    path: Path
    door: Door
    couples: tuple[DemoCouple, ...]


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the demo lies and how to open it."""

    path: Path
    doors: tuple[Door, ...]
    practice: DemoPractice | None = None


def temporary_folder() -> Path:
    """A place for a demo that goes when the program ends."""
    return until_the_end("kapjournal-demo-")


def build(
    folder: Path,
    *,
    notes: int | None = None,
    practice: bool = False,
    record_folder: Path | None = None,
    strength: KdfStrength = FLOOR,
) -> Demo:
    """Build `demo.kap` in `folder`, with about `notes` notes in all, but never fewer than the story has; with
    a `practice` also `practice.kap`, and the journals of its other couples.

    The doors have the weakest Argon2id the format accepts, so that it is quick: their passphrases are
    printed beside them and protect nothing. `Refused` if one of the files is there already; if building
    fails, the unfinished files are removed.
    """
    paths.private_folder(folder)
    course = story.load()
    told = practice_story.load(course) if practice else None
    others = told.couples[1:] if told else ()
    files = [FILE_NAME, *([PRACTICE_NAME] if told else []), *(couple.file for couple in others)]
    for name in files:
        if (folder / name).exists():
            raise Refused(f"There is a {name} in {folder} already; it is left as it is.")
    try:
        build_journal(course, folder / FILE_NAME, record_folder, strength, notes or 0, write_measures)
        for couple in others:
            build_journal(couple.course, folder / couple.file, record_folder, strength)
        if told:
            build_practice(told, folder / PRACTICE_NAME, record_folder, strength)
    except BaseException:
        for name in files:
            for suffix in ("", "-wal", "-shm"):
                (folder / (name + suffix)).unlink(missing_ok=True)
        raise
    return Demo(folder / FILE_NAME, _doors(course.people), _made(told, folder) if told else None)


def _made(told: PracticeStory, folder: Path) -> DemoPractice:
    couples = (
        DemoCouple(one.name, folder / one.file, _doors(one.course.people), one.opens) for one in told.couples
    )
    door = Door(told.label, told.role, told.passphrase)
    return DemoPractice(folder / PRACTICE_NAME, door, tuple(couples))


def _doors(people: Iterable[StoryPerson]) -> tuple[Door, ...]:
    return tuple(Door(person.label, person.role, person.passphrase) for person in people)
