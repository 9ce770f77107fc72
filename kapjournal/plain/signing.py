"""Signing: an observation of the member's own, another's, and what is added to a signed one."""

from kapjournal.domain import signing
from kapjournal.domain.notes import Note
from kapjournal.domain.signing import MAX_NAME, SignedNote, Signer, signer_from
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
    console.say(*(wording.spoken(signature) for signature in signed.signatures))
    if signed.others:
        console.say(
            wording.ONE_DIGEST_A_PLACE, *(f"Digest: {one}" for one in (signed.digest, *signed.others))
        )
    for addendum in signed.addenda:
        console.say(wording.addendum_heading(addendum))
        console.text(phrasing.aloud(addendum.body))
        console.say(wording.spoken(addendum.signature))
    console.say("End of what was added." if signed.addenda else "")
    if note.beside:
        console.text(phrasing.aloud(note.words_beside.strip()))
        console.say("End of what stands beside it.")


def may_cosign(unlocked: Unlocked, note: Note) -> bool:
    """Whether the member can put their name under a note, and has not yet."""
    signed = unlocked.journal.signing.of(note.id) if note.is_signed else None
    return signing.may_be_cosigned(note, unlocked.journal.me, signed)


def sign(unlocked: Unlocked, note: Note) -> None:
    """Sign and lock the member's own observation."""
    unlocked.console.say(wording.SIGNING)
    signer = _ask_signer(unlocked)
    if unlocked.console.yes(f"Sign and lock “{note.text.name}”?"):
        unlocked.journal.signing.sign(note.id, signer, note.versions)
        unlocked.console.say(wording.SIGNED)
    else:
        unlocked.console.say(_NOTHING)


def cosign(unlocked: Unlocked, note: Note) -> None:
    """Put the member's name under a note that somebody else signed."""
    unlocked.console.say(wording.COSIGNING)
    signer = _ask_signer(unlocked)
    if unlocked.console.yes(f"Co-sign “{note.text.name}”?"):
        unlocked.journal.signing.cosign(note.id, signer)
        unlocked.console.say(wording.COSIGNED)
    else:
        unlocked.console.say(_NOTHING)


def set_apart(unlocked: Unlocked, note: Note) -> None:
    """Make the unsigned words beside a signed note a note of their own."""
    unlocked.journal.notes.set_apart(note.id)
    unlocked.console.say(wording.SET_APART)


def add(page: LineEditor, note: Note) -> bool:
    """Add the words of a page to a signed note, once their kind and reason are said; whether it was done."""
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

    def deed() -> SignedNote:
        return unlocked.journal.signing.add(note.id, kind, page.body, reason, signer)

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


def _reason(answer: str) -> str:
    if not answer:
        raise UsageError(wording.NO_REASON)
    return storable_line(answer, "reason")


_NOTHING = "Nothing was signed."
