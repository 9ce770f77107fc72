"""Who takes part in a journal: roles, labels, and how many of each there may be."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kapjournal.domain.confusables import are_confusable, skeletons
from kapjournal.domain.ids import MemberId
from kapjournal.errors import Refused, UsageError
from kapjournal.text import UNSEEN, storable_line

MAX_LABEL = 40
MAX_PARTNERS = 2
MAX_MEMBERS = 8
"""As many as an envelope has places; a removed member frees theirs."""

KEEPER_ONLY = "Only the keeper of this journal, who made it, invites and removes people."


class Role(StrEnum):
    """What a member is to the couple."""

    PARTNER = "partner"
    THERAPIST = "therapist"
    CO_THERAPIST = "co-therapist"
    PRESCRIBER = "prescriber"
    SUPERVISOR = "supervisor"
    PRACTICE_MANAGER = "practice-manager"

    @property
    def in_words(self) -> str:
        """The role as it is read: “practice manager”."""
        return self.value.replace("practice-", "practice ")

    @property
    def is_therapist(self) -> bool:
        """Whether `all` and the sessions reach this role on the clinic's side."""
        return self in (Role.THERAPIST, Role.CO_THERAPIST)

    @property
    def is_of_the_course(self) -> bool:
        """Whether this is one of the couple or their therapists: those who read the sessions."""
        return self is Role.PARTNER or self.is_therapist


class JournalKind(StrEnum):
    """What a file is kept for: one couple's course, or a clinic's own record of its couples."""

    COURSE = "course"
    PRACTICE = "practice"

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who can be a member: a course has no practice manager, a practice no partner."""
        elsewhere = Role.PARTNER if self is JournalKind.PRACTICE else Role.PRACTICE_MANAGER
        return tuple(role for role in Role if role is not elsewhere)


_AS_READERS = {
    *("all", "all of you", "all of us", "everyone", "everybody", "both", "both partners", "the others"),
    *("me", "myself", "only me", "you", "yourself", "only you", "you alone", "nobody", "nobody else"),
    *("no one", "none", "somebody", "somebody else", "somebody unknown", "someone", "anybody", "anyone"),
    *("unknown", "keeper", "the keeper"),
}
"""What the faces say in the place of a label, or could be taken to say."""

_AS_ANSWERS = {
    *(
        "?",
        "help",
        "back",
        "lock",
        "quit",
        "crisis",
        "join",
        "recover",
        "restore",
        "another",
        "list",
        "cancel",
    ),
}
"""What means something where a label is typed."""

RESERVED = (
    frozenset(_AS_READERS) | _AS_ANSWERS | {form for role in Role for form in (role.value, role.value + "s")}
)
"""Words that mean something where labels are read or written."""

_SEVERAL = re.compile(r"\band\b")

_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a journal as the reader's program knows them.

    `invited_as` is the name the keeper wrote on the invitation; `label` is what the person chose to be
    called. `verified` means that this person and the reader compared their 60-digit numbers, `was_verified`
    that they did so before this person got new keys. `new_keys_since` is when the reader's program met these.
    Who is `unacknowledged` joined after the reader, who has not said yet that they know of it. Who is
    `called_by_role` has a stand-in in the place of `label` and `invited_as`, which the reader is not told.
    """

    id: MemberId
    label: str
    role: Role
    invited_as: str
    is_keeper: bool = False
    verified: bool = False
    removed: bool = False
    was_verified: bool = False
    new_keys_since: dt.datetime | None = None
    unacknowledged: bool = False
    called_by_role: bool = False

    @property
    def is_to_compare_again(self) -> bool:
        """Whether the digits that were compared are of keys this person has replaced since."""
        return self.was_verified and not (self.verified or self.removed)

    @property
    def is_announced(self) -> bool:
        """Whether the reader is told that this person joined."""
        return self.unacknowledged and not self.removed


def valid_label(label: str) -> str:
    """Return the label as it is stored: trimmed, NFC, 1 to 40 characters, no comma, no reserved word; it
    reads like one person and not like a number in a list."""
    label = storable_line(label, "label", MAX_LABEL)
    if not label:
        raise UsageError("A label needs at least one character.")
    if "," in label or label.startswith("-"):
        raise UsageError("A label has no comma and does not begin with a hyphen.")
    seen = folded(label)
    if (
        not seen
        or unicodedata.category(label[0]).startswith("M")
        or any(unicodedata.category(character) in ("Cf", "Co", "Cn") for character in label)
    ):
        raise UsageError("A label is made of characters that can be seen.")
    if " ".join(seen.split()) in RESERVED:
        raise Refused(f"“{label}” has a meaning of its own here and cannot be a label.")
    if _SEVERAL.search(seen):
        raise Refused(f"“{label}” reads like several people, and a label is for one.")
    if seen.isdecimal():
        raise Refused(f"“{label}” reads like a number in a list and cannot be a label.")
    return label


def folded(label: str) -> str:
    """The form in which two labels are compared, so that “Ana” and “ana” cannot both be members.

    What cannot be seen does not count either, or a second “Ana” could stand beside the first.
    """
    return UNSEEN.sub("", unicodedata.normalize("NFKC", label)).casefold().strip()


def check_distinct(label: str, others: Iterable[str] = ()) -> None:
    """Refuse a new label that can be taken for one of `others`, or for a word that means something here.

    Only for new labels: what is one already, by another program's tables, stays one.
    """
    if like := next((other for other in others if are_confusable(label, other)), None):
        raise Refused(f"“{label}” reads like “{like}”, a label that is or was in use here. Choose another.")
    if reads_like_stand_in(label) or any(are_confusable(label, word) for word in RESERVED):
        raise Refused(f"“{label}” reads like a word that has a meaning of its own here.")


def stand_in(number: int, role: Role) -> str:
    """What a member of a role is called where the label is not said: “First partner”, `number` from 0. No
    digit is in it, which could be taken for a number in a list of choices."""
    ordinal = _ORDINALS[number] if number < len(_ORDINALS) else f"{number + 1}th"
    return f"{ordinal} {role.value}"


def reads_like_stand_in(label: str) -> bool:
    """Whether a label can be taken for what somebody is called in the place of a label."""
    return not _stand_in_skeletons().isdisjoint(enumerate(skeletons(label)))


@cache
def _stand_in_skeletons() -> frozenset[tuple[int, str]]:
    words = (stand_in(number, role) for number in range(len(_ORDINALS)) for role in Role)
    return frozenset(key for word in words for key in enumerate(skeletons(word)))


def role_from(word: str) -> Role:
    """Read a role as written on a command line (`UsageError` names the roles)."""
    try:
        return Role(word.strip().lower())
    except ValueError:
        raise UsageError(f"There is no role “{word}”; the roles are {', '.join(Role)}.") from None


def check_role(role: Role, kind: JournalKind) -> None:
    """Refuse a role that nobody has in a journal of this kind."""
    if role not in kind.roles:
        where = "a practice" if kind is JournalKind.PRACTICE else "a couple's journal"
        raise Refused(f"Nobody is a {role.in_words} in {where}: {', '.join(kind.roles)}.")


def check_room(
    here: Iterable[tuple[str, Role]], label: str, role: Role, invited: Iterable[tuple[str, Role]] = ()
) -> None:
    """Refuse a newcomer whose label is taken or for whose role there is no place left.

    `here` are label and role of every member still here, `invited` of every open invitation.
    """
    members, promised = list(here), list(invited)
    if folded(label) in {folded(other) for other, _ in members}:
        raise Refused(f"There is a “{label}” in this journal already. Choose another label.")
    if folded(label) in {folded(other) for other, _ in promised}:
        raise Refused(f"“{label}” is invited already. Cancel that invitation, or choose another name.")
    present = members + promised
    if role is Role.PARTNER and sum(r is Role.PARTNER for _, r in present) >= MAX_PARTNERS:
        raise Refused("A journal has two partners, and both places are taken or promised.")
    if len(present) >= MAX_MEMBERS:
        raise Refused(f"A journal has at most {MAX_MEMBERS} members, invitations counted.")
