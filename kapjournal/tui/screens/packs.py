"""The packs of a couple for requests for access: whose there are, who asked, and the day each is due."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from kapjournal import clock
from kapjournal.domain.access_requests import AccessRequest
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About
from kapjournal.domain.packs import NOBODY_AUTHORISED, Pack
from kapjournal.presentation import access_requests as asking
from kapjournal.presentation import packs as saying
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.modals.choice import Choice, ChoiceModal
from kapjournal.tui.navigation.routes import LedgerRoute, PackRoute
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList, NoteRow
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_PACKS = (About.FIRST, About.SECOND, About.COUPLE)


class PacksScreen(JournalScreen):
    """Lists the three packs; Enter looks through what goes into one."""

    NAME = "packs"
    CSS_PATH = "packs.tcss"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "These are the packs for requests for access to the record: each partner’s own, and the joint one. "
        "{asked} notes that one was asked for, and when; it is due in 30 days, or in those your clinic has "
        "set. Enter shows what goes into the chosen one, and from there it is made. {answered} notes that a "
        "request was answered without a pack; {ledger} shows what left of this couple.\n\n"
        "What is about both is in the joint pack alone: it needs the yes of each partner, in their journal, "
        "for one who gets it. No page, answer or note of one is in the pack of the other; what a record of "
        "one says of the other you find by reading it here."
    )

    def __init__(self, journal: "Journal", couple: Couple, theirs: "Journal | None" = None) -> None:
        super().__init__(journal)
        self._couple: Couple | None = couple
        self._theirs = theirs
        self._requests: list[AccessRequest] = []

    def compose(self) -> ComposeResult:
        """The list."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with Vertical(id="pane"):
            yield NoteList()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor into the list."""
        self.query_one("#pane").border_title = saying.TITLE
        self.query_one(NoteList).focus()

    def on_unmount(self) -> None:
        """Forget it."""
        self._couple, self._theirs, self._requests = None, None, []

    def on_screen_resume(self) -> None:
        """Read the requests, again after a pack was made."""
        self._read()

    def _read(self) -> None:
        journal, couple = self._journal, self._couple
        if couple is None:
            return

        def read() -> list[AccessRequest]:
            journal.refresh()
            return journal.packs.requests(couple.case)

        background.run(self, read, self._show, self.say_error)

    def _show(self, found: list[AccessRequest]) -> None:
        self._requests = found
        if (couple := self._couple) is not None:
            rows = [(about.value, partial(_row, couple, about, found)) for about in _PACKS]
            self.query_one(NoteList).show(rows, newest_first=True)
        self.refresh_bindings()

    @property
    def _chosen(self) -> About:
        return About(self.query_one(NoteList).chosen or About.FIRST)

    @property
    def _waiting(self) -> AccessRequest | None:
        return next(
            (one for one in self._requests if one.about is self._chosen and one.answered is None), None
        )

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.moved_to(self.query_one(NoteList).chosen)
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        journal, couple, about, theirs = self._journal, self._couple, self._chosen, self._theirs
        if couple is None:
            return
        if about is About.COUPLE:
            work = partial(journal.packs.recipients, couple.case, theirs)
            background.run(self, work, self._ask_who_gets_it, self.say_error)
        else:
            self._gather(about, "")

    def _ask_who_gets_it(self, found: tuple[str, ...]) -> None:
        if not found:
            self.say_error(NOBODY_AUTHORISED)
            return

        def chosen(place: str | None) -> None:
            if place is not None:
                self._gather(About.COUPLE, found[int(place)])

        choices = [Choice(str(place), name) for place, name in enumerate(found)]
        self.app.push_screen(ChoiceModal(saying.WHO_GETS_IT, choices), chosen)

    def _gather(self, about: About, recipient: str) -> None:
        journal, couple, theirs = self._journal, self._couple, self._theirs
        if couple is None:
            return

        def show(pack: Pack) -> None:
            self.say("")
            self.shell.go_to(PackRoute(journal, couple, pack, theirs))

        self.say("Reading…")
        work = partial(journal.packs.gather, couple.case, about, recipient, theirs)
        background.run(self, work, show, self.say_error)

    def why_not(self, action: str) -> str:
        """A request that waits can be noted as answered."""
        return asking.NO_OPEN_REQUEST if action == "answered" and self._waiting is None else ""

    def action_asked(self) -> None:
        """Ask on which day, and note it."""
        from kapjournal.tui.modals.asked import AskedModal  # noqa: PLC0415

        if self._couple is not None:

            def noted(said: str | None) -> None:
                if said is not None:
                    self._read()
                    self.say(said)

            self.app.push_screen(AskedModal(self._journal, self._couple, self._chosen), noted)

    def action_ledger(self) -> None:
        """Show what left of this couple, each pack with what was withheld of it."""
        self.shell.go_to(LedgerRoute(self._journal, self._couple))

    def action_answered(self) -> None:
        """Ask, then note that the chosen request was answered otherwise."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        journal, couple, waiting = self._journal, self._couple, self._waiting
        if waiting is None:
            return

        def done(request: AccessRequest) -> None:
            self._read()
            self.say(asking.noted_answered(request, couple))

        def answered(sure: bool | None) -> None:
            if sure:
                background.run(self, partial(journal.packs.answered, waiting.id), done, self.say_error)

        question = "Was it answered without a pack?"
        self.app.push_screen(
            ConfirmModal(question, asking.NOTING_ANSWERED, "It was answered", "Not yet"), answered
        )


def _row(couple: Couple, about: About, requests: list[AccessRequest]) -> NoteRow:
    asked, stands = asking.how_it_stands(requests, about)
    is_due = any(one.about is about and one.is_due(clock.today()) for one in requests)
    return NoteRow(
        day="",
        title=Content(shown_line(saying.title(couple, about))),
        words=Content(asked),
        symbol="",
        readers=stands,
        tone="$warning" if is_due else "$text-muted",
    )
