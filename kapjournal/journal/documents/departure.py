"""How what left for supervision lies in a document, and what a supervisor answered: sealed for their author
alone."""

from typing import Any

from kapjournal.crypto.primitives import NAME_LENGTH, NotGenuine
from kapjournal.domain.departures import Departure
from kapjournal.domain.ids import CaseId
from kapjournal.domain.supervision import Basis
from kapjournal.domain.supervision_reply import MAX_ACTS, Act, Reply
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import day_from_text, from_hex, moment_from_text, moment_to_text
from kapjournal.text import MAX_LINE, is_line

ACT_BYTES = 8


def encode(left: Departure, before: DocumentVersion | None = None) -> Content:
    """What left as the content of its document."""
    fields = {
        "case": left.case.hex(),
        "write_up": left.write_up,
        "case_word": left.case_word,
        "question": left.question,
        "recipient": left.recipient,
        "basis": left.basis.value,
        "purpose": left.purpose,
        "authorisation": left.authorisation,
        "format": left.format,
        "sha256": left.sha256,
        "counts": [left.found, left.changed, left.kept],
        "left": moment_to_text(left.left),
        "destroy_by": left.destroy_by.isoformat(),
        "destroyed": left.destroyed.isoformat() if left.destroyed else None,
    }
    return Content.of(fields, before=before)


def decode(version: DocumentVersion) -> Departure:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        found, changed, kept = data["counts"]
        if any(type(count) is not int or count < 0 for count in (found, changed, kept)):
            raise ValueError
        return Departure(
            case=CaseId(from_hex(data["case"], 16)),
            write_up=from_hex(data["write_up"], NAME_LENGTH // 2).hex(),
            case_word=_line(data["case_word"]),
            question=_line(data["question"]),
            recipient=_line(data["recipient"]),
            basis=Basis(data["basis"]),
            purpose=_line(data["purpose"]),
            authorisation=from_hex(data["authorisation"], 32).hex() if data["authorisation"] else "",
            format=_line(data["format"]),
            sha256=from_hex(data["sha256"], 32).hex(),
            found=found,
            changed=changed,
            kept=kept,
            left=moment_from_text(data["left"]),
            destroy_by=day_from_text(data["destroy_by"]),
            destroyed=day_from_text(data["destroyed"]) if data["destroyed"] else None,
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("What left has a field of the wrong form.") from None


def encode_reply(reply: Reply, before: DocumentVersion | None = None) -> Content:
    """A reply as the content of its document; its words stand outside the data."""
    fields = {
        "case": reply.case.hex(),
        "write_up": reply.write_up,
        "recipient": reply.recipient,
        "written": moment_to_text(reply.written),
        "acts": [
            [
                act.id,
                act.who,
                act.what,
                act.when.isoformat() if act.when else None,
                act.happened,
                act.closed.isoformat() if act.closed else None,
            ]
            for act in reply.acts
        ],
    }
    return Content.of(fields, reply.words, before)


def decode_reply(version: DocumentVersion) -> Reply:
    """Undo `encode_reply`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        acts = data["acts"]
        if type(acts) is not list or len(acts) > MAX_ACTS:
            raise ValueError
        return Reply(
            CaseId(from_hex(data["case"], 16)),
            from_hex(data["write_up"], NAME_LENGTH // 2).hex(),
            _line(data["recipient"]),
            version.text,
            moment_from_text(data["written"]),
            tuple([_act(*act) for act in acts]),
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A reply has a field of the wrong form.") from None


def _act(id_: Any, who: Any, what: Any, when: Any, happened: Any, closed: Any) -> Act:
    return Act(
        _line(who),
        _line(what),
        None if when is None else day_from_text(when),
        _line(happened),
        None if closed is None else day_from_text(closed),
        from_hex(id_, ACT_BYTES).hex(),
    )


def _line(said: str) -> str:
    if len(said) > MAX_LINE or not is_line(said):
        raise ValueError
    return said
