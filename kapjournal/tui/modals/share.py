"""A dialog that shares a note: with whom, and what that means."""

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Select, Static

from kapjournal.domain.audience import course_members
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.notes import Note
from kapjournal.domain.offers import Offer
from kapjournal.domain.sessions import Session
from kapjournal.domain.waiting import When
from kapjournal.errors import UsageError
from kapjournal.presentation import sentences, talking
from kapjournal.presentation import waiting as saying
from kapjournal.presentation.people import others, with_role
from kapjournal.presentation.readers import ALL_OF_YOU
from kapjournal.presentation.sharing import beside, may_ask_to_talk
from kapjournal.text import shown_line
from kapjournal.tui import background
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.note_data import note_heading, note_heading_for
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.note_header import NoteHeader
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


_ALL = ""
"""The row that stands for everybody on the course; no label is empty."""


class ShareModal(Dialog[str]):
    """Hands back a sentence when the note has been shared."""

    CSS_PATH = ["dialog.tcss", "share.tcss"]  # noqa: RUF012 - Textual's form

    def __init__(self, journal: "Journal", note: Note) -> None:
        super().__init__()
        self._journal = journal
        self._note = note
        self._sessions: list[Session] = []
        members = journal.members.all()
        self._others = [one for one in others(members, journal.me.id) if one.id not in note.readers]
        self._course = [one.label for one in self._others if one.id in course_members(members)]
        """Whom “All of you” adds."""

    def compose(self) -> ComposeResult:
        """Members to tick, the readers then, what that means, and the note as they will see it."""
        with Vertical(classes="sheet"):
            yield Static("Let someone read this", markup=False, classes="heading")
            if self._others:
                rows = [(Content(with_role(member)), member.label) for member in self._others]
                if len(self._course) > 1:
                    rows.insert(0, (Content(ALL_OF_YOU), _ALL))
                yield Checklist(*rows)
                yield Static("Space or Enter ticks. Tab goes on.", markup=False, id="how")
                if self._journal.me.role is Role.PARTNER:
                    yield from self._when_fields()
            yield Static("", markup=False, id="after")
            yield Static("", markup=False, id="consequence")
            yield Static("", markup=False, id="monitored")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Share", variant="primary", id="share", disabled=True)
                yield Button("Not now", id="not-now")
                yield Button(talking.ONLY_ASK, id="talk")
            with Vertical(id="preview"):
                yield NoteHeader()
                yield RenderedText()

    def _when_fields(self) -> ComposeResult:
        with Horizontal(id="when"):
            yield Static("When", markup=False, classes="caption")
            choices = saying.choices_of_when(None)
            options = [(words, choice) for choice, words in choices.items()]
            yield Select(options, value=saying.AS_EVER, allow_blank=False, compact=True, id="choice")
            yield Field(placeholder="YYYY-MM-DD, or with HH:MM", id="day")
        yield Field(placeholder=saying.ABOUT, id="offered")

    def on_mount(self) -> None:
        """Show the note; no member is ticked yet."""
        self.query_one(RenderedText).show(self._note.words)
        for typed in self.query("#day, #offered"):
            typed.display = False
        self._ticked()
        journal = self._journal

        def read() -> tuple[list[Session], dt.datetime | None, list[Offer]]:
            return journal.sessions.all(), journal.waiting.pause_until(), journal.offers.to_me()

        background.run(self, read, lambda found: self._have_read(*found), self.say_error)

    def _have_read(self, sessions: list[Session], pause: dt.datetime | None, offers: list[Offer]) -> None:
        self._sessions = sessions
        for choice in self.query("#choice").results(Select):
            if pause is not None or offers:
                choices = saying.choices_of_when(pause, offers)
                choice.set_options((words, one) for one, words in choices.items())
                choice.value = next(iter(choices))
        self._ticked()

    @property
    def _choice(self) -> str:
        chosen = [one.value for one in self.query("#choice").results(Select)]
        return str(chosen[0]) if chosen else saying.AS_EVER

    def _chosen_when(self) -> When:
        """When it is to go (`UsageError`)."""
        typed = [one.value for one in self.query("#day, #offered").results(Field) if one.display]
        return saying.when_of(self._choice, *typed)

    @property
    def _when(self) -> When | None:
        """When it is to go; None while the day is not typed in full."""
        try:
            return self._chosen_when()
        except UsageError:
            return None

    @on(Select.Changed, "#choice")
    @on(Field.Changed, "#day, #offered")
    def _when_changed(self) -> None:
        self.query_one("#day").display = self._choice == saying.ON_A_DAY
        self.query_one("#offered").display = self._choice == saying.BOTH_FIRST
        self._ticked()

    @property
    def _chosen(self) -> list[Member]:
        if not self._others:
            return []
        labels = self.query_one(Checklist).selected
        return [member for member in self._others if member.label in labels]

    @on(Checklist.SelectionToggled)
    def _tick_alike(self, event: Checklist.SelectionToggled[str]) -> None:
        """Let “All of you” tick everybody on the course, and be ticked when they all are."""
        ticks = event.selection_list
        if event.selection.value == _ALL:
            change = ticks.select if _ALL in ticks.selected else ticks.deselect
            for label in self._course:
                change(label)
        elif len(self._course) > 1:
            (ticks.select if set(self._course) <= set(ticks.selected) else ticks.deselect)(_ALL)

    @on(Checklist.SelectedChanged)
    def _ticked(self) -> None:
        chosen = self._chosen
        readers = self._note.readers | {member.id for member in chosen}
        prefix = "Then these can read it: " if chosen else "Now: "
        if not self._others:
            prefix = "There is nobody else to share it with. Now: "
        self._show_readers(prefix, readers)
        members = self._journal.members.all()
        self.query_one("#consequence", Static).update(sentences.SHARING if chosen else "")
        self._say_what_waits()
        country, policy = self.shell.settings.country, self._journal.policies.current()
        said_beside = beside(policy, readers, members, self._journal.me, country)
        notice = " ".join(said_beside) if chosen else ""
        self.query_one("#monitored", Static).update(notice)
        self.query_one("#monitored").display = bool(notice)
        self.query_one("#talk").display = may_ask_to_talk(self._journal, {member.id for member in chosen})
        for how in self.query("#how"):
            how.display = not chosen
        share = self.query_one("#share", Button)
        share.disabled, share.display = not chosen, bool(self._others)
        self._preview(readers, chosen)

    def _say_what_waits(self) -> None:
        """Say for whom of the chosen it waits and until when, in the place of who could read it at once."""
        journal, when, chosen = self._journal, self._when, {member.id for member in self._chosen}
        opens = self._note.opens
        if not chosen or when is None:
            return

        def read() -> tuple[frozenset[MemberId], list[str]]:
            at_once, holds = journal.waiting.would_wait(chosen, when, opens)
            return at_once, saying.holds_in_words(journal, holds)

        def show(found: tuple[frozenset[MemberId], list[str]]) -> None:
            at_once, lines = found
            if not lines or chosen != {member.id for member in self._chosen}:
                return
            self._show_readers("Now: ", self._note.readers | at_once)
            self.query_one("#consequence", Static).update(" ".join(lines))

        background.run(self, read, show, self.say_error, group="waits")

    def _show_readers(self, prefix: str, readers: frozenset[MemberId]) -> None:
        members, me = self._journal.members.all(), self._journal.me.id
        symbol, said = readers_line.symbol_and_words(readers, members, me)
        self.query_one("#after", Static).update(
            Content.assemble(prefix, (f"{symbol} {said}", readers_line.tone(symbol)))
        )

    def _preview(self, readers: frozenset[MemberId], chosen: list[Member]) -> None:
        """Show the note as the first of the new readers will see it; before one is chosen, as it is."""
        names = " and ".join(shown_line(member.label) for member in chosen)
        title = f"As {names} will see it" if names else "The note"
        self.query_one("#preview").border_title = Content(title)
        seen = replace(self._note, readers=readers)
        if chosen:
            heading = note_heading_for(self._journal, seen, self._sessions, chosen[0].id)
        else:
            heading = note_heading(self._journal, seen, self._sessions)
        self.query_one(NoteHeader).show(heading)

    def action_back(self) -> None:
        """Leave, and say that nothing came of it."""
        self.dismiss("Nothing was shared." if self._others else None)

    @on(Button.Pressed, "#talk")
    def _ask_to_talk(self) -> None:
        journal = self._journal
        self.run_once("Asking…", journal.talking.ask, lambda _: self.dismiss(talking.asked(journal)) and None)

    @on(Button.Pressed, "#share")
    def _share(self) -> None:
        journal, note_id = self._journal, self._note.id
        who = ", ".join(member.label for member in self._chosen)
        try:
            when = self._chosen_when()
        except UsageError as error:
            self.say_error(str(error))
            return

        def share() -> tuple[Note, list[str]]:
            note = journal.notes.share(note_id, who, when)
            return note, saying.holds_in_words(journal, journal.waiting.of(note).holds)

        self.run_once("Sharing…", share, self._shared)

    def _shared(self, found: tuple[Note, list[str]]) -> None:
        note, lines = found
        if lines and note.readers == self._note.readers:
            self.dismiss(" ".join(lines) + self.shell.with_keys(" {waiting} in the course shows what waits."))
            return
        _, said = readers_line.symbol_and_words(
            note.readers, self._journal.members.all(), self._journal.me.id
        )
        stops = self.shell.with_keys("In the note, {withdraw} stops that.")
        self.dismiss(" ".join([f"{said} can read it now.", *(lines or [stops])]))
