"""The conversation with the person at the console: before any door is open, and behind one."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Draft
from kapjournal.domain.signing import Signer
from kapjournal.errors import KapjournalError
from kapjournal.plain.console import Console
from kapjournal.presentation.drafts import PageOwner
from kapjournal.presentation.people import others, readers_in_words, sharing_ended

if TYPE_CHECKING:
    from kapjournal.journal import Journal, KdfStrength
    from kapjournal.presentation.glances import Seen


@dataclass(frozen=True, slots=True)
class InterruptedPage:
    """A page that a lock interrupted: the draft's place, and the lines the journal does not have yet, which
    are the `whole` page if an earlier line was changed."""

    draft: Draft
    lines: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class FromPractice:
    """Where the journal of a couple was opened from: the practice's file, the door there, which couple."""

    path: Path
    label: str
    case: CaseId


@dataclass(frozen=True, slots=True)
class NewcomerTurn:
    """The keyboard goes to the person the keeper invited, who needs no more than this to join."""

    path: Path
    keeper: str
    name: str
    code: str = field(repr=False)
    within: FromPractice | None = None


@dataclass(frozen=True, slots=True)
class KeeperTurn:
    """The keyboard goes back to the keeper, after `newcomer` joined at it; both by label."""

    path: Path
    keeper: str
    newcomer: str
    within: FromPractice | None = None


@dataclass(slots=True)
class Conversation:
    """What holds from the first sentence to the last, at every door.

    `strength` is what new keyslots cost and `record_folder` the folder of what this computer remembers; None
    means the usual ones. `path` is the file whose door was open last, `interrupted` the pages that wait,
    each for its author alone, `turn` whose turn it is at the keyboard, `signers` how each member signed last,
    `notices` what is said at the doors of a journal, `seen_couples` what a therapist sees beside her couples.
    """

    console: Console
    strength: "KdfStrength | None" = None
    record_folder: Path | None = None
    path: Path | None = None
    interrupted: dict[PageOwner, InterruptedPage] = field(default_factory=dict)
    turn: NewcomerTurn | KeeperTurn | None = None
    signers: dict[MemberId, Signer] = field(default_factory=dict)
    notices: dict[Path, str] = field(default_factory=dict)
    seen_couples: "Seen" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The conversation with one member, whose journal is open, perhaps from `within` a practice."""

    conversation: Conversation
    journal: "Journal"
    within: FromPractice | None = None

    @property
    def console(self) -> Console:
        """The console the member sits at."""
        return self.conversation.console

    def readers(self, ids: Collection[MemberId]) -> str:
        """Who can read something, in words, the member counted."""
        return readers_in_words(self.journal, {*ids, self.journal.me.id})

    @property
    def others(self) -> list[Member]:
        """Every other member who is still here."""
        return others(self.journal.members.all(), self.journal.me.id)

    def name(self, author: MemberId) -> str:
        """An author in a sentence to the member."""
        return "you" if author == self.journal.me.id else self.journal.members.label_of(author)

    def refresh(self) -> None:
        """Take in what others wrote meanwhile; what keeps it from being taken in is said, and once that
        sharing has ended."""
        try:
            had_ended = self.journal.apart.has_ended
            self.journal.refresh()
            if not had_ended:
                self.console.say(sharing_ended(self.journal))
        except KapjournalError as error:
            self.console.say(str(error))


@contextmanager
def unlocked(
    conversation: Conversation, opened: "Journal", within: FromPractice | None = None
) -> Iterator[Unlocked]:
    """The conversation while a journal is open, which is closed after the block."""
    with opened:
        conversation.console.opened(opened.close)
        try:
            yield Unlocked(conversation, opened, within)
        finally:
            conversation.console.closed()
