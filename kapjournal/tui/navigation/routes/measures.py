"""Measures, and what was answered."""

from typing import TYPE_CHECKING

from kapjournal.tui.navigation.routes.route import InJournal

if TYPE_CHECKING:
    from kapjournal.domain.answered_measures import AnsweredMeasure
    from kapjournal.domain.ids import MemberId
    from kapjournal.domain.measure_drafts import MeasureDraft


class MeasuresRoute(InJournal):
    """The measures of the partner at the screen, or of one whom somebody of the clinic chooses."""

    SCREEN = "measures.MeasuresScreen"


class MarksRoute(InJournal):
    """A therapist's safety marks."""

    SCREEN = "marks.MarksScreen"


class _MeasureDraftRoute(InJournal):
    draft: "MeasureDraft"
    unsaved: bool = False


class QuestionsRoute(_MeasureDraftRoute):
    """A measure that a partner answers, question by question; `unsaved` answers are saved at once."""

    SCREEN = "questions.QuestionsScreen"


class PaperRoute(_MeasureDraftRoute):
    """A measure that a therapist enters from paper; `unsaved` answers are saved at once."""

    SCREEN = "paper.PaperScreen"


class _AnswersRoute(InJournal):
    answers: "AnsweredMeasure"


class AnswersRoute(_AnswersRoute):
    """Answers to one measure, to read."""

    SCREEN = "answers.AnswersScreen"


class AnswersHistoryRoute(_AnswersRoute):
    """The versions of answers to one measure."""

    SCREEN = "answers_history.AnswersHistoryScreen"


class MeasureChartRoute(InJournal):
    """The course of one `measure` of one `person`."""

    SCREEN = "measure_chart.MeasureChartScreen"
    person: "MemberId"
    measure: str


class SaveMeasuresRoute(InJournal):
    """The form that saves a chart or the answers of one `person`, out of the journal; `form` is how the name
    of the file ends."""

    SCREEN = "save_measures.SaveMeasuresScreen"
    person: "MemberId"
    measure: str
    form: str
