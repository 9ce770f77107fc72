"""The recovery words of a new door, or new ones in the place of older ones: shown once, one asked back."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Static

from kapjournal.presentation import recovery_words, sentences
from kapjournal.tui import actions, background
from kapjournal.tui.screens.app_screen import AppScreen
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_WIDE = 60
"""From this many cells on, the words stand in four columns; on less, in two."""


class RecoveryWordsScreen(AppScreen):
    """Stays until the word asked for is right. Writing 24 words by hand takes a while without a key."""

    NAME = "recovery-words"
    CSS_PATH = "recovery_words.tcss"
    PATIENCE = 6
    busy = True
    """Nothing else is begun before one of the words was typed back."""
    BINDINGS = actions.bindings(NAME)
    HEADING = "Your recovery words"
    WHY = sentences.RECOVERY_WORDS
    HELP = (
        "If you forget your passphrase, these 24 words in this order open your door. Nobody has a copy. "
        "Write them by hand on paper and keep it where you keep your passport; do not photograph them.\n\n"
        "Without these words a forgotten passphrase cannot be replaced, by anybody. You could be invited "
        "again as a new member, and the others could share with you again; what only you could read would be "
        "gone."
    )

    def __init__(self, journal: "Journal", words: str, go_on: "Callable[[Journal], Awaitable[None]]") -> None:
        """`go_on` takes the open journal further, once the words are written down."""
        super().__init__()
        self._go_on = go_on
        self._journal = journal
        self._words = words.split()
        self._asked = recovery_words.choose_place(self._words)

    def compose(self) -> ComposeResult:
        """The words in columns, read downwards."""
        with VerticalScroll(id="body"), Center(), Vertical(classes="column"):
            yield Static(self.heading, markup=False, classes="heading")
            yield Static(self.why, markup=False, id="why")
            yield SelfClearingText(self._table(), id="words")
            yield Static(sentences.DRAWN_BY_LOT, markup=False, id="lot")
            with Vertical(id="question"):
                yield Static(self.question, markup=False, classes="caption", id="asked")
                yield Field(id="answer")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("I wrote them down", variant="primary", id="written")
                yield Button("Show them again", id="again")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the words."""
        self._show_words()

    @property
    def heading(self) -> str:
        """What stands above all: a therapist may have a paper for a journal and one for the practice."""
        return f"{self.HEADING}, for your practice" if self._journal.is_practice else self.HEADING

    @property
    def why(self) -> str:
        """What the words are for."""
        return self.WHY

    @property
    def question(self) -> str:
        """Which of the words is asked back."""
        return recovery_words.question(self._asked)

    def show_page(self) -> None:
        """Show other words in the place of those before."""
        self.query_one(".heading", Static).update(self.heading)
        self.query_one("#why", Static).update(self.why)
        self.query_one("#words", SelfClearingText).update(self._table())
        self.query_one("#asked", Static).update(self.question)
        self.query_one(StatusLine).let_go()
        self._show_words()

    @property
    def left_undone(self) -> str:
        """How to get other words, since those just shown are not shown again."""
        return self.shell.with_keys(
            "If the words are not on your paper yet, {recovery-words} gives new ones inside."
        )

    def on_unmount(self) -> None:
        """Forget the words."""
        self._words = []

    @on(Button.Pressed, "#again")
    def _show_words(self) -> None:
        self._asking = False
        self.query_one("#written", Button).label = "I wrote them down"
        self.query_one("#question").display = self.query_one("#again").display = False
        self._set_in_sight(True)
        self.query_one("#written").focus(scroll_visible=False)

    @on(Button.Pressed, "#written")
    @on(Field.Submitted)
    async def _next(self) -> None:
        answer = self.query_one(Field)
        if not self._asking:
            self._asking = True
            self.query_one("#written", Button).label = "Go on"
            self.query_one("#question").display = self.query_one("#again").display = True
            self._set_in_sight(False)
            answer.value = ""
            answer.focus()
        elif recovery_words.is_right(self._words, self._asked, answer.value):
            self.app.call_later(self._go_on, self._journal)
        else:
            no = f"That is not word {self._asked + 1}. Look at your paper, or see the words again."
            self.say_error(no, answer)

    def _set_in_sight(self, shown: bool) -> None:
        for part in ("#words", "#why", "#lot"):
            self.query_one(part).display = shown

    def _table(self) -> str:
        columns = 4 if self.app.size.width >= _WIDE else 2
        rows = -(-len(self._words) // columns)
        width = max(map(len, self._words))
        cells = [f"{number:>2} {word:<{width}}" for number, word in enumerate(self._words, 1)]
        return "\n".join("   ".join(cells[row::rows]) for row in range(rows))


class NewRecoveryWordsScreen(RecoveryWordsScreen):
    """New words for a door that is open. They are sealed once the word asked for is right, and not before:
    whoever goes back, is locked out or pulls the plug keeps the old ones."""

    NAME = "new-recovery-words"
    BINDINGS = actions.bindings(NAME)
    HEADING = "Your new recovery words"
    WHY = sentences.NEW_WORDS
    UNUSED = sentences.NEW_WORDS_UNUSED
    PERHAPS = sentences.NEW_WORDS_PERHAPS
    LEFT = sentences.NEW_WORDS_LEFT
    NOT_SEALED = "Until these words are sealed, the old ones hold."
    HELP = (
        "If you forget your passphrase, these 24 words in this order open your door. Write them by hand on "
        "paper and keep it where you keep your passport; do not photograph them. Keep the old paper until "
        "you are told that the new words open your door.\n\n"
        "They take the place of your old words, if you had any, when you have typed one of them back. {back} "
        "leaves everything as it was, and so does a lock: then these words open nothing, and the old ones "
        "still do. An older copy of the file, a backup for example, opens with the older words all the same."
    )

    def __init__(self, journal: "Journal", words: str) -> None:
        super().__init__(journal, words, self._seal)

    def sealing(self, journal: "Journal", words: str) -> Callable[[], str]:
        """What is to be done in a thread once the words are on paper; it returns what to say then."""
        return lambda: sentences.new_words_hold(had_some=journal.keys.renew_recovery_words(words))

    async def _seal(self, journal: "Journal") -> None:
        words, button = " ".join(self._words), self.query_one("#written", Button)
        if words and not button.disabled:
            focused = self.focused
            button.disabled = True
            background.run(
                self, self.sealing(journal, words), self._leave, partial(self._not_sealed, focused)
            )

    @property
    def left_undone(self) -> str:
        """Which words hold: the old ones, unless the new ones are being sealed this moment."""
        return self.PERHAPS if self._is_sealing else self.UNUSED

    @property
    def _is_sealing(self) -> bool:
        return self.query_one("#written", Button).disabled

    def _not_sealed(self, focused: Widget | None, sentence: str) -> None:
        self.query_one("#written", Button).disabled = False
        self.say_error(f"{sentence} {self.NOT_SEALED}", focused)

    def action_back(self) -> None:
        """Leave everything as it was; once the words are being sealed it is too late for that."""
        if not self._is_sealing:
            self._leave(self.LEFT)

    def _leave(self, said: str) -> None:
        shell = self.shell
        self.leave()
        shell.say(said)
