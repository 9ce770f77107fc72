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
from kapjournal.domain import dosing
from kapjournal.domain import pad as rules
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import SPAT, LineKind, Row, RowKind, new_row
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.pad import PERSONS, PadDraft
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.errors import KapjournalError
from kapjournal.presentation import dosing as rows_saying
from kapjournal.presentation import pad as saying
from kapjournal.presentation.drafts import PageOwner
from kapjournal.tui import actions, background
from kapjournal.tui.editor.autosave import Autosave
from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.modals.dosing_row import EffectModal, RowModal
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.dose_clock import DoseClock
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.pad_entry import OtherKind, PadEntry, RowEnded
from kapjournal.tui.widgets.pad_lines import PadLine, PadLines
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal, OpenPad

THEME = "candle"
TICK = 1.0
"""Seconds between two looks at the clocks."""


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
        "{dose} is a dose or a booster, {spit} that it was spat out, {effect} an effect that begins, or ends "
        "when it is chosen again. Enter changes the chosen row, {strike} takes it out.\n\n"
        "A stamp is sealed into the practice the moment you press its key, and what you type behind it as "
        "you type. If the computer stops, it is all there. {pad-done} makes it the dosing record of each; "
        "{back} keeps the pad as it is. {ready} is the ready card and {rest} the rest of the record of "
        "whose turn it is.\n\n"
        "Nothing here says how much is right, or what is high or low; only above your clinic's own line it "
        "says that. The pad locks after six times as long without a key as other screens."
    )

    def __init__(
        self,
        journal: "Journal",
        couple: Couple,
        opened: "OpenPad",
        agreements: tuple[str, ...] = (),
        unsaved: PadDraft | None = None,
    ) -> None:
        """On the `unsaved` words of a pad, if the last save failed."""
        super().__init__(journal)
        self._couple = couple
        self._names = saying.names(couple)
        self._agreements = agreements
        self._pad = unsaved or opened.pad
        self._content = content.pad()
        self._turn = About.FIRST
        self._what = LineKind.SAID
        self._typing: tuple[About, str] | None = None
        self._ready: dict[About, str] = {}
        """What is open on each ready card, in words."""
        self._take_up(opened, unsaved is not None)

    def _take_up(self, opened: "OpenPad", unsaved: bool) -> None:
        self.saver = DraftSaver(PageOwner.of(self._journal), opened, self._pad)
        self._opened = opened
        self._autosave = Autosave(self, unsaved=unsaved)
        self._steady = clock.SteadyClock(self._pad.clock_offset)
        self._clock_was_set = False

    # --- what is shown ----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Agreements, two clocks, the rows of both, the line that is typed."""
        yield TopBar(f"Session {self._pad.session.number}")
        yield SelfClearingText("\n".join(self._agreements), id="agreements")
        with Horizontal(id="clocks"):
            for key, about in zip("12", PERSONS, strict=True):
                yield DoseClock(key, self._names[about])
        yield PadLines()
        yield Static(self._nothing_yet, markup=False, id="empty")
        yield PadEntry()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Dim the room, and start the clocks."""
        self.shell.use_theme(THEME)
        self.query_one(TopBar).show_couple(self.couple_name)
        self.query_one("#agreements").display = bool(self._agreements)
        self._show()
        self.query_one(PadLines).focus()
        self.set_interval(TICK, self._tick)
        if self._autosave.moment:
            self._autosave.save()

    def on_unmount(self) -> None:
        """Give the person their colours back, and forget the words."""
        self.shell.use_theme(self.shell.settings.theme)
        self._forget_words()

    @property
    def couple_name(self) -> str:
        """Of which couple this is."""
        return self._couple.name

    @property
    def _nothing_yet(self) -> str:
        return self.shell.with_keys("Press {stamp} for a line, {vitals} for vitals, {dose} for a dose.")

    def _show(self, chosen: str | None = None) -> None:
        lines = self._lines()
        self.query_one(PadLines).show(lines, chosen)
        self.query_one(PadLines).display = bool(lines)
        self.query_one("#empty").display = not lines
        self._tick()

    def _lines(self) -> list[PadLine]:
        found = []
        marks = {
            row_id: said
            for about in PERSONS
            for row_id, said in rows_saying.marks(self._pad.rows(about), self._content).items()
        }
        for about, row in self._pad.lines:
            found.append(self._line(about, row, marks.get(row.id, ())))
        return found

    def _line(self, about: About, row: Row, says: tuple[str, ...]) -> PadLine:
        dosed = dosing.dosed_at(self._pad.rows(about))
        return PadLine(
            row.id,
            rows_saying.clock(row),
            rows_saying.since_dose(row, dosed),
            self._names[about],
            rows_saying.row_in_words(row) or "…",
            says,
        )

    def _tick(self) -> None:
        """Let the clocks go on."""
        now = clock.local(self._steady.now())
        for about, face in zip(PERSONS, self.query(DoseClock), strict=True):
            rows, minutes = self._pad.rows(about), self._content.vitals_minutes
            shown = saying.clock_face(rows, minutes, now, self._ready.get(about, ""))
            face.show(shown.elapsed, shown.about, is_turn=about is self._turn, is_due=shown.is_due)
        is_set = abs(self._steady.now() - clock.now()) >= dosing.SET_BACK
        if is_set and not self._clock_was_set:
            self.say_error(saying.CLOCK_WAS_SET)
        self._clock_was_set = is_set

    # --- how it is kept ---------------------------------------------------------------------------------

    def snapshot(self) -> "DraftSnapshot[PadDraft]":
        """The pad as it is now."""
        return DraftSnapshot(self._autosave.moment, self._pad)

    @property
    def rests(self) -> bool:
        """Whether every word is in the practice and nothing is typed: another page may lie over this one."""
        return self._typing is None and self._autosave.is_saved

    def draft_saved(self, words: int) -> None:
        """Nothing is said of what goes well."""

    def forget(self) -> None:
        """Empty every line, and what could bring it back."""
        self._autosave.is_paused = True
        self._typing = None
        self.query_one(PadEntry).close()
        self.query_one(PadLines).show([])
        self.query_one("#agreements", Static).update("")
        self._forget_words()

    def _forget_words(self) -> None:
        first, second = self._pad.of_each
        emptied = (first.without_words, second.without_words)
        self._pad = PadDraft(self._pad.case, self._pad.session, emptied)
        self._agreements = ()

    def _put(self, about: About, row: Row) -> bool:
        """Put a row on the pad and seal it now; False if it cannot be."""
        try:
            self._pad = self._pad.put(about, row)
        except KapjournalError as error:
            self.say_error(str(error))
            return False
        self._show(row.id)
        self._seal()
        return True

    def _seal(self) -> None:
        self._autosave.moment += 1
        self._autosave.save()

    def _new(self, kind: RowKind, **fields: str) -> Row:
        now, steady = clock.local(clock.now()), clock.local(self._steady.now())
        return new_row(kind, now, fields, steady)

    # --- a line that is typed ---------------------------------------------------------------------------

    def action_stamp(self) -> None:
        """Stamp a line."""
        self._type(self._new(RowKind.LINE, what=self._what))

    def action_vitals(self) -> None:
        """Stamp a row of vitals."""
        rows = self._pad.rows(self._turn)
        now = clock.local(self._steady.now())
        self._type(
            self._new(RowKind.VITALS, label=rules.label_now(rows, self._content.vitals_minutes, now))
        )

    def _type(self, row: Row) -> None:
        self._end()
        if self._put(self._turn, row):
            self._typing = self._turn, row.id
            entry = self.query_one(PadEntry)
            entry.open(self._title(row), "", saying.PLACEHOLDERS[RowKind(row.kind)])
            self.refresh_bindings()

    def _title(self, row: Row) -> str:
        name = self._names[self._turn]
        title = saying.stamp_title(row, dosing.dosed_at(self._pad.rows(self._turn)), name)
        return f"{title} (Tab: another)"

    @on(Input.Changed, "#entry")
    def _typed(self, event: Input.Changed) -> None:
        if (row := self._typed_row) is None:
            return
        value = event.value
        self._change_typed(
            {"systolic": "", "diastolic": "", "pulse": "", "spo2": "", **rules.vitals_from(value)}
            if row.kind == RowKind.VITALS
            else {"words": value}
        )
        self._autosave.touch()

    @property
    def _typed_row(self) -> Row | None:
        if self._typing is None:
            return None
        about, row_id = self._typing
        return next((row for row in self._pad.rows(about) if row.id == row_id), None)

    def _change_typed(self, fields: dict[str, str]) -> None:
        row = self._typed_row
        if row is None or self._typing is None:
            return
        try:
            changed = row.with_fields(fields)
            self._pad = self._pad.put(self._typing[0], changed)
        except KapjournalError as error:
            self.say_error(str(error))
            return
        self.query_one(PadLines).show_one(self._line(self._typing[0], changed, ()))

    @on(OtherKind)
    def _other_kind(self, event: OtherKind) -> None:
        row = self._typed_row
        if row is None or self._typing is None:
            return
        if row.kind == RowKind.LINE:
            kinds = list(LineKind)
            self._what = kinds[(kinds.index(self._what) + event.steps) % len(kinds)]
            self._change_typed({"what": self._what})
        else:
            labels = saying.vitals_labels(self._content.vitals_minutes)
            now = row.fields.get("label", "")
            at = labels.index(now) if now in labels else 0
            self._change_typed({"label": labels[(at + event.steps) % len(labels)]})
        if (changed := self._typed_row) is not None:
            self.query_one(PadEntry).border_title = self._title(changed)
        self._seal()

    @on(RowEnded)
    def _ended(self) -> None:
        self._end()

    def _end(self) -> None:
        """End the row that is being typed; it is in the practice."""
        if self._typing is not None:
            self._typing = None
            self.query_one(PadEntry).close()
            self.query_one(PadLines).focus()
            self._show()
            self._seal()
            self.refresh_bindings()

    # --- everything else --------------------------------------------------------------------------------

    def action_first(self) -> None:
        """The next row is the first person's."""
        self._take_turn(About.FIRST)

    def action_second(self) -> None:
        """The next row is the second person's."""
        self._take_turn(About.SECOND)

    def _take_turn(self, about: About) -> None:
        self._turn = about
        self._tick()

    def action_dose(self) -> None:
        """Stamp a dose, and ask what it was; Back takes the stamp away again."""
        about, rows = self._turn, self._pad.rows(self._turn)
        known = self._known_of_doses()
        row = self._new(RowKind.DOSE, which=rules.which_dose(rows), **known)
        if self._put(about, row):
            heading = f"{self._names[about]}, {row.fields['which']} at {row.at:%H:%M}"
            modal = RowModal(heading, row, self._content)
            self.app.push_screen(modal, partial(self._dose_known, about, row))

    def _known_of_doses(self) -> dict[str, str]:
        """Unit, route and form as last typed on this pad; an amount is never taken from another dose."""
        doses = [row for _, row in self._pad.lines if row.kind == RowKind.DOSE]
        last = doses[-1].fields if doses else {}
        return {name: last[name] for name in ("unit", "route", "form") if name in last}

    def _dose_known(self, about: About, stamped: Row, row: Row | None) -> None:
        if row is None:
            self._strike(stamped.id)
        else:
            self._put(about, row)

    def action_spit(self) -> None:
        """Stamp that it was spat out."""
        self._put(self._turn, self._new(RowKind.SPIT, which=SPAT))

    def action_effect(self) -> None:
        """Stamp an effect, or the end of one."""
        about = self._turn
        running = rules.running_effects(self._pad.rows(about))
        stamped = self._new(RowKind.EFFECT)

        def chosen(effect: str | None) -> None:
            if effect is not None and effect in running:
                self._put(about, running[effect].with_fields({"ended": f"{stamped.at:%H:%M}"}))
            elif effect is not None:
                self._put(about, stamped.with_fields({"effect": effect}))

        self.app.push_screen(EffectModal(self._names[about], running, self._content.effects), chosen)

    @on(OptionList.OptionSelected)
    def _change(self) -> None:
        if (found := self._chosen) is not None:
            about, row = found
            heading = f"{self._names[about]}, {row.kind}"

            def changed(row: Row | None) -> None:
                if row is not None:
                    self._put(about, row)

            self.app.push_screen(RowModal(heading, row, self._content), changed)

    @property
    def _chosen(self) -> tuple[About, Row] | None:
        option = self.query_one(PadLines).highlighted_option
        return next((one for one in self._pad.lines if option and one[1].id == option.id), None)

    def action_strike(self) -> None:
        """Ask, and take the chosen row out."""
        if (found := self._chosen) is not None:
            row = found[1]

            def answered(sure: bool | None) -> None:
                if sure:
                    self._strike(row.id)

            said = f"{rows_saying.clock(row)}  {rows_saying.row_in_words(row)}"
            self.app.push_screen(ConfirmModal("Take this row out?", said, "Take it out"), answered)

    def _strike(self, row_id: str) -> None:
        self._pad = self._pad.strike(row_id)
        self._show()
        self._seal()

    def why_not(self, action: str) -> str:
        """A row is needed for what is done with one."""
        return saying.CHOOSE_ROW if action == "strike" and not self._pad.lines else ""

    # --- leaving it -------------------------------------------------------------------------------------

    def action_ready(self) -> None:
        """Open the ready card of whose turn it is."""
        self._page(RecordKind.READY)

    def action_rest(self) -> None:
        """Open the rest of the dosing record of whose turn it is."""
        self._page(RecordKind.DOSING)

    def _page(self, kind: RecordKind) -> None:
        """Seal the pad, then show a page of a form over it."""
        self._end()
        snapshot, journal, turn = self.snapshot(), self._journal, self._turn
        number, day = self._pad.session.number, self._day

        def sealed() -> RecordDraft:
            self.saver.save(snapshot)
            return journal.pads.page(kind, snapshot.draft.case, turn, number, day)

        background.run(self, sealed, lambda draft: self.shell.open_editor(journal, draft), self.say_error)

    def on_screen_resume(self) -> None:
        """Take up what became of the pad and of the ready cards on other pages."""
        pad, journal, day = self._pad, self._journal, self._day

        def again() -> "tuple[OpenPad, dict[About, str]]":
            form = form_for(RecordKind.READY)
            number, ready = pad.session.number, {}
            for about in PERSONS:
                card = journal.pads.page(RecordKind.READY, pad.case, about, number, day)
                ready[about] = saying.ready_in_words(saying.open_points(card, form), form)
            return journal.pads.open(pad.case, pad.session, day), ready

        background.run(self, again, self._resumed, self.say_error)

    @property
    def _day(self) -> dt.date:
        return self._pad.session.date or clock.today()

    def _resumed(self, found: "tuple[OpenPad, dict[About, str]]") -> None:
        opened, self._ready = found
        self._tick()
        if self.rests and opened.pad != self._opened.pad:
            self._pad = opened.pad
            self._take_up(opened, unsaved=False)
            self._show()

    def action_done(self) -> None:
        """Make records of the pad."""
        done = saying.FINISHED if self._pad.lines else saying.NOTHING_WRITTEN
        self._leave_with(lambda snapshot: f"{done} {self.saver.finish(snapshot)}".strip())

    def action_back(self) -> None:
        """Keep the pad as it is."""

        def keep(snapshot: "DraftSnapshot[PadDraft]") -> str:
            self.saver.save(snapshot)
            return saying.KEPT if self.saver.id else ""

        self._leave_with(keep)

    def _leave_with(self, deed: "Callable[[DraftSnapshot[PadDraft]], str]") -> None:
        """Do something with the pad as it is, leave it, and say what is said of that."""
        self._end()
        snapshot = self.snapshot()
        self._autosave.is_paused = True

        def left(sentence: str) -> None:
            self.leave()
            self.shell.say(sentence)

        def failed(sentence: str) -> None:
            self._autosave.is_paused = False
            self.say_error(sentence)

        background.run(self, partial(deed, snapshot), left, failed)
