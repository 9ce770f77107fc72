"""Write-ups, their reviews, what left and what was answered, as fields for a script."""

from typing import TYPE_CHECKING

from kapjournal.domain.access_requests import AccessRequest, PackLeft
from kapjournal.domain.couples import Couple
from kapjournal.domain.departures import Departure
from kapjournal.domain.ids import CaseId
from kapjournal.domain.review import Review
from kapjournal.domain.supervision_reply import Act, Reply
from kapjournal.domain.write_up_work import Decided
from kapjournal.exchange.json_fields import iso_time
from kapjournal.presentation.packs import for_whom

if TYPE_CHECKING:
    from kapjournal.domain.supervision import Pulled


def review_fields(review: Review) -> dict[str, object]:
    """A review: what was found, words to look at, and the story check."""
    found, changed, kept = review.counts
    return {
        "write_up": review.write_up,
        "recipient": review.recipient,
        "case_word": review.case_word,
        "open": review.open,
        "complete": review.is_complete,
        "found": found,
        "changed": changed,
        "kept": kept,
        "unread": review.unread or None,
        "items": [
            {
                "id": one.id,
                "type": one.kind,
                "heading": one.heading,
                "before": one.before,
                "text": one.text,
                "after": one.after,
                "replacement": one.replacement,
                "may_stay": one.may_stay,
                "decided": _decided(one.decided),
            }
            for one in review.items
        ],
        "words": [
            {"id": one.id, "word": one.word, "line": one.line, "decided": _decided(one.decided)}
            for one in review.words
        ],
        "story": [
            {
                "id": one.id,
                "question": one.question,
                "words": list(one.words),
                "decided": _decided(one.decided),
            }
            for one in review.questions
        ],
    }


def departure_fields(one: Departure, couples: dict[CaseId, Couple]) -> dict[str, object]:
    """What left."""
    couple = couples.get(one.case)
    return {
        "id": one.id,
        "couple": couple.name if couple else None,
        "write_up": one.write_up,
        "case_word": one.case_word,
        "question": one.question,
        "recipient": one.recipient,
        "basis": one.basis.value,
        "purpose": one.purpose,
        "authorisation": one.authorisation or None,
        "format": one.format,
        "sha256": one.sha256,
        "found": one.found,
        "changed": one.changed,
        "kept": one.kept,
        "left": iso_time(one.left),
        "destroy_by": one.destroy_by.isoformat(),
        "destroyed": one.destroyed.isoformat() if one.destroyed else None,
    }


def pack_fields(request: AccessRequest, left: PackLeft, couples: dict[CaseId, Couple]) -> dict[str, object]:
    """A pack that left."""
    couple = couples.get(request.case)
    return {
        "id": request.id_of(left),
        "request": request.id,
        "couple": couple.name if couple else None,
        "pack": for_whom(couple, request.about),
        "recipient": left.recipient,
        "authorisation": left.authorisation or None,
        "format": left.form,
        "sha256": left.sha256,
        "items": left.items,
        "withheld": [{"what": what, "ground": ground.value} for what, ground in left.withheld],
        "asked": request.asked.isoformat(),
        "due": request.due.isoformat(),
        "left": iso_time(left.left),
    }


def reply_fields(reply: Reply) -> dict[str, object]:
    """What was answered, and what was agreed."""
    return {
        "id": reply.id,
        "write_up": reply.write_up,
        "recipient": reply.recipient,
        "written": iso_time(reply.written),
        "text": reply.words,
        "acts": [act_fields(act) for act in reply.acts],
    }


def act_fields(act: Act) -> dict[str, object]:
    """What somebody is to do, and what came of it."""
    return {
        "id": act.id,
        "who": act.who,
        "what": act.what,
        "when": act.when.isoformat() if act.when else None,
        "happened": act.happened or None,
        "closed": act.closed.isoformat() if act.closed else None,
    }


def pulled_fields(one: "Pulled") -> dict[str, object]:
    """Where a line came from."""
    return {
        "field": one.field,
        "line": one.line,
        "source": one.source,
        "said": one.said or None,
        "reason": one.reason or None,
    }


def _decided(decided: Decided | None) -> dict[str, str] | None:
    return {"choice": decided.choice.value, "words": decided.words} if decided else None
