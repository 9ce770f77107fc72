"""Why something cannot be done, in a sentence for whoever tried; an empty one where it can."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kapjournal.domain import sessions, signing
from kapjournal.domain.apart import NOTHING_MORE_IS_SHARED
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Note
from kapjournal.domain.offers import BOUND
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.domain.signing import CLINICAL_RECORDS, SIGNED_ALREADY, SIGNED_IS_LOCKED, SignedDocument
from kapjournal.domain.waiting import CLOSED_KINDS
from kapjournal.errors import Refused
from kapjournal.presentation import sentences
from kapjournal.presentation.opening import NEVER_CLOSED
from kapjournal.presentation.signing import NAME_STANDS
from kapjournal.presentation.waiting import CLOSED
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

CHOOSE_A_NOTE = "Choose a note first."
FIRST_NOTE = "This is the first of these notes."
LAST_NOTE = "This is the last of these notes."
NOTHING_SEARCHED = "This note was not opened from a search."
NOTHING_UNFINISHED = "There is nothing unfinished."
NOTHING_TO_REMIND_OF = "There is nothing to be reminded of."
NOTHING_AMISS = "Nothing is known to be amiss. {check} looks at everything."
NOBODY_NEW = "Nobody has joined whom you do not know of."
PRESENT_WORDING = "This is the present wording. Choose an earlier one."
CHOOSE_ANOTHER = "Choose somebody else who is here."
CHOOSE_AN_INVITATION = "Choose an invitation first."

_FILES_STAY = "This note is signed: its files stay as they are."
_NO_FILES = "Nothing is attached to this note."
_NOT_SIGNED = "This note is not signed."
_NOTHING_BESIDE = signing.NOTHING_BESIDE
_BEING_VERIFIED = "Its signatures are being verified; try again in a moment."
_IS_PRIVATE = "Only you can read this note: there is nobody to stop sharing it with."
_BY_ITS_AUTHOR: Mapping[str, str] = {
    "edit": "change it",
    "delete": "delete it",
    "share": "share it",
    "withdraw": "stop sharing it",
    "history": "see its earlier versions",
    "attach": "attach files to it",
    "remove_file": "remove its files",
    "sign": "sign it",
    "set_apart": "make notes of what stands beside it",
    "close_until": "close it",
}
"""What only the author of a note can do with it."""
_CHANGES = ("edit", "attach", "remove_file")
_BY_THE_CLINIC = ("sign", "cosign", "add_to", "set_apart")


def with_note(journal: "Journal", deed: str, note: Note | None, signed: SignedDocument | None = None) -> str:
    """Why the member cannot do this with a note, or with none chosen; `signed` is what is known of its
    signatures."""
    if note is None:
        return CHOOSE_A_NOTE
    me = journal.me
    if deed in _BY_THE_CLINIC and not (signing.may_sign(me.role) and signing.is_record(note)):
        return CLINICAL_RECORDS
    if deed in _BY_ITS_AUTHOR and note.author != me.id:
        author = shown_line(journal.members.label_of(note.author))
        return f"{author} wrote this note; only {author} can {_BY_ITS_AUTHOR[deed]}."
    if deed == "share" and journal.apart.has_ended:
        return NOTHING_MORE_IS_SHARED
    if deed in _CHANGES and journal.offers.is_bound(note):
        return BOUND
    return _as_it_stands(deed, note, me, signed)


def _as_it_stands(deed: str, note: Note, me: Member, signed: SignedDocument | None) -> str:
    no_files = "" if note.files else _NO_FILES
    sentence = {
        "edit": SIGNED_IS_LOCKED if note.is_signed else CLOSED if note.opens else "",
        "history": CLOSED if note.opens else "",
        "delete": SIGNED_IS_LOCKED if note.is_signed else "",
        "attach": _FILES_STAY if note.is_signed else "",
        "remove_file": _FILES_STAY if note.is_signed else no_files,
        "save_file": no_files,
        "withdraw": _IS_PRIVATE if note.is_private else "",
        "sign": "" if signing.may_be_signed(note, me) else _why_not_signed(note),
        "cosign": "" if signing.may_be_cosigned(note, me, signed) else _why_not_cosigned(note, me, signed),
        "add_to": "" if signing.may_be_added_to(note, me) else _NOT_SIGNED,
        "close_until": "" if note.text.kind in CLOSED_KINDS else NEVER_CLOSED,
        "set_apart": "" if signing.may_be_set_apart(note, me) else _NOTHING_BESIDE,
    }
    return sentence.get(deed, "")


def _why_not_signed(note: Note) -> str:
    joins = f"{sentences.BOTH_STAND} {sentences.SAVING_JOINS}"
    return SIGNED_ALREADY if note.is_signed else joins


def _why_not_cosigned(note: Note, me: Member, signed: SignedDocument | None) -> str:
    if not note.is_signed:
        return _NOT_SIGNED
    is_being_verified = signed is None and note.author != me.id
    return _BEING_VERIFIED if is_being_verified else NAME_STANDS


def adding_a_session(journal: "Journal") -> str:
    """Why the member cannot add a session, which all of the course would read."""
    if journal.apart.has_ended:
        return NOTHING_MORE_IS_SHARED
    try:
        sessions.check_may_add(journal.me, journal.members.all())
    except Refused as refused:
        return str(refused)
    return ""


def opening_the_pad(session: Session | None) -> str:
    """Why there is no dose pad, with no session chosen or one without a dose."""
    if session is None:
        return "Choose a dosing session first."
    return "" if session.kind is SessionKind.DOSING else "A dose pad belongs to a dosing session."


def changing_session(journal: "Journal", session: Session | None) -> str:
    """Why the member cannot change a session, or with none chosen."""
    if session is None:
        return "Choose a session first."
    if session.author == journal.me.id:
        return ""
    author = shown_line(journal.members.label_of(session.author))
    return f"{author} added this session; only {author} can change it."
