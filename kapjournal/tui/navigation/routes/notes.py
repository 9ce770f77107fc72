"""The course and the notes on it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapjournal.tui.navigation.routes.route import InJournal

if TYPE_CHECKING:
    from kapjournal.domain.attachments import Chosen
    from kapjournal.domain.notes import Draft, Note
    from kapjournal.domain.scribe import ScribePage


class CourseRoute(InJournal):
    """The course (home); `resume` is the id of the draft to go on with."""

    SCREEN = "course.CourseScreen"
    resume: str = ""


class EditorRoute(InJournal):
    """The page of a draft; `unsaved` words are saved at once."""

    SCREEN = "editor.EditorScreen"
    draft: "Draft"
    unsaved: bool = False


class PartsRoute(InJournal):
    """A parts check-in, step by step; `unsaved` answers are saved at once."""

    SCREEN = "parts.PartsScreen"
    draft: "Draft"
    unsaved: bool = False


class ScribeRoute(InJournal):
    """The page on which somebody types for a partner."""

    SCREEN = "scribe.ScribeScreen"
    page: "ScribePage"


class _NoteRoute(InJournal):
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


class AttachRoute(InJournal):
    """The form that attaches a file to a note of the member."""

    SCREEN = "attach.AttachScreen"
    note_id: str


class SaveFileRoute(InJournal):
    """The form that saves a file of a note, out of the journal."""

    SCREEN = "save_file.SaveFileScreen"
    note_id: str
    chosen: "Chosen"


class SearchRoute(InJournal):
    """The search through all notes the member can read."""

    SCREEN = "search.SearchScreen"


class DraftsRoute(InJournal):
    """The member's drafts."""

    SCREEN = "drafts.DraftsScreen"


class IntentionsRoute(InJournal):
    """The threads of intentions that the member can read."""

    SCREEN = "intentions.IntentionsScreen"


class BroughtRoute(InJournal):
    """What is marked for the next session."""

    SCREEN = "brought.BroughtScreen"


class WaitingRoute(InJournal):
    """What of the member's waits."""

    SCREEN = "waiting.WaitingScreen"
