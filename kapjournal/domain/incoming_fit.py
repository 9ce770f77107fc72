"""How a note that comes from elsewhere is made one that a journal can hold, with a word for whatever that
changes. Nothing a person wrote is dropped but what no note can hold."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

from kapjournal.domain import attachments, notes
from kapjournal.domain.incoming import IncomingFile, IncomingNote, Problem
from kapjournal.domain.members import Role
from kapjournal.domain.notes import MAX_TAG, MAX_TAGS, NoteText, SessionRef
from kapjournal.errors import Refused, UsageError
from kapjournal.text import MAX_BODY_BYTES, MAX_LINE, control_in, is_line, without_controls

_FIRST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_CONTROLS = "A note cannot keep such characters, and comes without them."
_NO_SUCH_SESSION = "The session it belonged to is not in this journal. It comes without one."


@dataclass(frozen=True, slots=True)
class Fitted:
    """A note as it comes: `written` and `revised` are moments that a note can have, None where they are not
    known."""

    text: NoteText
    files: tuple[IncomingFile, ...]
    written: dt.datetime | None
    revised: dt.datetime | None


def mark_of(text: NoteText, written: dt.datetime | None = None) -> bytes:
    """A short value that two notes share only where day, title and words are the same, and the moment in
    which they were written, if that is given."""
    said = blake2b(digest_size=16)
    moment = written.isoformat(timespec="milliseconds") if written else ""
    for part in (text.date.isoformat(), text.title, text.body, moment):
        data = part.encode()
        said.update(len(data).to_bytes(8, "big") + data)
    return said.digest()


def fitted(
    note: IncomingNote, role: Role, now: dt.datetime, sessions: Mapping[int, SessionRef], *, is_exact: bool
) -> tuple[Fitted | None, list[Problem]]:
    """A note as a member of this role can write it, None where it cannot come, and what is to be said of it.
    `sessions` are those of the journal, by number. What `is_exact` comes even if nothing stands in it."""
    told: list[Problem] = []
    body, title = _words(note, told, is_exact=is_exact)
    if len(body) > MAX_BODY_BYTES // 4 and len(body.encode()) > MAX_BODY_BYTES:
        why = f"A note holds at most {MAX_BODY_BYTES:,} bytes, and it is longer. Divide it first."
        return None, [Problem(note.where, why)]
    files = tuple(_files(note, told))
    if not (is_exact or body.strip() or title or files):
        return None, told if note.files else [Problem(note.where, "There is nothing in it.")]
    kind = note.kind if note.kind in notes.kinds_of(role) else notes.default_kind(role)
    text = NoteText(body, kind, note.date, title, _tags(note, told), _session(note, sessions, told))
    written = _moment(note.written, now)
    revised = _moment(note.revised, now)
    is_later = revised is not None and (written is None or revised > written)
    return Fitted(text, files, written, revised if is_later else None), told


def _words(note: IncomingNote, told: list[Problem], *, is_exact: bool) -> tuple[str, str]:
    body, dropped = without_controls(note.body)
    if dropped:
        lines = note.body.replace("\r\n", "\n").replace("\r", "\n")
        told.append(Problem(f"{note.where}: {control_in(lines)}", _CONTROLS, is_lost=False))
    title = without_controls(note.title)[0]
    if not (is_exact and is_line(title)):
        title = " ".join(title.split())
    if len(title) > MAX_LINE:
        body = f"# {title}\n\n{body}"
        title = f"{title[: MAX_LINE - 1].rstrip()}…"
        why = f"A title has at most {MAX_LINE} characters. The whole of this one stands above the words."
        told.append(Problem(note.where, why, is_lost=False))
    try:
        return body, notes.title_from(title)
    except UsageError:
        return body, ""


def _tags(note: IncomingNote, told: list[Problem]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for given in (part for tag in note.tags for part in tag.split(",") if part.strip()):
        try:
            found |= dict.fromkeys(notes.tags_from([given.strip()]))
        except UsageError:
            why = f"A tag has at most {MAX_TAG} characters that can be seen. One that has not is left out."
            told.append(Problem(note.where, why, is_lost=False))
    if len(found) > MAX_TAGS:
        why = f"It has more tags than the {MAX_TAGS} a note can have. The first {MAX_TAGS} come."
        told.append(Problem(note.where, why, is_lost=False))
    return notes.tags_from([*found][:MAX_TAGS])


def _session(
    note: IncomingNote, sessions: Mapping[int, SessionRef], told: list[Problem]
) -> SessionRef | None:
    if note.session and note.session not in sessions:
        where = f"{note.where}, session {note.session}"
        told.append(Problem(where, _NO_SUCH_SESSION, is_lost=False))
    return sessions.get(note.session or 0)


def _files(note: IncomingNote, told: list[Problem]) -> Iterator[IncomingFile]:
    room = attachments.MAX_FILES
    for file in note.files:
        where = f"{note.where}: {file.name}"
        if why := _why_not(file):
            told.append(Problem(where, why))
        elif not room:
            told.append(Problem(where, f"A note holds at most {attachments.MAX_FILES} files."))
        else:
            room -= 1
            yield replace(file, name=attachments.name_from(file.name))


def _why_not(file: IncomingFile) -> str:
    try:
        attachments.name_from(file.name)
    except Refused as error:
        return str(error)
    if not file.size:
        return "The file is empty."
    if file.size > attachments.MAX_BYTES:
        return f"A file that is attached has at most {attachments.MAX_BYTES:,} bytes (64 MiB)."
    return ""


def _moment(moment: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    return min(moment, now) if moment is not None and moment >= _FIRST else None
