"""An app that goes from screen to screen: into an open journal, to its pages, to those of its practice."""

from collections.abc import Awaitable, Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen, Screen

from kapjournal import clock
from kapjournal.errors import NotFound
from kapjournal.presentation.drafts import AnyDraft, PageOwner
from kapjournal.tui import background
from kapjournal.tui.navigation import routes
from kapjournal.tui.navigation.routes import Route
from kapjournal.tui.screens.app_screen import AppScreen
from kapjournal.tui.shell.locking_app import LockingApp

if TYPE_CHECKING:
    from textual.widget import AwaitMount

    from kapjournal.domain.couples import Couple
    from kapjournal.domain.ids import CaseId
    from kapjournal.domain.pad import PadDraft
    from kapjournal.domain.records import SessionNamed
    from kapjournal.journal import Journal

_BETWEEN = 0.05  # s, until another look for a screen that can say something


class JournalApp(LockingApp, inherit_bindings=False):
    """Shows screens, and says things on the one the person is on."""

    def go_to(self, route: Route) -> "AwaitMount":
        """Show a screen over the present one."""
        return self.push_screen(route.make())

    def leave(self, screen: Screen[Any]) -> None:
        """Take a screen away, and what stands over it; the first screen stays."""
        with self.batch_update():
            while screen in self.screen_stack[2:]:
                self.pop_screen()
        if getattr(screen, "GUARDED", False):
            self.forget_copies()

    def is_in_front(self, screen: Screen[Any]) -> bool:
        """Whether it is the screen the person is on, whatever dialog stands before it."""
        return self.front_screen is screen

    def say(self, sentence: str) -> None:
        """Say something on the screen the person is on; between two screens, on the one that comes."""
        if self.is_between_screens:
            self.set_timer(_BETWEEN, partial(self.say, sentence))
        else:
            self.front_screen.say(sentence)

    def say_error(self, sentence: str) -> None:
        """Say what went wrong on the screen the person is on; between two screens, on the one that comes."""
        if self.is_between_screens:
            self.set_timer(_BETWEEN, partial(self.say_error, sentence))
        else:
            self.front_screen.say_error(sentence)

    # an open journal

    async def show_recovery_words(
        self,
        journal: "Journal",
        words: str | None,
        *,
        go_on: "Callable[[Journal], Awaitable[None]] | None" = None,
    ) -> None:
        """Show the recovery words of a new door, if it has some, then `go_on` (default: enter)."""
        go_on = go_on or self.enter
        if words is None:
            await go_on(journal)
        else:
            self.take_over(journal)
            await self.show_only(routes.RecoveryWordsRoute(journal, words, go_on))

    async def enter_demo(self, journal: "Journal", said: str = "") -> None:
        """Show the course and, to a person new to the program, what is what on it; of a practice its
        couples."""
        from kapjournal.tui.modals import tour  # noqa: PLC0415

        await self.enter(journal, said)
        if not journal.is_practice and tour.due():
            await self.push_screen(tour.TourModal())

    async def enter(
        self, journal: "Journal", said: str = "", couple: str = "", show: Route | None = None
    ) -> None:
        """Show the course of an open journal, over it the screen of the route `show`, and the page that was
        being written when it was locked; of a practice its couples, and where it was locked. What the
        therapist calls the `couple` stands on top from then on."""
        self.take_over(journal)
        self.sub_title = couple
        owner = PageOwner.of(journal)
        unsaved, place = self._unsaved_pages.pop(owner, None), self._places.pop(owner, "")
        home = routes.CouplesRoute if journal.is_practice else routes.CourseRoute
        waits = unsaved is not None and unsaved.draft is None  # what could not be saved is shown below
        await self.show_only(home(journal, resume=unsaved.draft_id if unsaved and waits else place))
        if show is not None:
            await self.go_to(show)
        if unsaved is not None and unsaved.draft is not None:
            await self.open_editor(journal, unsaved.draft, unsaved=True)
        if said:
            self.say(said)

    async def hand_over(self, journal: "Journal", name: str, code: str) -> None:
        """Lock the keeper's journal and let the invited person join at the same keyboard."""
        path, keeper = journal.path, journal.me.label
        self.practice_path = self._practice.path if self._practice else None
        with self.batch_update():
            await self.lock("", show=routes.DoorsRoute(path))
            await self.go_to(routes.JoinRoute(path, code=code, name=name, hand_back_to=keeper))
            await self.go_to(routes.HandOverRoute(name))

    async def begin_practice(self, first: routes.FirstCouple) -> None:
        """Lock the journal a therapist just made, and show over its doors the form for a practice; nothing if
        it was locked meanwhile."""
        if self._journal is None:
            return
        with self.batch_update():
            await self.lock("", show=routes.DoorsRoute(first.path))
            await self.go_to(routes.CreateRoute(first=first))

    async def hand_back(self, keeper: str, journal: "Journal") -> None:
        """Ask the keeper to open their door once more, after the newcomer has joined."""
        self.take_over(journal)
        await self.show_only(routes.HandBackRoute(journal, keeper))

    async def write_note(self) -> None:
        """Open the page of a new note, from whatever screen or dialog."""
        from kapjournal.domain.notes import new_draft  # noqa: PLC0415 - not before the first paint

        if self._journal is not None and not self._writes_nothing:
            while isinstance(self.screen, ModalScreen):
                await self.pop_screen()
            me = self._journal.me
            await self.open_editor(self._journal, new_draft(me.id, me.role, clock.today()))

    @property
    def _writes_nothing(self) -> bool:
        """Whether no note can be begun: no journal is open, or a practice alone, or the clinical record is
        before the person, and a note would go into the file that the couple carries home, or two people see
        the screen."""
        is_shared = any(screen.IS_SHARED for screen in self._app_screens())
        return self._journal is None or self._journal.is_practice or self._in_the_record or is_shared

    @property
    def _in_the_record(self) -> bool:
        return any(screen.IS_RECORD for screen in self.screen_stack if isinstance(screen, AppScreen))

    async def open_editor(
        self,
        journal: "Journal",
        draft: "AnyDraft",
        *,
        unsaved: bool = False,
    ) -> None:
        """Show the page of a draft, unless there is a page already; `unsaved` words are saved at once."""
        from kapjournal.domain.pad import PadDraft  # noqa: PLC0415 - not before the first paint
        from kapjournal.tui.shell.page_of_draft import route_to  # noqa: PLC0415

        if (page := self.writing_screen) is not None and not page.rests:
            return
        if isinstance(draft, PadDraft):
            self.open_pad(journal, draft.case, draft.session, unsaved=draft)
        else:
            await self.go_to(route_to(journal, draft, unsaved=unsaved))

    def open_pad(
        self,
        practice: "Journal",
        case: "CaseId",
        session: "SessionNamed",
        unsaved: "PadDraft | None" = None,
        dosing: Collection[str] = (),
        theirs: "Journal | None" = None,
    ) -> None:
        """Show the dose pad of a session of one of the couples; `dosing` are the labels of those who
        dose, and `theirs` is the couple's journal where it is open."""
        from kapjournal.domain.pad import first_turn  # noqa: PLC0415 - not before the first paint
        from kapjournal.presentation.agreed import AgreedOnThePad  # noqa: PLC0415

        def shown(route: Route) -> None:
            if not any(screen.NAME == "pad" for screen in self._app_screens()):
                self.go_to(route)

        def opened() -> Route:
            day = session.date or clock.today()
            couple = practice.couples.of(case)
            if couple is None:
                raise NotFound("This couple is no longer in your list.")
            agreed = AgreedOnThePad(practice, couple, theirs)
            agreed.look()
            pad, turn = practice.pads.open(case, session, day), first_turn(couple, dosing)
            return routes.PadRoute(practice, couple, pad, agreed, unsaved, turn)

        background.run(self.front_screen, opened, shown, self.say_error, group="pad")

    def open_pad_of(self, session: "SessionNamed", dosing: Collection[str] = ()) -> None:
        """Show the dose pad of a session of the couple whose journal is open through the practice."""
        theirs = self._journal
        self._with_this_couple(
            lambda practice, one: self.open_pad(practice, one.case, session, dosing=dosing, theirs=theirs)
        )

    def open_record(self) -> None:
        """Show the record of the couple whose journal is open through the practice."""
        theirs = self._journal
        self._with_this_couple(lambda practice, one: self.go_to(routes.RecordsRoute(practice, one, theirs)))

    def open_brief(self) -> None:
        """Show the brief of the couple whose journal is open through the practice."""
        theirs = self._journal
        self._with_this_couple(lambda practice, one: self.go_to(routes.BriefRoute(practice, one, theirs)))

    def _with_this_couple(self, show: "Callable[[Journal, Couple], object]") -> None:
        practice, name = self._practice, self.sub_title
        if practice is not None:
            background.run(
                self.front_screen,
                lambda: practice.couples.get(name),
                lambda couple: show(practice, couple),
                self.say_error,
            )

    @property
    def in_a_practice(self) -> bool:
        """Whether a practice is open, or a couple's journal through one."""
        return self._practice is not None or (self._journal is not None and self._journal.is_practice)
