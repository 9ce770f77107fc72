"""Write-ups of a couple for supervision."""

from typing import TYPE_CHECKING

from kapjournal.tui.navigation.routes.route import InJournal

if TYPE_CHECKING:
    from kapjournal.domain.couples import Couple
    from kapjournal.domain.records import Record
    from kapjournal.domain.reply_drafts import ReplyDraft
    from kapjournal.journal import Journal


class SupervisionRoute(InJournal):
    """The write-ups of a couple and where each stands; `theirs` is the couple's journal where it is open."""

    SCREEN = "supervision.SupervisionScreen"
    couple: "Couple"
    theirs: "Journal | None" = None


class _WriteUpRoute(InJournal):
    couple: "Couple"
    record: "Record"
    theirs: "Journal | None" = None


class WriteUpRoute(_WriteUpRoute):
    """The stages of one write-up."""

    SCREEN = "write_up.WriteUpScreen"


class ReviewRoute(InJournal):
    """The review of a write-up for a recipient, one thing at a time."""

    SCREEN = "review.ReviewScreen"
    couple: "Couple"
    record: "Record"
    recipient: str
    theirs: "Journal | None" = None


class LeaveRoute(_WriteUpRoute):
    """The form by which a write-up leaves as a file."""

    SCREEN = "leave.LeaveScreen"
    recipient: str = ""


class LeavingPageRoute(InJournal):
    """A page as it will leave, in markdown, to look at."""

    SCREEN = "leaving_page.LeavingPageScreen"
    words: str


class AnswerRoute(InJournal):
    """The form for what a supervisor answered, and what was agreed; `unsaved` words are saved at once."""

    SCREEN = "answer.AnswerScreen"
    draft: "ReplyDraft"
    unsaved: bool = False


class NamesRoute(InJournal):
    """The names of a couple and of the practice that never leave."""

    SCREEN = "names.NamesScreen"
    couple: "Couple"


class LedgerRoute(InJournal):
    """What left for supervision, of a couple or of all."""

    SCREEN = "ledger.LedgerScreen"
    couple: "Couple | None" = None
