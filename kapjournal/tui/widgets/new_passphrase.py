"""Choosing a passphrase: six offered words, or words of the person's own."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from kapjournal.errors import UsageError
from kapjournal.tui import background
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText

_OFFER = "A passphrase for you. Write these six words down by hand, then type them:"
_MISSING = "Type the six words, once you have written them down, or a passphrase of your own."
_TWICE = "These are not the six words above. Your own passphrase is typed twice."
_OWN = "What is typed is not these words; your own is typed twice:"


class NewPassphrase(Vertical):
    """Offers words that cannot be guessed; these are typed once, any other passphrase is typed twice.

    The words stay in sight whatever is typed: most often it is they, with a slip.
    """

    DEFAULT_CSS = """
    NewPassphrase {
        height: auto;
        & > #offered { padding: 0 1; color: $primary; text-style: bold; }
        & > #again { display: none; }
        &.-own > #again { display: block; }
    }
    """

    def __init__(self, draw: Callable[[], str]) -> None:
        """`draw` makes the words that are offered; it is called in a thread."""
        super().__init__()
        self._draw = draw
        self._offered = ""

    def compose(self) -> ComposeResult:
        """The offer and the two fields."""
        yield Static(_OFFER, markup=False, classes="caption")
        yield SelfClearingText("…", id="offered")
        yield Field(
            placeholder="these words, or your own of 12 characters or more",
            password=True,
            missing=_MISSING,
            id="own",
        )
        yield Field(placeholder="your own once more", password=True, missing=_TWICE, id="again")

    def on_mount(self) -> None:
        """Draw the words to offer."""
        background.run(self, self._draw, self._offer, self._no_offer)

    def _offer(self, words: str) -> None:
        self._offered = words
        self.query_one(SelfClearingText).update(words)

    def _no_offer(self, sentence: str) -> None:
        self.query_one(SelfClearingText).update(f"{sentence} Please type your own.")

    def on_unmount(self) -> None:
        """Forget the offer."""
        self._offered = ""

    @on(Input.Changed, "#own")
    def _typing(self, event: Input.Changed) -> None:
        own = not self._offered.startswith(tidy(event.value))
        self.set_class(own, "-own")
        if not own:
            self.query_one("#again", Field).value = ""  # it is not seen now, and would be in the way later
        self.query_one(".caption", Static).update(_OWN if own else _OFFER)

    @property
    def passphrase(self) -> str:
        """The passphrase (`UsageError` if another than the offered was not typed twice)."""
        typed = self.query_one("#own", Field).value
        if self._offered and tidy(typed) == self._offered:
            return self._offered
        if typed != self.query_one("#again", Field).value:
            raise UsageError("The two passphrases are not the same.")
        return typed


def tidy(words: str) -> str:
    """Words as typed by hand, in the form they are offered in."""
    return " ".join(words.lower().split())
