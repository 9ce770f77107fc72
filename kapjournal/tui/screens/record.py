"""One clinical record, over the whole screen."""

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.widgets import Static

from kapjournal.content.forms import form_for
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About
from kapjournal.domain.records import Record
from kapjournal.domain.signing import SignedDocument
from kapjournal.errors import UsageError
from kapjournal.presentation import record_copy as copying
from kapjournal.presentation import record_view
from kapjournal.presentation import records as saying
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.modals.choice import Choice, ChoiceModal
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.modals.record_readers import ShareRecordModal, WithdrawRecordModal
from kapjournal.tui.navigation.routes import RecordHistoryRoute
from kapjournal.tui.record_data import record_heading
from kapjournal.tui.rendering.records import record_page
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_header import NoteHeader
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class RecordScreen(JournalScreen):
    """Shows the filled fields of a record, each under its heading."""

    NAME = "record"
    CSS_PATH = "record.tcss"
    IS_RECORD = True
    AUTO_FOCUS = "RenderedText"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is one clinical record: the filled fields of its form, each under its heading. Above them "
        "stand whom it is about, its day and session, and who can read it. Arrow keys and Page Up/Down "
        "scroll.\n\n"
        "What you wrote you can change with {edit-record}; every version is kept, and {record-history} shows "
        "them. {layout} puts it in another layout, if its form has some: every text stays, and it is kept as "
        "a new version.\n\n"
        "{sign} signs and locks it: its words stay as they are then, the signatures stand under them, "
        "verified each time it is opened, and {add-to} adds to it. {co-sign} puts your name under a "
        "colleague’s.\n\n"
        "{share-record} lets one colleague read it, {withdraw-record} stops that. The name you gave the "
        "couple does not go with it. {give} gives a partner a copy of a record about them, in their journal."
    )

    def __init__(self, journal: "Journal", record: Record, couple: Couple | None) -> None:
        super().__init__(journal)
        self._record: Record | None = record
        self._couple = couple
        self._signed: SignedDocument | None = None

    def compose(self) -> ComposeResult:
        """The header and the fields."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with Center(), Vertical(id="note"):
            yield NoteHeader()
            yield RenderedText()
            yield Static("", markup=False, id="standing")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the record as it was given."""
        if self._record is not None:
            self._show(self._record)

    def on_unmount(self) -> None:
        """Forget the record."""
        self._record = self._couple = self._signed = None

    def on_screen_resume(self) -> None:
        """Read the record again, which its page may have changed."""
        if (record := self._record) is not None:
            journal = self._journal

            def again() -> tuple[Record, SignedDocument | None, bool]:
                now = journal.records.get(record.id)
                return now, journal.signing.of(now.id), record_view.an_addition_waits(journal, now)

            background.run(self, again, lambda found: self._show(*found), self.say_error)

    def _show(
        self, record: Record, signed: SignedDocument | None = None, addition_waits: bool = False
    ) -> None:
        """Show the record, with its signatures as far as they were verified."""
        self._record, self._signed = record, signed
        self.query_one(NoteHeader).show(record_heading(self._journal, record, self._couple))
        self.query_one(RenderedText).show_blocks(record_page(record, form_for(record.kind), signed))
        standing = self.query_one("#standing", Static)
        said = record_view.how_it_stands(record, signed, self._journal.me, addition_waits=addition_waits)
        standing.update(self.shell.with_keys(said))
        standing.display = bool(said)
        self.refresh_bindings()

    def why_not(self, action: str) -> str:
        """A record is changed and shared by its author alone, and not changed once it is signed."""
        return record_view.why_not(self._journal, action, self._record, self._signed) if self._record else ""

    def action_sign(self) -> None:
        """Ask how the member signs, and of a late entry why it is late."""
        if (record := self._record) is not None:
            from kapjournal.tui.modals.sign import SignModal  # noqa: PLC0415

            name = saying.name_of(record.text, self._couple)
            modal = SignModal(self._journal, record, name, is_late=record_view.is_late(record))
            self.app.push_screen(modal, self._say_done)

    def action_cosign(self) -> None:
        """Ask how the member signs a colleague's record."""
        self.action_sign()

    def action_add_to(self) -> None:
        """Open a page for what is to be added."""
        journal, record = self._journal, self._record
        if record is not None:
            background.run(
                self,
                lambda: record_view.addendum_to_write(journal, journal.records.get(record.id)),
                lambda draft: self.app.call_later(self.shell.open_editor, journal, draft),
                self.say_error,
            )

    def action_edit(self) -> None:
        """Open the record's draft, an unfinished one if there is one."""
        journal, record = self._journal, self._record
        if record is not None:
            background.run(
                self,
                lambda: record_view.draft_to_edit(journal, journal.records.get(record.id)),
                lambda draft: self.app.call_later(self.shell.open_editor, journal, draft),
                self.say_error,
            )

    def action_share(self) -> None:
        """Ask which colleague may read it."""
        if (record := self._record) is not None:
            name = saying.name_of(record.text, self._couple)
            self.app.push_screen(ShareRecordModal(self._journal, record, name), self._say_done)

    def action_withdraw(self) -> None:
        """Ask with whom to stop sharing."""
        if (record := self._record) is not None:
            name = saying.name_of(record.text, self._couple)
            self.app.push_screen(WithdrawRecordModal(self._journal, record, name), self._say_done)

    def action_give(self) -> None:
        """Ask which partner gets a copy of a record about them."""
        record, couple, practice = self._record, self._couple, self._journal
        if record is None or couple is None:
            return

        def ask(labels: list[str]) -> None:
            choices = [Choice(f"_{at}", label) for at, label in enumerate(labels)]
            modal = ChoiceModal("Who gets a copy of it?", choices, aside=copying.GIVING)

            def chosen(choice: str | None) -> None:
                if choice is not None:
                    self._give(record, couple, labels[int(choice[1:])])

            self.app.push_screen(modal, chosen)

        background.run(self, partial(copying.partners_there, practice, couple), ask, self.say_error)

    def _give(self, record: Record, couple: Couple, label: str, who: About | None = None) -> None:
        """Give it; where the names do not say which of the two that partner is, ask first."""
        practice, about = self._journal, record.text.about

        def give() -> str:
            try:
                return copying.give(practice, couple, record, label, who)
            except UsageError:
                return ""

        def sure(is_them: bool | None) -> None:
            if is_them:
                self._give(record, couple, label, about)

        def done(sentence: str) -> None:
            if sentence:
                self.say(sentence)
            else:
                question = f"Is {shown_line(label)} {saying.about_in_words(about, couple)}?"
                self.app.push_screen(ConfirmModal(question, copying.GIVING, "Yes, give it", "No"), sure)

        background.run(self, give, done, self.say_error)

    def action_history(self) -> None:
        """Show the versions of the record."""
        if self._record is not None:
            self.shell.go_to(RecordHistoryRoute(self._journal, self._record, self._couple))

    def action_layout(self) -> None:
        """Ask for another layout."""
        if (record := self._record) is not None:
            names = form_for(record.kind).layouts
            choices = [Choice(f"_{at}", name) for at, name in enumerate(names)]
            present = next((one.id for one in choices if one.name == record.text.layout), "")
            modal = ChoiceModal("In which layout?", choices, present, saying.EVERY_TEXT_STAYS)

            def chosen(choice: str | None) -> None:
                if choice is not None:
                    self._lay_out(record, next(one.name for one in choices if one.id == choice))

            self.app.push_screen(modal, chosen)

    def _lay_out(self, record: Record, layout: str) -> None:
        work = partial(record_view.lay_out, self._journal, record, layout)
        background.run(self, work, self._show, self.say_error)
