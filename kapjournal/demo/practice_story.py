"""Reads the practice of the demo's story: its couples, and what stands in their clinical record."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kapjournal.demo.story import Story, story_from, toml_file
from kapjournal.demo.supervision import StorySupervision, supervision_from
from kapjournal.domain.dosing import COLUMNS, RowKind
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.members import Role
from kapjournal.domain.record_signing import GOES_ON
from kapjournal.domain.signing import AddendumKind, Signer

_FILE = "practice.toml"
_AROUND = (
    *("kind", "about", "day", "session", "layout", "rows", "change"),
    *("unsigned", "written", "late", "addendum"),
)
"""What a record of the files says beside the fields of its form."""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One row of a dosing record, at a local time of its day."""

    kind: RowKind
    at: dt.time
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StoryChange:
    """What some fields of a record say from a later day on."""

    day: int
    fields: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class StoryAddendum:
    """What is added to a signed record on a later day, and why."""

    day: int
    what: AddendumKind
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """One record; `day` counts as in `StoryNote`, and so does a number in a field, which is a day. It is
    `written` on its day where nothing else is said, and signed when it stands; a `late` one says why."""

    kind: RecordKind
    about: About | None
    day: int
    session: int | None
    layout: str
    fields: Mapping[str, str | int]
    rows: tuple[StoryRow, ...]
    changes: tuple[StoryChange, ...]
    written: int
    is_signed: bool
    late: str
    addenda: tuple[StoryAddendum, ...]


@dataclass(frozen=True, slots=True)
class StoryCouple:
    """A couple as the therapist knows them: the `file` of their journal and what stands in it, whether it
    `opens` with the practice, their clinical record, and what is said around the write-up in it."""

    name: str
    first: str
    second: str
    file: str
    opens: bool
    course: Story
    records: tuple[StoryRecord, ...]
    supervision: StorySupervision | None = None


@dataclass(frozen=True, slots=True)
class PracticeStory:
    """The practice of one therapist. The first couple is the demo's own."""

    label: str
    role: Role
    passphrase: str
    signer: Signer
    couples: tuple[StoryCouple, ...]


def load(own: Story) -> PracticeStory:
    """Read the practice from the TOML files beside this one; `own` is the course of the demo's couple."""
    practice = toml_file(_FILE)
    first, *others = practice["couple"]
    couples = [_couple(first, own)]
    couples += (_couple(one, story_from(toml_file(one["course"]))) for one in others)
    return PracticeStory(
        label=practice["label"],
        role=Role(practice["role"]),
        passphrase=practice["passphrase"],
        signer=Signer(practice["name"], practice["credentials"]),
        couples=tuple(couples),
    )


def _couple(said: Mapping[str, Any], course: Story) -> StoryCouple:
    days = {session.number: session.day for session in course.sessions}
    records = [
        _record(fields, days) for name in said["records"] for fields in toml_file(name).get("record", ())
    ]
    return StoryCouple(
        name=said["name"],
        first=said["first"],
        second=said["second"],
        file=said["file"],
        opens=said.get("opens", True),
        course=course,
        records=tuple(sorted(records, key=lambda record: record.day)),
        supervision=supervision_from(said["supervision"]) if "supervision" in said else None,
    )


def _record(said: Mapping[str, Any], days: Mapping[int, int]) -> StoryRecord:
    """A record of a session is of its day where nothing else is said."""
    session, kind = said.get("session"), RecordKind(said["kind"])
    day = said["day"] if session is None else said.get("day", days[session])
    return StoryRecord(
        kind=kind,
        about=About(said["about"]) if "about" in said else None,
        day=day,
        session=session,
        layout=said.get("layout", ""),
        fields=_fields(said),
        rows=tuple(_rows(said.get("rows", ()))),
        changes=tuple(StoryChange(one["day"], _fields(one)) for one in said.get("change", ())),
        written=said.get("written", day),
        is_signed=kind not in GOES_ON and not said.get("unsigned", False),
        late=said.get("late", ""),
        addenda=tuple(
            StoryAddendum(one["day"], AddendumKind(one["what"]), one["reason"], one["text"])
            for one in said.get("addendum", ())
        ),
    )


def _fields(said: Mapping[str, Any]) -> dict[str, str | int]:
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in said.items()
        if name not in _AROUND
    }


def _rows(said: list[Mapping[str, Any]]) -> Iterator[StoryRow]:
    """A row is named by its kind, which has what stands in the first column: `vitals = "30 min"`."""
    for fields in said:
        kind = next(kind for kind in RowKind if kind in fields)
        named = {COLUMNS[kind][0].id: fields[kind]}
        others = {name: value for name, value in fields.items() if name not in ("at", kind)}
        yield StoryRow(kind, fields["at"], {**named, **others})
