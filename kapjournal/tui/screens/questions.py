"""A measure that a partner answers: one question at a time, and at the end who reads it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.content.measure_packs import PackItem, pack_with
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.measures import is_at_safety_mark
from kapjournal.errors import UsageError
from kapjournal.presentation import answering
from kapjournal.presentation.answered_measures import chosen
from kapjournal.presentation.crisis_notice import crisis_notice
from kapjournal.presentation.people import readers_in_words, with_role
from kapjournal.text import shown, shown_line
from kapjournal.tui import actions
from kapjournal.tui.editor.not_monitored_notice import NotMonitoredNotice
from kapjournal.tui.measure_data import answer_in_words
from kapjournal.tui.screens.answering import AnsweringScreen
from kapjournal.tui.textual_internals.whole_list import WholeList
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal

CHOSEN = "●"
ROOMY = 16
"""From so many lines on there is room for a sentence on how to answer."""
_LEAVE_OUT = "leave-out"
_BEGINS = "Enter begins."
_HOW = "Enter or a number chooses. {question-before} goes back, {back} keeps it for later."


class QuestionsScreen(AnsweringScreen):
    """Shows the introduction, then each question, then the end."""

    NAME = "questions"
    CSS_PATH = "questions.tcss"
    AUTO_FOCUS = ""
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "You answer one question at a time, in the words of the questionnaire. Choose with the arrow keys "
        "and Enter, with the number before an answer, or with the mouse. {question-before} goes back to the "
        "question before, {question-after} on to the next. {leave-out} leaves one out: that is kept so, and "
        "no total is made then.\n\n"
        "Every answer is sealed the moment you give it, and only you can open it. {back} goes back and keeps "
        "what you answered so far; it stands first in the list, and Enter there goes on.\n\n"
        "At the end you see all you answered, where Enter on one goes back to it, and choose who reads it: "
        "only you, unless you tick somebody. Your partner never can.\n\n"
        "This program is not monitored: nobody is alerted by an answer, whatever it is."
    )

    def __init__(self, journal: "Journal", draft: MeasureDraft, unsaved: bool = False) -> None:
        super().__init__(journal, draft, unsaved)
        self._pack = pack_with(draft.measure, draft.pack)
        self._readers = answering.possible_readers(journal, journal.me.id)

    def sheet(self) -> ComposeResult:
        """The words, the answers, or the end."""
        yield SelfClearingText("", id="words")
        with Horizontal(classes="buttons", id="first"):
            yield Button("Begin", variant="primary", id="begin")
        yield WholeList(id="answers")
        with Vertical(id="end"):
            yield Static("", markup=False, id="left-out")
            yield Static(answering.WHO_READS, markup=False, id="who")
            yield Static(self._about_readers, markup=False, classes="quiet")
            if self._readers and not self._draft.changes:
                ticked = self._draft.readers
                yield Checklist(*((Content(with_role(m)), m.id, m.id in ticked) for m in self._readers))
            yield NotMonitoredNotice()
            with Horizontal(classes="buttons"):
                yield Button("Keep it", variant="primary", id="keep")
                yield Button("Back to the questions", id="questions")

    def on_mount(self) -> None:
        """Begin where the person was."""
        if self._pack is None:
            self.say_error(answering.WORDS_ARE_GONE)
        self._show()

    def on_resize(self) -> None:
        """Leave a low window to the question."""
        if self.app.size.height < ROOMY:
            self.query_one(StatusLine).let_go()

    @property
    def _about_readers(self) -> str:
        if self._draft.changes:
            who = readers_in_words(self._journal, self._draft.readers)
            return shown_line(answering.READERS_STAY.format(readers=who))
        return answering.YOU_ALONE if self._readers else answering.NOBODY_ELSE

    @property
    def _is_at_end(self) -> bool:
        return self._draft.place > len(self._measure.items)

    @property
    def _item(self) -> PackItem | None:
        """The question that is shown; None on the first page, at the end, and without words."""
        if self._pack is None or self._is_at_end or self._draft.place == 0:
            return None
        return self._pack.items[self._draft.place - 1]

    # what is shown

    def _show(self) -> None:
        """Show the page of the place."""
        page, answers = self.query_one("#page", VerticalScroll), self.query_one("#answers", WholeList)
        has_words, is_first = self._pack is not None, self._draft.place == 0
        self.query_one("#end").display = has_words and self._is_at_end
        self.query_one("#first").display = has_words and is_first
        answers.display = has_words and not is_first
        page.can_focus = is_first  # so that a long introduction is read with the arrow keys
        self.query_one("#heading", Static).update(self._heading)
        self.query_one("#words", Static).update(self._words)
        self.query_one("#words").display = not self._is_at_end
        page.scroll_home(animate=False)
        if not has_words:
            return
        self.query_one(StatusLine).let_go()
        if is_first:
            page.focus()
            self.say(_BEGINS)
        elif self._item is not None:
            self._show_answers(answers, self._item)
        else:
            self._show_end(answers)
        self.refresh_bindings()

    @property
    def _heading(self) -> Content:
        title = shown_line(self._pack.title if self._pack else self._measure.title)
        how_far = ""
        if self._item is not None:
            how_far = f"{self._item.number} of {len(self._measure.items)}"
        elif self._is_at_end:
            how_far = answering.how_far(self._draft)
        return Content.assemble((f"{how_far}   " if how_far else "", "bold"), (title, "bold $primary"))

    @property
    def _words(self) -> Content:
        if self._pack is None:
            return Content("")
        if self._item is not None:
            return Content(shown(self._item.text))
        return Content(shown(self._pack.introduction))

    def _show_answers(self, rows: WholeList, item: PackItem) -> None:
        now = self._draft.answers[item.number - 1]
        values = [one.value for one in item.answers]
        options = [
            Option(_row(str(key), one.text, is_chosen=one.value == now))
            for key, one in enumerate(item.answers, 1)
        ]
        leave_out = _row("-", "Leave this one out", is_chosen=False).stylize("$text-muted")
        rows.set_options([*options, Option(leave_out, id=_LEAVE_OUT)])
        rows.highlighted = values.index(now) if now in values else 0
        if item.number == 1 and self.app.size.height >= ROOMY:
            self.say(self.shell.with_keys(_HOW))
        rows.focus()

    def _show_end(self, rows: WholeList) -> None:
        """Show what was answered, a row for each question, and under it who reads it."""
        rows.set_options(
            Option(self._summary(number, value)) for number, value in enumerate(self._draft.answers, 1)
        )
        rows.highlighted = None
        self.query_one("#left-out", Static).update(answering.left_out(self._draft))
        self._show_notice()
        first = self.query(Checklist).first() if self.query(Checklist) else self.query_one("#keep")
        first.focus()
        self._show_foot()

    def _summary(self, number: int, value: int | None) -> Content:
        words = shown_line(self._pack.items[number - 1].text) if self._pack else ""
        style = "$text-muted" if value is None else "bold"
        answer = answer_in_words(self._pack, number, value)
        return Content.assemble((f"{number}  {words}  ", "$text-muted"), (answer, style))

    def _show_foot(self) -> None:
        """Scroll to who reads it, and to the buttons under that."""
        self.call_after_refresh(self.query_one("#page", VerticalScroll).scroll_end, animate=False)

    # answers

    @on(OptionList.OptionSelected, "#answers")
    def _taken(self, event: OptionList.OptionSelected) -> None:
        item = self._item
        if event.option.id == _LEAVE_OUT:
            self.action_leave_out()
        elif item is not None:
            self._answer(item.answers[event.option_index].value)
        elif self._is_at_end:
            self._go(event.option_index + 1 - self._draft.place)

    @on(Button.Pressed, "#begin")
    def _begin(self) -> None:
        self.action_next()

    def on_key(self, event: events.Key) -> None:
        """Begin with Enter, and choose an answer by its number."""
        item, typed = self._item, event.character or ""
        if event.key == "enter" and self.query_one("#page").has_focus:
            event.stop()
            event.prevent_default()
            self.action_next()
        elif item is not None and typed in "123456789" and typed:
            event.stop()
            event.prevent_default()
            try:
                value = chosen(item, typed)
            except UsageError as error:
                self.say(str(error))
            else:
                self._answer(value)

    def _answer(self, value: int | None) -> None:
        """Take up an answer and go on; where it brings the safety item to its mark, the page stays, so that
        whom to call is read first."""
        if self._autosave.is_paused:
            return
        was_due, place = self._says_whom_to_call, self._draft.place
        draft = self._draft.with_answer(place, value)
        stays = not was_due and is_at_safety_mark(self._measure, draft.answers)
        self._put(draft if stays else replace(draft, place=place + 1))
        self._show()
        if stays and self.app.size.height >= ROOMY:
            self.say(self.shell.with_keys("{question-after} goes on when you are ready."))
        elif stays:
            self._read_from_the_top()

    def _read_from_the_top(self) -> None:
        """Let the arrow keys scroll a low window, from whom to call on; Enter goes on."""
        page = self.query_one("#page", VerticalScroll)
        page.can_focus = True
        page.focus()
        self.call_after_refresh(self.call_after_refresh, page.scroll_home, animate=False)

    def action_leave_out(self) -> None:
        """Leave this question out, and go on."""
        self._answer(None)

    def action_previous(self) -> None:
        """Go back to the question before."""
        self._go(-1)

    def action_next(self) -> None:
        """Go to the next question, and leave this one as it is."""
        self._go(1)

    def _go(self, step: int) -> None:
        if not self._autosave.is_paused:
            self._put(replace(self._draft, place=self._draft.place + step))
            self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done on this page."""
        if action == "leave_out":
            return self._item is not None
        if action == "previous":
            return self._pack is not None and self._draft.place > 0
        if action == "next":
            return self._pack is not None and not self._is_at_end
        if action == "done":
            return self._pack is not None
        return super().check_action(action, parameters)

    # the end

    @on(Checklist.SelectedChanged)
    def _ticked(self) -> None:
        readers = frozenset(self.query_one(Checklist).selected)
        if not self._autosave.is_paused and readers != self._draft.readers:
            self._put(replace(self._draft, readers=readers))
            self._show_notice()
            self._show_foot()

    def _show_notice(self) -> None:
        self.query_one(NotMonitoredNotice).update(crisis_notice(self._journal, self._draft.readers))

    @on(Button.Pressed, "#questions")
    def _to_questions(self) -> None:
        self.action_previous()

    @on(Button.Pressed, "#keep")
    def _keep(self) -> None:
        if not self._draft.answered:
            self.say_error(answering.NOTHING_YET_ANSWERED)
            return
        me = self._journal.me.id
        who = readers_in_words(self._journal, self._draft.readers | {me})
        said = [
            answering.KEPT.format(readers=who),
            answering.asked_and_cannot_read(self._journal, self._draft),
        ]
        self._finish(shown_line(" ".join(filter(None, said))))

    def action_done(self) -> None:
        """Go to the end; there, keep what was answered."""
        if self._is_at_end:
            self._keep()
        else:
            self._go(len(self._measure.items) + 1 - self._draft.place)


def _row(key: str, words: str, *, is_chosen: bool) -> Content:
    mark = CHOSEN if is_chosen else " "
    return Content.assemble((f" {key} ", "$secondary"), (f"{mark} ", "$primary"), shown(words))
