"""A note as plain values under fixed names, for `--json` and for the front matter of an exported note."""

import datetime as dt
import json
import re
from collections.abc import Collection
from typing import TYPE_CHECKING, TypeAlias

from kapjournal.domain.attachments import Attachment
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import folded
from kapjournal.domain.notes import Note, NoteVersion
from kapjournal.domain.signing import Addendum, Signature, SignedDocument

if TYPE_CHECKING:
    from kapjournal.journal import Journal

Value: TypeAlias = str | int | list[str] | list[dict[str, str | int]] | dict[str, object] | None
"""What a field of a note may be."""

_AS_NUMBER = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


def as_json(value: object, *, indent: int | None = None) -> str:
    """Write a value as JSON that is harmless to a terminal and whose strings are valid YAML scalars.

    Letters stay readable. Control characters, characters that change the direction of a line, and those YAML
    would not take literally are written as `\\uXXXX`. (Not all: YAML reads a surrogate pair as two
    characters.)
    """
    return _AS_NUMBER.sub(
        lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False, indent=indent)
    )


def iso_time(moment: dt.datetime) -> str:
    """A moment as ISO 8601 in UTC with milliseconds and Z."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def reader_labels(journal: "Journal", author: MemberId, readers: Collection[MemberId]) -> list[str]:
    """The labels of all who can read something: its author first, the others by label."""
    others = sorted((journal.members.label_of(reader) for reader in readers if reader != author), key=folded)
    return [journal.members.label_of(author), *others]


def note_fields(
    journal: "Journal", note: Note, *, body: bool = True, signed: SignedDocument | None = None
) -> dict[str, Value]:
    """A note under the names that every command and export uses; `body` comes last, and behind it what is
    known of its signatures, if that is given.

    Only a note that may be an older version put back has `in_doubt`, only one that is signed has `signed`,
    only one that somebody typed for its author has `typed_by`, and only one with files has `files`.
    """
    fields: dict[str, Value] = {
        "id": note.id,
        "title": note.text.title,
        "kind": note.text.kind.value,
        "session": note.session,
        "date": note.text.date.isoformat(),
        "author": journal.members.label_of(note.author),
        "readers": reader_labels(journal, note.author, note.readers),
        "written": iso_time(note.written),
        "revised": iso_time(note.revised) if note.revised else None,
        "tags": list(note.text.tags),
    }
    if note.author in journal.members.doubted_authors:
        fields["in_doubt"] = True
    if note.is_signed:
        fields["signed"] = True
    if note.typed_by is not None:
        scribe = journal.members.label_of(note.typed_by.scribe)
        fields["typed_by"] = {"by": scribe, "on": iso_time(note.typed_by.moment)}
    if note.files:
        fields["files"] = [file_fields(number, file) for number, file in enumerate(note.files, 1)]
    if body:
        fields |= {"body": note.text.body, "beside": [text.body for text in note.beside]}
    if signed:
        fields["signatures"] = signed_fields(signed)
    return fields


def signed_fields(signed: SignedDocument) -> dict[str, object]:
    """What is known of the signatures under a note or record, and what was added to it."""
    return {
        "digest": signed.digest,
        "holds": signed.holds,
        "signatures": [_signature(signature) for signature in signed.signatures],
        "addenda": [_addendum(addendum) for addendum in signed.addenda],
        "other_digests": list(signed.others),
    }


def _signature(signature: Signature) -> dict[str, str | None]:
    return {
        "member": signature.label or None,
        "name": signature.name,
        "credentials": signature.credentials,
        "as": signature.capacity,
        "when": signature.when.isoformat() if signature.when else None,
        "state": signature.state.value,
        "late_entry": signature.late or None,
    }


def _addendum(addendum: Addendum) -> dict[str, object]:
    return {
        "what": addendum.kind.value,
        "reason": addendum.reason,
        "body": addendum.body,
        "follows_missing": addendum.follows_missing,
        "signature": _signature(addendum.signature),
    }


def file_fields(number: int, file: Attachment) -> dict[str, str | int]:
    """An attached file: its number in the note, its name, its size in bytes, its kind."""
    return {"number": number, "name": file.name, "size": file.size, "kind": file.kind.value}


def version_fields(journal: "Journal", version: NoteVersion) -> dict[str, Value]:
    """One version of a note by the member who asks, under the names of `note_fields`."""
    text = version.text
    files: dict[str, Value] = {}
    if version.files:
        files = {"files": [file_fields(number, file) for number, file in enumerate(version.files, 1)]}
    return {
        "number": version.number,
        "saved": iso_time(version.saved),
        "title": text.title,
        "kind": text.kind.value,
        "session": text.session.number if text.session else None,
        "date": text.date.isoformat(),
        "readers": reader_labels(journal, journal.me.id, version.readers),
        "tags": list(text.tags),
        **files,
        "body": text.body,
    }
