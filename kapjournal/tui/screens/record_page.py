"""The page on which a form of the clinical record is filled in: every field at once, and no word is lost."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Static, TextArea

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import MemberId
from kapjournal.domain.record_drafts import WHOLE, RecordDraft, problems
from kapjournal.domain.records import RecordText
from kapjournal.domain.supervision import BASIS, Pulled
from kapjournal.errors import NotFound, Refused
from kapjournal.presentation import days, sentences
from kapjournal.presentation import records as saying
from kapjournal.presentation import supervision_pulled as pulling
from kapjournal.presentation.drafts import PageOwner
from kapjournal.presentation.supervision_pulled import source_of
from kapjournal.presentation.supervision_sources import FIELDS, Candidates, read_candidates
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.editor.autosave import Autosave, count
from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot
from kapjournal.tui.editor.record_form import FormChanged, RecordForm
from kapjournal.tui.record_data import readers
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.screens.writing_page import PageInFields
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True)
class _Known:
    """What a page has to know of the practice: the couple, and the record that its draft changes."""

    couple: Couple | None
    before: RecordText | None
    readers: frozenset[MemberId]
    pulled: tuple[Pulled, ...] = ()
    """What was pulled into a write-up before."""


class RecordPageScreen(PageInFields):
    """Fills in one form. Typing changes only the draft; Ctrl+S makes it a record."""

    NAME = "record-page"
    CSS_PATH = "record_page.tcss"
    IS_RECORD = True
    AUTO_FOCUS = None
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Fill in what you need; no field has to be filled in. Tab and Shift+Tab go from one to the next, and "
        "the page follows. What you type is sealed into a draft that only you can open, a moment after every "
        "change; if the computer stops, it is there when you come back.\n\n"
        "{record-done} makes it a record, which only you can read until you share it. What is wrong is named "
        "under its field and stays as you typed it. {back} goes back and keeps the draft, {discard-record} "
        "throws it away.\n\n"
        "Where a form has layouts, such as SOAP and DAP, you can change it at any time: every text stays, "
        "and those that the other layout has no place for stand last.\n\n"
        "Into a write-up for supervision {pull-in} pulls lines of the record, for the field the cursor is "
        "in. Where such a line is from stands at the foot while the cursor is in it, and stays with you.\n\n"
        "What you copy stays inside the program."
    )

    def __init__(self, journal: "Journal", draft: RecordDraft, unsaved: bool = False) -> None:
        super().__init__()
        self.saver = DraftSaver(PageOwner.of(journal), journal.record_drafts, draft)
        self._autosave = Autosave(self, unsaved=unsaved)
        self._journal = journal
        self._draft = draft
        self._form = form_for(draft.kind)
        self._known = _Known(None, None, frozenset({journal.me.id}))
        self._state = ""

    def compose(self) -> ComposeResult:
        """What the page is, what goes with it, the fields, and under them how it stands."""
        yield TopBar(self._journal.me.label)
        with VerticalScroll(id="page", can_focus=False), Center(), Vertical(id="sheet"):
            yield Static(shown_line(self._form.title), markup=False, classes="heading")
            yield Static("", markup=False, id="readers")
            yield SelfClearingText("", id="partners")
            yield RecordForm(self._form, self._draft)
            with Horizontal(classes="buttons"):
                yield Button("Done", variant="primary", id="done")
                yield Button("Back", id="back")
        with Center(id="below"):
            yield Static("", markup=False, id="state")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor where it was, and read whose page it is."""
        self._show_known(self._known)
        self.query_one(RecordForm).go_where_it_was()
        background.run(self, self._read_known, self._show_known, self.say_error)
        if self._autosave.moment:
            self._autosave.save()
        elif self.saver.id:
            self._show_state(sum(map(count, self._draft.texts)), "A draft, where you left it.")

    def on_unmount(self) -> None:
        """Forget the words; by now they are in the practice, or kept by the shell."""
        self._draft = self._draft.without_words
        self._known = _Known(None, None, frozenset())

    @property
    def couple_name(self) -> str:
        """Of which couple this is."""
        return self._known.couple.name if self._known.couple else ""

    def _read_known(self) -> _Known:
        journal, draft = self._journal, self._draft
        couple = journal.couples.of(draft.case)
        try:
            before = journal.records.get(draft.of) if draft.of else None
        except NotFound:  # it is a new record then
            before = None
        readers = before.readers if before else journal.records.default_readers(draft.kind)
        pulled = journal.write_ups.sources(before.id) if before and self._is_write_up else ()
        return _Known(couple, before.text if before else None, readers, pulled)

    def _show_known(self, known: _Known) -> None:
        """Show what goes with the fields, by the names of the couple."""
        self._known = known
        symbol, said = self._readers
        line = self.query_one("#readers", Static)
        line.update(f"{symbol} {said} can read this.")
        line.set_class(symbol != readers_line.ONLY_YOU_SYMBOL, "-shared")
        partners = self.query_one("#partners", SelfClearingText)
        partners.update(saying.partners_in_words(known.couple))
        partners.display = bool(known.couple and known.couple.first)
        self.query_one(TopBar).show_couple(self.couple_name)
        self.query_one(RecordForm).show_names(known.couple)

    @property
    def _readers(self) -> tuple[str, str]:
        return readers(self._journal, self._known.readers | {self._journal.me.id})

    @on(FormChanged)
    def _changed(self) -> None:
        if not (status := self.query_one(StatusLine)).is_silent:
            status.say("")
        if self._autosave.moment or self.query_one(RecordForm).differs:
            self._autosave.touch()

    @on(Input.Submitted)
    def _to_the_next(self) -> None:
        """Enter ends a line."""
        self.focus_next()

    # the draft

    def snapshot(self) -> DraftSnapshot[RecordDraft]:
        """What stands on the page now, and where the cursor is."""
        return DraftSnapshot(self._autosave.moment, self.query_one(RecordForm).typed)

    def draft_saved(self, words: int) -> None:
        """Show that the draft is in the practice."""
        self._show_state(words, f"Draft kept at {days.time_of_day(clock.now())}.")
        super().draft_saved(words)

    def _show_state(self, words: int, sentence: str) -> None:
        said = f"{words:,} words" if words != 1 else "1 word"
        parts = (words and said, sentence)
        self._state = " · ".join(part for part in parts if part)
        self._show_source()

    @on(TextArea.SelectionChanged)
    @on(events.DescendantFocus)
    def _show_source(self) -> None:
        """Say of a line that was pulled in where it is from, of an empty field what fills it, and else how
        the page stands."""
        form = self.query_one(RecordForm)
        field, pulled = form.field, (*self._known.pulled, *form.pulled)
        source = source_of(field.line, [one for one in pulled if field.name_of == one.field]) if field else ""
        is_waiting = field is not None and self._is_write_up and field.name_of in FIELDS and not field.value
        hint = self.shell.with_keys(pulling.HINT) if is_waiting else ""
        self.query_one("#state", Static).update(source or hint or self._state)

    def forget(self) -> None:
        """Empty every field, and what could bring it back; nothing of this is saved."""
        self._autosave.is_paused = True
        self.query_one(RecordForm).empty()
        self._draft = self._draft.without_words

    # what can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A page that is being saved stays as it is; only a write-up draws from the record."""
        return not self._autosave.is_paused and (action != "pull_in" or self._is_write_up)

    @on(Button.Pressed, "#done")
    def action_done(self) -> None:
        """Make the draft a record, or say at each field what is wrong."""
        snapshot = self.snapshot()
        if self._autosave.is_paused or not self._autosave.fits(snapshot):
            return
        draft = snapshot.draft
        if draft.is_empty:
            self.say(saying.EMPTY)
            return
        wrong = problems(draft, self._form, self._known.before)
        self.query_one(RecordForm).say(wrong)
        if wrong:
            self.say_error(wrong.get(WHOLE) or saying.still_wrong(len(wrong)))
            return
        said, who = saying.CHANGED if self._known.before else saying.DONE, self._readers[1]

        def finish() -> str:
            meanwhile = self.saver.finish(snapshot)
            return f"{said} {who} can read it. {meanwhile}".rstrip()

        self._do_and_leave(finish)

    @property
    def _is_write_up(self) -> bool:
        return self._form.kind is RecordKind.SUPERVISION

    def action_pull_in(self) -> None:
        """Look what could be pulled into the field the cursor is in, and let it be ticked."""
        field, couple, journal = self.query_one(RecordForm).field, self._known.couple, self._journal
        if field is None or couple is None:
            self.say(pulling.INTO_A_FIELD)
            return
        basis, name_of = self.query_one(RecordForm).typed.fields.get(BASIS, ""), field.name_of

        def ticked(pulled: tuple[Pulled, ...] | None) -> None:
            if pulled:
                field.go_to(*field.cursor)
                self._pull_in(pulled)

        def found(candidates: Candidates) -> None:
            self.say("" if candidates.found else pulling.beside(candidates))
            if candidates.found and self.is_current:
                from kapjournal.tui.modals.pull import PullModal  # noqa: PLC0415

                self.app.push_screen(PullModal(self._form.field(name_of).heading, candidates, basis), ticked)

        self.say("Reading…")
        background.run(
            self,
            partial(read_candidates, journal, couple, name_of, basis),
            found,
            self.say_error,
            group="pull",
        )

    def _pull_in(self, pulled: tuple[Pulled, ...]) -> None:
        try:
            self.query_one(RecordForm).pull_in(pulled)
        except Refused as error:
            self.say_error(str(error))
        else:
            self._autosave.touch()

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """Go back and keep a draft that has words."""
        if self._autosave.is_paused:
            return
        snapshot = self.snapshot()
        if snapshot.draft.is_empty and not snapshot.draft.of:
            self._do_and_leave(self._discard_empty)
        elif self._autosave.is_saved:
            self.leave()
        elif self._autosave.fits(snapshot):
            self._do_and_leave(lambda: self.saver.save(snapshot))

    def action_discard(self) -> None:
        """Ask, then throw the draft away."""
        if self._draft.rows:
            self.say(saying.HAS_ROWS)
            return
        what = saying.THROWING_AWAY_A_CHANGE if self._draft.of else sentences.throwing_away(of_a_note=False)
        self._ask_to_discard(what)
