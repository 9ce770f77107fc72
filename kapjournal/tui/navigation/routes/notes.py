"""The course and the notes on it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapjournal.domain.notes import NoteKind
from kapjournal.tui.navigation.routes.route import InJournal

if TYPE_CHECKING:
    from kapjournal.domain.attachments import Chosen
    from kapjournal.domain.notes import Draft, Note
    from kapjournal.domain.scribe import ScribePage
    from kapjournal.journal import Journal


class CourseRoute(InJournal):
    """The course (home); `resume` is the id of the draft to go on with."""

    SCREEN = "course.CourseScreen"
    resume: str = ""


class EditorRoute(InJournal):
    """The page of a draft; `unsaved` words are saved at once."""

    SCREEN = "editor.EditorScreen"
    draft: "Draft"
    unsaved: bool = False


class _StepsRoute(InJournal):
    """A page in steps; `unsaved` answers are saved at once."""

    draft: "Draft"
    unsaved: bool = False


class PartsRoute(_StepsRoute):
    """A parts check-in, step by step."""

    SCREEN = "parts.PartsScreen"


class HalfRoute(_StepsRoute):
    """The member's half of the loop, a field at a time."""

    SCREEN = "half.HalfScreen"


class WitnessRoute(_StepsRoute):
    """The page of a witness, a stretch at a time."""

    SCREEN = "witness.WitnessScreen"


def in_steps(journal: "Journal", draft: "Draft", unsaved: bool = False) -> _StepsRoute:
    """The page on which a draft of a kind in steps is written, step by step."""
    routes = {NoteKind.PARTS: PartsRoute, NoteKind.CYCLE: HalfRoute, NoteKind.WITNESS: WitnessRoute}
    return routes[draft.text.kind](journal, draft, unsaved)


class LoopRoute(InJournal):
    """The loop: both halves side by side, once both are released."""

    SCREEN = "loop.LoopScreen"


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
