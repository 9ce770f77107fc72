"""The page on which a note is written: nothing has to be chosen first, and no word is lost."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.widgets import Input, Static, TextArea

from kapjournal import clock
from kapjournal.content.topics import Topic
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Draft, NoteKind, NoteText, kinds_of
from kapjournal.domain.own_prompts import OwnPrompts
from kapjournal.domain.sessions import Session
from kapjournal.domain.waiting import CLOSED_KINDS
from kapjournal.presentation import (
    bringing,
    days,
    opening,
    prompts,
    sentences,
    signing,
    steps,
    talking,
    waiting,
)
from kapjournal.presentation.crisis_notice import notice_for
from kapjournal.presentation.drafts import PageOwner
from kapjournal.presentation.people import others, others_named, readers_in_words
from kapjournal.presentation.sharing import beside, may_ask_to_talk
from kapjournal.text import MAX_LINE, shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.editor.autosave import Autosave
from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot
from kapjournal.tui.editor.not_monitored_notice import NotMonitoredNotice
from kapjournal.tui.editor.note_meta import NoteMeta
from kapjournal.tui.editor.page_context import PageContext, read_context
from kapjournal.tui.editor.prompt_line import PromptLine
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.navigation.routes import in_steps
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.screens.writing_page import WritingPage
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


_OF_A_NOTE = ("kind", "details", "previous_prompt", "next_prompt", "take_prompt", "own_prompts")
"""What is done with the page of a note and not with that of an addition."""


class EditorScreen(WritingPage):
    """Writes one draft. Typing changes only the draft; Ctrl+S makes it a note."""

    NAME = "editor"
    CSS_PATH = "editor.tcss"
    AUTO_FOCUS = "WritingArea"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Write. What you type is sealed into a draft that only you can open, a moment after every change; "
        "if the computer stops, it is there when you come back.\n\n"
        "Above the page stands a prompt of the kind you chose with {kind}: {next-prompt} shows the next, "
        "{take-prompt} takes it as a heading. Nothing of it is written unless you take it. {own-prompts} "
        "keeps prompts of your own beside them. {rendered} shows the page as it will be read.\n\n"
        "{done} makes it a note, for the readers named above the page: only you, unless you chose others "
        "with {details}. {bring-line} brings the selected words, or the line of the cursor, to the next "
        "session, and nothing else of the page. {back} goes back and keeps the draft. Markdown works: "
        "# heading, *emphasis*, - list.\n\n"
        "What you copy stays inside the program."
    )

    VERTICAL_BREAKPOINTS = [(0, "-flat"), (6, "-low"), (14, "-high")]  # noqa: RUF012 - Textual's form

    def __init__(self, journal: "Journal", draft: Draft, *, unsaved: bool = False) -> None:
        super().__init__()
        self.saver = DraftSaver(PageOwner.of(journal), journal.drafts, draft)
        self._autosave = Autosave(self, unsaved=unsaved)
        self._journal = journal
        self._draft = draft
        self._sessions: list[Session] = []
        self._changes_a_note = draft.of is not None
        self._adds_to = draft.of or "" if journal.is_practice else ""
        self._around: PageContext | None = None

    def compose(self) -> ComposeResult:
        """Title, what goes with it, a prompt, the page, and under it how it stands."""
        with Center(), Vertical(id="note"):
            yield SelfClearingText(id="adds-to")
            yield Field(
                self._draft.text.title,
                placeholder="Title (optional; the words go below)",
                max_length=MAX_LINE,
                id="title",
            )
            yield NoteMeta()
            yield SelfClearingText(id="intention")
            yield PromptLine()
            yield WritingArea(self._draft.text.body, id="page")
            yield RenderedText(id="as-read")
            yield Static("", markup=False, id="state")
            yield NotMonitoredNotice()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor where it was."""
        for hidden in ("#as-read", "#adds-to", "#intention"):
            self.query_one(hidden).display = False
        page = self.query_one(WritingArea)
        page.move_cursor(page.clamp_visitable(self._draft.cursor))
        page.focus()
        self._show_what_goes_with_it()
        context = partial(read_context, self._journal, self._draft)
        background.run(self, context, self._have_context, self.say_error)
        if self._autosave.moment:
            self._autosave.save()

    def on_unmount(self) -> None:
        """Forget the words; by now they are in the journal, or kept by the shell."""
        self._around = None
        self._draft = replace(self._draft, text=self._draft.text.without_words)

    def _have_context(self, around: PageContext) -> None:
        """A change of a note goes to the readers the note has now, whatever the draft remembers."""
        self._sessions, self._adds_to, self._around = around.sessions, around.adds_to, around
        self._changes_a_note = around.changes
        if self._adds_to:
            self._show_that_it_adds(around.name)
        if around.changes:
            self._draft = replace(self._draft, readers=around.readers)
        self._show_what_goes_with_it()
        self.refresh_bindings()
        if not self._autosave.moment:  # else what was saved here is told already, or will be
            self._show_state(around.words, around.sentence)

    def _show_that_it_adds(self, name: str) -> None:
        """Say to what, in the place of the title and the prompts, which such words have not."""
        heading = self.query_one("#adds-to", SelfClearingText)
        heading.update(signing.adds_to(name))
        heading.display = True
        self.query_one("#title").display = self.query_one(PromptLine).display = False

    def _show_what_goes_with_it(self) -> None:
        text = self._draft.text
        me, members = self._journal.me, self._journal.members.all()
        symbol_and_words = readers_line.symbol_and_words(self._readers, members, me.id)
        adds = signing.ADDITION if self._adds_to else ""
        opens = "" if self._changes_a_note else opening.day_in_short(self._draft)
        self.query_one(NoteMeta).show(text, symbol_and_words, self._sessions, adds, opens)
        said = self._around.intention(text) if self._around else ""
        intention = self.query_one("#intention", SelfClearingText)
        intention.update(said)
        intention.display = bool(said)
        notice = notice_for(self._readers, members, me.id, self.shell.settings.country)
        self.query_one(NotMonitoredNotice).update(notice)
        more = " · {kind} kind" if len(kinds_of(me.role)) > 1 else ""
        keys = self.shell.with_keys("{next-prompt} next · {take-prompt} take" + more)
        own = self._around.own_prompts if self._around else OwnPrompts()
        self.query_one(PromptLine).show(text, own, keys)
        hint = "" if self._adds_to else prompts.hint(text)
        self.query_one(WritingArea).placeholder = f"Write… {hint}".strip()

    def _show_state(self, how_many: int, sentence: str) -> None:
        said = f"{how_many:,} words" if how_many != 1 else "1 word"
        self.query_one("#state", Static).update(
            " · ".join(part for part in (how_many and said, sentence) if part)
        )

    @property
    def _readers(self) -> frozenset[MemberId]:
        return self._draft.readers | {self._journal.me.id}

    # the draft

    @on(TextArea.Changed)
    @on(Input.Changed, "#title")
    def _changed(self, event: TextArea.Changed | Input.Changed) -> None:
        if self._differs:
            self._autosave.touch()

    @on(Input.Submitted, "#title")
    def _to_the_page(self) -> None:
        """Enter ends the title."""
        self.query_one(WritingArea).focus()

    @property
    def _differs(self) -> bool:
        """Whether this is a change, and not the page being filled with what the draft held."""
        return self._autosave.moment > 0 or self._text != self._draft.text

    @property
    def _text(self) -> NoteText:
        body, title = self.query_one(WritingArea).body, self.query_one("#title", Field).value
        return replace(self._draft.text, body=body, title=title)

    def snapshot(self) -> DraftSnapshot[Draft]:
        """The words as they are now, and where the cursor is."""
        cursor = self.query_one(WritingArea).cursor_location
        draft = replace(self._draft, text=self._text, readers=self._readers, cursor=cursor)
        return DraftSnapshot(self._autosave.moment, draft)

    def draft_saved(self, words_now: int) -> None:
        """Show that the draft is in the journal, and how many words it has."""
        self._show_state(words_now, f"Draft kept at {days.time_of_day(clock.now())}.")
        super().draft_saved(words_now)

    def forget(self) -> None:
        """Empty the page, its history and the title; nothing of this is saved."""
        self._autosave.is_paused = True
        self.query_one(WritingArea).empty()
        self.query_one("#as-read", RenderedText).show("")
        self.query_one("#title", Field).value = ""
        self._draft = replace(self._draft, text=self._draft.text.without_words)

    # how it looks

    def action_rendered(self) -> None:
        """Show the page as it will be read, or go on writing where the cursor is."""
        page, reading = self.query_one(WritingArea), self.query_one("#as-read", RenderedText)
        reading.display = not reading.display
        page.display = not reading.display
        if reading.display:
            reading.show(page.body)
            reading.focus()
            self.say(self.shell.with_keys("This is how it reads. {rendered} goes back to writing."))
        else:
            reading.show("")
            page.focus()
            self.say("")

    # prompts

    def action_next_prompt(self) -> None:
        """Show the next prompt."""
        self.query_one(PromptLine).turn(1)

    def action_previous_prompt(self) -> None:
        """Show the prompt before."""
        self.query_one(PromptLine).turn(-1)

    def action_take_prompt(self) -> None:
        """Write the prompt as a heading, on a line of its own, and leave the cursor under it."""
        prompt, page = self.query_one(PromptLine).prompt, self.query_one(WritingArea)
        if not prompt or not page.display:
            return
        page.insert_heading(prompt)
        page.focus()

    def action_own_prompts(self) -> None:
        """Change the member's own prompts of this kind."""
        from kapjournal.tui.modals.own_prompts import OwnPromptsModal  # noqa: PLC0415

        if self._around is not None:
            modal = OwnPromptsModal(self._journal, self._draft.text.kind, self._around.own_prompts)
            self.app.push_screen(modal, self._take_own_prompts)

    def _take_own_prompts(self, own: OwnPrompts | None) -> None:
        if own is not None and self._around is not None:
            self._around = replace(self._around, own_prompts=own)
            self._show_what_goes_with_it()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer kinds where there are several; a page that is being saved stays as it is."""
        if self._autosave.is_paused or (self._adds_to and action in _OF_A_NOTE):
            return False
        if action == "bring":
            return self._journal.me.role is Role.PARTNER and not self._adds_to
        return action != "kind" or len(kinds_of(self._journal.me.role)) > 1

    def action_bring(self) -> None:
        """Ask whether the selected words, or the line of the cursor, are brought to the next session."""
        from kapjournal.tui.modals.bring import BringModal  # noqa: PLC0415

        page = self.query_one(WritingArea)
        words = page.selected_body.strip() or page.line_of_cursor.strip()
        if said := bringing.why_not_words(self._journal, words):
            self.say(said)
        else:
            modal = BringModal(self._journal, None, [words], self._draft.text.date)
            self.app.push_screen(modal, self._say_marked)

    def _say_marked(self, said: str | None) -> None:
        if said:
            self.say(said)

    def action_kind(self) -> None:
        """Choose the kind of the note, or a topic for it."""
        from kapjournal.tui.modals.kind import KindModal  # noqa: PLC0415

        kinds = steps.kinds(self._journal, self._draft.text.kind)
        topics = prompts.topics_for(self._journal.me.role)
        self.app.push_screen(KindModal(kinds, topics, self._draft.text.kind), self._take_kind)

    def _take_kind(self, kind: NoteKind | Topic | None) -> None:
        if isinstance(kind, Topic):
            self._change(replace(self._draft, text=prompts.on_topic(self._draft.text, kind)))
        elif kind is not None and kind is not self._draft.text.kind:
            self._change(replace(self._draft, text=replace(self._draft.text, kind=kind)))
            if kind in CLOSED_KINDS and not self._changes_a_note:
                self.say(self.shell.with_keys(opening.WHICH_DAY))
            is_empty = not self._changes_a_note and self._is_empty(self.snapshot().draft.text)
            if kind in steps.WHICH_WAY and is_empty:
                self._offer_steps(kind)

    def _offer_steps(self, kind: NoteKind) -> None:
        """Ask whether an empty page of a kind with steps is to be written step by step, or stays a page."""
        from kapjournal.tui.modals.choice import Choice, ChoiceModal  # noqa: PLC0415

        app, shell, journal = self.app, self.shell, self._journal

        def go_there() -> None:
            app.call_later(shell.go_to, in_steps(journal, steps.begin(journal, kind)))

        def chosen(how: str | None) -> None:
            if how == steps.STEPS:
                self._do_and_leave(self.saver.discard, go_there)

        choices = [Choice(how, name, beside) for how, name, beside in steps.WAYS]
        app.push_screen(ChoiceModal(steps.WHICH_WAY[kind], choices), chosen)

    def _change(self, draft: Draft) -> None:
        """Change what goes with the words."""
        self._draft = draft
        self._show_what_goes_with_it()
        self._autosave.touch()

    # what can be done

    def action_done(self) -> None:
        """Make the draft a version of its note."""
        snapshot = self.snapshot()
        if not self._autosave.fits(snapshot):
            return
        text = snapshot.draft.text
        if self._is_empty(text):
            self.say("There is nothing on the page yet.")
            return
        if self._adds_to:
            self._add_to_signed(text.body)
            return
        if self._journal.is_practice:
            self.say_error(signing.NOTHING_TO_ADD_TO)
            return
        if not self._changes_a_note and (late := opening.why_too_late(snapshot.draft)):
            self.say_error(self.shell.with_keys(late))
        elif self._changes_a_note or snapshot.draft.readers <= {self._journal.me.id}:
            self._finish(snapshot)
        else:
            self._ask_whether_it_may_go(snapshot)

    def _is_empty(self, text: NoteText) -> bool:
        """Whether nothing was written; an addition has no title of its own."""
        return not (text.body.strip() or (text.title.strip() and not self._adds_to))

    def _ask_whether_it_may_go(self, snapshot: DraftSnapshot[Draft]) -> None:
        """Say to whom a new note will go before it goes: its readers may have been chosen days ago."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        def answered(sure: bool | None) -> None:
            if sure:
                self._finish(snapshot)

        journal, readers, country = self._journal, snapshot.draft.readers, self.shell.settings.country

        def ask(waits: list[str]) -> None:
            question = f"Let {shown_line(others_named(journal, readers))} read this?"
            members = journal.members.all()
            notice = "\n".join(beside(journal.policies.current(), readers, members, journal.me, country))
            talk = self.shell.with_keys(talking.ANOTHER_WAY) if may_ask_to_talk(journal, readers) else ""
            meaning = "\n\n".join(filter(None, (" ".join([*waits, sentences.SHARING]), notice, talk)))
            self.app.push_screen(ConfirmModal(question, meaning, "Let them read it", "Not yet"), answered)

        background.run(self, lambda: waiting.of_a_new_page(journal, snapshot.draft)[1], ask, self.say_error)

    def _finish(self, snapshot: DraftSnapshot[Draft]) -> None:
        journal, readers = self._journal, snapshot.draft.readers | {self._journal.me.id}
        said = "It is changed." if self._changes_a_note else "It is a note now."
        is_new = not self._changes_a_note

        def finish() -> str:
            at_once, waits = waiting.of_a_new_page(journal, snapshot.draft) if is_new else (readers, [])
            meanwhile = self.saver.finish(snapshot)
            who = shown_line(readers_in_words(journal, at_once | {journal.me.id}))
            lines = [f"{who} can read it.", *waits, meanwhile]
            return " ".join([said, *filter(None, lines)])

        self._do_and_leave(finish)

    def _add_to_signed(self, body: str) -> None:
        """Ask what goes with the words, then add them to what is signed."""
        from kapjournal.tui.modals.sign import Addition, AddToModal  # noqa: PLC0415

        journal, of = self._journal, self._adds_to

        def add(given: Addition | None) -> None:
            if given is not None:
                deed = partial(journal.signing.add, of, given.kind, body, given.reason, given.signer)
                self._do_and_leave(partial(self._use_up, deed))

        self.app.push_screen(AddToModal(journal), add)

    def _use_up(self, deed: Callable[[], object]) -> str:
        self.saver.use_up(deed)
        return signing.ADDED

    def _freeze(self, *, frozen: bool) -> None:
        self.query_one(WritingArea).read_only = frozen
        self.query_one("#title", Field).can_focus = not frozen
        super()._freeze(frozen=frozen)

    def action_back(self) -> None:
        """Go from the page as it reads to writing; from writing, go back and keep a draft that has words."""
        if self.query_one("#as-read").display:
            self.action_rendered()
            return
        snapshot = self.snapshot()
        if self.saver.id and self._is_empty(snapshot.draft.text):
            self._do_and_leave(self._discard_empty)
        elif self._autosave.is_saved:
            self.leave()
        elif self._autosave.fits(snapshot):
            self._do_and_leave(lambda: self.saver.save(snapshot))

    def action_discard(self) -> None:
        """Ask, then throw the draft away."""
        self._ask_to_discard(sentences.throwing_away(of_a_note=bool(self._draft.of)))

    def action_details(self) -> None:
        """Change what goes with the words."""
        from kapjournal.tui.modals.details import Details, DetailsModal  # noqa: PLC0415

        me = self._journal.me
        people = () if self._changes_a_note else others(self._journal.members.all(), me.id)

        def take(details: Details | None) -> None:
            if details is not None:
                self._change(details.put_on(self._draft, me.id))

        given = Details.of(self._draft, me.id)
        self.app.push_screen(
            DetailsModal(
                steps.kinds(self._journal, self._draft.text.kind),
                self._sessions,
                people,
                given,
                me,
                self._journal.policies.current(),
                is_new=not self._changes_a_note,
            ),
            take,
        )
