"""What is said of signatures: who signed, whether it holds, and what was added."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.members import folded
from kapjournal.domain.signing import (
    SIGNED_IS_LOCKED,
    Addendum,
    AddendumKind,
    Signature,
    SignatureState,
    SignedDocument,
)
from kapjournal.presentation import days
from kapjournal.text import shown_line

if TYPE_CHECKING:
    import datetime as dt

_STATES = {
    SignatureState.HOLDS: "holds",
    SignatureState.BROKEN: "DOES NOT HOLD",
    SignatureState.UNKNOWN: "cannot be checked: the signer is not known here",
}
_SPOKEN_STATES = {
    SignatureState.HOLDS: "The signature holds.",
    SignatureState.BROKEN: "The signature does not hold.",
    SignatureState.UNKNOWN: "The signature cannot be checked: the signer is not known here.",
}
SIGNING = (
    "Once it is signed, it is locked: its words stay as they are, and it is not deleted. You can add to it "
    "later, and share it or stop that as before."
)
COSIGNING = "Your name stands under it from then on, for everybody who can read it. It cannot be taken back."
ADDING = "What you add is signed, and locked too. What it is added to stays as it is."
SIGNED = "It is signed, and locked from now on."
COSIGNED = "Your name stands under it now."
ADDITION = "Addendum, amendment or late entry"
"""What a page is whose author says at its end which of the three."""
PAGE_ADDS = "This is added to what is signed, once you finish it."
NO_REASON = "Say in a line why you add this."
IS_LATE = "This is a late entry. Why was it written late?"
NO_REASON_FOR_LATE = "Say in a line why it is late."
BEFORE_IT_MISSING = "What was added before it is not here."
NOTHING_TO_ADD_TO = (
    "The record to which you add this is not here any more. What you wrote stays in your draft."
)
NOT_SIGNED_YET = "This is not signed yet."
SIGN_IT = "Not signed yet. Press {sign} to sign and lock it."
ADD_TO_IT = f"{SIGNED_IS_LOCKED} Press {{add-to}} for that."
NOT_YOUR_OWN = "This is your own: somebody else can put their name under it."
NAME_STANDS = "Your name stands under it already."
ADDED = "It is added, and signed."
ADDENDUM_KIND_IN_WORDS: Mapping[AddendumKind, str] = {
    AddendumKind.ADDENDUM: "what was not known then",
    AddendumKind.AMENDMENT: "what was wrong, and how it is right",
    AddendumKind.LATE_ENTRY: "what was known then and left out",
}
"""What each kind is for, where the author chooses one."""
UNSIGNED_BESIDE = (
    "Beside it stand words that were written on another computer before the two met. They are not signed. "
    "You can make them a note of their own, with the readers they have."
)
SET_APART = "They are a note of their own now."
THIS_IS_APART = "This is a note of its own now."
ONE_DIGEST_A_PLACE = "Another text is signed in the same place. Compare the digests with the signer."


def adds_to(name: str) -> str:
    """What stands above a page whose words are added to what is signed and lists call by this name."""
    return f"{ADDITION} to “{name}”"


def addition(name: str) -> str:
    """What lists call such a page while it is not finished."""
    return f"Addition to “{name}”"


def signature_line(signature: Signature) -> str:
    """One signature: “Signed by Dr Mina Lee, LMFT, as author, 24 Nov 2026 10:02 · holds · keys of Dr Lee”."""
    keys = f" · keys of {shown_line(signature.label)}" if _has_another_name(signature) else ""
    return f"{_signed_by(signature)} · {_STATES[signature.state]}{keys}"


def spoken(signature: Signature) -> str:
    """One signature, said aloud: “Signed by Dr Lee, LMFT, as author, … The signature holds.”"""
    keys = f" The keys are those of {shown_line(signature.label)}." if _has_another_name(signature) else ""
    return f"{_signed_by(signature)}. {_SPOKEN_STATES[signature.state]}{keys}"


def addendum_heading(addendum: Addendum, service: "dt.date") -> str:
    """What stands above what was added to something about the day of `service`: “Addendum, 25 Nov 2026 09:10.
    Reason: …”, and of a late entry both days."""
    if addendum.kind is AddendumKind.LATE_ENTRY:
        said = _late_entry(service, addendum.when, addendum.reason)
    else:
        said = f"{addendum.kind.value.capitalize()}, {_when(addendum.when)}. {_reason(addendum.reason)}"
    return f"{said} {BEFORE_IT_MISSING}" if addendum.follows_missing else said


def late_entry(signed: SignedDocument, service: "dt.date", written: "dt.datetime") -> str:
    """“LATE ENTRY. Service on 2 Mar 2026, written 9 Mar 2026 10:02. Reason: …” where its author signed it as
    one; empty otherwise."""
    reason = signed.signatures[0].late
    return _late_entry(service, written, reason) if reason else ""


def _late_entry(service: "dt.date", written: "dt.datetime | None", reason: str) -> str:
    day = days.short(service, year=True)
    return f"LATE ENTRY. Service on {day}, written {_when(written)}. {_reason(reason)}"


def _reason(reason: str) -> str:
    return f"Reason: {shown_line(reason).rstrip('.')}."


def lines(signed: SignedDocument, service: "dt.date", written: "dt.datetime") -> Iterator[str]:
    """Everything about something signed, line by line; the words of what was added as they are. It is about
    the day of the `service`, and was `written` (UTC) before it was signed."""
    if said := late_entry(signed, service, written):
        yield said
    for signature in signed.signatures:
        yield signature_line(signature)
    yield from digests(signed)
    for addendum in signed.addenda:
        yield ""
        yield addendum_heading(addendum, service)
        yield addendum.body
        yield signature_line(addendum.signature)


def digests(signed: SignedDocument) -> Iterator[str]:
    """The digest of what is signed, and those of other texts that are signed in its place."""
    yield f"Digest {signed.digest}"
    if signed.others:
        yield ONE_DIGEST_A_PLACE
        for other in signed.others:
            yield f"Digest {other}"


def _has_another_name(signature: Signature) -> bool:
    """Whether the name that was signed with is not what its member is called here."""
    return bool(signature.label) and folded(signature.label) != folded(signature.name)


def _signed_by(signature: Signature) -> str:
    who = ", ".join(shown_line(part) for part in (signature.name, signature.credentials) if part)
    capacity = f", as {shown_line(signature.capacity)}" if signature.capacity else ""
    return f"Signed by {who}{capacity}, {_when(signature.when)}"


def _when(moment: "dt.datetime | None") -> str:
    if moment is None:
        return "at a time that cannot be read"
    local = clock.local(moment)
    return f"{days.short(local.date(), year=True)} {local:%H:%M}"
