"""What a screen or dialog may ask of the program around it."""

import threading
from collections.abc import Awaitable, Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kapjournal.config import Settings
from kapjournal.tui.navigation.routes import FirstCouple, Route

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import AwaitMount

    from kapjournal.domain.ids import CaseId, MemberId
    from kapjournal.domain.pad import PadDraft
    from kapjournal.domain.records import SessionNamed
    from kapjournal.domain.signing import Signer
    from kapjournal.journal import Journal, KdfStrength
    from kapjournal.presentation.drafts import AnyDraft
    from kapjournal.presentation.glances import Seen


class Shell(Protocol):
    """The app as screens see it; they know neither its class nor how it locks."""

    record_folder: Path | None
    """The folder of this computer's rollback records; None for the usual one."""
    strength: "KdfStrength | None"
    """How costly a new passphrase is to try; None for what the journal chooses."""
    opening_lock: threading.Lock
    """Held while a journal is opened or closed, so that one is shut before the next opens."""
    practice_path: Path | None
    """The practice from which the keyboard was handed over last; None if it was not from one."""
    settings: Settings
    notices: dict[Path, str]
    """What is said at the doors of a journal, for as long as the program runs."""
    seen_couples: "Seen"
    """What was seen of the couples of the practice that is open; it goes when that is locked."""
    signers: "dict[MemberId, Signer]"
    """How each member signed last since the program was started; it is kept nowhere else."""
    stretches: dict[str, tuple[int, dict[int, float]]]
    """Of the page of a witness, by the id of its draft: which stretch was shown last, and how many seconds
    were spent on each, since the program was started."""

    @property
    def changed_keys(self) -> Mapping[str, str]:
        """The keys the person gave to actions, by the action's id."""

    @property
    def theme_names(self) -> Collection[str]:
        """The themes that can be used."""

    def use_theme(self, name: str) -> bool:
        """Change the colours; False if there is no such theme."""

    def change_settings(self, settings: Settings) -> None:
        """Let settings work from now on, and keep them in the settings file (`CannotSave`)."""

    def with_keys(self, text: str) -> str:
        """A sentence with the keys it names: “Press {write} to write.”"""

    # screens

    def go_to(self, route: Route) -> "AwaitMount":
        """Show a screen over the present one."""

    def leave(self, screen: "Screen[Any]") -> None:
        """Take a screen away, and what stands over it; the first screen stays."""

    def is_in_front(self, screen: "Screen[Any]") -> bool:
        """Whether it is the screen the person is on, whatever dialog stands before it."""

    def say(self, sentence: str) -> None:
        """Say something on the screen the person is on."""

    def say_error(self, sentence: str) -> None:
        """Say what went wrong on the screen the person is on."""

    # an open journal

    async def enter(
        self, journal: "Journal", said: str = "", couple: str = "", show: Route | None = None
    ) -> None:
        """Take over an open journal and show its course, or the couples of a practice; a `couple` of one is
        named on top. Over the course comes the screen of the route `show`."""

    async def enter_demo(self, journal: "Journal", said: str = "") -> None:
        """Enter the demo; a person new to the program is shown around."""

    async def show_recovery_words(
        self,
        journal: "Journal",
        words: str | None,
        *,
        go_on: "Callable[[Journal], Awaitable[None]] | None" = None,
    ) -> None:
        """Show the recovery words of a new door, then `go_on` (default: enter)."""

    async def write_note(self) -> None:
        """Open the page of a new note."""

    @property
    def in_a_practice(self) -> bool:
        """Whether a practice is open, or a couple's journal through one."""

    def open_record(self) -> None:
        """Show the clinical record of the couple whose journal is open through the practice."""

    async def open_editor(
        self,
        journal: "Journal",
        draft: "AnyDraft",
        *,
        unsaved: bool = False,
    ) -> None:
        """Show the page of a draft, unless there is a page already; `unsaved` words are saved at once."""

    def open_brief(self) -> None:
        """Show the brief of the couple whose journal is open through the practice."""

    def open_pad(
        self,
        practice: "Journal",
        case: "CaseId",
        session: "SessionNamed",
        unsaved: "PadDraft | None" = None,
    ) -> None:
        """Show the dose pad of a session of one of the couples."""

    def open_pad_of(self, session: "SessionNamed", dosing: Collection[str] = ()) -> None:
        """Show the dose pad of a session of the couple whose journal is open through the practice; labels of
        those who dose in it are in `dosing`."""

    async def hand_over(self, journal: "Journal", name: str, code: str) -> None:
        """Lock the keeper's journal and let the invited person join at the same keyboard."""

    async def hand_back(self, keeper: str, journal: "Journal") -> None:
        """Ask the keeper to open their door once more, after the newcomer has joined."""

    def stand_beside(self, first: "Journal", second: "Journal") -> bool:
        """Take over a second door that was opened beside `first`: it is locked with it. False, and it is
        closed at once, where `first` is not open any more. Asked in the thread that opened it."""

    def close_beside(self) -> None:
        """Close every second door."""

    async def begin_practice(self, first: FirstCouple) -> None:
        """Show the form for a practice that has a first couple, whose journal is locked."""

    async def show_only(self, route: Route) -> None:
        """Show a screen in the place of all that are there."""

    async def lock(self, sentence: str, *, show: Route | None = None) -> None:
        """Lock the journal, and show the doors or the screen of a route."""
