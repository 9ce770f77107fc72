"""The page that prompts two partners who speak face to face: one step, whose turn it is, and the keys."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from kapjournal import clock
from kapjournal.domain.dialogue import Dialogue, OtherWay, Step
from kapjournal.domain.dialogue_page import FIELDS, NOTHING_TO_KEEP, TOPIC, UNTIL, KeptPage, usual_day
from kapjournal.domain.ids import MemberId
from kapjournal.errors import KapjournalError
from kapjournal.pictures.large_type import can_draw
from kapjournal.presentation import dialogue as saying
from kapjournal.presentation import kept_dialogues
from kapjournal.text import MAX_LINE, shown, shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.screens.app_screen import AppScreen
from kapjournal.tui.widgets.dialogue_form import PageForm, PageLines
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.large_type import LargeType
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.domain.joint import Joint
    from kapjournal.journal import Journal

_APPROVING = ("yes_first", "yes_second", "change", "leave_out", "therapists")
WIDE = 120
_FIXED_ROWS = 7
"""Rows of a screen that are not the large line's: turn, status, keys, and the room between them."""
_MOST_ROWS = 14


class DialogueScreen(AppScreen):
    """Knows two open doors and shows nothing of what is behind them."""

    NAME = "dialogue"
    CSS_PATH = "dialogue.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (20, "-broad"), (WIDE, "-wide")]  # noqa: RUF012
    PATIENCE = 6
    IS_SHARED = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "You two speak face to face; this page only says what comes next. {dialogue-next} goes on, "
        "{dialogue-before} back. Nothing of what you say is written here. Typed are only what it is about, a "
        "line each at the end, and a request with the day on which it comes back.\n\n"
        "At the end each of you says yes to the page with a key of your own, or changes it, or leaves a line "
        "out. What both approved is kept for both; else nobody keeps anything. {back} stops, and nothing "
        "stays. If the computer locks or stops, you come back to this step, and no word of it was kept.\n\n"
        "Where you cannot hear each other, {dialogue-typed} lets you type what you would say. It is gone a "
        "step later. This page locks after six times as long without a key as other screens."
    )

    def __init__(self, doors: "Sequence[Journal]", again: "Joint | None" = None) -> None:
        super().__init__()
        self._doors = doors
        self._again = again
        self._labels = {door.me.id: door.me.label for door in doors}
        self._is_plain = not all(can_draw(shown_line(label)) for label in self._labels.values())
        self._has_therapists = saying.has_therapists(doors[0])
        self._dialogue = Dialogue(doors[0].me.id, doors[1].me.id)
        self._page = KeptPage()
        self._topic = ""
        self._said = ""
        """What was typed last, in the place of speaking; it is kept nowhere."""
        self._keeping = threading.Lock()
        self._is_over = False
        self._busy = True

    def compose(self) -> ComposeResult:
        """Whose turn it is, the step, what may be typed, and the keys."""
        with Vertical(id="stage"):
            yield SelfClearingText("", id="turn")
            yield LargeType()
            yield SelfClearingText("", id="lines")
            yield SelfClearingText("", id="ways")
            yield SelfClearingText("", id="said")
            yield WritingArea(placeholder="", id="typed")
            yield Field(placeholder="about …", max_length=MAX_LINE, id="about")
            yield PageForm()
            yield PageLines(id="page", classes="choices", markup=False)
        yield StatusLine()
        yield KeyFooter(is_one_row=True)

    def on_mount(self) -> None:
        """Go on where they were, or begin; with a request that came back, at the page."""
        self._show()
        background.run(self, partial(saying.begun, self._doors), self._begin, self._not_begun)

    def _not_begun(self, sentence: str) -> None:
        self._busy = False
        self.say_error(sentence)

    def _begin(self, dialogue: Dialogue) -> None:
        self._busy = False
        if self._again is not None:
            dialogue = kept_dialogues.again(self._doors, self._again)
            self._page = kept_dialogues.page_of(self._again)
        elif dialogue.step is not Step.TOPIC:
            self.say(saying.GOES_ON)
        self._dialogue = dialogue
        self._show()

    def on_unmount(self) -> None:
        """Forget what was typed, and close the door that was opened beside."""
        self._page, self._topic, self._said = KeptPage(), "", ""
        self.shell.close_beside()

    def on_resize(self) -> None:
        """Draw the step as large as there is room for."""
        self._show_large()

    # what is shown

    @property
    def _approver(self) -> MemberId | None:
        return self._page.waits_for((self._dialogue.first, self._dialogue.second))

    def _show(self) -> None:
        """Show the step."""
        dialogue, step = self._dialogue, self._dialogue.step
        prompt = saying.prompt_of(dialogue, self._labels, self._topic, self._approver)
        turn = saying.turn_of(dialogue, self._labels, self._approver)
        self.query_one("#turn", SelfClearingText).update(turn)
        self.query_one("#lines", SelfClearingText).update("\n\n".join(prompt.lines))
        ways = self.query_one("#ways", SelfClearingText)
        ways.update(self._ways)
        ways.display = dialogue.other_way is not None
        said = self.query_one("#said", SelfClearingText)
        said.update(shown(self._said))
        said.display = bool(self._said)
        for selector, is_shown in (
            ("#typed", dialogue.may_be_typed),
            ("#about", step is Step.TOPIC),
            ("PageForm", step is Step.KEEP),
            ("#page", step is Step.APPROVE),
        ):
            self.query_one(selector).display = is_shown
        self._show_large()
        self._fill()
        self.refresh_bindings()

    @property
    def _ways(self) -> str:
        """Where the two ways of this step lead, with their keys."""
        if (way := self._dialogue.other_way) is None:
            return ""
        on, other = saying.WAYS[way]
        return self.shell.with_keys(f"{{dialogue-next}}: {on}     {{dialogue-other-way}}: {other}")

    def _show_large(self) -> None:
        dialogue = self._dialogue
        prompt = saying.prompt_of(dialogue, self._labels, self._topic, self._approver)
        shown_below = {Step.TOPIC: 5, Step.KEEP: 8, Step.APPROVE: 3 + len(self._page.lines)}
        below = 2 * len(prompt.lines) + shown_below.get(dialogue.step, 0)
        below += (2 if dialogue.other_way else 0) + (5 if dialogue.may_be_typed else 0)
        below += 5 if self._said else 0
        room = min(self.app.size.height - _FIXED_ROWS - below, _MOST_ROWS)
        self.query_one(LargeType).show(prompt.large, room, is_plain=self._is_plain)

    def _fill(self) -> None:
        """Fill in what can be typed at this step, and put the cursor there."""
        area = self.query_one("#typed", WritingArea)
        area.empty()
        match self._dialogue.step:
            case Step.TOPIC:
                self.query_one("#about").focus()
            case Step.KEEP:
                self._fill_form()
            case Step.APPROVE:
                self._fill_page()
            case _ if self._dialogue.may_be_typed:
                area.focus()
            case _:
                self.set_focus(None)

    def _fill_form(self) -> None:
        given = {field: self._page.line(field) for field in FIELDS}
        given[TOPIC] = given[TOPIC] or self._topic
        given[UNTIL] = given[UNTIL] or usual_day(clock.today()).isoformat()
        captions = {field: saying.caption(field, self._dialogue, self._labels) for field in given}
        self.query_one(PageForm).fill(given, captions)

    def _fill_page(self) -> None:
        rows = saying.lines_of(self._page, self._dialogue, self._labels)
        readers = saying.FOR_THERAPISTS if self._page.for_therapists else saying.NOT_FOR_THERAPISTS
        self.query_one(PageLines).show(rows, readers)
        self._say_how_to_approve()

    def _say_how_to_approve(self) -> None:
        waits = self._approver or self._dialogue.second
        key = saying.FIRST_YES if waits == self._dialogue.first else saying.SECOND_YES
        how = self.shell.with_keys(f"{key}, {saying.HOW_TO_APPROVE}")
        self._say_in_sight(f"{shown_line(self._labels[waits])}: {how}")

    # from step to step

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is at this step."""
        dialogue, step = self._dialogue, self._dialogue.step
        if self._busy:
            return action == "back" and self._is_over
        if action == "other_way":
            return dialogue.other_way is not None
        if action in _APPROVING:
            if step is not Step.APPROVE:
                return False
            waits = self._approver
            if action == "therapists":
                return self._has_therapists
            return {"yes_first": waits == dialogue.first, "yes_second": waits == dialogue.second}.get(
                action, True
            )
        offered = {
            "next": step is not Step.APPROVE,
            "previous": step not in (Step.TOPIC, Step.APPROVE, Step.THANKS),
            "typed": step not in (Step.KEEP, Step.APPROVE, Step.THANKS),
        }
        return offered.get(action, True)

    def action_next(self) -> None:
        """Go on; in a form first through its fields."""
        step = self._dialogue.step
        if step is Step.THANKS:
            self._leave(saying.KEPT_FOR_BOTH)
        elif step is Step.KEEP:
            if not self.query_one(PageForm).goes_to_next_field():
                self._take_form()
        else:
            if step is Step.TOPIC:
                self._topic = self.query_one("#about", Field).value.strip()
            self._go(self._dialogue.on())

    def action_previous(self) -> None:
        """Go back a step."""
        if self._dialogue.step is Step.KEEP:
            self._topic = self.query_one(PageForm).values[TOPIC]
        self._go(self._dialogue.back())

    def action_other_way(self) -> None:
        """Take the other way of this step: the dialogue can be put off, and elsewhere turned."""
        from kapjournal.tui.modals.put_off import PutOffModal  # noqa: PLC0415

        if self._dialogue.other_way is OtherWay.LATER:
            self.app.push_screen(PutOffModal(self._doors, self._dialogue), self._put_off)
        else:
            self._go(self._dialogue.by_the_other_way())

    def _put_off(self, said: str | None) -> None:
        if said:
            self._leave(said)

    def _go(self, dialogue: Dialogue) -> None:
        """Show another step, and keep which it is; what was typed at the one before is shown once more."""
        words = self.query_one("#typed", WritingArea).body.strip() if self._dialogue.may_be_typed else ""
        who = self._dialogue.speaks
        self._said = f"{self._labels[who]}: {words}" if words and who else words
        if dialogue.step in (Step.KEEP, Step.APPROVE):
            self._said = ""
        self._dialogue = dialogue
        self.say("")
        self._show()
        self._keep_place()

    def _keep_place(self) -> None:
        def keep() -> None:
            with self._keeping:  # whichever thread comes last keeps the last step
                if not self._is_over and self._again is None:
                    saying.go_on(self._doors, self._dialogue)

        background.run(self, keep, lambda _: None, self.say_error, group="place")

    def action_typed(self) -> None:
        """Let what is said be typed, or spoken again."""
        self._dialogue = replace(self._dialogue, typed=not self._dialogue.typed)
        self._said = ""
        self._show()
        self._keep_place()
        self.say(saying.TYPED if self._dialogue.typed else saying.SPOKEN)

    # the page

    def _take_form(self) -> None:
        try:
            self._page = self._page.filled(self.query_one(PageForm).values, clock.today())
        except KapjournalError as error:
            self.say_error(str(error))
            return
        self._go(self._dialogue.on())

    def _change_page(self, page: KeptPage) -> None:
        self._page = page
        self._show()

    def action_change(self) -> None:
        """Go back to the form; whoever said yes is asked again if it changes."""
        self._go(self._dialogue.back())

    def action_leave_out(self) -> None:
        """Leave the chosen line out."""
        chosen = self.query_one(PageLines).chosen
        if not chosen:
            return
        page = self._page.without(chosen)
        if page.lines:
            self._change_page(page)
        else:
            self.say_error(NOTHING_TO_KEEP)

    def action_therapists(self) -> None:
        """Let therapists read it, or not."""
        self._change_page(self._page.read_by_therapists(not self._page.for_therapists))

    def action_yes_first(self) -> None:
        """Take the yes of the first of the two."""
        self._change_page(self._page.approved_by(self._dialogue.first))

    def action_yes_second(self) -> None:
        """Take the yes of the second, and keep the page for both in one step."""
        page, dialogue = self._page.approved_by(self._dialogue.second), self._dialogue
        self._busy = True
        self.refresh_bindings()

        def keep() -> str:
            with self._keeping:
                said = saying.keep(self._doors, dialogue, page, self._again)
                self._is_over = True
            return said

        background.run(self, keep, self._kept, self._not_kept)

    def _kept(self, said: str) -> None:
        self._busy = False
        self._dialogue = replace(self._dialogue, step=Step.THANKS)
        self._show()
        self.say(said)

    def _not_kept(self, sentence: str) -> None:
        self._busy = False
        self._change_page(replace(self._page, approved=self._page.approved - {self._dialogue.second}))
        self.say_error(f"{sentence} {saying.NOTHING_KEPT}")

    # the end

    def action_back(self) -> None:
        """Stop, once that is sure: then nothing stays."""
        if self._is_over:
            self._leave(saying.KEPT_FOR_BOTH)
        elif self._dialogue.step is Step.TOPIC or self._again is not None:
            self._stop(sure=True)
        else:
            modal = ConfirmModal(saying.LEAVE, saying.NOTHING_STAYS, "Stop", "Go on")
            self.app.push_screen(modal, lambda sure: self._stop(sure=bool(sure)))

    def _stop(self, *, sure: bool) -> None:
        if not sure:
            return
        is_begun = self._dialogue.step is not Step.TOPIC and self._again is None
        self._busy = True

        def let_go() -> None:
            with self._keeping:
                self._is_over = True
                if is_begun:
                    saying.let_go(self._doors)

        said = saying.NOTHING_KEPT if is_begun else ""
        background.run(self, let_go, lambda _: self._leave(said), self.say_error)

    def _leave(self, said: str) -> None:
        shell = self.shell
        self.leave()
        if said:
            shell.say(said)
