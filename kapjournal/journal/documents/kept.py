"""How a page that a therapist kept lies in a document, sealed for them alone."""

import dataclasses
from typing import Any

from kapjournal.crypto.primitives import NAME_LENGTH, NotGenuine, digest
from kapjournal.domain.attachments import MAX_BYTES, MAX_FILES_NAMED, MAX_NAME_BYTES
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.kept import KeptFile, KeptNote, KeptScribe
from kapjournal.domain.notes import MAX_TAG, MAX_TAGS, NoteKind
from kapjournal.domain.sessions import MAX_NUMBER
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import (
    day_from_text,
    from_hex,
    moment_from_text,
    moment_to_text,
    to_json,
)
from kapjournal.text import MAX_LINE, is_line

PURPOSE = "kapjournal kept note 1"
"""With what the canonical form begins, so that its hash can be taken for nothing else."""


def encode(note: KeptNote, before: DocumentVersion | None = None) -> Content:
    """A kept page as the content of its document; its words stand outside the data."""
    fields = {
        "case": note.case.hex(),
        **_copied(note),
        "label": note.label,
        "session": note.session,
        "kept": moment_to_text(note.kept),
        "sha256": sha256_of(note),
    }
    if note.typed_by is not None:
        fields["typed_by"] = [note.typed_by.member.hex(), note.typed_by.label]
    return Content.of(fields, note.body, before)


def decode(version: DocumentVersion) -> KeptNote:
    """Undo `encode`, or raise `NotGenuine`: also where the hash is not that of what stands there."""
    data = version.fields()
    try:
        title, tags, label, session = data["title"], data["tags"], data["label"], data["session"]
        if type(tags) is not list or len(tags) > MAX_TAGS or len(title) > MAX_LINE or len(label) > MAX_LINE:
            raise ValueError
        if any(len(tag) > MAX_TAG for tag in tags) or not is_line("".join((title, label, *tags))):
            raise ValueError
        if session is not None and (type(session) is not int or not 1 <= session <= MAX_NUMBER):
            raise ValueError
        note = KeptNote(
            case=CaseId(from_hex(data["case"], 16)),
            note=from_hex(data["note"], NAME_LENGTH // 2).hex(),
            author=MemberId(from_hex(data["author"], 32)),
            label=label,
            kind=NoteKind(data["kind"]),
            date=day_from_text(data["date"]),
            title=title,
            tags=tuple(tags),
            session=session,
            body=version.text,
            written=moment_from_text(data["written"]),
            revised=moment_from_text(data["revised"]) if data["revised"] else None,
            kept=moment_from_text(data["kept"]),
            files=_files(data["files"]),
            typed_by=_scribe(*data["typed_by"]) if "typed_by" in data else None,
        )
        if data["sha256"] != sha256_of(note):
            raise ValueError
        return note
    except (LookupError, TypeError, ValueError, AttributeError):
        raise NotGenuine("A kept page has a field of the wrong form.") from None


def canonical_form_of(note: KeptNote) -> bytes:
    """What was copied of a page, in the one form over which its hash is made: what its author wrote and when,
    and not who typed it for them, or what they or its session were called that day."""
    return to_json({"purpose": PURPOSE, **_copied(note), "body": note.body})


def sha256_of(note: KeptNote) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return digest(canonical_form_of(note)).hex()


def _copied(note: KeptNote) -> dict[str, Any]:
    return {
        "note": note.note,
        "author": note.author.hex(),
        "kind": note.kind.value,
        "date": note.date.isoformat(),
        "title": note.title,
        "tags": list(note.tags),
        "written": moment_to_text(note.written),
        "revised": moment_to_text(note.revised) if note.revised else None,
        "files": [list(dataclasses.astuple(file)) for file in note.files],
    }


def _scribe(member: str, label: str) -> KeptScribe:
    if len(label) > MAX_LINE or not is_line(label):
        raise ValueError
    return KeptScribe(MemberId(from_hex(member, 32)), label)


def _files(said: object) -> tuple[KeptFile, ...]:
    if type(said) is not list or len(said) > MAX_FILES_NAMED:
        raise ValueError
    return tuple([_file(*one) for one in said])


def _file(name: str, size: int, digest_: str) -> KeptFile:
    if not is_line(name) or not 0 < len(name.encode("utf-8")) <= MAX_NAME_BYTES:
        raise ValueError
    if type(size) is not int or not 0 < size <= MAX_BYTES:
        raise ValueError
    return KeptFile(name, size, from_hex(digest_, 32).hex())
