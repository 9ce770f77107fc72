"""How words that two approve, what each answers to them, and what somebody asks less of lie in documents.

An answer and a narrowing name the words they are about by author, document and digest, and hold for these
words only.
"""

import datetime as dt
from typing import NamedTuple

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain import authorisation
from kapjournal.domain.joint import JointKind, JointText, Narrowing, Response, are_fields, narrowing_from
from kapjournal.errors import KapjournalError
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import day_from_text, moment_from_text, moment_to_text
from kapjournal.text import storable


class Proposal(NamedTuple):
    """Words that are put to two, and when (UTC)."""

    text: JointText
    written: dt.datetime


class Approval(NamedTuple):
    """What a member answers to words."""

    of: ContentName
    response: Response
    kind: JointKind
    """That of the words, which may not be here."""


class NarrowedWords(NamedTuple):
    """What a partner asks less of than words say."""

    of: ContentName
    narrowing: Narrowing


def encode(proposal: Proposal, before: DocumentVersion | None = None) -> Content:
    """Words that two approve as the content of their document."""
    text = proposal.text
    data = {
        "kind": text.kind.value,
        "fields": [[name, said] for name, said in text.fields],
        "date": text.date.isoformat(),
        "review": text.review.isoformat() if text.review else None,
        "for_therapists": text.for_therapists,
        "written": moment_to_text(proposal.written),
    }
    return Content.of(data, before=before)


def decode(version: DocumentVersion) -> Proposal:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        review, for_therapists = data["review"], data["for_therapists"]
        fields = tuple((name, storable(said)) for name, said in data["fields"])
        if version.text or type(for_therapists) is not bool or not fields or not are_fields(fields):
            raise ValueError
        text = JointText(
            JointKind(data["kind"]),
            fields,
            day_from_text(data["date"]),
            None if review is None else day_from_text(review),
            for_therapists,
        )
        if text.kind is JointKind.AUTHORISATION and not authorisation.is_of_form(text):
            raise ValueError
        return Proposal(text, moment_from_text(data["written"]))
    except (LookupError, TypeError, ValueError, AttributeError, KapjournalError):
        raise NotGenuine("Words that two approve have a field of the wrong form.") from None


def encode_approval(approval: Approval, before: DocumentVersion | None = None) -> Content:
    """An answer as the content of its document."""
    response = approval.response
    data = {
        "of": approval.of.to_list(),
        "kind": approval.kind.value,
        "approves": response.approves,
        "held": response.held,
        "written": moment_to_text(response.written),
    }
    return Content.of(data, before=before)


def decode_approval(version: DocumentVersion) -> Approval:
    """Undo `encode_approval`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        approves, held = data["approves"], data["held"]
        if version.text or type(approves) is not bool or type(held) is not bool:
            raise ValueError
        response = Response(version.author, approves, moment_from_text(data["written"]), held)
        return Approval(ContentName.from_list(data["of"]), response, JointKind(data["kind"]))
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("An approval has a field of the wrong form.") from None


def encode_narrowing(narrowed: NarrowedWords, before: DocumentVersion | None = None) -> Content:
    """A narrowing as the content of its document; the line are the words."""
    data = {"of": narrowed.of.to_list(), "written": moment_to_text(narrowed.narrowing.written)}
    return Content.of(data, narrowed.narrowing.line, before)


def decode_narrowing(version: DocumentVersion) -> NarrowedWords:
    """Undo `encode_narrowing`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        if narrowing_from(version.text) != version.text:
            raise ValueError
        narrowing = Narrowing(version.author, version.text, moment_from_text(data["written"]))
        return NarrowedWords(ContentName.from_list(data["of"]), narrowing)
    except (LookupError, TypeError, ValueError, KapjournalError):
        raise NotGenuine("A narrowing has a field of the wrong form.") from None
