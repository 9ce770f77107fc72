"""A dialog in which lines of the record are ticked, to stand in a field of a write-up."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, OptionList, Static

from kapjournal.domain.supervision import Pulled
from kapjournal.errors import KapjournalError
from kapjournal.presentation import supervision_pulled as saying
from kapjournal.presentation.supervision_pulled import taken, under
from kapjournal.presentation.supervision_sources import Candidate, Candidates
from kapjournal.text import shown_line
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.pick_list import PickList, RowsTaken, RowsTicked
from kapjournal.tui.widgets.status_line import StatusLine


class PullModal(Dialog[tuple[Pulled, ...]]):
    """Hands back the lines that were taken, each with where it is from."""

    CSS_PATH = ["dialog.tcss", "pull.tcss"]  # noqa: RUF012 - Textual's form
    HELP = (
        "These lines of the record, and of their journal, could stand in the field your cursor is in, as you "
        "see them here: without names, dates and amounts. Space ticks a line, Shift with an arrow ticks line "
        "after line, Enter takes what is ticked, or the line you are on. Above the list you can type words "
        "that a line has to have.\n\n"
        "Below the list stands the whole line, and where it is from: that stays with you and is in no copy "
        "that leaves. A line of a process note is taken alone, and with a reason. Of safety notes nothing is "
        "here, and of their pages only what its author allowed. {back} takes nothing."
    )

    def __init__(self, heading: str, candidates: Candidates, basis: str) -> None:
        """`heading` is that of the field; `basis` an answer of the form."""
        super().__init__()
        self._heading = heading
        self._found = candidates.found
        self._beside = saying.beside(candidates)
        self._basis = basis

    def compose(self) -> ComposeResult:
        """What can be typed to find a line, the lines, the whole of one, and two buttons."""
        with Vertical(classes="sheet"):
            yield Static("", markup=False, classes="heading", id="heading")
            yield Field(placeholder="words that a line has", id="words")
            yield PickList()
            yield Static("", markup=False, id="whole")
            yield Static(saying.WHY_THIS_LINE, markup=False, classes="caption", id="why")
            yield Field(id="reason")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Pull in", variant="primary", id="take")
                yield Button("Not now", id="not-now")

    def on_mount(self) -> None:
        """Show every line."""
        self._show("")
        self._ticked_others()
        self.query_one(StatusLine).say(self._beside, stays=True)
        self.query_one(PickList).focus()

    def on_unmount(self) -> None:
        """Forget the lines."""
        self._found = ()

    def _show(self, typed: str) -> None:
        numbers = {one: number for number, one in enumerate(self._found)}
        rows: list[tuple[int | None, str]] = []
        group = ""
        for one in under(self._found, typed):
            if one.group != group:
                group = one.group
                rows.append((None, group))
            rows.append((numbers[one], one.line))
        self.query_one(PickList).show(rows)
        self._moved()

    @on(Input.Changed, "#words")
    def _look_for(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted, "#words")
    def _to_the_list(self) -> None:
        self.query_one(PickList).focus()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        """Show the whole line, and where it is from."""
        number = self.query_one(PickList).number
        one = self._found[number] if number is not None and number < len(self._found) else None
        said = (
            f"{shown_line(one.line)}\n{saying.STAYS_WITH_YOU.format(said=shown_line(one.said))}"
            if one
            else ""
        )
        self.query_one("#whole", Static).update(said)
        self._ask_why()

    @on(RowsTicked)
    def _ticked_others(self) -> None:
        count = len(self.query_one(PickList).ticked)
        said = f"Pull in: {shown_line(self._heading)}{f' · {count} ticked' if count else ''}"
        self.query_one("#heading", Static).update(said)
        self._ask_why()

    def _ask_why(self) -> None:
        asks = any(one.needs_reason for one in self._chosen)
        for selector in ("#why", "#reason"):
            self.query_one(selector).display = asks

    @property
    def _chosen(self) -> list[Candidate]:
        """What is ticked, else the line the cursor is on."""
        rows = self.query_one(PickList)
        numbers = sorted(rows.ticked) or ([] if rows.number is None else [rows.number])
        return [self._found[number] for number in numbers if number < len(self._found)]

    @on(RowsTaken)
    @on(Button.Pressed, "#take")
    @on(Input.Submitted, "#reason")
    def _take(self) -> None:
        reason = self.query_one("#reason", Field)
        try:
            pulled = taken(self._chosen, self._basis, reason.value)
        except KapjournalError as error:
            self.say_error(str(error))
            if reason.display and not reason.value.strip():
                reason.focus()
            return
        if pulled:
            self.dismiss(pulled)
        else:
            self.say_error(saying.NOTHING_TICKED)
