"""The couples of a practice: a therapist's first screen."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from kapjournal.domain.couples import Couple
from kapjournal.domain.ids import CaseId
from kapjournal.domain.pad import place_of
from kapjournal.presentation import access_requests, backups, packs, will, write_up_standing
from kapjournal.presentation import couples as saying
from kapjournal.presentation.couples import Glance
from kapjournal.presentation.glances import look, unsigned
from kapjournal.presentation.progress import in_quarters
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.modals.couple import (
    AskEachTimeModal,
    DoorOfCoupleModal,
    LetOpenModal,
    LocateModal,
    RenameModal,
)
from kapjournal.tui.modals.withdrawn import WithdrawnModal
from kapjournal.tui.navigation.routes import (
    AddCoupleRoute,
    BriefRoute,
    CreateRoute,
    LedgerRoute,
    PacksRoute,
    RecordsRoute,
    SearchAcrossRoute,
    SupervisionRoute,
    UnsignedRoute,
)
from kapjournal.tui.navigation.way_back import way_back
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.couple_list import CoupleList
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.reminders import Reminders
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.domain.kept import GoneNote
    from kapjournal.domain.notes import Draft
    from kapjournal.domain.record_drafts import RecordDraft
    from kapjournal.domain.reply_drafts import ReplyDraft
    from kapjournal.journal import Journal
    from kapjournal.tui.navigation.routes import Route


_BEGINNING = "Press {add-couple} to do that, or {start-couple} to start a journal for a couple."
_PACKS = " Press {packs} on them."
_WITH_ONE = (
    "record",
    "supervision",
    "packs",
    "brief",
    "rename",
    "locate",
    "ask_each_time",
    "move_up",
    "move_down",
    "withdrawn",
)


class CouplesScreen(JournalScreen):
    """Lists the couples at once; what is next and new comes beside each as its journal is looked into. One
    that did not change since is not opened again."""

    NAME = "couples"
    CSS_PATH = "couples.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Your couples, by the names you gave them: Enter opens their journal, {couples} comes back here from "
        "anywhere in it. {add-couple} adds one in whose journal you are, {start-couple} starts a journal for "
        "one; {couple-up} and {couple-down} change your order. {search} searches across all of them.\n\n"
        "{record} opens the clinical record of the chosen couple, {shared-records} what colleagues shared "
        "with you. {write-ups} writes them up for supervision, {ledger} shows what left for it.\n\n"
        f"{saying.ONE_FOR_ALL} {{ask-each-time}} changes it for the chosen one.\n\n"
        "Beside a name stands their next session, and “new” if somebody wrote to you since you were here; "
        "“safety” if a safety mark is open in their journal, “talk” if one of them asks to, "
        "as far as this practice can look into it. "
        "{withdrawn} shows which pages the chosen couple withdrew or deleted since you could read them.\n\n"
        "{will} makes a will: a way into this practice for somebody you name, in three shares."
    )

    def __init__(self, journal: "Journal", chosen: str = "", resume: str = "") -> None:
        """With the cursor on the couple of the name that is `chosen`."""
        super().__init__(journal)
        self._resume = resume
        self._first = chosen
        self._couples: list[Couple] = []
        self._glances: dict[CaseId, Glance] = {}
        self._unsigned: frozenset[CaseId] = frozenset()

    def compose(self) -> ComposeResult:
        """The list, and a sentence for when it is empty."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield Reminders()
            yield CoupleList()
            yield Static(saying.NO_COUPLES, markup=False, id="empty")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor into the list."""
        self.query_one("#pane").border_title = "Couples"
        self.query_one("#empty").display = False
        self.query_one(CoupleList).focus()

    def on_unmount(self) -> None:
        """Forget the couples."""
        self._couples, self._glances = [], {}

    def on_screen_resume(self) -> None:
        """Read the couples, again after one was added."""
        practice = self._journal

        after = self.shell.settings.backup_days

        def look() -> tuple[list[Couple], str, list[str]]:
            practice.refresh()  # another program may have changed them
            waiting = (
                write_up_standing.reminder(practice),
                self._packs_due(),
                backups.due_with_key(practice.backups.last(), after),
            )
            return practice.couples.all(), will.reminder(practice), list(filter(None, waiting))

        background.run(self, look, self._seen_all, self.say_error)
        if (pad := place_of(self._resume)) is not None:
            self._resume = ""
            self.shell.open_pad(practice, *pad)
        elif self._resume:
            resume, self._resume = self._resume, ""
            background.run(self, lambda: way_back(practice, resume), self._go_back, self.say_error)

    def _packs_due(self) -> str:
        said = access_requests.reminder(self._journal)
        return said and said + _PACKS

    def _seen_all(self, seen: tuple[list[Couple], str, list[str]]) -> None:
        couples, due, waiting = seen
        self.query_one(Reminders).show(due=due, waiting=waiting, with_keys=self.shell.with_keys)
        self._show(couples)

    def _go_back(self, way: "tuple[list[Route], RecordDraft | ReplyDraft | Draft | None]") -> None:
        """Come back to what was before the person when it was locked."""
        shell, journal, (routes, draft) = self.shell, self._journal, way

        async def walk() -> None:
            for route in routes:
                await shell.go_to(route)
            if draft is not None:
                await shell.open_editor(journal, draft)

        self.app.call_later(walk)

    def _show(self, couples: list[Couple]) -> None:
        self._couples = couples
        listed, empty = self.query_one(CoupleList), self.query_one("#empty", Static)
        listed.display, empty.display = bool(couples), not couples
        empty.update(self.shell.with_keys(f"{saying.NO_COUPLES} {_BEGINNING}"))
        self._draw()
        if self._first in (names := [couple.name for couple in couples]):
            at, self._first = names.index(self._first), ""
            self.query_one(CoupleList).highlighted = at
            self.shell.seen_couples.pop(couples[at].case, None)  # the therapist was in their journal
        practice = self._journal
        background.run(
            self, lambda: unsigned(practice), self._have_unsigned, self.say_error, group="unsigned"
        )
        self._look_into_next()

    def _have_unsigned(self, unsigned: frozenset[CaseId]) -> None:
        if unsigned != self._unsigned:
            self._unsigned = unsigned
            self._draw()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        """Offer what can be done with the chosen couple."""
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Give the names the room that there is."""
        if self._couples:
            self._draw()

    def _draw(self) -> None:
        """Show all at once; beside those that were looked into before stands what was seen then."""
        seen = {case: glance for case, (_, glance) in self.shell.seen_couples.items()} | self._glances
        self.query_one(CoupleList).show(
            [(couple, seen.get(couple.case)) for couple in self._couples], self._unsigned
        )

    def _look_into_next(self) -> None:
        """Look into one journal after the other; each is closed before the next is opened."""
        couple = next((one for one in self._couples if one.case not in self._glances), None)
        if couple is None or not self.is_attached:
            return
        background.run(
            self,
            partial(look, self._journal, couple, self.shell.seen_couples),
            partial(self._seen, couple),
            self.say_error,
            group="glance",
        )

    def _seen(self, couple: Couple, glance: Glance) -> None:
        self._glances[couple.case] = glance
        if glance.has_open_mark or glance.asks:
            self._draw()  # the word has a place in every row
        else:
            self.query_one(CoupleList).show_glance(couple, glance)
        self._look_into_next()

    def why_not(self, action: str) -> str:
        """What is done with a couple needs one chosen."""
        if action in _WITH_ONE and self._chosen is None:
            return saying.CHOOSE_FIRST
        return packs.why_not(self._journal, self._chosen) if action == "packs" else ""

    @property
    def _chosen(self) -> Couple | None:
        at = self.query_one(CoupleList).highlighted
        return self._couples[at] if at is not None and at < len(self._couples) else None

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        couple, practice = self._chosen, self._journal
        if couple is None:
            return
        if couple.opens:
            follow = in_quarters(lambda sentence: self.call_later(self.say, f"Opening… {sentence}"))
            self._enter(couple, lambda: practice.open_couple(couple.case, follow))
        elif couple.path is None:
            self.say_error(saying.not_there(couple))
        else:
            self.app.push_screen(DoorOfCoupleModal(practice, couple, partial(self._unlock, couple)))

    def _unlock(
        self, couple: Couple, label: str, passphrase: str, not_opened: Callable[[str], object]
    ) -> None:
        unlock = self._journal.unlock_couple
        self._enter(couple, lambda: unlock(couple.case, label=label, passphrase=passphrase), not_opened)

    def _enter(
        self,
        couple: Couple,
        work: "Callable[[], Journal]",
        not_opened: Callable[[str], object] | None = None,
    ) -> None:
        self.say("Opening…")
        self.open_journal(
            lambda: (work(), couple.name),
            lambda opened: self.shell.enter(opened[0], couple=opened[1]),
            not_opened or self._not_opened,
        )

    def _not_opened(self, sentence: str) -> None:
        self.say_error(sentence)
        self.on_screen_resume()  # it may ask for its passphrase from now on

    def action_add_couple(self) -> None:
        """Go to the form that adds a couple."""
        self.shell.go_to(AddCoupleRoute(self._journal))

    def action_start_couple(self) -> None:
        """Go to the form that starts a journal for a couple."""
        self.shell.go_to(CreateRoute(practice=self._journal))

    def action_record(self) -> None:
        """Open the clinical record of the chosen couple."""
        if (couple := self._chosen) is not None:
            self.shell.go_to(RecordsRoute(self._journal, couple))

    def action_supervision(self) -> None:
        """Show the write-ups of the chosen couple."""
        if (couple := self._chosen) is not None:
            self.shell.go_to(SupervisionRoute(self._journal, couple))

    def action_packs(self) -> None:
        """Show the packs of the chosen couple."""
        if (couple := self._chosen) is not None:
            self.shell.go_to(PacksRoute(self._journal, couple))

    def action_ledger(self) -> None:
        """Show what left for supervision."""
        self.shell.go_to(LedgerRoute(self._journal))

    def action_shared_records(self) -> None:
        """Show what colleagues shared."""
        self.shell.go_to(RecordsRoute(self._journal, None))

    def action_brief(self) -> None:
        """Show the brief of the chosen couple."""
        if (couple := self._chosen) is not None:
            self.shell.go_to(BriefRoute(self._journal, couple))

    def action_unsigned(self) -> None:
        """Show the records that wait for this member's signature."""
        self.shell.go_to(UnsignedRoute(self._journal))

    def action_search(self) -> None:
        """Search the record and the journals of all couples."""
        self.shell.go_to(SearchAcrossRoute(self._journal))

    def action_rename(self) -> None:
        """Ask for another name."""
        if (couple := self._chosen) is not None:
            self.app.push_screen(RenameModal(self._journal, couple), self._changed)

    def action_locate(self) -> None:
        """Ask where the journal lies."""
        if (couple := self._chosen) is not None:
            self.app.push_screen(LocateModal(self._journal, couple), self._changed)

    def action_ask_each_time(self) -> None:
        """Change how the journal opens."""
        if (couple := self._chosen) is not None:
            modal = AskEachTimeModal if couple.opens else LetOpenModal
            self.app.push_screen(modal(self._journal, couple), self._changed)

    def action_withdrawn(self) -> None:
        """Show which pages were withdrawn or deleted."""
        if (couple := self._chosen) is not None:
            practice = self._journal

            def show(gone: "list[GoneNote]") -> None:
                self.app.push_screen(WithdrawnModal(shown_line(couple.name), gone))

            background.run(self, partial(practice.kept.withdrawn, couple.case), show, self.say_error)

    def _changed(self, couple: Couple | None) -> None:
        if couple is not None:
            self._glances.pop(couple.case, None)
            self.shell.seen_couples.pop(couple.case, None)
            self.on_screen_resume()

    def action_move_up(self) -> None:
        """Move the chosen couple up."""
        self._move(-1)

    def action_move_down(self) -> None:
        """Move the chosen couple down."""
        self._move(1)

    def _move(self, step: int) -> None:
        couple, practice = self._chosen, self._journal
        if couple is None:
            return
        place = min(max(self._couples.index(couple) + step, 0), len(self._couples) - 1)

        def move() -> list[Couple]:
            practice.couples.move(couple.case, place)
            return practice.couples.all()

        def moved(couples: list[Couple]) -> None:
            self._show(couples)
            self.query_one(CoupleList).highlighted = place

        background.run(self, move, moved, self.say_error)
