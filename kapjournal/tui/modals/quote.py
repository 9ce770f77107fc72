"""A dialog that asks whether to begin a page for the partner, and what of a check-in to quote in it."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from kapjournal.presentation import parts as saying
from kapjournal.text import excerpt, shown_line
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.checklist import Checklist


class QuoteModal(Dialog[list[str]]):
    """Hands back the answers to quote, none of which is ticked at first; None for no page."""

    def __init__(self, partner: str, quotes: Sequence[tuple[str, str]]) -> None:
        """`quotes` are questions, and what was answered."""
        super().__init__()
        self._partner = partner
        self._quotes = quotes

    def compose(self) -> ComposeResult:
        """The question, what could be quoted, and two answers."""
        with VerticalScroll(classes="sheet"):
            yield Static(saying.QUOTE.format(partner=self._partner), markup=False, classes="heading")
            yield Static(saying.QUOTE_ABOUT, markup=False)
            yield Checklist(
                *(
                    (
                        Content.assemble((f"{shown_line(question)}  ", "$text-muted"), excerpt(answer, 60)),
                        place,
                    )
                    for place, (question, answer) in enumerate(self._quotes)
                )
            )
            with Horizontal(classes="buttons"):
                yield Button("Not now", variant="primary", id="not-now")
                yield Button("Begin a page", id="begin")

    def on_unmount(self) -> None:
        """Forget the answers."""
        self._quotes = ()

    @on(Button.Pressed, "#begin")
    def _begin(self) -> None:
        self.dismiss([self._quotes[place][1] for place in sorted(self.query_one(Checklist).selected)])
