"""Before a door is open, and through it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.tui.navigation.routes.route import InJournal, Route

if TYPE_CHECKING:
    from kapjournal.domain.members import JournalKind
    from kapjournal.journal import Journal


class WelcomeRoute(Route):
    """The ways to begin, where no journal was found."""

    SCREEN = "welcome.WelcomeScreen"


class ChooseJournalRoute(Route):
    """The choice among journal files."""

    SCREEN = "choose_journal.ChooseJournalScreen"
    files: Sequence[Path]


@dataclass(frozen=True, slots=True)
class KeeperReturn:
    """The keeper is asked back to the keyboard: their keys and the newcomer's meet when they next open.

    Both are named by label.
    """

    keeper: str
    newcomer: str


class DoorsRoute(Route):
    """The doors of a journal, with one sentence said or a notice shown on them."""

    SCREEN = "doors.DoorsScreen"
    path: Path
    label: str | None = None
    notice: str = ""
    said: str = ""
    keeper_return: KeeperReturn | None = None


@dataclass(frozen=True, slots=True)
class FirstCouple:
    """The journal with which a therapist began, before there was a practice, and the door of theirs in it."""

    path: Path
    label: str


class CreateRoute(Route):
    """The form that starts a journal, or a practice with its `first` couple; in a `practice` a couple's."""

    SCREEN = "create.CreateScreen"
    kind: "JournalKind | None" = None
    practice: "Journal | None" = None
    first: "FirstCouple | None" = None


class OfferPracticeRoute(InJournal):
    """Asks a therapist whose journal was just made whether to keep a practice, too."""

    SCREEN = "offer_practice.OfferPracticeScreen"


class JoinRoute(Route):
    """The form that joins a journal with an invitation code."""

    SCREEN = "join.JoinScreen"
    path: Path | None = None
    code: str = ""
    name: str = ""
    hand_back_to: str = ""


class RecoverRoute(Route):
    """The form that sets a new passphrase with the recovery words."""

    SCREEN = "recover.RecoverScreen"
    path: Path


class SharesRoute(Route):
    """The form that opens a practice with two shares of its will, or only tries them."""

    SCREEN = "shares.SharesScreen"
    path: Path


class RestoreRoute(Route):
    """The form that puts a backup in the place of the journal."""

    SCREEN = "restore.RestoreScreen"
    path: Path


class HandOverRoute(Route):
    """The page that asks to turn the screen to the person who was invited."""

    SCREEN = "hand_over.HandOverScreen"
    name: str


class HandBackRoute(InJournal):
    """The page that asks the newcomer to give the keyboard back to the keeper."""

    SCREEN = "hand_over.HandBackScreen"
    keeper: str


class RecoveryWordsRoute(InJournal):
    """The recovery words of a new door; `go_on` is called once one of them was typed back."""

    SCREEN = "recovery_words.RecoveryWordsScreen"
    words: str
    go_on: "Callable[[Journal], Awaitable[None]]"
