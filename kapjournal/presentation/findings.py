"""Findings as sentences for people, and as data for scripts."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import MemberId
from kapjournal.presentation.sentences import NOT_WHOLE

if TYPE_CHECKING:
    from kapjournal.journal import CheckReport, Journal

LabelOf = Callable[[MemberId], str]
"""What a member is called."""

CHECKING = "Every sealed value in the file is looked at again. Nothing is changed by it."
ALL_IS_WELL = "All is as it was left."
NOT_AS_LEFT = "Something is not as its author left it"
WENT_BACK = (
    "If you went back to a backup yourself, it comes from that. What stood there before was kept beside this "
    "file, under a name that ends in .before-restore: bring that in (merge), and what was written after the "
    "backup is here again."
)

_K = FindingKind

_SENTENCES: dict[FindingKind, str] = {
    _K.CERTIFICATE_DAMAGED: "One of the members' cards and letters is damaged or not genuine.",
    _K.DOCUMENT_MALFORMED: "Something {name} sent is not of the form it should be; it is not shown.",
    _K.NOTE_MALFORMED: "A note {name} wrote is not of the form it should be; it is not shown.",
    _K.DOOR_MISSING: (
        "Your door was taken out of the file. Change your passphrase before you lock: that mends it."
    ),
    _K.DOOR_STRANGE: (
        "A door under your label was put into the file, strange or with an older passphrase of yours. "
        "Change your passphrase, and only yours is left."
    ),
    _K.DOOR_ALTERED: (
        "Your door was altered in the file. Change your passphrase before you lock: that mends it."
    ),
    _K.RECOVERY_WORDS_OLD: (
        "Older recovery words of yours, or shares of an older will, were put back. Make new ones, and only "
        "those open your door."
    ),
    _K.RECOVERY_WORDS_MISSING: (
        "Your recovery words open nothing any more: somebody took them out of the file. Make new ones."
    ),
    _K.WILL_MISSING: (
        "If you had made a will, its shares open nothing any more either: they were taken out with your "
        "recovery words. Make a new one."
    ),
    _K.VERSION_PUT_BACK: (
        "An older state of something {you} wrote was put back into the file; it is not shown."
    ),
    _K.OWN_ABSENT: (
        "Something you wrote is not in this file: it was taken out, or is still on its way from another copy."
    ),
    _K.INCOMING_ABSENT: (
        "Something {name} shared with you is not in this file: it was taken out, or is still on its way from "
        "another copy."
    ),
    _K.OUTGOING_ABSENT: (
        "Something you share with {name} is not in this file: it was taken out, or is still on its way from "
        "another copy."
    ),
    _K.COPY_WENT_ON: (
        "You went on writing in two copies of this file. Nothing is lost; where both changed a note, it "
        "shows both texts."
    ),
    _K.WRITTEN_WITH_OLD_KEYS: (
        "Something was written with keys that {you} replaced since: on a computer that did not know it yet, "
        "or by somebody who has the old keys. Look whether it is right."
    ),
    _K.WRITTEN_IN_YOUR_NAME: (
        "{name} put something into the file that looks as if you had written it. It is not shown as yours."
    ),
    _K.OWN_ROLLED_BACK: (
        "This file holds an older state of your own notes than this computer has seen, as after going back "
        "to a backup."
    ),
    _K.INCOMING_ROLLED_BACK: (
        "This file holds an older state of what {name} shares with you than this computer has seen, as after "
        "going back to a backup."
    ),
    _K.OUTGOING_ROLLED_BACK: (
        "This file holds an older state of what you share with {name} than this computer has seen, as after "
        "going back to a backup."
    ),
    _K.REMOVALS_ROLLED_BACK: (
        "An older word of {name} on who was removed was put back into the file; the later one counts."
    ),
    _K.SHARING_END_ABSENT: (
        "That sharing has ended is not said in this file. So it is in an archive or a copy that was made "
        "before it ended; else it was taken out, or new keys of the journal came from another copy. It holds "
        "here all the same. To say it to the others again, end sharing once more."
    ),
    _K.HANDED_ALTERED: (
        "A page that {name} typed for you cannot be opened: it is damaged or was altered in this copy. "
        "Another copy that has it whole mends it."
    ),
    _K.HANDED_ABSENT: (
        "A page that {name} typed for you is not in this file: it was taken out, or is still on its way from "
        "another copy."
    ),
    _K.SIGNED_TWICE: (
        "Two different texts are signed in one place, in something {you} wrote. Both are shown; one of them "
        "came later, or from another copy."
    ),
    _K.SIGNATURE_BROKEN: (
        "A signature under something {you} wrote does not hold, or its signer is not known here."
    ),
    _K.SIGNED_MISSING: "Something signed, which {you} wrote, is not in this file as it was signed.",
    _K.ADDENDUM_MISSING: (
        "Something that was added to what {you} signed is not here, though a later addition follows it: it "
        "was taken out, or is still on its way from another copy."
    ),
    _K.CERTIFICATE_UNINVITED: (
        "Somebody put a card for “{label}” into the journal that the keeper never gave a ticket for. "
        "It is not believed."
    ),
    _K.CERTIFICATE_CHANGED: "The card of {name} was changed after you met. The first one counts.",
    _K.INVITATION_RAN_OUT: (
        "{name} joined, and the invitation had run out by the time this program met them. Compare the 60 "
        "digits with {name}; if it was somebody else, remove them."
    ),
    _K.INVITATION_USED_TWICE: (
        "Two people used the same invitation; “{label}” is one of them. Ask the keeper to remove them and "
        "invite again."
    ),
    _K.LABEL_OR_PLACE_TAKEN: "“{label}” joined with a label or a place that is taken, and is not believed.",
    _K.LABEL_CONFUSABLE: (
        "The label of {name} can be taken for “{label}”, who is or was here. Compare the 60 digits with "
        "{name}, by voice, before you share anything with either: if they are the same, this ends."
    ),
    _K.KEY_MESSAGE_FORGED: "A letter in the name of {name} is not theirs.",
    _K.KEY_CHANGED: "{name} sent another channel key than before. The first one counts.",
    _K.SUCCESSOR_DISPUTED: (
        "Two different sets of new keys claim to be {name}'s. Somebody else may have their old passphrase: "
        "ask {name} by voice, and share nothing new with them until you know. Those met first count here. "
        "Compare the 60 digits: if they are the same, this ends; if not, the keeper can remove {name} and "
        "invite them anew."
    ),
    _K.SUCCESSOR_UNDECIDED: (
        "Two different sets of new keys claim to be {name}'s, and neither counts here. Somebody else may "
        "have their old passphrase: ask {name} by voice, and share nothing new with them. It ends when the "
        "keeper removes {name}, who can then be invited anew, under another label."
    ),
    _K.KEYS_REPLACED: (
        "This door opens with keys of yours that were replaced. You can read what was written before; write "
        "where you opened your new door, or with a copy made there. If you replaced nothing, somebody else "
        "has your old passphrase."
    ),
    _K.TOO_MANY_REMOVED: "The keeper takes back more people than there can have been.",
    _K.ADDRESS_BOOK_REBUILT: (
        "Your own list of members was missing and has been made again. "
        "Please compare the 60 digits with each of them anew."
    ),
    _K.ROLLBACK_RECORD_FULL: (
        "Somebody here writes as more computers than a person can have. This computer could not note all it "
        "saw, and might not notice an older copy of what they wrote."
    ),
    _K.ROLLBACK_RECORD_UNSAVED: (
        "This computer could not note what it saw, so it would not notice an older copy later."
    ),
    _K.ANNOUNCEMENT_FAILED: "Newcomers could not be greeted this time. {reason}",
}


_OLDER = {_K.OWN_ROLLED_BACK, _K.INCOMING_ROLLED_BACK, _K.OUTGOING_ROLLED_BACK}


def sentence(finding: Finding, me: MemberId, label_of: LabelOf) -> str:
    """A finding said to the member `me`."""
    match finding.kind:
        case FindingKind.ROWS_UNREADABLE:
            rows = "row" if finding.count == 1 else "rows"
            return f"{finding.count} {rows} of the file cannot be read; everything else is shown."
        case FindingKind.WRITTEN_BY_NEWER:
            things = "1 thing" if finding.count == 1 else f"{finding.count} things"
            whose = (
                "you" if finding.member == me else label_of(finding.member) if finding.member else "somebody"
            )
            are = "is" if finding.count == 1 else "are"
            return (
                f"{things} {whose} wrote with a newer kapjournal {are} kept and cannot be shown by this one."
            )
        case FindingKind.ATTACHMENT_ALTERED | FindingKind.ATTACHMENT_ABSENT:
            return _of_attachments(finding, me, label_of)
        case FindingKind.ENVELOPE_ALTERED:
            if finding.member == me:
                return "Something you wrote is damaged or was altered; it is not shown."
            other = label_of(finding.member) if finding.member else ""
            return f"Something between you and {other} is damaged or was altered; it is not shown."
    name = label_of(finding.member) if finding.member else ""
    return _SENTENCES[finding.kind].format(
        name=name,
        you="you" if finding.member == me else name,
        label=finding.label,
        reason=finding.reason,
    )


def _of_attachments(finding: Finding, me: MemberId, label_of: LabelOf) -> str:
    files, is_, was = (
        ("A file", "is", "was") if finding.count == 1 else (f"{finding.count} files", "are", "were")
    )
    whose = "you" if finding.member == me else label_of(finding.member) if finding.member else "somebody"
    if finding.kind is FindingKind.ATTACHMENT_ALTERED:
        return (
            f"{files} of a note {whose} wrote {is_} damaged or {was} altered, and {is_} not given out. A "
            "whole copy mends that."
        )
    return (
        f"{files} of a note {whose} wrote {is_} not all in this copy of the journal: still on the way from "
        "another copy, or taken out."
    )


def in_brief(found: "tuple[Finding, ...]") -> str:
    """That there are findings, in a sentence or two; empty if there are none."""
    if not found:
        return ""
    is_older = all(finding.kind in _OLDER for finding in found)
    return f"{NOT_AS_LEFT}.{' That is so after going back to a backup.' if is_older else ''}"


def sentences(found: "tuple[Finding, ...]", journal: "Journal") -> list[str]:
    """Findings said to the member whose door is open."""
    me = journal.me.id
    return [sentence(finding, me, journal.members.label_of) for finding in found]


def checked(journal: "Journal", report: "CheckReport") -> list[str]:
    """What a check found, in sentences: first whether all is well, last what to do after going back."""
    first = ALL_IS_WELL if report.is_clean else NOT_WHOLE
    return [first, *sentences(report.findings, journal), *after_going_back(report.findings)]


def after_going_back(found: Iterable[Finding]) -> list[str]:
    """What to do if the member went back to a backup, where it can come from that."""
    return [WENT_BACK] if any(finding.kind in _OLDER for finding in found) else []


def fields(finding: Finding, journal: "Journal") -> dict[str, Any]:
    """A finding for a script. `member` is a label; `document` the hexadecimal id of one document, or null."""
    return {
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "member": journal.members.label_of(finding.member) if finding.member else finding.label or None,
        "document": finding.document.hex() if finding.document else None,
        "count": finding.count,
        "sentence": sentence(finding, journal.me.id, journal.members.label_of),
    }
