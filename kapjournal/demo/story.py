"""Reads the story of the demo: who takes part, which sessions there are, and who wrote what on which day."""

import datetime as dt
import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from kapjournal import clock
from kapjournal.domain.joint import JointKind
from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind, kinds_of
from kapjournal.domain.policy import SecretsPolicy
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.waiting import CLOSED_KINDS

_BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class StoryNote:
    """One note or draft of the story. `day` counts from the day the demo is built: -3 is three days ago.

    `share` and `withdraw` are written as on the command line; `before` is an earlier wording of the note.
    What `waits` is for the next session. A letter `opens` on a day, and waits for its readers until then.
    What one partner `offers`, with that line, the other `answers`. From the day on which it is `allowed` a
    page may be used for supervision.
    """

    day: int
    kind: NoteKind
    body: str
    title: str = ""
    session: int | None = None
    tags: tuple[str, ...] = ()
    share: str = ""
    withdraw: str = ""
    before: str = ""
    waits: bool = False
    offers: str = ""
    answers: str = ""
    opens: int | None = None
    allowed: int | None = None


@dataclass(frozen=True, slots=True)
class StoryTyped:
    """A page that somebody typed for a partner on the day of a session."""

    of: str
    day: int
    session: int
    body: str


@dataclass(frozen=True, slots=True)
class StoryMark:
    """What a partner marked on a day for the next session: a page, by its title, or a line of it alone."""

    day: int
    page: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class StoryJoint:
    """What the two approved together on a day, written down `by` one of them; it comes back on `review`."""

    kind: JointKind
    by: str
    day: int
    fields: tuple[tuple[str, str], ...]
    review: int | None = None


@dataclass(frozen=True, slots=True)
class StoryPerson:
    """A person of the story, with their notes, oldest day first, and their unfinished drafts. `here` is the
    last day on which they looked at what was new; `reports` names the file of their check-ins and cards."""

    label: str
    role: Role
    passphrase: str
    here: int
    notes: tuple[StoryNote, ...]
    drafts: tuple[StoryNote, ...]
    typed: tuple[StoryTyped, ...] = ()
    marks: tuple[StoryMark, ...] = ()
    reports: str = ""


@dataclass(frozen=True, slots=True)
class StorySession:
    """A session of the story; `day` as in `StoryNote`, `doses` as on the command line."""

    number: int
    kind: SessionKind
    day: int
    time: dt.time
    title: str = ""
    doses: str = ""


@dataclass(frozen=True, slots=True)
class StoryLess:
    """What less a partner asks for than was agreed, at a time of a `day` as in `StoryNote`."""

    day: int
    time: dt.time
    by: str
    line: str


@dataclass(frozen=True, slots=True)
class StoryAgreement:
    """What one partner writes down for both on a `day` as in `StoryNote`, and all approve that evening."""

    day: int
    by: str
    fields: tuple[tuple[str, str], ...]
    less: tuple[StoryLess, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """The whole course. The first person is the keeper, a therapist; `secrets` is what the couple chose."""

    title: str
    planned_doses: int
    people: tuple[StoryPerson, ...]
    sessions: tuple[StorySession, ...]
    secrets: SecretsPolicy | None = None
    together: tuple[StoryJoint, ...] = ()
    agreement: StoryAgreement | None = None


def load() -> Story:
    """Read the story of the demo's couple from the TOML files beside this one."""
    return story_from(toml_file("course.toml"))


def story_from(course: Mapping[str, Any]) -> Story:
    """The story that a file tells: a course, its people, its sessions."""
    return Story(
        title=course["title"],
        planned_doses=course["planned_doses"],
        people=tuple(_person(fields) for fields in course["person"]),
        sessions=tuple(
            StorySession(**{**fields, "kind": SessionKind(fields["kind"])}) for fields in course["session"]
        ),
        secrets=SecretsPolicy(course["secrets"]) if "secrets" in course else None,
        together=tuple(_together(course["together"])) if "together" in course else (),
        agreement=_agreement(course["agreement"]) if "agreement" in course else None,
    )


def _agreement(said: Mapping[str, Any]) -> StoryAgreement:
    less = tuple(StoryLess(**fields) for fields in said["less"])
    return StoryAgreement(said["day"], said["by"], tuple(said["fields"].items()), less)


def date_of(day: int) -> dt.date:
    """The date of a day of the story."""
    return clock.today() + dt.timedelta(day)


def moment_on(day: int, time: dt.time) -> dt.datetime:
    """The moment (UTC) of a time on a day of the story, by the clock where the demo is built."""
    return clock.moment_of(date_of(day), time)


def evening_of(day: int) -> dt.datetime:
    """The moment at which something about a day is written."""
    return moment_on(day, dt.time(19, 30))


def filler_notes(story: Story, count: int) -> Iterator[tuple[str, StoryNote]]:
    """Make up `count` further notes of about 200 words, each with its author's label; always the same ones.

    Their days lie between the first session and yesterday; about two in three are shared with no one, and
    none is closed.
    """
    dice = random.Random("kapjournal")  # noqa: S311 - makes up a story, not a key
    words = toml_file("filler_words.toml")
    sentences: list[str] = words.pop("sentences")
    first_day = min(session.day for session in story.sessions)
    for number in range(count):
        person = story.people[number % len(story.people)]
        others = [other.label for other in story.people if other is not person]
        kinds = [kind for kind in kinds_of(person.role) if kind not in (*CLOSED_KINDS, NoteKind.WITNESS)]
        yield (
            person.label,
            StoryNote(
                day=dice.randrange(first_day, 0),
                kind=dice.choice(kinds),
                body=_body(dice, sentences, words),
                title=_sentence(dice, words["titles"], words) if dice.random() < 0.7 else "",
                tags=tuple(dice.sample(words["tags"], dice.choice((0, 0, 1, 2)))),
                share=dice.choice(["", "", "", "", "all", *others]),
            ),
        )


def _body(dice: random.Random, sentences: list[str], words: Mapping[str, list[str]]) -> str:
    paragraphs = (
        " ".join(_sentence(dice, sentences, words) for _ in range(dice.randint(2, 5))) for _ in range(4)
    )
    return "\n\n".join(paragraphs)


def _sentence(dice: random.Random, patterns: list[str], words: Mapping[str, list[str]]) -> str:
    filled = _BLANK.sub(lambda blank: dice.choice(words[blank[1]]), dice.choice(patterns))
    return filled[0].upper() + filled[1:]


def _person(fields: Mapping[str, Any]) -> StoryPerson:
    """What a person wrote stands with them, or in a file of their own."""
    written = toml_file(fields["notes"]) if "notes" in fields else fields
    return StoryPerson(
        label=fields["label"],
        role=Role(fields["role"]),
        passphrase=fields["passphrase"],
        here=fields["here"],
        notes=tuple(sorted(map(_note, written.get("note", [])), key=lambda note: note.day)),
        drafts=tuple(map(_note, written.get("draft", []))),
        typed=tuple(
            StoryTyped(**{**page, "body": page["body"].strip()}) for page in written.get("typed", ())
        ),
        marks=tuple(StoryMark(**mark) for mark in written.get("bring", ())),
        reports=fields.get("reports", ""),
    )


def _note(fields: Mapping[str, Any]) -> StoryNote:
    texts = {name: fields.get(name, "").strip() for name in ("body", "before")}
    return StoryNote(
        **{**fields, **texts, "kind": NoteKind(fields["kind"]), "tags": tuple(fields.get("tags", ()))}
    )


def _together(name: str) -> Iterator[StoryJoint]:
    for one in toml_file(name)["joint"]:
        yield StoryJoint(
            **{**one, "kind": JointKind(one["kind"]), "fields": tuple(one["fields"].items())},
        )


def toml_file(name: str) -> dict[str, Any]:
    """One of the TOML files beside this one."""
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
