"""The dose pad: two clocks and one line at a time, for a dim room."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, OptionList, Static

from kapjournal import clock
from kapjournal.content import pad as content
from kapjournal.content.forms import form_for
from kapjournal.domain import pad as rules
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import SPAT, Row, RowKind
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.pad import PERSONS, PadDraft
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.errors import KapjournalError
from kapjournal.presentation import dosing as rows_saying
from kapjournal.presentation import pad as saying
from kapjournal.presentation.agreed import LESS_BEGINS, LESS_IS_THEIRS, AgreedOnThePad
from kapjournal.presentation.drafts import PageOwner
from kapjournal.tui import actions, background
from kapjournal.tui.editor.agreed_lines import AgreedLines
from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot
from kapjournal.tui.editor.pad_page import PadPage, line_id
from kapjournal.tui.modals.clearance import ClearanceModal
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.modals.dosing_row import EffectModal, RowModal
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.dose_clock import DoseClock
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.pad_entry import OtherKind, PadEntry, RowEnded
from kapjournal.tui.widgets.pad_lines import PadLines
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal, OpenPad

THEME = "candle"
TICK = 1.0
"""Seconds between two looks at the clocks."""
_CHANGING = ("stamp", "less", "vitals", "dose", "spit", "effect", "strike", "clear")
"""What changes the rows of a person, and cannot be done once their record is signed."""
_NOTHING_YET = "Press {stamp} for a line, {vitals} for vitals, {dose} for a dose."


class DosePadScreen(JournalScreen):
    """Writes the dosing records of two people while the session goes on. Every stamp is sealed at once."""

    NAME = "pad"
    CSS_PATH = "dose_pad.tcss"
    IS_RECORD = True
    PATIENCE = 6
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Two people, a clock for each. {pad-first} and {pad-second} say whose the next row is; {stamp} "
        "stamps a line with the time, and you type what was said, seen in the body, touched, asked or done; "
        "Tab chooses which. {vitals} is a row of vitals: pressure, pulse and SpO2 in one go, as "
        "132/84 72 98.\n\n"
        "{clear} signs the dosing record of whose turn it is, in the same hour: what of the discharge list "
        "is not noted is named. The pad goes on for the other.\n\n"
        "{dose} is a dose or a booster, {spit} that it was spat out, {effect} an effect that begins, or ends "
        "when it is chosen again. {less} stamps what less somebody asks for, as a line alone: the agreement "
        "above is narrowed by the partners, each at their own door, and what they ask for there comes in "
        "here. {agreed} shows all of what was agreed. Enter changes the chosen row, {strike} takes it "
        "out.\n\n"
        "A stamp is sealed into the practice the moment you press its key, and what you type behind it "
        "within two seconds. If the computer stops, it is there. {pad-done} makes it the dosing record of "
        "each; {back} keeps the pad as it is. {ready} is the ready card and {rest} the rest of the record "
        "of whose turn it is.\n\n"
        "Nothing here says how much is right, or what is high or low; only above your clinic's own line it "
        "says that. The pad locks after six times as long without a key as other screens."
    )

    def __init__(
        self,
        journal: "Journal",
        couple: Couple,
        opened: "OpenPad",
        agreed: AgreedOnThePad,
        unsaved: PadDraft | None,
        turn: About,
    ) -> None:
        """On the `unsaved` words of a pad, if the last save failed."""
        super().__init__(journal)
        self._couple = couple
        self._names = saying.names(couple)
        self._agreed = agreed
        self._page = PadPage(self, PageOwner.of(journal), opened, unsaved, content.pad(), turn)
        self._ready: dict[About, str] = {}
        """What is open on each ready card, in words."""
        self._is_covered = False
        self._told_of_clock = False

    # --- what is shown ----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Agreements, two clocks, the rows of both, the line that is typed."""
        yield TopBar(f"Session {self._page.pad.session.number}", self.couple_name)
        yield AgreedLines(self._agreed, self.shell.with_keys("{agreed}: all of it"), self.say_error)
        with Horizontal(id="clocks"):
            for key, about in zip("12", PERSONS, strict=True):
                yield DoseClock(key, self._names[about])
        yield PadLines()
        yield Static(self.shell.with_keys(_NOTHING_YET), markup=False, id="empty")
        yield PadEntry()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Dim the room, and start the clocks."""
        self.shell.use_theme(THEME)
        self._show()
        self.query_one(PadLines).focus()
        self.set_interval(TICK, self._tick)
        if self._page.autosave.moment:
            self._page.autosave.save()

    def on_unmount(self) -> None:
        """Give the person their colours back, and forget the words."""
        self.shell.use_theme(self.shell.settings.theme)
        self._page.forget()
        self._agreed.forget()

    def _show(self, chosen: str | None = None) -> None:
        lines = self._page.lines(self._names)
        self.query_one(PadLines).show(lines, chosen)
        self.query_one(PadLines).display = bool(lines)
        self.query_one("#empty").display = not lines
        self._tick()

    def _tick(self) -> None:
        """Let the clocks go on."""
        page = self._page
        now = clock.local(page.steady.now())
        for about, face in zip(PERSONS, self.query(DoseClock), strict=True):
            rows, minutes = page.pad.rows(about), page.clinic.vitals_minutes
            shown = saying.clock_face(rows, minutes, now, self._ready.get(about, ""))
            face.show(shown.elapsed, shown.about, is_turn=about is page.turn, is_due=shown.is_due)
        if page.clock_was_set and not self._told_of_clock:
            self.say_error(saying.CLOCK_WAS_SET)
        self._told_of_clock = page.clock_was_set

    # --- what the program needs of a screen on which somebody writes -------------------------------------

    @property
    def saver(self) -> "DraftSaver[PadDraft]":
        """What seals the pad."""
        return self._page.saver

    def snapshot(self) -> "DraftSnapshot[PadDraft]":
        """The pad as it is now."""
        return self._page.snapshot

    @property
    def rests(self) -> bool:
        """Whether every word is in the practice and nothing is typed: another page may lie over this one."""
        return self._page.rests

    def draft_saved(self, words: int) -> None:
        """Show what another program put on the pad; nothing is said of what goes well."""
        if self._page.meet():
            self._show()

    def forget(self) -> None:
        """Empty every line, and what could bring it back."""
        self._page.forget()
        self.query_one(PadEntry).close()
        self.query_one(PadLines).show([])
        self._agreed.forget()
        self.query_one(AgreedLines).update("")

    # --- a line that is typed ---------------------------------------------------------------------------

    def action_stamp(self) -> None:
        """Stamp a line."""
        self._end()
        self._type(self._page.new_line())

    def action_less(self) -> None:
        """Stamp, as a line, what less is asked for; the agreement is narrowed by the partner alone."""
        self._end()
        self._type(self._page.new_line(LESS_BEGINS))
        self.say(LESS_IS_THEIRS.format(name=self._names[self._page.turn]))

    def action_agreed(self) -> None:
        """Show all that holds of what was agreed."""
        from kapjournal.tui.modals.help import TextModal  # noqa: PLC0415

        self.app.push_screen(TextModal("What was agreed", "\n".join(self._agreed.whole)))

    def action_vitals(self) -> None:
        """Stamp a row of vitals."""
        self._end()
        self._type(self._page.new_vitals())

    def _type(self, row: Row) -> None:
        if self._put(self._page.turn, row):
            self._type_into(self._page.turn, row)

    def _type_into(self, about: About, row: Row) -> None:
        """Open the line for the words of a row that is stamped."""
        self._page.typing = about, row.id
        placeholder = saying.PLACEHOLDERS[RowKind(row.kind)]
        self.query_one(PadEntry).open(
            self._page.title(row, self._names), placeholder, row.fields.get("words", "")
        )
        self.call_after_refresh(self.query_one(PadLines).scroll_to_highlight)
        self.refresh_bindings()

    @on(Input.Changed, "#entry")
    def _typed(self, event: Input.Changed) -> None:
        if (row := self._page.typed) is not None:
            try:
                self._page.type_into(row, event.value)
            except KapjournalError as error:
                self.say_error(str(error))
            self._show_typed()

    def _show_typed(self) -> None:
        if (row := self._page.typed) is not None:
            self.query_one(PadLines).show_one(self._page.typed_line(row, self._names))
            self.query_one(PadEntry).show_title(self._page.title(row, self._names))

    @on(OtherKind)
    def _other_kind(self, event: OtherKind) -> None:
        if (row := self._page.typed) is not None:
            self._page.other_kind(row, event.steps)
            self._show_typed()

    @on(RowEnded)
    def _end(self) -> None:
        """End the row that is being typed; it is in the practice."""
        if self._page.typing is not None:
            self._page.typing = None
            self.query_one(PadEntry).close()
            self.query_one(PadLines).focus()
            self._page.seal()
            self._show()
            self.refresh_bindings()

    def _put(self, about: About, row: Row) -> bool:
        """Put a row on the pad and seal it now; False if it cannot be."""
        try:
            self._page.put(about, row)
        except KapjournalError as error:
            self.say_error(str(error))
            return False
        self._show(line_id(about, row))
        return True

    # --- everything else --------------------------------------------------------------------------------

    def action_first(self) -> None:
        """The next row is the first person's."""
        self._take_turn(About.FIRST)

    def action_second(self) -> None:
        """The next row is the second person's."""
        self._take_turn(About.SECOND)

    def _take_turn(self, about: About) -> None:
        self._page.turn = about
        self._tick()

    def action_dose(self) -> None:
        """Stamp a dose, and ask what it was; Back takes the stamp away again."""
        about, row = self._page.turn, self._page.new_dose()

        def known(told: Row | None) -> None:
            if told is None:
                self._strike(about, row)
            else:
                self._put(about, told)

        if self._put(about, row):
            heading = f"{self._names[about]}, {row.fields['which']} at {row.at:%H:%M}"
            typed = partial(self._page.keep, about)
            modal = RowModal(heading, row, self._page.clinic, first="amount", typed=typed)
            self.app.push_screen(modal, known)

    def action_spit(self) -> None:
        """Stamp that it was spat out."""
        self._put(self._page.turn, self._page.new(RowKind.SPIT, which=SPAT))

    def action_effect(self) -> None:
        """Stamp an effect, or the end of one."""
        about, stamped = self._page.turn, self._page.new(RowKind.EFFECT)
        goes_on = rules.running_effects(self._page.rows)

        def chosen(effect: str | None) -> None:
            if effect is not None and effect in goes_on:
                self._put(about, goes_on[effect].with_fields({"ended": f"{stamped.at:%H:%M}"}))
            elif effect is not None:
                row = stamped.with_fields({"effect": effect})
                if self._put(about, row) and effect == saying.OTHER:
                    self._type_into(about, row)

        modal = EffectModal(self._names[about], goes_on, self._page.clinic.effects)
        self.app.push_screen(modal, chosen)

    @on(OptionList.OptionSelected)
    def _change(self) -> None:
        if (found := self._chosen) is not None:
            about, before = found
            if about in self._page.pad.signed:
                self.say_error(rules.SIGNED)
                return

            def changed(row: Row | None) -> None:
                self._put(about, before if row is None else row)

            heading = f"{self._names[about]}, {before.kind}"
            first = "words" if before.kind == RowKind.LINE else ""
            typed = partial(self._page.keep, about)
            modal = RowModal(heading, before, self._page.clinic, first=first, typed=typed)
            self.app.push_screen(modal, changed)

    @property
    def _chosen(self) -> tuple[About, Row] | None:
        option = self.query_one(PadLines).highlighted_option
        return next((one for one in self._page.pad.lines if option and line_id(*one) == option.id), None)

    def action_strike(self) -> None:
        """Ask, and take the chosen row out."""
        if (found := self._chosen) is not None:
            about, row = found

            def answered(sure: bool | None) -> None:
                if sure:
                    self._strike(about, row)

            said = f"{self._names[about]}, {rows_saying.clock(row)}  {rows_saying.row_in_words(row)}"
            self.app.push_screen(ConfirmModal("Take this row out?", said, "Take it out"), answered)

    def _strike(self, about: About, row: Row) -> None:
        self._page.strike(about, row.id)
        self._show()

    def why_not(self, action: str) -> str:
        """A row is needed for what is done with one; nothing is done with what is signed."""
        chosen = self._chosen
        if action == "strike" and chosen is None:
            return saying.NO_ROW
        about = chosen[0] if action == "strike" and chosen else self._page.turn
        return rules.SIGNED if action in _CHANGING and about in self._page.pad.signed else ""

    # --- other pages, and leaving -----------------------------------------------------------------------

    def action_ready(self) -> None:
        """Open the ready card of whose turn it is."""
        self._open_page(RecordKind.READY)

    def action_rest(self) -> None:
        """Open the rest of the dosing record of whose turn it is."""
        self._open_page(RecordKind.DOSING)

    def action_clear(self) -> None:
        """Seal the pad, then ask how the member signs the record of whose turn it is."""
        self._end()
        snapshot, about, opened = self.snapshot(), self._page.turn, self._page.opened

        def sealed() -> PadDraft:
            self.saver.save(snapshot)
            return opened.pad

        def ask(pad: PadDraft) -> None:
            if self._page.meet():
                self._show()
                self.say_error(rules.ROWS_NOT_SEEN)
                return
            not_noted = saying.discharge_not_noted(pad.of(about), form_for(RecordKind.DOSING))
            modal = ClearanceModal(self._journal, opened, pad, about, self._names[about], not_noted)
            self._is_covered = True
            self.app.push_screen(modal, self._say_done)

        background.run(self, sealed, ask, self.say_error)

    def _open_page(self, kind: RecordKind) -> None:
        """Seal the pad, then show a page of a form over it."""
        self._end()
        snapshot, journal, turn = self.snapshot(), self._journal, self._page.turn
        number, day = snapshot.draft.session.number, self._day

        def sealed() -> RecordDraft:
            self.saver.save(snapshot)
            return journal.pads.page(kind, snapshot.draft.case, turn, number, day)

        async def over_it(draft: RecordDraft) -> None:
            self._is_covered = True
            await self.shell.open_editor(journal, draft)

        background.run(self, sealed, over_it, self.say_error)

    @property
    def _day(self) -> dt.date:
        return self._page.pad.session.date or clock.today()

    def on_screen_resume(self) -> None:
        """Take up what became of the pad and of the ready cards on a page over it, of nothing else: what is
        read must not be older than what is here."""
        was_covered, self._is_covered = self._is_covered, False
        if (was_covered and self.rests) or not self._ready:
            pad, journal, day, moment = self._page.pad, self._journal, self._day, self._page.autosave.moment

            def again() -> "tuple[OpenPad, dict[About, str]]":
                ready = saying.ready_cards(journal, pad.case, pad.session.number, day)
                return journal.pads.open(pad.case, pad.session, day), ready

            def read(found: "tuple[OpenPad, dict[About, str]]") -> None:
                opened, self._ready = found
                if was_covered and self.rests and self._page.autosave.moment == moment:
                    self._page.take_up(opened)
                    self._show()
                self._tick()

            background.run(self, again, read, self.say_error)

    def action_done(self) -> None:
        """Make records of the pad; if an effect goes on, ask first."""
        self._end()
        if not (goes_on := self._page.goes_on):
            self._finish()
            return

        def answered(sure: bool | None) -> None:
            if sure:
                self._finish()

        said = saying.effects_go_on([(self._names[about], effect) for about, effect in goes_on])
        self.app.push_screen(ConfirmModal("Finish the pad?", said, "Finish it", "Not yet"), answered)

    def _finish(self) -> None:
        done = saying.FINISHED if self._page.pad.lines else saying.NOTHING_WRITTEN
        self._leave_with(lambda snapshot: f"{done} {self.saver.finish(snapshot)}".strip())

    def action_back(self) -> None:
        """Keep the pad as it is."""

        def keep(snapshot: "DraftSnapshot[PadDraft]") -> str:
            self.saver.save(snapshot)
            return saying.KEPT if snapshot.draft.lines else ""

        self._leave_with(keep)

    def _leave_with(self, deed: "Callable[[DraftSnapshot[PadDraft]], str]") -> None:
        """Do something with the pad as it is, leave it, and say what is said of that."""
        self._end()
        autosave = self._page.autosave
        autosave.is_paused = True

        def left(sentence: str) -> None:
            self.leave()
            self.shell.say(sentence)

        def failed(sentence: str) -> None:
            autosave.is_paused = False
            self.say_error(sentence)

        background.run(self, partial(deed, self.snapshot()), left, failed)
