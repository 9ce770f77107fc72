"""What a therapist keeps of the partners' pages in the record, and what is remembered of those they could
read."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind
from kapjournal.errors import Refused

MAX_SEEN = 5000
"""So many pages of one couple are remembered. Beyond them those go first that are gone the longest, and what
is new is not remembered."""

ONLY_THERAPISTS = "Therapists and co-therapists keep pages in the record."
ONLY_OF_PARTNERS = "What is kept in the record are pages that a partner wrote."
NOT_FROM_A_PRACTICE = "Pages are kept in a practice: open this journal from yours, by the couple's name."


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was attached to a page and is not copied with it; `digest` is what its bytes make."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class KeptScribe:
    """Who typed a page for its author: their id in the couple's journal, and what they were called that
    day."""

    member: MemberId
    label: str


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A page of a partner's as it was when the therapist kept it.

    `id` is the copy's own, `note` the page's id in the couple's journal, `author` its author's id there.
    `label` and `session` are what they were called and which number it had that day. `body` is all that stood
    of it. `written` and `revised` are the page's moments, `kept` the copy's (UTC). `typed_by` is None where
    its author typed it.
    """

    case: CaseId
    note: str
    author: MemberId
    label: str
    kind: NoteKind
    date: dt.date
    title: str
    tags: tuple[str, ...]
    session: int | None
    body: str
    written: dt.datetime
    revised: dt.datetime | None
    kept: dt.datetime
    files: tuple[KeptFile, ...] = ()
    typed_by: KeptScribe | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class SeenNote:
    """A page that this therapist could read since the day `seen`: `mark` are the first bytes of the envelope
    in which it was seen last; `gone` is the day on which it was found withdrawn or deleted, if it was."""

    mark: bytes
    seen: dt.date
    gone: dt.date | None = None


@dataclass(frozen=True, slots=True)
class SeenNotes:
    """The pages of one couple that this therapist could read, by their ids; no word of any."""

    case: CaseId
    notes: Mapping[str, SeenNote] = field(default_factory=dict)

    def brought_up_to(
        self, here: Mapping[str, bytes], dropped: Collection[bytes], today: dt.date
    ) -> "SeenNotes":
        """After a look into the journal: `here` are the pages there now with their marks, `dropped` the marks
        of what was dropped in that file. A page that is neither may be on its way, and is not gone."""
        notes = {note: SeenNote(mark, today) for note, mark in here.items()}
        for note, one in self.notes.items():
            if note in here:
                notes[note] = replace(one, mark=here[note], gone=None)
            elif one.gone is None and one.mark in dropped:
                notes[note] = replace(one, gone=today)
            else:
                notes[note] = one
        return replace(self, notes=_within_limit(notes))

    def joined(self, other: "SeenNotes") -> "SeenNotes":
        """What either computer of the therapist knows; gone is what neither found."""
        notes = {**other.notes, **self.notes}
        for note in self.notes.keys() & other.notes.keys():
            notes[note] = _joined(self.notes[note], other.notes[note])
        return replace(self, notes=_within_limit(notes))


@dataclass(frozen=True, slots=True)
class GoneNote:
    """A page that was withdrawn or deleted since it was seen: its id and days, and the copies that were kept
    of it."""

    case: CaseId
    note: str
    seen: dt.date
    gone: dt.date
    kept: tuple[KeptNote, ...] = ()


def check_may_keep(role: Role) -> None:
    """Refuse whoever is no therapist."""
    if not role.is_therapist:
        raise Refused(ONLY_THERAPISTS)


def _joined(one: SeenNote, other: SeenNote) -> SeenNote:
    first = min(one, other, key=lambda seen: (seen.seen, seen.mark))
    gone = min(one.gone, other.gone) if one.gone and other.gone else None
    return replace(first, gone=gone)


def _within_limit(notes: Mapping[str, SeenNote]) -> dict[str, SeenNote]:
    if len(notes) <= MAX_SEEN:
        return dict(notes)
    here = sorted((one.seen, note) for note, one in notes.items() if one.gone is None)
    gone = sorted(((one.gone, note) for note, one in notes.items() if one.gone), reverse=True)
    return {note: notes[note] for _, note in (*here, *gone)[:MAX_SEEN]}
