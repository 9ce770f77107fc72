"""The way back, over the couples of a practice, to where it was locked."""

from contextlib import suppress
from typing import TYPE_CHECKING

from kapjournal.domain.forms import RecordKind
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.reply_drafts import ReplyDraft
from kapjournal.errors import NotFound
from kapjournal.presentation import write_up_walk
from kapjournal.presentation.record_view import unfinished
from kapjournal.tui.navigation.routes import RecordsRoute, ReviewRoute, Route, SupervisionRoute, WriteUpRoute

if TYPE_CHECKING:
    from kapjournal.domain.notes import Draft
    from kapjournal.journal import Journal


def way_back(
    practice: "Journal", resume: str
) -> "tuple[list[Route], RecordDraft | ReplyDraft | Draft | None]":
    """The screens one over the other, and the draft that is written over these: to the id of a draft, or to
    the place of a review."""
    if (record_id := write_up_walk.record_at(resume)) is not None:
        return _to_review(practice, record_id, resume), None
    drafts = (*unfinished(practice), *practice.reply_drafts.all())
    draft = next((one for one in drafts if one.id == resume), None)
    return (_under(practice, draft) if isinstance(draft, RecordDraft | ReplyDraft) else []), draft


def _to_review(practice: "Journal", record_id: str, place: str) -> list[Route]:
    record = practice.write_ups.get(record_id)
    couple = practice.couples.of(record.case)
    recipients = practice.write_ups.recipients(record_id)
    to = (one for one in recipients if write_up_walk.place(record_id, one) == place)
    if couple is None:
        return []
    over = [ReviewRoute(practice, couple, record, one) for one in to]
    return [SupervisionRoute(practice, couple), WriteUpRoute(practice, couple, record), *over]


def _under(practice: "Journal", draft: RecordDraft | ReplyDraft) -> list[Route]:
    """The screens that the page of a draft is left for."""
    couple = practice.couples.of(draft.case)
    if couple is None:
        return []
    if isinstance(draft, RecordDraft) and draft.kind is not RecordKind.SUPERVISION:
        return [RecordsRoute(practice, couple)]
    way: list[Route] = [SupervisionRoute(practice, couple)]
    with suppress(NotFound):  # the write-up is gone, and its draft makes a new one
        if write_up := draft.of if isinstance(draft, RecordDraft) else draft.write_up:
            way.append(WriteUpRoute(practice, couple, practice.write_ups.get(write_up)))
    return way
