"""A note: its kind, its words and what goes with them, and who may write which kind."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from kapjournal.domain.attachments import Attachment
from kapjournal.domain.ids import EnvelopeId, MemberId
from kapjournal.domain.members import Role, folded
from kapjournal.errors import Refused, UsageError
from kapjournal.text import excerpt, shown_line, storable_line

MAX_TAG = 40
MAX_TAGS = 32

_LEADING_HASHES = re.compile(r"\A[#\s]+")


class NoteKind(StrEnum):
    """What a note is. Fixed in the file format; a partner's, then the clinic's."""

    CAPTURE = "capture"
    REFLECT = "reflect"
    WEAVE = "weave"
    CYCLE = "cycle"
    WITNESS = "witness"
    APPRECIATION = "appreciation"
    GRATITUDE = "gratitude"
    BODY = "body"
    VALUES = "values"
    PARTS = "parts"
    INTENTION = "intention"
    PRACTICE = "practice"
    DECISION = "decision"
    LETTER = "letter"
    DIALOGUE = "dialogue"
    PAGE = "page"
    OBSERVATION = "observation"


@cache
def kinds_of(role: Role) -> tuple[NoteKind, ...]:
    """The kinds a role may write: partners all but `observation`, everybody else `observation`."""
    if role is Role.PARTNER:
        return tuple(kind for kind in NoteKind if kind is not NoteKind.OBSERVATION)
    return (NoteKind.OBSERVATION,)


def kinds_offered(
    role: Role, now: NoteKind | None = None, *, is_kept_for_the_room: bool
) -> tuple[NoteKind, ...]:
    """The kinds that are put before a role to choose from. Where a couple's dialogue is kept for the room,
    the page of a witness is not among them, unless the page is one `now`: it leads into a disagreement."""
    left_out = {NoteKind.WITNESS} - {now} if is_kept_for_the_room else ()
    return tuple(kind for kind in kinds_of(role) if kind not in left_out)


def default_kind(role: Role) -> NoteKind:
    """A plain page: `page` for a partner, `observation` for everybody else."""
    return NoteKind.PAGE if role is Role.PARTNER else NoteKind.OBSERVATION


@dataclass(frozen=True, slots=True)
class SessionRef:
    """Which session a note belongs to, and its number when the note was written, for a reader to whom the
    session itself is not open."""

    id: str
    number: int


@dataclass(frozen=True, slots=True)
class NoteText:
    """What a person writes, apart from who may read it. `date` is the day the note is about."""

    body: str
    kind: NoteKind
    date: dt.date
    title: str = ""
    tags: tuple[str, ...] = ()
    session: SessionRef | None = None

    @property
    def name(self) -> str:
        """How a list calls it: the title or, without one, the first words; harmless to a terminal."""
        return shown_line(self.title) or excerpt(self.body, 60) or "Untitled"

    @property
    def without_words(self) -> "NoteText":
        """The same without a word that a person wrote."""
        return replace(self, body="", title="", tags=())


@dataclass(frozen=True, slots=True)
class TypedBy:
    """Who typed a page for its author, and when (UTC)."""

    scribe: MemberId
    moment: dt.datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A note as one person may read it.

    `id` names author and document together and is what commands print and take. The author is among the
    `readers`. `written` and `revised` are UTC; `revised` is None until the words change. `session` is the
    session's present number where the reader knows the session. `beside` is what else stands: texts that were
    written at the same time on another computer of the author's. The `readers` can read one of the texts at
    least; `not_of_each` are those of them who cannot read every one. `files` are attached to it, those of
    every text that stands. `typed_by` says who typed it for its author, if its author did not."""

    id: str
    author: MemberId
    readers: frozenset[MemberId]
    text: NoteText
    written: dt.datetime
    revised: dt.datetime | None
    session: int | None
    is_signed: bool = False
    beside: tuple[NoteText, ...] = ()
    versions: tuple[EnvelopeId, ...] = ()
    not_of_each: frozenset[MemberId] = frozenset()
    files: tuple[Attachment, ...] = ()
    typed_by: TypedBy | None = None
    opens: dt.date | None = None
    """Of a letter or a decision of the member's own that is closed: from when on its words are shown."""

    @property
    def readers_of_a_save(self) -> frozenset[MemberId]:
        """Who reads what is saved in the place of all that stands: who could read each text."""
        return self.readers - self.not_of_each

    @property
    def words(self) -> str:
        """All that stands of it, in markdown: the body, and under a line each text beside it."""
        return self.text.body + self.words_beside

    @property
    def words_beside(self) -> str:
        """The texts beside its own, each under a line; empty if there are none."""
        titled = ((f"**{text.title}**\n\n" if text.title else "") + text.body for text in self.beside)
        return "".join(self.before_each_beside + text for text in titled)

    @property
    def before_each_beside(self) -> str:
        """What is written above each text beside its own, in markdown."""
        place = "Not part of what is signed; written" if self.is_signed else "Written"
        return f"\n\n* * *\n\n_{place} at the same time on another computer:_\n\n"

    @property
    def is_private(self) -> bool:
        """Whether nobody but its author can read it."""
        return len(self.readers) == 1

    def closed_until(self, opens: dt.date) -> "Note":
        """The same note as it is shown until a day: without its words, and with the day in their place."""
        title = f"Opens on {opens.day} {opens:%b %Y}"
        return replace(
            self, text=replace(self.text.without_words, title=title), beside=(), files=(), opens=opens
        )

    @property
    def without_words(self) -> "Note":
        """The same note without a word that a person wrote."""
        return replace(self, text=self.text.without_words, beside=(), files=())


@dataclass(frozen=True, slots=True)
class NoteVersion:
    """The present or an earlier state of a note, for its author: `saved` is when it became so (UTC)."""

    number: int
    saved: dt.datetime
    text: NoteText
    readers: frozenset[MemberId]
    files: tuple[Attachment, ...] = ()


def told_apart(versions: Iterable[NoteVersion]) -> list[NoteVersion]:
    """Versions in order, without those that say the same to the same readers as the one before: signing, for
    one, writes a note again as it was."""
    kept: list[NoteVersion] = []
    for version in versions:
        if not kept or replace(version, number=kept[-1].number, saved=kept[-1].saved) != kept[-1]:
            kept.append(replace(version, number=len(kept) + 1))
    return kept


@dataclass(frozen=True, slots=True)
class Draft:
    """Words not yet made a version: `of` is the note they will change, or None for a new one.

    A draft has readers the person chose for the finished note; nobody but its author can read the draft.
    `replaces` are the versions of the note that the person saw when they began: what was written meanwhile
    elsewhere is not replaced by it, and stands beside. `opens` is the day chosen for a letter or a decision;
    it is kept while the draft is of another kind.
    """

    id: str
    of: str | None
    text: NoteText
    readers: frozenset[MemberId] = field(default_factory=frozenset)
    cursor: tuple[int, int] = (0, 0)
    saved: dt.datetime | None = None
    replaces: tuple[EnvelopeId, ...] = ()
    opens: dt.date | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of some length."""
        return (self.text.body,)


def new_draft(me: MemberId, role: Role, today: dt.date) -> Draft:
    """An empty page with every default: a plain page of today, for its author alone."""
    return Draft("", None, NoteText("", default_kind(role), today), frozenset({me}))


def draft_of(note: Note, text: NoteText | None = None) -> Draft:
    """A draft that will change a note, with other words if some are given, and the cursor after the last."""
    text = text or replace(note.text, body=note.words)
    lines = text.body.split("\n")
    cursor = (len(lines) - 1, len(lines[-1]))
    return Draft("", note.id, text, note.readers_of_a_save, cursor, replaces=note.versions)


def kind_from(word: str) -> NoteKind:
    """Read a kind as written on a command line (`UsageError` names the kinds)."""
    try:
        return NoteKind(word.strip().lower())
    except ValueError:
        raise UsageError(f"There is no note kind “{word}”; they are {', '.join(NoteKind)}.") from None


def check_may_write(role: Role, kind: NoteKind) -> None:
    """Refuse a kind that is not this role's."""
    if kind not in kinds_of(role):
        whose = "the clinic writes" if kind is NoteKind.OBSERVATION else "the partners write"
        raise Refused(f"“{kind}” is a kind of note that {whose}; yours: {', '.join(kinds_of(role))}.")


def tags_from(words: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are stored: one line each, no comma, no leading #, no tag twice, at most 32."""
    tags: dict[str, str] = {}
    for word in words:
        tag = storable_line(_LEADING_HASHES.sub("", storable_line(word, "tag", MAX_TAG)), "tag", MAX_TAG)
        if not tag or "," in tag:
            raise UsageError("A tag has at least one character and no comma.")
        tags.setdefault(folded(tag), tag)
    if len(tags) > MAX_TAGS:
        raise UsageError(f"A note has at most {MAX_TAGS} tags.")
    return tuple(tags.values())


def title_from(text: str) -> str:
    """A note's title: one line, up to 200 characters, may be empty."""
    return storable_line(text, "title")
