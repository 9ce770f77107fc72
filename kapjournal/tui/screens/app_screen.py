"""What every screen has: its name in the registry of actions, its words of help, a line to speak on."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on

from kapjournal.presentation import bringing, sentences, talking
from kapjournal.presentation.drafts import PageOwner
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.base_screen import BaseScreen
from kapjournal.tui.navigation.routes import (
    ArchiveRoute,
    BackupRoute,
    CheckRoute,
    CopyRoute,
    ExportRoute,
    ImportRoute,
    MergeRoute,
    NewKeysRoute,
    NewRecoveryWordsRoute,
    PeopleRoute,
    SearchRoute,
    SettingsRoute,
    WillRoute,
)
from kapjournal.tui.widgets.field import ControlsDropped
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.domain.bringing import TalkRequest
    from kapjournal.domain.couples import Couple
    from kapjournal.domain.members import Member
    from kapjournal.domain.notes import Note
    from kapjournal.journal import Journal
    from kapjournal.tui.modals.new_keys import NewDoor

T = TypeVar("T")
Opened = tuple["Journal", T]
"""An open journal, and what came with it."""


class AppScreen(BaseScreen[None]):
    """A screen. `NAME` is its part of the registry of actions, `HELP` explains it in sentences."""

    NAME: ClassVar[str] = ""
    HELP: ClassVar[str] = ""
    HELP_IN_A_PRACTICE: ClassVar[str] = ""
    """What is explained beyond that to whoever came in from their practice, and to nobody else."""
    GUARDED: ClassVar[bool] = False
    """Whether a code, a passphrase or other words stand here that only this person may see: then it locks,
    even with no journal open."""
    PATIENCE: ClassVar[int] = 1
    """How many times longer than elsewhere it takes here without a key before it locks."""

    IS_RECORD: ClassVar[bool] = False
    """Whether clinical records stand here, and nothing of a couple's own journal."""

    IS_SHARED: ClassVar[bool] = False
    """Whether two people at one keyboard see this screen: then nothing of either's own journal is shown."""

    _couple: "Couple | None" = None
    """The couple of a practice that this is about, where it is about one."""

    _opening: object = None
    """Which opening of a journal is under way; another object for each."""

    def say(self, sentence: str) -> None:
        """Say something that goes away by itself."""
        self.query_one(StatusLine).say(sentence)

    @property
    def left_undone(self) -> str:
        """What to say after a lock took the person away from here; nothing as a rule."""
        return ""

    @property
    def place(self) -> str:
        """How the program comes back here after a lock, without a word of what stands here; empty as a rule:
        then it does not."""
        return ""

    @property
    def guarded(self) -> bool:
        """Whether something stands here this moment that only this person may see."""
        return self.GUARDED

    @property
    def couple_name(self) -> str:
        """What the therapist calls the couple that this is about; empty where it is about none."""
        return self._couple.name if self._couple else ""

    def forget(self) -> None:
        """Drop what is `guarded`; only the first screen has to, for every other is left."""

    @on(ControlsDropped)
    def _controls_dropped(self, event: ControlsDropped) -> None:
        self.say(event.sentence)

    def open_journal(
        self,
        work: "Callable[[], Opened[T]]",
        arrive: "Callable[[Opened[T]], Awaitable[None]]",
        on_error: Callable[[str], object],
    ) -> None:
        """Open a journal in a thread, one at a time, and go in.

        If this is not the screen in front any more when it is open, or the opening was given up, it is closed
        again and not shown.
        """
        app, shell, opening = self.app, self.shell, object()
        self._opening = opening

        def in_turn() -> Opened[T]:
            with shell.opening_lock:
                return work()

        async def done(opened: Opened[T]) -> None:
            if self.is_attached and shell.is_in_front(self) and self._opening is opening:
                await arrive(opened)
            else:
                background.run(app, opened[0].close, lambda _: None, shell.say_error, group="shut")

        background.run(app, in_turn, done, on_error, group="open")

    def give_up_opening(self) -> None:
        """Let the journal that is being opened be closed again."""
        self._opening = None

    def leave(self) -> None:
        """Go to the screen under this one, with what stands over it; only the first time does anything."""
        self.shell.leave(self)

    def action_back(self) -> None:
        """Return to the screen before."""
        self.leave()


class JournalScreen(AppScreen):
    """A screen of an open journal, with what can be done from several of them."""

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal
        self._said_with: object = None
        """What was chosen in a list, when it was last filled or moved in."""

    @property
    def owner(self) -> PageOwner:
        """Whose screen this is, in which journal."""
        return PageOwner.of(self._journal)

    def moved_to(self, chosen: object) -> None:
        """End what was said with something else that was chosen in a list; what is said when the list is
        filled anew stays."""
        if chosen != self._said_with:
            self._said_with = chosen
            self.query_one(StatusLine).let_go()

    def is_for_me(self, action_id: str) -> bool:
        """Whether an action is one for the role of the member, here or on another screen."""
        return actions.is_for(self._journal.me.role, action_id)

    def why_not(self, action: str) -> str:
        """Why an action of this screen cannot be done now, in a sentence; empty if it can, or if nothing is
        said of that."""
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done; None keeps the key of what cannot, so that it is said why."""
        return None if self.why_not(action) else True

    def on_key(self, event: events.Key) -> None:
        """Say why, where a key of this screen can do nothing now."""
        bound = self.active_bindings.get(event.key)
        if bound is not None and not bound.enabled and (sentence := self.why_not(bound.binding.action)):
            self.say(self.shell.with_keys(sentence))

    async def action_write(self) -> None:
        """Begin a new note."""
        await self.shell.write_note()

    def action_search(self) -> None:
        """Search the notes."""
        self.shell.go_to(SearchRoute(self._journal))

    def action_export(self) -> None:
        """Go to the export."""
        self.shell.go_to(ExportRoute(self._journal))

    def action_archive(self) -> None:
        """Go to the form that writes all this member can read."""
        self.shell.go_to(ArchiveRoute(self._journal))

    def action_import_notes(self) -> None:
        """Go to the form that brings in notes of another program."""
        self.shell.go_to(ImportRoute(self._journal))

    def action_merge(self) -> None:
        """Go to the form that brings in another copy."""
        self.shell.go_to(MergeRoute(self._journal))

    def action_copy(self) -> None:
        """Go to the form that writes a copy for another computer."""
        self.shell.go_to(CopyRoute(self._journal))

    def action_backup(self) -> None:
        """Go to the form that writes a backup."""
        self.shell.go_to(BackupRoute(self._journal))

    def action_check(self) -> None:
        """Go to the check, which begins at once."""
        self.shell.go_to(CheckRoute(self._journal))

    def action_people(self) -> None:
        """Go to the members."""
        self.shell.go_to(PeopleRoute(self._journal))

    def action_settings(self) -> None:
        """Go to the settings."""
        self.shell.go_to(SettingsRoute())

    def action_change_passphrase(self) -> None:
        """Ask for a new passphrase for the member's door."""
        from kapjournal.tui.modals.change_passphrase import ChangePassphraseModal  # noqa: PLC0415

        self.app.push_screen(ChangePassphraseModal(self._journal), self._say_done)

    def action_new_recovery_words(self) -> None:
        """Show new recovery words, once the passphrase was typed once more."""
        from kapjournal.tui.modals.new_recovery_words import NewRecoveryWordsModal  # noqa: PLC0415

        self.app.push_screen(NewRecoveryWordsModal(self._journal), self._show_recovery_words)

    def _show_recovery_words(self, words: str | None) -> None:
        if words:
            self.shell.go_to(NewRecoveryWordsRoute(self._journal, words))

    def action_will(self) -> None:
        """Go to the will of the practice."""
        self.shell.go_to(WillRoute(self._journal))

    def action_new_keys(self) -> None:
        """Show recovery words for new keys, once the passphrase was typed once more and a new one chosen."""
        from kapjournal.tui.modals.new_keys import NewKeysModal  # noqa: PLC0415

        self.app.push_screen(NewKeysModal(self._journal), self._show_new_keys)

    def _show_new_keys(self, door: "NewDoor | None") -> None:
        if door:
            self.shell.go_to(NewKeysRoute(self._journal, door.words, door.passphrase))

    def share(self, note: "Note") -> None:
        """Ask with whom to share a note."""
        from kapjournal.tui.modals.share import ShareModal  # noqa: PLC0415

        self.app.push_screen(ShareModal(self._journal, note), self._say_done)

    def bring(self, note: "Note") -> None:
        """Ask what of a note of the member's is brought to the next session."""
        from kapjournal.tui.modals.bring import BringModal  # noqa: PLC0415

        modal = BringModal(self._journal, note, bringing.lines_of(note), note.text.date)
        self.app.push_screen(modal, self._say_done)

    def action_talk(self) -> None:
        """Ask whether the therapists are to see that the member asks to talk, or not any more."""
        journal = self._journal
        background.run(self, journal.talking.current, self._offer_to_talk, self.say_error)

    def _offer_to_talk(self, asked: "list[TalkRequest]") -> None:
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        journal = self._journal
        work = journal.talking.take_back if asked else journal.talking.ask
        said = talking.TAKEN_BACK if asked else talking.asked(journal)

        def answered(sure: bool | None) -> None:
            if sure:
                background.run(self, work, lambda _: self.say(said), self.say_error)

        if asked:
            modal = ConfirmModal(f"{talking.in_a_line(journal, asked[-1])}.", "", "Take it back", "Not now")
        else:
            modal = ConfirmModal("Ask to talk?", talking.what_it_does(journal), "Ask to talk", "Not now")
        self.app.push_screen(modal, answered)

    def acknowledge(self, newcomers: "Sequence[Member]", look: Callable[[], None]) -> None:
        """Note that the member knows of those who joined, and look again."""
        names = [member.label for member in newcomers]

        def done(_: None) -> None:
            look()
            self.say(sentences.acknowledged(names))

        background.run(self, partial(self._journal.members.acknowledge, *names), done, self.say_error)

    def _say_done(self, done: str | None) -> None:
        if done:
            self.shell.say(done)
