"""Signing: an observation or record of the member's own, another's, and what is added to a signed one."""

import datetime as dt

from kapjournal.domain import signing
from kapjournal.domain.notes import Note
from kapjournal.domain.records import Record
from kapjournal.domain.signing import MAX_NAME, SignedDocument, Signer, signer_from
from kapjournal.errors import UsageError
from kapjournal.plain import phrasing
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.line_editor import LineEditor
from kapjournal.plain.menus import pick
from kapjournal.presentation import signing as wording
from kapjournal.text import storable_line


def say_signatures(unlocked: Unlocked, note: Note) -> None:
    """Verify and say the signatures under a note, what was added to it, and what stands beside it; nothing
    if it is not signed."""
    signed = unlocked.journal.signing.of(note.id) if note.is_signed else None
    if signed is None:
        return
    console = unlocked.console
    say_signed(unlocked, signed, note.text.date, note.revised or note.written)
    if note.beside:
        console.text(phrasing.aloud(note.words_beside.strip()))
        console.say("End of what stands beside it.")


def say_signed(unlocked: Unlocked, signed: SignedDocument, service: dt.date, written: dt.datetime) -> None:
    """Say the signatures under something about the day of the `service`, written then (UTC), and what was
    added to it."""
    console = unlocked.console
    console.say(wording.late_entry(signed, service, written))
    console.say(*(wording.spoken(signature) for signature in signed.signatures))
    if signed.others:
        console.say(
            wording.ONE_DIGEST_A_PLACE, *(f"Digest: {one}" for one in (signed.digest, *signed.others))
        )
    for addendum in signed.addenda:
        console.say(wording.addendum_heading(addendum, service))
        console.text(phrasing.aloud(addendum.body))
        console.say(wording.spoken(addendum.signature))
    console.say("End of what was added." if signed.addenda else "")


def may_cosign(unlocked: Unlocked, note: Note) -> bool:
    """Whether the member can put their name under a note, and has not yet."""
    signed = unlocked.journal.signing.of(note.id) if note.is_signed else None
    return signing.may_be_cosigned(note, unlocked.journal.me, signed)


def sign(unlocked: Unlocked, of: Note | Record, name: str, *, is_late: bool = False) -> None:
    """Sign and lock the member's own observation or record, which lists call by this name; of a late entry
    the reason is asked."""
    console = unlocked.console
    console.say(wording.SIGNING)
    late = console.ask_for(wording.IS_LATE, _late_reason) if is_late else ""
    signer = _ask_signer(unlocked)
    if console.yes(f"Sign and lock “{name}”?"):
        unlocked.journal.signing.sign(of.id, signer, of.versions, late=late)
        unlocked.console.say(wording.SIGNED)
    else:
        unlocked.console.say(_NOTHING)


def cosign(unlocked: Unlocked, of: Note | Record, name: str) -> None:
    """Put the member's name under a note or record that somebody else signed."""
    unlocked.console.say(wording.COSIGNING)
    signer = _ask_signer(unlocked)
    if unlocked.console.yes(f"Co-sign “{name}”?"):
        unlocked.journal.signing.cosign(of.id, signer)
        unlocked.console.say(wording.COSIGNED)
    else:
        unlocked.console.say(_NOTHING)


def set_apart(unlocked: Unlocked, note: Note) -> None:
    """Make the unsigned words beside a signed note a note of their own."""
    unlocked.journal.notes.set_apart(note.id)
    unlocked.console.say(wording.SET_APART)


def add(page: LineEditor, of: str) -> bool:
    """Add the words of a page to something signed, by its id, once their kind and reason are said; whether it
    was done."""
    unlocked, console = page.unlocked, page.console
    words = {kind.value: said for kind, said in wording.ADDENDUM_KIND_IN_WORDS.items()}
    kind = pick(
        console,
        "What is it, number or word:",
        {kind.value: kind for kind in wording.ADDENDUM_KIND_IN_WORDS},
        {word: f"{said}." for word, said in words.items()},
    )
    reason = console.ask_for("Why do you add it, in a line:", _reason)
    console.say(wording.ADDING)
    signer = _ask_signer(unlocked)
    if not console.yes("Sign it and add it?"):
        console.say(_NOTHING)
        return False

    def deed() -> SignedDocument:
        return unlocked.journal.signing.add(of, kind, page.body, reason, signer)

    page.use_up(deed)
    console.say(wording.ADDED)
    return True


def _ask_signer(unlocked: Unlocked) -> Signer:
    """How the member signs; Enter means as they did last since the program was started."""
    console, signers, me = unlocked.console, unlocked.conversation.signers, unlocked.journal.me.id
    before = signers.get(me)
    if before is not None:
        said = ", ".join(part for part in (before.name, before.credentials) if part)
        console.say(f"You signed as {said} before.")
        name = console.ask("Press Enter to take that, or type another name:")
        if not name:
            return before
    else:
        name = console.ask_for("Your name, as it stands under a record:", _name)
    credentials = console.ask_for(
        "Your credentials, such as LMFT. Enter for none:",
        lambda answer: storable_line(answer, "line of credentials", MAX_NAME),
    )
    signers[me] = signer_from(name, credentials)
    return signers[me]


def _name(answer: str) -> str:
    return signer_from(answer, "").name


def _late_reason(answer: str) -> str:
    if not answer:
        raise UsageError(wording.NO_REASON_FOR_LATE)
    return storable_line(answer, "reason")


def _reason(answer: str) -> str:
    if not answer:
        raise UsageError(wording.NO_REASON)
    return storable_line(answer, "reason")


_NOTHING = "Nothing was signed."
