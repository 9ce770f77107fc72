"""Which page goes on with a draft."""

from typing import TYPE_CHECKING

from kapjournal.content.parts import parts
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.notes import Draft
from kapjournal.domain.parts import is_check_in
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.scribe import ScribePage
from kapjournal.domain.self_reports import CheckIn, SelfReportDraft
from kapjournal.tui.navigation import routes
from kapjournal.tui.navigation.routes import Route

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def route_to(
    journal: "Journal",
    draft: Draft | RecordDraft | MeasureDraft | SelfReportDraft | ScribePage,
    *,
    unsaved: bool,
) -> Route:
    """The page of a draft that is written on a page of its own; `unsaved` words are saved at once."""
    if isinstance(draft, Draft):
        in_steps = is_check_in(parts().steps, draft)
        return (routes.PartsRoute if in_steps else routes.EditorRoute)(journal, draft, unsaved)
    if isinstance(draft, RecordDraft):
        return routes.RecordPageRoute(journal, draft, unsaved)
    if isinstance(draft, MeasureDraft):
        answering = routes.PaperRoute if draft.is_from_paper else routes.QuestionsRoute
        return answering(journal, draft, unsaved)
    if isinstance(draft, SelfReportDraft):
        of_sliders = isinstance(draft.said, CheckIn)
        return (routes.CheckInRoute if of_sliders else routes.AfterEffectsRoute)(journal, draft, unsaved)
    return routes.ScribeRoute(journal, draft)
