"""The one table of screens: a route for each, with what the screen is opened with.

A route names its screen by module and class, which are imported when the screen is first shown: screens open
each other without importing each other, and nothing is imported before the first paint that it does not need.
A test holds the fields of every route against the parameters of its screen.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast, dataclass_transform

if TYPE_CHECKING:
    from textual.screen import Screen

    from kapjournal.domain.answered_measures import AnsweredMeasure
    from kapjournal.domain.attachments import Chosen
    from kapjournal.domain.couples import Couple
    from kapjournal.domain.forms import About
    from kapjournal.domain.ids import MemberId
    from kapjournal.domain.kept import KeptNote
    from kapjournal.domain.measure_drafts import MeasureDraft
    from kapjournal.domain.members import JournalKind
    from kapjournal.domain.notes import Draft, Note
    from kapjournal.domain.pad import PadDraft
    from kapjournal.domain.record_drafts import RecordDraft
    from kapjournal.domain.records import Record
    from kapjournal.domain.scribe import ScribePage
    from kapjournal.domain.self_reports import Report, SelfReport, SelfReportDraft
    from kapjournal.journal import Journal, OpenPad

SCREENS = "kapjournal.tui.screens"


@dataclass_transform(frozen_default=True)
class Route:
    """A screen to open. `SCREEN` is its module in `screens/` and its class."""

    SCREEN: ClassVar[str]

    def __init_subclass__(cls) -> None:
        """Make each a dataclass, without a repr: codes, words and notes are among the fields."""
        dataclass(frozen=True, repr=False, eq=False)(cls)

    @classmethod
    def screen_class(cls) -> "type[Screen[None]]":
        """The class of the screen, imported now if it was not before."""
        module, _, name = cls.SCREEN.partition(".")
        return cast("type[Screen[None]]", getattr(import_module(f"{SCREENS}.{module}"), name))

    def make(self) -> "Screen[None]":
        """A new screen with the fields of this route."""
        make_screen: Callable[..., Screen[None]] = self.screen_class()
        given: dict[str, Any] = vars(self)
        return make_screen(**given)


@dataclass(frozen=True, slots=True)
class KeeperReturn:
    """The keeper is asked back to the keyboard: their keys and the newcomer's meet when they next open.

    Both are named by label.
    """

    keeper: str
    newcomer: str


# before a door is open


class WelcomeRoute(Route):
    """The ways to begin, where no journal was found."""

    SCREEN = "welcome.WelcomeScreen"


class ChooseJournalRoute(Route):
    """The choice among journal files."""

    SCREEN = "choose_journal.ChooseJournalScreen"
    files: Sequence[Path]


class DoorsRoute(Route):
    """The doors of a journal, with one sentence said or a notice shown on them."""

    SCREEN = "doors.DoorsScreen"
    path: Path
    label: str | None = None
    notice: str = ""
    said: str = ""
    keeper_return: KeeperReturn | None = None


class CreateRoute(Route):
    """The form that starts a journal, or a practice; in a `practice` a couple's."""

    SCREEN = "create.CreateScreen"
    kind: "JournalKind | None" = None
    practice: "Journal | None" = None


class JoinRoute(Route):
    """The form that joins a journal with an invitation code."""

    SCREEN = "join.JoinScreen"
    path: Path | None = None
    code: str = ""
    name: str = ""
    hand_back_to: str = ""


class RecoverRoute(Route):
    """The form that sets a new passphrase with the recovery words."""

    SCREEN = "recover.RecoverScreen"
    path: Path


class SharesRoute(Route):
    """The form that opens a practice with two shares of its will, or only tries them."""

    SCREEN = "shares.SharesScreen"
    path: Path


class RestoreRoute(Route):
    """The form that puts a backup in the place of the journal."""

    SCREEN = "restore.RestoreScreen"
    path: Path


class HandOverRoute(Route):
    """The page that asks to turn the screen to the person who was invited."""

    SCREEN = "hand_over.HandOverScreen"
    name: str


# with an open journal


class _JournalRoute(Route):
    journal: "Journal"


class HandBackRoute(_JournalRoute):
    """The page that asks the newcomer to give the keyboard back to the keeper."""

    SCREEN = "hand_over.HandBackScreen"
    keeper: str


class RecoveryWordsRoute(_JournalRoute):
    """The recovery words of a new door; `go_on` is called once one of them was typed back."""

    SCREEN = "recovery_words.RecoveryWordsScreen"
    words: str
    go_on: "Callable[[Journal], Awaitable[None]]"


class NewRecoveryWordsRoute(_JournalRoute):
    """New recovery words for a door that is open."""

    SCREEN = "recovery_words.NewRecoveryWordsScreen"
    words: str


class NewKeysRoute(_JournalRoute):
    """New recovery words for new keys, which hold with the passphrase that was chosen."""

    SCREEN = "new_keys.NewKeysScreen"
    words: str
    passphrase: str


class WillRoute(_JournalRoute):
    """The will of a practice."""

    SCREEN = "will.WillScreen"


class NewWillRoute(_JournalRoute):
    """The three shares of a new will, which holds once a word of each was typed back."""

    SCREEN = "will.NewWillScreen"
    shares: Sequence[str]
    custodian: str
    beside: str


class CouplesRoute(_JournalRoute):
    """The couples of a practice (a therapist's home); `chosen` is the name of the one the cursor is on,
    `resume` the id of the draft of a record to go on with."""

    SCREEN = "couples.CouplesScreen"
    chosen: str = ""
    resume: str = ""


class RecordsRoute(_JournalRoute):
    """The clinical record of a couple; without one, what colleagues shared. `theirs` is the couple's journal
    where it is open."""

    SCREEN = "records.RecordsScreen"
    couple: "Couple | None"
    theirs: "Journal | None" = None


class LetterRoute(_JournalRoute):
    """A letter to the prescriber of one partner of a couple; `theirs` is the couple's journal where it is
    open."""

    SCREEN = "letter.LetterScreen"
    couple: "Couple"
    theirs: "Journal | None" = None


class _RecordRoute(_JournalRoute):
    record: "Record"
    couple: "Couple | None"


class RecordRoute(_RecordRoute):
    """One clinical record, to read."""

    SCREEN = "record.RecordScreen"


class RecordHistoryRoute(_RecordRoute):
    """The versions of one clinical record."""

    SCREEN = "record_history.RecordHistoryScreen"


class KeptRoute(_JournalRoute):
    """A partner's page that was kept in the record, to read."""

    SCREEN = "kept_page.KeptPageScreen"
    note: "KeptNote"
    couple: "Couple | None"


class RecordPageRoute(_JournalRoute):
    """The page of a form on the way; `unsaved` words are saved at once."""

    SCREEN = "record_page.RecordPageScreen"
    draft: "RecordDraft"
    unsaved: bool = False


class BriefRoute(_JournalRoute):
    """One screen on a couple of the practice before a session; `theirs` is their journal if it is open."""

    SCREEN = "brief.BriefScreen"
    couple: "Couple"
    theirs: "Journal | None" = None


class SavePageRoute(_JournalRoute):
    """The form that saves a page of text in a file of this name."""

    SCREEN = "save_page.SavePageScreen"
    text: str
    name: str


class UnsignedRoute(_JournalRoute):
    """The records of every couple that wait for the member's signature."""

    SCREEN = "unsigned.UnsignedScreen"


class PadRoute(_JournalRoute):
    """The dose pad of a couple's session, with what was agreed before; `unsaved` rows are saved at once; the
    first row of an empty pad is that of `turn`."""

    SCREEN = "dose_pad.DosePadScreen"
    couple: "Couple"
    opened: "OpenPad"
    agreements: tuple[str, ...]
    unsaved: "PadDraft | None"
    turn: "About"


class AddCoupleRoute(_JournalRoute):
    """The form that adds a couple whose journal there is already."""

    SCREEN = "add_couple.AddCoupleScreen"


class CourseRoute(_JournalRoute):
    """The course (home); `resume` is the id of the draft to go on with."""

    SCREEN = "course.CourseScreen"
    resume: str = ""


class EditorRoute(_JournalRoute):
    """The page of a draft; `unsaved` words are saved at once."""

    SCREEN = "editor.EditorScreen"
    draft: "Draft"
    unsaved: bool = False


class PartsRoute(_JournalRoute):
    """A parts check-in, step by step; `unsaved` answers are saved at once."""

    SCREEN = "parts.PartsScreen"
    draft: "Draft"
    unsaved: bool = False


class ScribeRoute(_JournalRoute):
    """The page on which somebody types for a partner."""

    SCREEN = "scribe.ScribeScreen"
    page: "ScribePage"


class _NoteRoute(_JournalRoute):
    note: "Note"


class ReaderRoute(_NoteRoute):
    """One note, to read; `among` are the ids of those before and after it, itself among them. The words of
    `query` are marked, and the first place is shown."""

    SCREEN = "reader.ReaderScreen"
    among: Sequence[str] = ()
    query: str = ""


class PrintNoteRoute(_NoteRoute):
    """The form that saves one note as a page to print."""

    SCREEN = "print_note.PrintNoteScreen"


class HistoryRoute(_NoteRoute):
    """The versions of one note."""

    SCREEN = "history.HistoryScreen"


class SearchRoute(_JournalRoute):
    """The search through all notes the member can read."""

    SCREEN = "search.SearchScreen"


class SearchAcrossRoute(_JournalRoute):
    """The search through the record and the journals of all couples of a practice."""

    SCREEN = "search_across.SearchAcrossScreen"


class DraftsRoute(_JournalRoute):
    """The member's drafts."""

    SCREEN = "drafts.DraftsScreen"


class IntentionsRoute(_JournalRoute):
    """The threads of intentions that the member can read."""

    SCREEN = "intentions.IntentionsScreen"


class BroughtRoute(_JournalRoute):
    """What is marked for the next session."""

    SCREEN = "brought.BroughtScreen"


class MeasuresRoute(_JournalRoute):
    """The measures of the partner at the screen, or of one whom somebody of the clinic chooses."""

    SCREEN = "measures.MeasuresScreen"


class WaitingRoute(_JournalRoute):
    """What of the member's waits."""

    SCREEN = "waiting.WaitingScreen"


class MarksRoute(_JournalRoute):
    """A therapist's safety marks."""

    SCREEN = "marks.MarksScreen"


class _MeasureDraftRoute(_JournalRoute):
    draft: "MeasureDraft"
    unsaved: bool = False


class QuestionsRoute(_MeasureDraftRoute):
    """A measure that a partner answers, question by question; `unsaved` answers are saved at once."""

    SCREEN = "questions.QuestionsScreen"


class PaperRoute(_MeasureDraftRoute):
    """A measure that a therapist enters from paper; `unsaved` answers are saved at once."""

    SCREEN = "paper.PaperScreen"


class CheckInsRoute(_JournalRoute):
    """The check-ins and after-effects cards that the member can read."""

    SCREEN = "check_ins.CheckInsScreen"


class _SelfReportDraftRoute(_JournalRoute):
    draft: "SelfReportDraft"
    unsaved: bool = False


class CheckInRoute(_SelfReportDraftRoute):
    """A check-in that a partner makes; `unsaved` values are saved at once."""

    SCREEN = "check_in.CheckInScreen"


class AfterEffectsRoute(_SelfReportDraftRoute):
    """A card on after-effects that a partner fills; `unsaved` answers are saved at once."""

    SCREEN = "after_effects.AfterEffectsScreen"


class SelfReportRoute(_JournalRoute):
    """One check-in or card, to read."""

    SCREEN = "self_report.SelfReportScreen"
    report: "SelfReport[Report]"


class TrendsRoute(_JournalRoute):
    """The check-ins of one `person` over the course."""

    SCREEN = "trends.TrendsScreen"
    person: "MemberId"


class SaveTrendsRoute(_JournalRoute):
    """The form that saves one `slider` of a `person`'s check-ins as a picture, all as a table without one."""

    SCREEN = "save_trends.SaveTrendsScreen"
    person: "MemberId"
    slider: str


class _AnswersRoute(_JournalRoute):
    answers: "AnsweredMeasure"


class AnswersRoute(_AnswersRoute):
    """Answers to one measure, to read."""

    SCREEN = "answers.AnswersScreen"


class AnswersHistoryRoute(_AnswersRoute):
    """The versions of answers to one measure."""

    SCREEN = "answers_history.AnswersHistoryScreen"


class MeasureChartRoute(_JournalRoute):
    """The course of one `measure` of one `person`."""

    SCREEN = "measure_chart.MeasureChartScreen"
    person: "MemberId"
    measure: str


class SaveMeasuresRoute(_JournalRoute):
    """The form that saves a chart or the answers of one `person`, out of the journal; `form` is how the name
    of the file ends."""

    SCREEN = "save_measures.SaveMeasuresScreen"
    person: "MemberId"
    measure: str
    form: str


class PeopleRoute(_JournalRoute):
    """The members and the invitations."""

    SCREEN = "people.PeopleScreen"


class ExportRoute(_JournalRoute):
    """The form that takes notes out of the journal."""

    SCREEN = "export.ExportScreen"


class MergeRoute(_JournalRoute):
    """The form that brings in another copy of the journal."""

    SCREEN = "merge.MergeScreen"


class BackupRoute(_JournalRoute):
    """The form that writes a sealed backup of the whole journal."""

    SCREEN = "backup.BackupScreen"


class CheckRoute(_JournalRoute):
    """The check of the journal."""

    SCREEN = "check.CheckScreen"


class CopyRoute(_JournalRoute):
    """The form that writes a copy: for another computer of the member, or for whom they invited by `name`."""

    SCREEN = "copy.CopyScreen"
    name: str = ""


class AttachRoute(_JournalRoute):
    """The form that attaches a file to a note of the member."""

    SCREEN = "attach.AttachScreen"
    note_id: str


class SaveFileRoute(_JournalRoute):
    """The form that saves a file of a note, out of the journal."""

    SCREEN = "save_file.SaveFileScreen"
    note_id: str
    chosen: "Chosen"


class SettingsRoute(Route):
    """The settings of this computer."""

    SCREEN = "settings.SettingsScreen"
