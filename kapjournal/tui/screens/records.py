"""The clinical record of a couple: what is not finished, then every record, the newest day first."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About, Form
from kapjournal.domain.kept import KeptNote
from kapjournal.domain.notes import Draft
from kapjournal.domain.record_drafts import RecordDraft, new_record_draft
from kapjournal.domain.records import Record
from kapjournal.presentation import (
    letter_view,
    not_possible,
    packs,
    record_view,
    sentences,
    write_up_standing,
)
from kapjournal.presentation import records as saying
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.modals.choice import Choice, ChoiceModal
from kapjournal.tui.navigation.routes import KeptRoute, LetterRoute, PacksRoute, RecordRoute, SupervisionRoute
from kapjournal.tui.record_data import (
    addition_row,
    draft_heading,
    draft_row,
    kept_heading,
    kept_row,
    record_heading,
    record_row,
)
from kapjournal.tui.rendering.markdown import blocks
from kapjournal.tui.rendering.records import beside_the_list
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList, RowMaker
from kapjournal.tui.widgets.note_pane import NotePane
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


WIDE = 120


class RecordsScreen(JournalScreen):
    """Lists the record of a couple, or what colleagues shared; Enter reads one or goes on with a draft."""

    NAME = "records"
    CSS_PATH = "records.tcss"
    IS_RECORD = True
    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (20, "-broad"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's form
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is the clinical record of one couple. It lies in your practice and never in their journal. "
        "Drafts stand first, then what is finished, the newest day first. Enter reads a record, or goes on "
        "with a draft where you left off; {throw-away} throws a draft away.\n\n"
        "{new-record} writes a new one: choose a form, and for a form about one partner, which. Each row "
        "says who can read it, and that is only you, until you share it with one colleague.\n\n"
        "{letter} writes a letter of one page to the prescriber of one partner, {write-ups} writes them up "
        "for supervision, and {packs} answers a request for access to the record.\n\n"
        "Of process and safety notes no words stand in the list.\n\n"
        "Below the list stands the day from which this record may be reviewed, so many years after the last "
        "service as your clinic says. Nothing is ever done on it."
    )

    def __init__(self, journal: "Journal", couple: Couple | None, theirs: "Journal | None" = None) -> None:
        """Of a couple of the practice `journal`; `theirs` is their journal where it is open."""
        super().__init__(journal)
        self._couple = couple
        self._theirs = theirs
        self._drafts: dict[str, RecordDraft] = {}
        self._additions: dict[str, tuple[Draft, Record]] = {}
        self._records: dict[str, Record | KeptNote] = {}

    def compose(self) -> ComposeResult:
        """The list, and a sentence for when it is empty."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with Horizontal(id="panes"):
            with Vertical(id="left", classes="pane"):
                yield NoteList()
                yield Static("", markup=False, id="empty")
            yield NotePane(id="right", classes="pane")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor into the list."""
        self.query_one("#left").border_title = "The record" if self._couple else saying.SHARED_HERE
        self.query_one("#empty").display = False
        self.query_one(NoteList).focus()

    def on_unmount(self) -> None:
        """Forget the records."""
        self._couple, self._drafts, self._additions, self._records = None, {}, {}, {}
        self._theirs = None

    def on_screen_resume(self) -> None:
        """Read the record, again after something was written."""
        case = self._couple.case if self._couple else None
        read = partial(record_view.read_records, self._journal, case)
        background.run(self, read, self._show, self.say_error)

    def _show(self, view: record_view.RecordsView) -> None:
        self._couple = view.couple or self._couple
        self._drafts = {f"draft-{draft.id}": draft for draft in view.drafts}
        self._additions = {f"draft-{one.id}": (one, record) for one, record in view.additions}
        self._records = {record.id: record for record in view.records}
        review = record_view.review_in_words(view.review) if view.review else ""
        self.query_one("#left").border_subtitle = review
        listed, empty = self.query_one(NoteList), self.query_one("#empty", Static)
        listed.show(self._rows(), newest_first=True, to_new=True)
        self._said_with = listed.chosen
        nothing = not (self._drafts or self._additions or self._records)
        listed.display, empty.display = not nothing, nothing
        begin = "" if self.why_not("write_record") else " Press {new-record} to write."
        said = f"{saying.NONE_YET}{begin}" if self._couple else saying.NONE_SHARED
        empty.update(self.shell.with_keys(said))
        self.refresh_bindings()

    def _rows(self) -> Iterator[tuple[str, RowMaker]]:
        for row_id, draft in self._drafts.items():
            yield row_id, partial(draft_row, self._journal, draft, self._couple)
        for row_id, (addition, of) in self._additions.items():
            yield row_id, partial(addition_row, self._journal, addition, of, self._couple)
        for row_id, record in self._records.items():
            yield (
                row_id,
                (
                    partial(kept_row, record)
                    if isinstance(record, KeptNote)
                    else partial(record_row, self._journal, record, self._couple)
                ),
            )

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.moved_to(self.query_one(NoteList).chosen)
        self._show_beside()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Show the chosen record in the second pane once there is room for it."""
        self._show_beside()

    def _show_beside(self) -> None:
        if self.app.size.width < WIDE:
            return
        pane = self.query_one(NotePane)
        record = self._records.get(self.query_one(NoteList).chosen or "")
        if isinstance(record, KeptNote):
            pane.show_blocks(kept_heading(record), blocks(record.body))
        elif record is not None:
            page = beside_the_list(record, form_for(record.kind))
            pane.show_blocks(record_heading(self._journal, record, self._couple), page)
        elif (draft := self._draft) is not None:
            pane.show_blocks(draft_heading(self._journal, saying.name_of_draft(draft, self._couple)), [])
        elif (addition := self._addition) is not None:
            name = saying.name_of_addition(addition[1], self._couple)
            pane.show_blocks(draft_heading(self._journal, name), [])
        else:
            pane.clear()

    @property
    def _draft(self) -> RecordDraft | None:
        return self._drafts.get(self.query_one(NoteList).chosen or "")

    @property
    def _addition(self) -> tuple[Draft, Record] | None:
        return self._additions.get(self.query_one(NoteList).chosen or "")

    @property
    def _unfinished(self) -> RecordDraft | Draft | None:
        """The chosen page that is not finished: a form, or what is to be added to a signed record."""
        return self._draft or (self._addition[0] if self._addition else None)

    @on(OptionList.OptionSelected)
    async def _open(self) -> None:
        if (draft := self._unfinished) is not None:
            await self.shell.open_editor(self._journal, draft)
        elif (record := self._records.get(self.query_one(NoteList).chosen or "")) is not None:
            await self.shell.go_to(
                KeptRoute(self._journal, record, self._couple)
                if isinstance(record, KeptNote)
                else RecordRoute(self._journal, record, self._couple)
            )

    def why_not(self, action: str) -> str:
        """Records are written of a couple, by those who write some; only drafts are thrown away."""
        if action == "throw_away":
            return self._why_stays
        if action not in ("write_record", "letter", "supervision", "packs"):
            return ""
        if self._couple is None:
            return saying.OF_A_COUPLE
        if action in ("letter", "packs"):
            why_not = letter_view.why_not if action == "letter" else packs.why_not
            return why_not(self._journal, self._couple)
        if action == "supervision":
            return "" if self._journal.me.role.is_therapist else write_up_standing.OF_THERAPISTS
        return "" if self._journal.records.forms() else saying.WRITES_NONE

    @property
    def _why_stays(self) -> str:
        if self._unfinished is None:
            return saying.STAYS if self._records else not_possible.NOTHING_UNFINISHED
        return saying.HAS_ROWS if self._draft is not None and self._draft.rows else ""

    def action_write_record(self) -> None:
        """Ask which form, then open its page."""
        forms = {form.id: form for form in self._journal.records.forms()}
        about = saying.SUBJECT_IN_WORDS
        choices = [Choice(form.id, form.title, about[form.about]) for form in forms.values()]

        def chosen(form_id: str | None) -> None:
            if form_id is not None:
                self._ask_about(forms[form_id])

        is_shared = any(form.readers for form in forms.values())
        aside = saying.NEW_HAS_READERS if is_shared else saying.NEW_IS_YOURS
        self.app.push_screen(ChoiceModal("What do you want to write?", choices, aside=aside), chosen)

    def _ask_about(self, form: Form) -> None:
        """Of a form that is about one partner ask which; of others say it on the page."""
        whom = dict(saying.whom(form, self._couple))
        if About.COUPLE in whom:
            self._begin(form, About.COUPLE)
            return

        def chosen(about: str | None) -> None:
            if about is not None:
                self._begin(form, About(about))

        choices = [Choice(about.value, name) for about, name in whom.items()]
        self.app.push_screen(ChoiceModal(f"{shown_line(form.title)}: about whom?", choices), chosen)

    def _begin(self, form: Form, about: About) -> None:
        if self._couple is not None:
            draft = new_record_draft(form, self._couple.case, about, clock.today())
            self.app.call_later(self.shell.open_editor, self._journal, draft)

    def action_letter(self) -> None:
        """Go to the form of a letter to a prescriber."""
        if self._couple is not None:
            self.shell.go_to(LetterRoute(self._journal, self._couple, self._theirs))

    def action_supervision(self) -> None:
        """Show the write-ups of the couple."""
        if self._couple is not None:
            self.shell.go_to(SupervisionRoute(self._journal, self._couple, self._theirs))

    def action_packs(self) -> None:
        """Show the packs for requests for access to this record."""
        if self._couple is not None:
            self.shell.go_to(PacksRoute(self._journal, self._couple, self._theirs))

    def action_throw_away(self) -> None:
        """Ask, then throw the chosen draft away."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        if (draft := self._unfinished) is not None:
            what = saying.THROWING_AWAY_A_CHANGE if draft.of else sentences.throwing_away(of_a_note=False)
            question = ConfirmModal(sentences.THROW_DRAFT_AWAY, what, "Throw away")
            self.app.push_screen(question, partial(self._throw_away, draft))

    def _throw_away(self, draft: RecordDraft | Draft, sure: bool | None) -> None:
        journal, case = self._journal, self._couple.case if self._couple else None
        drafts = journal.record_drafts if isinstance(draft, RecordDraft) else journal.drafts
        if sure:

            def discard() -> record_view.RecordsView:
                drafts.discard(draft.id, draft.saved)
                return record_view.read_records(journal, case)

            background.run(self, discard, self._show, self.say_error)
