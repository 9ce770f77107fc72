"""Which page goes on with a draft."""

from typing import TYPE_CHECKING

from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.notes import Draft
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.reply_drafts import ReplyDraft
from kapjournal.domain.scribe import ScribePage
from kapjournal.domain.self_reports import CheckIn, SelfReportDraft
from kapjournal.presentation.steps import kind_in_steps
from kapjournal.tui.navigation import routes
from kapjournal.tui.navigation.routes import Route, in_steps

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def route_to(
    journal: "Journal",
    draft: Draft | RecordDraft | MeasureDraft | SelfReportDraft | ScribePage | ReplyDraft,
    *,
    unsaved: bool,
) -> Route:
    """The page of a draft that is written on a page of its own; `unsaved` words are saved at once."""
    if isinstance(draft, Draft):
        in_fields = kind_in_steps(draft) is not None
        return (in_steps if in_fields else routes.EditorRoute)(journal, draft, unsaved)
    if isinstance(draft, MeasureDraft):
        answering = routes.PaperRoute if draft.is_from_paper else routes.QuestionsRoute
        return answering(journal, draft, unsaved)
    if isinstance(draft, SelfReportDraft):
        of_sliders = isinstance(draft.said, CheckIn)
        return (routes.CheckInRoute if of_sliders else routes.AfterEffectsRoute)(journal, draft, unsaved)
    if isinstance(draft, ScribePage):
        return routes.ScribeRoute(journal, draft)
    if isinstance(draft, ReplyDraft):
        return routes.AnswerRoute(journal, draft, unsaved)
    return routes.RecordPageRoute(journal, draft, unsaved)
