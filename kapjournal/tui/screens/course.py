"""The course (home): where the couple is, the notes of the chosen stretch and, when wide, the note itself."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from kapjournal import clock
from kapjournal.domain.course import Key, Stretch
from kapjournal.domain.doses import KEEPER_PLANS
from kapjournal.domain.next_page import NextPage
from kapjournal.domain.notes import Note
from kapjournal.domain.records import SessionNamed
from kapjournal.domain.scribe import HandedPage
from kapjournal.domain.sessions import Session
from kapjournal.presentation import backups, bringing, closing, next_page, not_possible, steps
from kapjournal.presentation import scribe as typing
from kapjournal.presentation.answered_measures import OPEN_MARK_HERE, title_of
from kapjournal.presentation.course import CourseView, read_course
from kapjournal.presentation.drafts import AnyDraft
from kapjournal.presentation.first_steps import first_steps, in_an_empty_stretch
from kapjournal.presentation.notes import arrived
from kapjournal.presentation.people import has_joined
from kapjournal.presentation.self_reports import TELL_FROM_STAFF
from kapjournal.presentation.sentences import YOURS_ALONE
from kapjournal.presentation.sessions import about_dose, in_short
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import DraftsRoute, ReaderRoute
from kapjournal.tui.note_data import note_heading, note_row
from kapjournal.tui.screens.course_ways import WaysFromCourse
from kapjournal.tui.widgets.course_timeline import CourseTimeline
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList
from kapjournal.tui.widgets.note_pane import NotePane
from kapjournal.tui.widgets.reminders import Reminders
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.tui.modals.findings import FindingsAnswer

REFRESH_EVERY = 4.0
"""Seconds between two looks at what another program may have written, and whether it is another day."""

WIDE = 120
NOTHING: Mapping[str, Key] = {}


class CourseScreen(WaysFromCourse):
    """Home. Lists show at once; the index for searching is built beside them."""

    NAME = "course"
    CSS_PATH = "course.tcss"
    BINDINGS = actions.bindings(NAME)
    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (20, "-narrow"), (72, "-middle"), (WIDE, "-wide")]  # noqa: RUF012
    HELP = (
        "On the left is the course: each session, and the days after it. Choose a stretch with the arrow "
        "keys; its notes stand beside it, newest last. Right and left go between the two, Enter opens a "
        "note.\n\n{write} begins a page; near a dose or a session it is of the kind that fits then, and the "
        "line below the notes says so. {new-page} begins a plain one, from anywhere.\n\nBeside what came "
        "since you were here stands the word new. Only you see it.\n\n"
        f"Every row says who can read that note. {YOURS_ALONE}, on nobody’s screen."
    )

    def __init__(self, journal: "Journal", *, resume: str = "") -> None:
        super().__init__(journal)
        self._resume = resume
        self._view: CourseView | None = None
        self._looking = False
        self._listed: dict[str, Note] = {}
        """The notes of the chosen stretch, by id."""

    def compose(self) -> ComposeResult:
        """Three panes; how many show depends on the width."""
        yield TopBar(self._journal.me.label)
        with Horizontal(id="panes"):
            with Vertical(id="left", classes="pane"):
                yield CourseTimeline()
            with Vertical(id="middle", classes="pane"):
                yield Reminders()
                yield SelfClearingText("", id="dose")
                yield NoteList(id="notes")
                yield Static("", markup=False, id="empty")
                with Vertical(id="now"):
                    yield SelfClearingText("", id="came-back")
                    yield SelfClearingText("", id="intention")
                    yield SelfClearingText("", id="next-page")
            yield NotePane(id="right", classes="pane")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read the notes, then index them, then keep looking for what others write."""
        self.query_one("#left").border_title = "The course"
        self.query_one("#right").border_title = "The note"
        self.query_one("#empty").display = False
        self._look(self._first_look)
        background.run(self, self._journal.scribe.hand_over_left, self._handed_later, self.say_error)
        self.set_interval(REFRESH_EVERY, self._refresh)

    def on_unmount(self) -> None:
        """Forget the notes: a screen may live on in memory."""
        self._view = None
        self._listed = {}

    def _handed_later(self, pages: Sequence[HandedPage]) -> None:
        if pages:
            self.say(typing.handed_later(self._journal, pages))

    def on_screen_resume(self) -> None:
        """Read again what a note or the editor may have changed."""
        if self._view is not None:
            self._look(self._show_what_is_new)

    def _show_what_is_new(self, view: CourseView) -> None:
        """Show a note the member has just written in its stretch, or the session just added, whichever was
        chosen before."""
        me, before = self._journal.me.id, self._view
        mine = view.by(me)
        written = mine.keys() - (before.by(me).keys() if before else mine.keys())
        known = {session.id for session in before.sessions} if before else set()
        added = [one for one in view.sessions if before and one.author == me and one.id not in known]
        self._show(view, {i: mine[i] for i in written}, [(session.id, False) for session in added])

    def _look(self, on_result: "background.OnResult[CourseView]") -> None:
        background.run(self, lambda: read_course(self._journal), on_result, self.say_error, group="look")

    def _first_look(self, view: CourseView) -> None:
        self._show(view)
        if self._chosen is not None:
            self.query_one(NoteList).focus()
        begun: tuple[AnyDraft, ...] = (*view.drafts, *view.answering, *view.reporting)
        draft = next((draft for draft in begun if draft.id == self._resume), None)
        if self._resume and draft is not None:
            self.app.call_later(self.shell.open_editor, self._journal, draft)
        background.run(self, self._journal.search.build_index, lambda _: None, self.say_error, group="index")

    def _refresh(self) -> None:
        if self._looking or not self.is_current:
            return
        self._looking = True
        is_another_time = self._view is not None and (
            self._view.today != clock.today() or self._view.next_page != self._page_now()
        )

        def refresh() -> CourseView | None:
            changed = self._journal.refresh()
            return read_course(self._journal) if changed or is_another_time else None

        background.run(self, refresh, self._refreshed, self._not_refreshed, group="refresh")

    def _refreshed(self, view: CourseView | None) -> None:
        self._looking = False
        if view is not None:
            self._show(view)

    def _not_refreshed(self, sentence: str) -> None:
        self._looking = False
        self.say_error(sentence)

    def _show(
        self, view: CourseView, written: Mapping[str, Key] = NOTHING, added: Sequence[Key] = ()
    ) -> None:
        before, self._view = self._view, view
        spine, notes = self.query_one(CourseTimeline), self.query_one(NoteList)
        with self.prevent(OptionList.OptionHighlighted):  # the notes are shown once, at the end
            spine.show(
                view.stretches,
                view.ahead,
                view.today,
                doses=view.doses,
                present=view.present,
                first=view.latest,
                with_new=view.with_new,
            )
            for stretch in (*written.values(), *added):
                spine.choose(stretch)
        self.query_one(Reminders).show(
            newcomers=[has_joined(newcomer) for newcomer in view.newcomers],
            ended=view.ended,
            notices=view.notices,
            findings=view.findings_in_brief,
            drafts=view.draft_names,
            asked=view.asked,
            reports=[sentence for sentence in view.reminded if sentence != TELL_FROM_STAFF],
            answering=[title_of(one.measure) for one in view.answering],
            urgent=self._urgent(view),
            waiting=(*view.waiting, *self._backup_due(view)),
            dialogues=view.dialogues,
            with_keys=self.shell.with_keys,
        )
        self._show_next_page(view)
        self._show_notes()
        for note_id in written:
            notes.choose(note_id)
            notes.focus()
        self._said_with = notes.chosen
        if before is not None and view.ended and not before.ended:
            self.say(view.ended)
        elif before is not None and (came := view.new - before.new):
            self.say(arrived(self._journal.members.label_of(author) for author in view.authors_of(came)))

    def _backup_due(self, view: CourseView) -> list[str]:
        """That a backup is due, but in the journal of a couple of a practice, which backs all of them up."""
        due = (
            ""
            if self.couple_name
            else backups.due_with_key(view.last_backup, self.shell.settings.backup_days)
        )
        return [due] if due else []

    @staticmethod
    def _urgent(view: CourseView) -> list[str]:
        """What the clinic is to look at today."""
        urgent = [OPEN_MARK_HERE] if view.has_open_mark else []
        if TELL_FROM_STAFF in view.reminded:
            urgent.append(f"{TELL_FROM_STAFF} Press {{check-ins}} for that.")
        return urgent

    def action_reminders(self) -> None:
        """Show every reminder in full."""
        from kapjournal.tui.modals.help import TextModal  # noqa: PLC0415

        lines = [line.plain for line in self.query_one(Reminders).in_full]
        self.app.push_screen(TextModal("Reminders", "\n".join(lines)))

    def _show_next_page(self, view: CourseView) -> None:
        """Say quietly which page fits now, which intention holds, and what comes back if that is wanted."""
        why = next_page.why(view.next_page) if view.next_page else ""
        line = self.shell.with_keys(f"{why} Press {{write}} for that page.") if why else ""
        back = "\n".join(view.came_back) if self.shell.settings.own_words else ""
        for name, said in (("#next-page", line), ("#intention", view.intention), ("#came-back", back)):
            self.query_one(name, SelfClearingText).update(said)
            self.query_one(name).display = bool(said)
        self.query_one("#now").display = bool(line or view.intention or back)

    def _page_now(self) -> NextPage | None:
        view = self._view
        return next_page.page_of(self._journal.me, view.sessions, view.practice) if view else None

    async def action_write(self) -> None:
        """Begin the page that fits now, and say why it does; a plain page stays a key away."""
        page = self._page_now()
        await self.shell.open_editor(self._journal, next_page.draft_for(self._journal.me, page))
        if page and (why := next_page.why(page)):
            self.shell.say(self.shell.with_keys(f"{why} {{kind}} chooses another kind."))

    @on(OptionList.OptionHighlighted, "CourseTimeline")
    def _stretch_highlighted(self) -> None:
        self._show_notes()
        self.moved_to(self.query_one(NoteList).chosen)

    def _show_notes(self) -> None:
        view, stretch = self._view, self._stretch
        if view is None or stretch is None:
            return
        notes = view.notes[stretch.key]
        self._listed = {note.id: note for note in notes}
        middle = self.query_one("#middle")
        middle.border_title = Content(shown_line(stretch.name))
        session, dose = self._session, self.query_one("#dose", SelfClearingText)
        middle.border_subtitle = Content(in_short(self._journal, session) if session else "")
        about = about_dose(self._journal, session, view.doses) if session else []
        if self.shell.in_a_practice and not not_possible.opening_the_pad(session):
            about.append(self.shell.with_keys("{pad}: dose pad"))
        dose.update(" · ".join(about))
        dose.display = bool(about)
        listed = self.query_one(NoteList)
        listed.show((note.id, partial(note_row, self._journal, note)) for note in notes)
        if not notes and listed.has_focus:  # what is not there cannot be moved in
            self.query_one(CourseTimeline).focus()
        listed.display = bool(notes)
        empty = self.query_one("#empty", Static)
        sentences = first_steps(self._journal, view) if view.is_new else in_an_empty_stretch(stretch, view)
        empty.update(self.shell.with_keys(sentences))
        empty.display = not notes
        if not notes:
            self._show_note(None)
        self.refresh_bindings()

    @property
    def _stretch(self) -> Stretch | None:
        return self._view.stretch(self.query_one(CourseTimeline).chosen) if self._view else None

    @property
    def _chosen(self) -> Note | None:
        return self._listed.get(self.query_one(NoteList).chosen or "") if self._listed else None

    @on(OptionList.OptionHighlighted, "NoteList")
    def _note_highlighted(self) -> None:
        self._show_note(self._chosen)
        self.moved_to(self.query_one(NoteList).chosen)
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Show the note in the third pane once there is room for it, and the reminders that fit."""
        self.query_one(Reminders).draw()
        self._show_note(self._chosen)

    def _show_note(self, note: Note | None) -> None:
        if self._view is None or self.app.size.width < WIDE:
            return
        pane = self.query_one(NotePane)
        if note is None:
            pane.clear()
        else:
            pane.show(note_heading(self._journal, note, self._view.sessions), note.words)
            self._journal.notes.looked_at(note)

    @on(OptionList.OptionSelected, "NoteList")
    def _open(self) -> None:
        if (note := self._chosen) is not None and self._view is not None:
            self.shell.go_to(ReaderRoute(self._journal, note, self._view.order))

    @on(OptionList.OptionSelected, "CourseTimeline")
    def action_notes(self) -> None:
        """Go to the notes of the stretch."""
        self.query_one(NoteList).focus()

    def action_timeline(self) -> None:
        """Go to the course."""
        self.query_one(CourseTimeline).focus()

    def why_not(self, action: str) -> str:
        """Changes are made to the member's own notes alone, the rest where there is something for it."""
        view, journal = self._view, self._journal
        if action in ("share", "history", "withdraw", "delete"):
            return not_possible.with_note(journal, action, self._chosen)
        if action == "bring":
            return bringing.why_not(journal, self._chosen)
        if action == "add_session":
            return not_possible.adding_a_session(journal)
        if action == "pad":
            return not_possible.opening_the_pad(self._session)
        if action == "edit_session":
            return not_possible.changing_session(journal, self._session)
        nothing = {
            "talk": bringing.why_not_at_all(journal),
            "reminders": "" if self.query_one(Reminders).display else not_possible.NOTHING_TO_REMIND_OF,
            "drafts": "" if view and view.drafts else not_possible.NOTHING_UNFINISHED,
            "findings": "" if view and view.findings else not_possible.NOTHING_AMISS,
            "acknowledge": "" if view and view.newcomers else not_possible.NOBODY_NEW,
            "plan": "" if journal.me.is_keeper else KEEPER_PLANS,
            "scribe": "" if typing.whose(journal) else typing.NOBODY,
        }
        return nothing.get(action, "")

    @property
    def _session(self) -> Session | None:
        stretch = self._stretch
        return stretch.session if stretch and not stretch.after else None

    def action_edit_session(self) -> None:
        """Change the chosen session."""
        from kapjournal.tui.modals.session import SessionModal  # noqa: PLC0415

        if (session := self._session) is not None:
            self.app.push_screen(SessionModal(self._journal, session), self._say_done)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the clinical record to who came through a practice, to everybody else there is none; and the
        booklet near a closing session."""
        if action in ("record", "brief", "pad") and not self.shell.in_a_practice:
            return False
        if not self.is_for_me(action) or (
            action == "witness" and not steps.witness_is_offered(self._journal)
        ):
            return False
        if action == "booklet" and (self._view is None or closing.near(self._view.sessions) is None):
            return False
        return super().check_action(action, parameters)

    def action_bring(self) -> None:
        """Ask what of the chosen note is brought to the next session."""
        if (note := self._chosen) is not None:
            self.bring(note)

    def action_pad(self) -> None:
        """Open the dose pad of the chosen session."""
        if (session := self._session) is not None:
            dosing = [self._journal.members.label_of(member) for member in session.dosing]
            self.shell.open_pad_of(SessionNamed(session.number, session.date), dosing)

    def action_acknowledge(self) -> None:
        """Say that the member knows of those who joined."""
        if self._view is not None:
            self.acknowledge(self._view.newcomers, lambda: self._look(self._show))

    def action_share(self) -> None:
        """Share the chosen note."""
        if (note := self._chosen) is not None:
            self.share(note)

    async def action_history(self) -> None:
        """Open the chosen note, and its earlier versions over it."""
        await self._open_and("history")

    async def action_withdraw(self) -> None:
        """Open the chosen note, and ask there with whom to stop sharing it."""
        await self._open_and("withdraw")

    async def action_delete(self) -> None:
        """Open the chosen note, so that it is seen, and ask there whether it is to go."""
        await self._open_and("delete")

    async def _open_and(self, action: str) -> None:
        if (note := self._chosen) is not None and self._view is not None:
            await self.shell.go_to(ReaderRoute(self._journal, note, self._view.order))
            await self.app.run_action(action, self.app.screen)

    async def action_drafts(self) -> None:
        """Go on with the only draft, or choose one."""
        drafts = self._view.drafts if self._view else []
        if len(drafts) == 1:
            await self.shell.open_editor(self._journal, drafts[0])
        elif drafts:
            await self.shell.go_to(DraftsRoute(self._journal))

    def action_findings(self) -> None:
        """Show the findings, and what can be done where something is missing."""
        from kapjournal.tui.modals.findings import FindingsModal  # noqa: PLC0415

        if self._view is not None:
            modal = FindingsModal(self._journal, self._view.findings, self._view.something_is_missing)
            self.app.push_screen(modal, self._after_findings)

    def _after_findings(self, answer: "FindingsAnswer | None") -> None:
        if answer is not None and answer.bring_in:
            self.action_merge()
        elif answer is not None:
            self.shell.say(answer.said)
