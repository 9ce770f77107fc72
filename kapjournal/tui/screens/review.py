"""The review of a write-up: what was found one by one, then words to look at, then the story check."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.widgets import Input, Static

from kapjournal.domain.couples import Couple
from kapjournal.domain.deciding import ANSWER_NEEDED
from kapjournal.domain.records import Record
from kapjournal.domain.review import LAST, WOULD_KNOW_THEM, Decision, Item, Question, Review
from kapjournal.domain.write_up_work import Choice
from kapjournal.presentation import write_up_review
from kapjournal.presentation import write_up_walk as saying
from kapjournal.presentation.write_up_review import word_in_its_line
from kapjournal.presentation.write_up_walk import Part, Step
from kapjournal.text import MAX_LINE, shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.rendering.review import found_page, story_page, whole_page
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.pick_list import PickList, RowsTaken
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.tui.rendering.layout import Block

_OF_FOUND = ("accept", "change", "keep", "accept_alike")


class ReviewScreen(JournalScreen):
    """Shows one thing at a time. What is decided is sealed beside the screen, several at once where that
    takes longer than a key; the screen is left once all of it is."""

    NAME = "review"
    CSS_PATH = "review.tcss"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This goes through what was found in the write-up, for one recipient: one name, place, day or "
        "number after the other, with the text around it and what would stand in its place. "
        "{accept} accepts that, {change} puts other words there, {keep-finding} lets it stay for a "
        "reason; names of people, towns, clinics and employers, and days, never stay. {accept-alike} "
        "accepts the same words wherever they stand. What stands in brackets is decided together. Enter only "
        "goes on, and accepts nothing. {mark} marks words that were not found.\n\n"
        "Then come the words that are in no dictionary: tick those that mean nobody with Space, and Enter "
        "goes on. Last comes the story check, one question at a time: what tells somebody even without a "
        "name.\n\n"
        "{review-before} and {review-after} go back and on, Page Up and Page Down too. {back} leaves at any "
        "moment, and all that was decided stays. What changes in the text later is asked again."
    )

    def __init__(
        self,
        journal: "Journal",
        couple: Couple,
        record: Record,
        recipient: str,
        theirs: "Journal | None" = None,
    ) -> None:
        super().__init__(journal)
        self._couple: Couple | None = couple
        self._record_id = record.id
        self._recipient = recipient
        self._theirs = theirs
        self._review: Review | None = None
        self._step: Step | None = None
        self._said: dict[str, Decision] = {}
        """What was decided and is not sealed yet, by what it is about."""
        self._waiting: list[Decision] = []
        self._is_sealing = self._is_leaving = False

    def compose(self) -> ComposeResult:
        """Where one is, the text, what stands in its place; out of sight the words and the answer."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with Center(), Vertical(id="note"):
            yield SelfClearingText("", id="where")
            yield SelfClearingText("", id="heading")
            yield SelfClearingText("", id="instead")
            yield Field(max_length=MAX_LINE, placeholder=saying.ANSWER_HERE, id="answer")
            yield RenderedText()
            yield PickList(id="words")
            yield Static("", markup=False, id="keys")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Look through the write-up."""
        for name in ("#words", "#answer"):
            self.query_one(name).display = False
        self.query_one(RenderedText).focus()
        self.query_one(StatusLine).say(saying.READING, stays=True)
        background.run(self, self._sealing(), self._first_look, self.say_error)

    def on_unmount(self) -> None:
        """Forget it."""
        self._couple = self._theirs = self._review = self._step = None
        self._said, self._waiting = {}, []

    @property
    def place(self) -> str:
        """This review."""
        return saying.place(self._record_id, self._review.recipient if self._review else self._recipient)

    # --- reading and sealing ------------------------------------------------------------------------------

    def _sealing(self, decisions: Sequence[Decision] = (), marks: Sequence[str] = ()) -> Callable[[], Review]:
        """What decides, in a thread, and finds again what is in the text now."""
        journal, about, theirs = self._journal, (self._record_id, self._recipient), self._theirs

        def decide() -> Review:
            still = decisions
            if journal.refresh():  # another program may have changed what this was decided on
                still = saying.still_there(journal.write_ups.review(*about, theirs), decisions)
            return journal.write_ups.decide(*about, still, marks, theirs)

        return decide

    def _first_look(self, review: Review) -> None:
        self._review = review
        self._go_to_open(from_the_first=True)
        if review.unread:
            self.say_error(write_up_review.UNREAD.format(why=review.unread))
        elif review.open and review.has_changed:
            self.say(saying.CHANGED)

    def _decide(self, *decisions: Decision) -> None:
        """Take decisions, go on, and seal them beside the screen."""
        if self._is_leaving or self._review is None:
            return
        self._said |= {one.about: one for one in decisions}
        self._waiting += decisions
        self._go_to_open()
        self._seal()

    def _seal(self) -> None:
        if self._is_sealing or not self._waiting:
            return
        batch, self._waiting, self._is_sealing = tuple(self._waiting), [], True
        done, failed = partial(self._sealed, batch), partial(self._not_sealed, batch[0].about)
        background.run(self, self._sealing(batch), done, failed, group="review")

    def _sealed(self, batch: tuple[Decision, ...], review: Review) -> None:
        if self._review is None:
            return
        self._is_sealing = False
        for one in batch:
            if self._said.get(one.about) is one:
                del self._said[one.about]
        self._take(review, saying.after_all(review, [one.about for one in batch]))
        self._seal()
        if self._is_sealing:
            return
        if self._is_leaving:
            self.leave()
        elif review.is_complete and not self._said:
            said = write_up_review.state(review)
            self.leave()
            self.shell.say(said)

    def _take(self, review: Review, is_asked_again: bool = False) -> None:
        """Show the review as it is now; the cursor stays where it is, if that is there."""
        self._review = review
        if self._step not in saying.steps(review) or is_asked_again:
            self._go_to_open(from_the_first=True)
            self.say(saying.CHANGED)
        else:
            self._draw()

    def _not_sealed(self, about: str, sentence: str) -> None:
        self._is_sealing = self._is_leaving = False
        self._waiting = []
        self._said = {}
        self._draw()
        self.say_error(sentence)
        if self._review is not None and (step := Step(Part.FOUND, about)) in saying.steps(self._review):
            self._go_to(step)

    # --- going through it ---------------------------------------------------------------------------------

    def _go_to_open(self, *, from_the_first: bool = False) -> None:
        """Go to what is open next, after the last to the first; with nothing open stay."""
        if (review := self._review) is None:
            return
        every = saying.steps(review)
        at = 0 if from_the_first or self._step not in every else every.index(self._step) + 1
        ordered = (*every[at:], *every[:at])
        step = next((one for one in ordered if saying.is_open(review, one, self._said)), None)
        if step is None and review.would_be_known:
            step = Step(Part.STORY, LAST)
        here = self._step if self._step in every else next(iter(every), None)
        self._go_to(step or here)

    def _go_to(self, step: Step | None) -> None:
        self._step = step
        self.say("")
        self._draw(moved=True)

    def _move(self, by: int) -> None:
        if self._review is not None and self._step is not None:
            every = saying.steps(self._review)
            self._go_to(every[min(max(every.index(self._step) + by, 0), len(every) - 1)])

    def _draw(self, *, moved: bool = False) -> None:
        review, step = self._review, self._step
        if review is None:
            return
        part = step.part if step else Part.FOUND
        self.query_one("#where", SelfClearingText).update(saying.where(review, step, self._said))
        page, words, answer = (
            self.query_one(RenderedText),
            self.query_one("#words"),
            self.query_one("#answer", Field),
        )
        words.display, answer.display = part is Part.WORDS, part is Part.STORY
        page.display = part is not Part.WORDS
        keys = {Part.FOUND: saying.KEYS, Part.STORY: saying.KEYS_OF_STORY}.get(part, "")
        self.query_one("#keys", Static).update(self.shell.with_keys(keys))
        one = saying.about(review, step) if step else None
        if isinstance(one, Item):
            self._show_found(review, one)
        elif isinstance(one, Question):
            self._show_question(review, one, moved=moved)
        else:
            self._show_words(review)
        if moved:
            {Part.FOUND: page, Part.WORDS: words, Part.STORY: answer}[part].focus()
        self.refresh_bindings()

    def _say_around(self, heading: str, instead: str) -> None:
        self.query_one("#heading", SelfClearingText).update(heading)
        line = self.query_one("#instead", SelfClearingText)
        line.update(instead)
        line.display = bool(instead)

    def _show_found(self, review: Review, item: Item) -> None:
        self._say_around(
            shown_line(item.heading), "\n".join(saying.what_stands_there(review, item, self._said))
        )
        pieces = saying.around(review, item, is_low=self.has_class("-low"))
        self.query_one(RenderedText).show_blocks(found_page(pieces))

    def _show_words(self, review: Review) -> None:
        open_words = [one for one in review.words if saying.decided(one, self._said) is None]
        rows = [(review.words.index(one), f"{one.word}  ·  {word_in_its_line(one)}") for one in open_words]
        self._say_around(saying.WORDS_HEADING, self.shell.with_keys(saying.WORDS_WHAT))
        self.query_one("#words", PickList).show(rows)

    def _show_question(self, review: Review, question: Question, *, moved: bool) -> None:
        number = next(at for at, one in enumerate(review.questions, 1) if one.id == question.id)
        of = saying.STORY.format(number=number, all=len(review.questions))
        self._say_around(of, shown_line(question.question))
        if moved:
            now = saying.decided(question, self._said)
            self.query_one("#answer", Field).value = now.words if now else ""
        page = self.query_one(RenderedText)
        if question.id != LAST:
            page.show_blocks(story_page(list(saying.lines_about(review, question)), saying.NO_WORDS))
            return

        def show(blocks: "list[Block]") -> None:
            if self._step == Step(Part.STORY, LAST):
                page.show_blocks(blocks)

        background.run(self, lambda: whole_page(review.replaced()), show, self.say_error, group="whole")

    # --- what can be done ---------------------------------------------------------------------------------

    @property
    def _item(self) -> Item | None:
        one = saying.about(self._review, self._step) if self._review and self._step else None
        return one if isinstance(one, Item) else None

    def why_not(self, action: str) -> str:
        """What is decided on what was found needs something found; what is known never stays."""
        if action in (*_OF_FOUND, "mark") and self._review is None:
            return saying.READING
        if action in _OF_FOUND and self._item is None:
            return saying.NOT_HERE
        if action == "keep" and self._item is not None:
            return saying.why_not_kept(self._item)
        return ""

    def action_accept(self) -> None:
        """Let what is proposed stand there."""
        if (item := self._item) is not None:
            self._decide(Decision(Choice.ACCEPT, item.id))

    def action_accept_alike(self) -> None:
        """Accept it wherever the same words are open."""
        if self._review is None or (item := self._item) is None:
            return
        same = saying.alike(self._review, item, self._said)
        self._decide(*(Decision(Choice.ACCEPT, one.id) for one in same))
        self.say(saying.accepted_alike(len(same), item.text))

    def action_change(self) -> None:
        """Ask for other words."""
        from kapjournal.tui.modals.review import ChangeModal  # noqa: PLC0415

        if (item := self._item) is not None:
            decide = partial(self._decided_now, Choice.CHANGE, item.id)
            now = saying.decided(item, self._said)
            words = now.words if now and now.choice is Choice.CHANGE else ""
            self.app.push_screen(ChangeModal(self._journal, item.text, decide, words), self._decided)

    def action_keep(self) -> None:
        """Ask for a reason to keep it."""
        from kapjournal.tui.modals.review import KeepModal  # noqa: PLC0415

        if (item := self._item) is not None and item.may_stay:
            decide = partial(self._decided_now, Choice.KEEP, item.id)
            now = saying.decided(item, self._said)
            words = now.words if now and now.choice is Choice.KEEP else ""
            self.app.push_screen(KeepModal(self._journal, item.text, decide, words), self._decided)

    def _decided_now(self, choice: Choice, about: str, words: str) -> Review:
        return self._sealing([Decision(choice, about, words)])()

    def _decided(self, review: Review | None) -> None:
        if review is not None:
            self._review = review
            self._go_to_open()

    def action_mark(self) -> None:
        """Ask for more words; in the list of words, those of the row are offered."""
        from kapjournal.tui.modals.review import MarkModal  # noqa: PLC0415

        number = self.query_one("#words", PickList).number
        is_word = self._step is not None and self._step.part is Part.WORDS
        words = self._review.words[number].word if self._review and is_word and number is not None else ""

        marked_words: list[str] = []

        def mark(said: str) -> Review:
            review = self._sealing((), [said])()
            marked_words.append(said)
            return review

        def marked(review: Review | None) -> None:
            if review is not None:
                self._review = review
                self._go_to_open(from_the_first=True)
                if said := saying.not_found(review, marked_words[-1]):
                    self.say_error(said)

        self.app.push_screen(MarkModal(self._journal, "", mark, words), marked)

    @on(RowsTaken)
    def _to_the_story(self) -> None:
        """Say of what is ticked that it means nobody, and go on."""
        review, ticked = self._review, sorted(self.query_one("#words", PickList).ticked)
        if review is None or self._step is None:
            return
        if ticked:
            self._decide(*(Decision(Choice.NOBODY, review.words[number].id) for number in ticked))
        open_words = sum(saying.decided(one, self._said) is None for one in review.words)
        if open_words:
            self.say(saying.STILL_OPEN.format(many=open_words))
        if self._step.part is Part.WORDS:
            self._move(1)

    @on(Input.Submitted, "#answer")
    def _answer(self, event: Input.Submitted) -> None:
        if self._step is None:
            return
        words = event.value.strip()
        if not words:
            self.say_error(ANSWER_NEEDED)
            return
        self._decide(Decision(Choice.STORY, self._step.id, words))
        if self._step.id == LAST and words.lower().startswith("yes"):
            self.say_error(WOULD_KNOW_THEM)

    def action_before(self) -> None:
        """Go back to what stood before."""
        self._move(-1)

    def action_after(self) -> None:
        """Go on without deciding."""
        self._move(1)

    def action_back(self) -> None:
        """Leave once all that was decided is sealed."""
        if self._is_sealing or self._waiting:
            self._is_leaving = True
            self.say(saying.SEALING)
        else:
            self.leave()
