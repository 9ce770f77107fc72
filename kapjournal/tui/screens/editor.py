"""The page one writes on: nothing has to be chosen first, and no word is lost."""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Footer, Input, Static, TextArea

from kapjournal import clock
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Draft, Note, NoteText, default_kind, kinds_of
from kapjournal.domain.sessions import Session
from kapjournal.errors import KapjournalError, NotFound
from kapjournal.text import MAX_LINE, shown_line, storable
from kapjournal.tui import actions, background, words
from kapjournal.tui.draft_keeper import DraftKeeper, Snapshot
from kapjournal.tui.screens.room import Room
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.page import Page
from kapjournal.tui.widgets.said import Said

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.tui.modals.details import Details

SAVE_AFTER = 1.5
"""Seconds from the first unsaved change to its save; with the save itself under two."""


def new_draft(me: Member) -> Draft:
    """An empty page with every default: a plain page of today, for oneself alone."""
    return Draft("", None, NoteText("", default_kind(me.role), clock.today()), frozenset({me.id}))


class EditorScreen(Room):
    """Writes one draft. Typing changes only the draft; Ctrl+S makes it a note."""

    ROOM = "editor"
    CSS_PATH = "editor.tcss"
    BINDINGS = actions.bindings(ROOM)
    HELP = (
        "Write. What you type is sealed into a draft that only you can open, a moment after every change; "
        "if the computer stops, it is there when you come back.\n\n"
        "{done} makes it a note, for the readers named above the page: only you, unless you chose others "
        "with {details}. {back} goes back and keeps the draft. Markdown works: # heading, *emphasis*, "
        "- list.\n\n"
        "What you copy stays inside the program."
    )

    def __init__(self, journal: "Journal", draft: Draft, *, unsaved: bool = False) -> None:
        super().__init__()
        self.keeper = DraftKeeper(journal, draft)
        self._journal = journal
        self._draft = draft
        self._moment = 1 if unsaved else 0
        self._saved_moment = 0
        self._sessions: list[Session] = []
        self._timer: Timer | None = None
        self._changes_a_note = draft.of is not None
        self._gone = False
        self._finishing = False
        self._failed = False

    def compose(self) -> ComposeResult:
        """Title, one line of what goes with it, the page."""
        with Center(), Vertical(id="leaf"):
            yield Field(
                self._draft.text.title, placeholder="Title, if you like", max_length=MAX_LINE, id="title"
            )
            yield Static("", markup=False, id="with-it")
            yield Page(self._draft.text.body, id="page")
            yield Static("", markup=False, id="state")
        yield Said()
        yield Footer()

    def on_mount(self) -> None:
        """The cursor where it was."""
        page = self.query_one(Page)
        page.move_cursor(page.clamp_visitable(self._draft.cursor))
        page.focus()
        self._show_what_goes_with_it()
        self._show_state("A draft, where you left it." if self._draft.id else "")
        background.run(self, self._look_around, self._know, self.trouble)
        if self._moment:
            self._save()

    def _look_around(self) -> "tuple[list[Session], Note | None]":
        journal, of = self._journal, self._draft.of
        try:
            note = journal.note(of) if of else None
        except NotFound:
            note = None  # deleted meanwhile: the words become a new note
        return journal.sessions(), note

    def _know(self, around: "tuple[list[Session], Note | None]") -> None:
        """A change of a note goes to the readers the note has now, whatever the draft remembers."""
        self._sessions, note = around
        self._changes_a_note = note is not None
        if note is not None:
            self._draft = replace(self._draft, readers=note.readers)
        self._show_what_goes_with_it()

    def _show_what_goes_with_it(self) -> None:
        text = self._draft.text
        symbol, readers = words.readers(self._readers, self._journal.members, self._journal.me.id)
        parts = [
            text.kind.capitalize(),
            words.day(text.date),
            words.place(text, text.session.number if text.session else None, self._sessions),
            " ".join("#" + shown_line(tag) for tag in text.tags),
        ]
        self.query_one("#with-it", Static).update(
            Content.assemble(
                (f"{symbol} {readers}", words.tone(symbol)),
                (" · " + " · ".join(part for part in parts if part), "$text-muted"),
            )
        )

    def _show_state(self, sentence: str) -> None:
        self.query_one("#state", Static).update(sentence)

    @property
    def _readers(self) -> frozenset[bytes]:
        return self._draft.readers | {self._journal.me.id}

    # the draft

    @on(TextArea.Changed)
    @on(Input.Changed, "#title")
    def _changed(self, event: TextArea.Changed | Input.Changed) -> None:
        if self._gone or not self._differs:
            return
        self._touch()

    @property
    def _differs(self) -> bool:
        """Whether this is a change, and not the page being filled with what the draft held."""
        return self._moment > 0 or self._text != self._draft.text

    def _touch(self) -> None:
        self._moment += 1
        if self._timer is None and not self._gone:
            self._timer = self.set_timer(SAVE_AFTER, self._save)

    @property
    def _text(self) -> NoteText:
        body, title = self.query_one(Page).body, self.query_one("#title", Field).value
        return replace(self._draft.text, body=body, title=title)

    def snapshot(self) -> Snapshot:
        """The words, and where the cursor is."""
        cursor = self.query_one(Page).cursor_location
        draft = replace(self._draft, text=self._text, readers=self._readers, cursor=cursor)
        return Snapshot(self._moment, draft)

    def _save(self) -> None:
        self._timer = None
        if self._gone or self._finishing or self._saved_moment == self._moment:
            return
        snapshot = self.snapshot()
        if self._is_too_long(snapshot):
            return

        def saved(_: None) -> None:
            self._saved_moment = max(self._saved_moment, snapshot.moment)
            if self._failed:
                self._failed = False
                self.say("")
            self._show_state(f"Draft kept at {words.time_of_day(clock.now())}.")

        background.run(self, lambda: self.keeper.save(snapshot), saved, self._not_saved, group="draft")

    def _is_too_long(self, snapshot: Snapshot) -> bool:
        try:
            storable(snapshot.draft.text.body)
        except KapjournalError as error:
            self.trouble(f"{error} Every word is still on the page.")
            return True
        return False

    def _not_saved(self, sentence: str) -> None:
        self._failed = True
        self._finishing = False
        self.trouble(f"This could not be saved. {sentence} Every word is still on the page.")
        if self._timer is None and not self._gone:
            self._timer = self.set_timer(SAVE_AFTER * 4, self._save)

    def forget(self) -> None:
        """Empty the page, its history and the title; nothing of this is saved."""
        self._gone = True
        self.query_one(Page).empty()
        self.query_one("#title", Field).value = ""
        self._draft = new_draft(self._journal.me)

    # what can be done

    def action_done(self) -> None:
        """Make the draft a version of its note."""
        snapshot = self.snapshot()
        if self._finishing or self._is_too_long(snapshot):
            return
        if not snapshot.draft.text.body.strip() and not snapshot.draft.text.title:
            self.say("There is nothing on the page yet.")
            return
        self._finishing = True
        background.run(
            self, lambda: self.keeper.finish(snapshot), self._finished, self._not_saved, group="done"
        )

    def _finished(self, _: Note) -> None:
        self._gone = True
        self.action_back()

    def action_back(self) -> None:
        """Go back; a draft that has words is kept."""
        snapshot = self.snapshot()
        if self._gone or self._moment == self._saved_moment:
            self.kap.back()
        elif not self._is_too_long(snapshot):
            self._finishing = True
            background.run(
                self,
                lambda: self.keeper.save(snapshot),
                lambda _: self.kap.back(),
                self._not_saved,
                group="draft",
            )

    def action_discard(self) -> None:
        """Ask, then throw the draft away."""
        from kapjournal.tui.modals.ask import AskModal  # noqa: PLC0415

        what = "The note stays as it was." if self._draft.of else "Nobody can bring it back."
        self.app.push_screen(AskModal("Throw this draft away?", what, "Throw away"), self._discard)

    def _discard(self, sure: bool | None) -> None:
        if sure:
            self._finishing = True
            background.run(self, self.keeper.discard, lambda _: self._thrown_away(), self._not_saved)

    def _thrown_away(self) -> None:
        self._gone = True
        self.kap.back()

    def action_details(self) -> None:
        """Change what goes with the words."""
        from kapjournal.tui.modals.details import Details, DetailsModal  # noqa: PLC0415
        from kapjournal.tui.modals.share import choices  # noqa: PLC0415

        text = self._text
        given = Details(text.kind, text.session, text.date, text.tags, self._others)
        people = () if self._changes_a_note else choices(self._journal.members, self._journal.me.id)
        kinds = kinds_of(self._journal.me.role)
        self.app.push_screen(DetailsModal(kinds, self._sessions, people, given), self._take_details)

    @property
    def _others(self) -> Collection[bytes]:
        return self._readers - {self._journal.me.id}

    def _take_details(self, details: "Details | None") -> None:
        if details is None:
            return
        text = replace(
            self._draft.text,
            kind=details.kind,
            session=details.session,
            date=details.date,
            tags=details.tags,
        )
        self._draft = replace(
            self._draft, text=text, readers=frozenset(details.others) | {self._journal.me.id}
        )
        self._show_what_goes_with_it()
        self._touch()
