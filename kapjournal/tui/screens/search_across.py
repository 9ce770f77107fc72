"""The search across the couples of a practice: what is found comes as their journals are looked through."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static

from kapjournal.errors import SearchDropped
from kapjournal.presentation import couples, days
from kapjournal.presentation import search as saying
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import KeptRoute, ReaderRoute, RecordRoute, Route
from kapjournal.tui.rendering.found import excerpt_line, marked_line
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList, NoteRow
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.domain.couples import Couple
    from kapjournal.domain.notes import Note
    from kapjournal.journal import FoundAcross, Journal, SearchedCouple

PAUSE = 0.4
"""Seconds without a key before the journals are opened: it takes longer than to ask an index."""


class SearchAcrossScreen(JournalScreen):
    """Searches the record and the journals of all couples. Nothing of it touches the disk; a search is given
    up once something else is typed, or the screen is left or locked."""

    NAME = "search-across"
    CSS_PATH = "search_across.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Type the beginning of a word, or several words that all have to be there. They are looked for in "
        "your records and in the journal of one couple after the other; each is closed again before the "
        "next. The latest of each couple come first. What is new stays new.\n\n"
        "Down goes to what was found, Enter opens a record, or the couple’s journal where the words are. "
        "Journals that do not open with your practice are named below and not searched. {back} first clears, "
        "then goes back."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._searched: list[SearchedCouple] = []
        self._query = ""
        """What the list is filled for."""
        self._how_far = ""
        """Into how many journals it was looked, in words."""
        self._timer: Timer | None = None
        self._asked = 0
        """How often something was typed: a search for what was asked for before is given up."""

    def compose(self) -> ComposeResult:
        """The field, what was found, and which journals were not searched."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield Field(placeholder="Search the record and the journals of all couples")
            yield Static("", markup=False, id="how-much")
            yield NoteList()
            yield Static("", markup=False, id="not-searched")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the field."""
        self._show_how_much()
        self.query_one(Field).focus()

    def on_unmount(self) -> None:
        """Give up searching, and forget what was found."""
        self._searched, self._query = [], ""
        self._asked += 1

    @on(Input.Changed)
    def _typing(self) -> None:
        self._asked += 1
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._search)

    def _search(self) -> None:
        practice, asked, query = self._journal, self._asked, self.query_one(Field).value.strip()
        self._searched, self._query, self._how_far = [], query, ""
        self.query_one(NoteList).show([])
        self._show_how_much(goes_on=bool(query))
        if not query:
            return

        def is_dropped() -> bool:
            return self._asked != asked

        def follow(done: int, whole: int) -> None:
            self.call_later(self._has_come, asked, couples.how_far(done, whole))

        def work() -> None:
            from kapjournal.journal import search_across  # noqa: PLC0415 - not before the first paint

            with suppress(SearchDropped):
                for one in search_across(
                    practice, query, most=saying.FEW_EACH, is_dropped=is_dropped, follow=follow
                ):
                    self.call_later(self._came, asked, one)

        def done(_: None) -> None:
            if not is_dropped():
                self._show_how_much()

        background.run(self, work, done, self.say_error, group="search")

    def _has_come(self, asked: int, how_far: str) -> None:
        if self._asked == asked:
            self._how_far = how_far
            self._show_how_much(goes_on=True)

    def _came(self, asked: int, searched: "SearchedCouple") -> None:
        if self._asked != asked:
            return
        at = len(self._searched)
        self._searched.append(searched)
        rows = ((f"{at} {number}", found) for number, found in enumerate(searched.found))
        self.query_one(NoteList).add((row_id, partial(_row, searched, found)) for row_id, found in rows)
        self._show_how_much(goes_on=True)

    def _show_how_much(self, *, goes_on: bool = False) -> None:
        said = saying.how_much_across(self._searched)
        if goes_on:
            now = f"{saying.GOES_ON} {self._how_far}".rstrip()
            said = now if said == saying.NOTHING_HAS_IT else f"{said} {now}"
        self.query_one("#how-much", Static).update(said if self._query else "")
        left_out = self.query_one("#not-searched", Static)
        left_out.update(saying.none_searched(self._searched))
        left_out.display = any(one.why_not for one in self._searched)

    def action_back(self) -> None:
        """Clear what was asked for; with nothing asked, go back."""
        field = self.query_one(Field)
        if not field.value:
            super().action_back()
            return
        field.value = ""
        field.focus()

    @on(Input.Submitted)
    def _to_what_was_found(self) -> None:
        if self.query_one(NoteList).option_count:
            self.query_one(NoteList).focus()

    def key_down(self) -> None:
        """Go from the field to what was found."""
        if self.focused is self.query_one(Field):
            self._to_what_was_found()

    @property
    def _chosen(self) -> "tuple[SearchedCouple, FoundAcross] | None":
        if (row_id := self.query_one(NoteList).chosen) is None:
            return None
        searched, number = map(int, row_id.split())
        return self._searched[searched], self._searched[searched].found[number]

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        if (chosen := self._chosen) is None:
            return
        searched, found = chosen
        if found.is_record:
            self._read(searched.couple, found)
        elif searched.couple is not None:
            self._enter(searched.couple, found, [one.id for one in searched.found])

    def _read(self, couple: "Couple | None", found: "FoundAcross") -> None:
        """Read a record, or a page that was kept."""
        practice = self._journal

        def route() -> Route:
            if found.is_kept:
                return KeptRoute(practice, practice.kept.get(found.id), couple)
            return RecordRoute(practice, practice.records.get(found.id), couple)

        background.run(self, route, self.shell.go_to, self.say_error)

    def _enter(self, couple: "Couple", found: "FoundAcross", among: list[str]) -> None:
        """Open the couple's journal, and in it the note at the words."""
        practice, query = self._journal, self._query
        self.say("Opening…")

        def work() -> "tuple[Journal, Note]":
            journal = practice.open_couple(couple.case)
            try:
                return journal, journal.notes.get(found.id)
            except BaseException:
                journal.close()
                raise

        async def arrive(opened: "tuple[Journal, Note]") -> None:
            journal, note = opened
            await self.shell.enter(journal, couple=couple.name, show=ReaderRoute(journal, note, among, query))

        self.open_journal(work, arrive, self.say_error)


def _row(searched: "SearchedCouple", found: "FoundAcross") -> NoteRow:
    kind = "record" if found.is_record else ""
    head = f"{found.kind}: {found.heading}" if found.is_record else ""
    return NoteRow(
        day=days.short(found.date),
        title=Content(shown_line(head)) if found.is_record else marked_line(found.title),
        words=excerpt_line(found.excerpt) if found.excerpt else Content(saying.words_in(found)),
        symbol="",
        readers=saying.couple_of(searched),
        tone="$accent",
        author=" · ".join(part for part in (shown_line(found.author), kind) if part),
    )
