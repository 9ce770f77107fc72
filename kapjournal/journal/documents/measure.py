"""How answers to a measure, a request for them, and a therapist's safety mark lie in documents."""

import datetime as dt
import re
from typing import NamedTuple

from kapjournal.content.measures import check_fit
from kapjournal.crypto.primitives import NAME_LENGTH, NotGenuine, digest, purpose
from kapjournal.domain.answered_measures import (
    MAX_ANSWERS,
    MAX_CONTACTS,
    MAX_MET,
    MAX_PACK,
    MAX_VALUE,
    Contact,
    MeasureRequest,
    MeasureText,
    Met,
    SafetyMark,
    is_contact,
)
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.errors import KapjournalError
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import day_from_text, from_hex, moment_from_text, moment_to_text
from kapjournal.text import MAX_LINE, is_line, storable

DIGEST_LENGTH = 8
"""Bytes of the digest by which a safety mark knows answers."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class MeasureContent(NamedTuple):
    """Answers: `written` first, `revised` when they last changed (UTC), None if never."""

    text: MeasureText
    written: dt.datetime
    revised: dt.datetime | None = None


def encode(measure: MeasureContent, before: DocumentVersion | None = None) -> Content:
    """Answers as the content of their document."""
    text = measure.text
    data = {
        "measure": text.measure,
        "pack": text.pack,
        "answers": list(text.answers),
        "date": text.date.isoformat(),
        "of": text.of.hex(),
        "written": moment_to_text(measure.written),
        "revised": moment_to_text(measure.revised) if measure.revised else None,
    }
    return Content.of(data, before=before)


def decode(version: DocumentVersion) -> MeasureContent:
    """Undo `encode`, or raise `NotGenuine`: also for answers that a known measure does not have."""
    data = version.fields()
    try:
        answers, pack = data["answers"], data["pack"]
        if (
            type(answers) is not list
            or not 0 < len(answers) <= MAX_ANSWERS
            or not all(map(is_value, answers))
        ):
            raise ValueError
        if not is_line(pack) or len(pack) > MAX_PACK:
            raise ValueError
        text = MeasureText(
            measure_name(data["measure"]),
            MemberId(from_hex(data["of"], 32)),
            day_from_text(data["date"]),
            tuple(answers),
            pack,
        )
        check_fit(text.measure, text.answers)
        return MeasureContent(
            text,
            moment_from_text(data["written"]),
            moment_from_text(data["revised"]) if data["revised"] else None,
        )
    except (KapjournalError, LookupError, TypeError, ValueError):
        raise NotGenuine("Answers to a measure have a field of the wrong form.") from None


def encode_request(request: MeasureRequest, before: DocumentVersion | None = None) -> Content:
    """A request as the content of its document; its line stands outside the data."""
    data = {
        "measure": request.measure,
        "of": request.of.hex(),
        "date": request.date.isoformat() if request.date else None,
        "written": moment_to_text(request.written),
    }
    return Content.of(data, request.words, before)


def decode_request(version: DocumentVersion) -> MeasureRequest:
    """Undo `encode_request`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        if not is_line(version.text) or len(version.text) > MAX_LINE:
            raise ValueError
        return MeasureRequest(
            version.author,
            measure_name(data["measure"]),
            MemberId(from_hex(data["of"], 32)),
            day_from_text(data["date"]) if data["date"] else None,
            version.text,
            moment_from_text(data["written"]),
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A request for a measure has a field of the wrong form.") from None


def mark_document(author: MemberId, document: DocumentId) -> DocumentId:
    """The one document of a therapist's in which they note that answers were at the mark."""
    return DocumentId(digest(purpose("safety mark document", author, document))[:16])


def answers_digest(version: DocumentVersion) -> bytes:
    """What a safety mark knows answers by, 8 bytes: another one whenever they were changed, the same when
    they were shared."""
    return digest(purpose("safety mark answers") + version.data)[:DIGEST_LENGTH]


def encode_mark(mark: SafetyMark, before: DocumentVersion | None = None) -> Content:
    """A safety mark as the content of its document."""
    data = {
        "answers": mark.answers,
        "author": mark.author.hex(),
        "of": mark.of.hex(),
        "measure": mark.measure,
        "date": mark.date.isoformat(),
        "item": mark.item,
        "at": mark.at,
        "met": [[moment_to_text(one.moment), one.value, one.answers_digest.hex()] for one in mark.met],
        "contacts": [
            [
                moment_to_text(one.when),
                one.how,
                one.outcome,
                moment_to_text(one.written),
                [digest.hex() for digest in one.closes],
            ]
            for one in mark.contacts
        ],
    }
    return Content.of(data, before=before)


def decode_mark(version: DocumentVersion) -> SafetyMark:
    """Undo `encode_mark`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        met, contacts = data["met"], data["contacts"]
        if type(met) is not list or not 0 < len(met) <= MAX_MET:
            raise ValueError
        if type(contacts) is not list or len(contacts) > MAX_CONTACTS:
            raise ValueError
        if any(data[name] is None or not is_value(data[name]) for name in ("item", "at")):
            raise ValueError
        return SafetyMark(
            from_hex(data["answers"], NAME_LENGTH // 2).hex(),
            MemberId(from_hex(data["author"], 32)),
            MemberId(from_hex(data["of"], 32)),
            measure_name(data["measure"]),
            day_from_text(data["date"]),
            data["item"],
            data["at"],
            tuple(sorted(_met(*one) for one in met)),
            tuple(sorted(_contact(*one) for one in contacts)),
        )
    except (KapjournalError, LookupError, TypeError, ValueError):
        raise NotGenuine("A safety mark has a field of the wrong form.") from None


def measure_name(name: str) -> str:
    """The id of a measure as a document has it (`ValueError` for anything else)."""
    if not _NAME.fullmatch(name):
        raise ValueError
    return name


def is_value(value: object) -> bool:
    """Whether it can be the answer to an item: None for one that was left out."""
    return value is None or (type(value) is int and 0 <= value <= MAX_VALUE)


def _met(moment: str, value: int, answers: str) -> Met:
    if value is None or not is_value(value):
        raise ValueError
    return Met(moment_from_text(moment), value, from_hex(answers, DIGEST_LENGTH))


def _contact(when: str, how: str, outcome: str, written: str, closes: list[str]) -> Contact:
    closed = tuple(sorted(from_hex(one, DIGEST_LENGTH) for one in closes))
    contact = Contact(moment_from_text(when), how, storable(outcome), moment_from_text(written), closed)
    if type(closes) is not list or len(closes) > MAX_MET or not is_contact(contact):
        raise ValueError
    return contact
