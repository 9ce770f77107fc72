"""What goes into a pack, thing by thing, with its words: the therapist reads it, and can withhold it."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import OptionList

from kapjournal.domain.access_requests import Ground
from kapjournal.domain.couples import Couple
from kapjournal.domain.packs import Item, Pack, Withheld
from kapjournal.exchange.pack_page import never_in_it, words_of
from kapjournal.presentation import access_requests as asking
from kapjournal.presentation import days
from kapjournal.presentation import packs as saying
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.modals.choice import Choice, ChoiceModal
from kapjournal.tui.navigation.routes import MakePackRoute
from kapjournal.tui.rendering.markdown import blocks
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import LineList, NoteList, NoteRow
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_NEVER = "never"
_IN = "in"
WIDE = 120


class PackScreen(JournalScreen):
    """Lists what goes in, under it or beside it the words of the chosen thing; then the file is made."""

    NAME = "pack"
    CSS_PATH = "packs.tcss"
    IS_RECORD = True
    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (20, "-broad"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's form
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is what goes into the pack, thing by thing, with its words. {withhold} withholds the chosen "
        "one, on one of four grounds, or lets it go in after all. {make-pack} goes on to the file.\n\n"
        f"{saying.REVIEW}\n\n"
        "The first row is what no pack of this kind has, and why. That list is the same for everybody, and "
        "says nothing about what there is."
    )

    def __init__(
        self,
        journal: "Journal",
        couple: Couple,
        pack: Pack,
        theirs: "Journal | None" = None,
    ) -> None:
        super().__init__(journal)
        self._couple: Couple | None = couple
        self._pack: Pack | None = pack
        self._items: dict[str, Item] = {item.id: item for item in pack.items}
        self._withheld = {one.item: one.ground for one in pack.withheld}
        self._theirs = theirs

    def compose(self) -> ComposeResult:
        """The list, and the words of the chosen thing."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with Container(id="panes"):
            with Vertical(id="left", classes="pane"):
                yield LineList()
            with Vertical(id="words", classes="pane"):
                yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor into the list; Tab goes to the words."""
        pack, couple = self._pack, self._couple
        if pack is None or couple is None:
            return
        left = self.query_one("#left")
        left.border_title = saying.title(couple, pack.about)
        left.border_subtitle = asking.due_or_answered(pack.request)
        self._show()
        self.query_one(NoteList).focus()
        if not pack.is_whole:
            self.say(saying.NOT_WHOLE)

    def on_unmount(self) -> None:
        """Forget it."""
        self._couple = self._pack = self._theirs = None
        self._items, self._withheld = {}, {}

    def _show(self) -> None:
        rows = [(item.id, partial(_row, item, self._withheld.get(item.id))) for item in self._items.values()]
        self.query_one(NoteList).show([(_NEVER, _never_row), *rows], newest_first=True)
        self.refresh_bindings()

    @property
    def _chosen(self) -> Item | None:
        return self._items.get(self.query_one(NoteList).chosen or "")

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        pack, item = self._pack, self._chosen
        if pack is None:
            return
        words = words_of(pack, item) if item else never_in_it(pack.about)
        self.query_one(RenderedText).show_blocks(blocks(words))
        self.moved_to(self.query_one(NoteList).chosen)
        self.refresh_bindings()

    def why_not(self, action: str) -> str:
        """What is never in it is not withheld one by one."""
        return saying.WITHHELD_ALREADY if action == "withhold" and self._chosen is None else ""

    def action_withhold(self) -> None:
        """Ask on which ground, or let it go in."""
        item = self._chosen
        if item is None:
            return

        def chosen(said: str | None) -> None:
            if said is not None:
                self._withhold(item, None if said == _IN else Ground(said))

        choices = [Choice(ground.value, ground.value, words) for ground, words in saying.GROUNDS.items()]
        now = self._withheld.get(item.id)
        modal = ChoiceModal(
            saying.WHICH_GROUND, [*choices, Choice(_IN, saying.GO_IN)], now.value if now else ""
        )
        self.app.push_screen(modal, chosen)

    def _withhold(self, item: Item, ground: Ground | None) -> None:
        """Seal the choice, then show it: a pack is made later, perhaps after a lock."""
        pack = self._pack
        if pack is None:
            return

        def kept(_: None) -> None:
            if ground is None:
                self._withheld.pop(item.id, None)
            else:
                self._withheld[item.id] = ground
            self.say(saying.withheld_in_words(item, ground) if ground else saying.LEAVE_IT_IN)
            self._show()

        keep = partial(self._journal.packs.withhold, pack.request, item.id, ground)
        background.run(self, keep, kept, self.say_error)

    def action_make(self) -> None:
        """Go on to the file."""
        if self._pack is not None and self._couple is not None:
            withheld = [Withheld(item, ground) for item, ground in self._withheld.items()]
            self.shell.go_to(MakePackRoute(self._journal, self._couple, self._pack, withheld, self._theirs))


def _row(item: Item, ground: Ground | None) -> NoteRow:
    return NoteRow(
        day=days.short(item.date),
        title=Content(shown_line(saying.title_in_a_list(item))),
        words=Content(""),
        symbol="",
        readers=saying.GOES_IN if ground is None else f"{saying.WITHHELD}: {ground.value}",
        tone="$text-muted" if ground is None else "$warning",
    )


def _never_row() -> NoteRow:
    return NoteRow("", Content(saying.NEVER), Content(""), "", "", "$text-muted")
