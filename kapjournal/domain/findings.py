"""What in a journal is not as its author left it, as data. The faces word it."""

from dataclasses import dataclass
from enum import StrEnum

from kapjournal.domain.ids import DocumentId, MemberId


class Severity(StrEnum):
    """How much a finding asks of the member."""

    NOTICE = "notice"
    """Something could not be done this time; nothing is lost."""
    WARNING = "warning"
    """Words are damaged, missing or older than they were, or a member should look into something."""
    ALARM = "alarm"
    """A person may be pretending to be another, or the way into the journal was tampered with."""


class FindingKind(StrEnum):
    """Every kind of thing that can be found. `Finding.member` is the one named in the comment."""

    ROWS_UNREADABLE = "rows-unreadable"  # `count` rows of the file
    CERTIFICATE_DAMAGED = "certificate-damaged"
    ENVELOPE_ALTERED = "envelope-altered"  # its author, or the reader it was for
    DOCUMENT_MALFORMED = "document-malformed"  # its author
    NOTE_MALFORMED = "note-malformed"  # its author
    WRITTEN_IN_YOUR_NAME = "written-in-your-name"  # the reader who did it
    WRITTEN_BY_NEWER = "written-by-newer"  # `count` documents of the member, or rows of nobody known

    DOOR_MISSING = "door-missing"
    DOOR_STRANGE = "door-strange"
    DOOR_ALTERED = "door-altered"
    RECOVERY_WORDS_OLD = "recovery-words-old"
    RECOVERY_WORDS_MISSING = "recovery-words-missing"
    WILL_MISSING = "will-missing"  # if there was one

    VERSION_PUT_BACK = "version-put-back"  # its author
    OWN_ABSENT = "own-absent"
    INCOMING_ABSENT = "incoming-absent"  # the sender
    OUTGOING_ABSENT = "outgoing-absent"  # the reader
    COPY_WENT_ON = "copy-went-on"
    WRITTEN_WITH_OLD_KEYS = "written-with-old-keys"  # who replaced them
    OWN_ROLLED_BACK = "own-rolled-back"
    INCOMING_ROLLED_BACK = "incoming-rolled-back"  # the sender
    OUTGOING_ROLLED_BACK = "outgoing-rolled-back"  # the reader
    REMOVALS_ROLLED_BACK = "removals-rolled-back"  # the keeper
    SHARING_END_ABSENT = "sharing-end-absent"

    ATTACHMENT_ALTERED = "attachment-altered"  # the author; `count` files of one note
    ATTACHMENT_ABSENT = "attachment-absent"  # the author; `count` files of one note

    HANDED_ALTERED = "handed-altered"  # who typed it
    HANDED_ABSENT = "handed-absent"  # who typed it

    SIGNED_TWICE = "signed-twice"  # its author
    SIGNATURE_BROKEN = "signature-broken"  # the author of what is signed
    SIGNED_MISSING = "signed-missing"  # its author
    ADDENDUM_MISSING = "addendum-missing"  # the member, who signed it

    CERTIFICATE_UNINVITED = "certificate-uninvited"  # `label`: what the stranger is called
    CERTIFICATE_CHANGED = "certificate-changed"  # the member
    INVITATION_USED_TWICE = "invitation-used-twice"  # `label`
    INVITATION_RAN_OUT = "invitation-ran-out"  # who joined with it
    LABEL_OR_PLACE_TAKEN = "label-or-place-taken"  # `label`
    LABEL_CONFUSABLE = "label-confusable"  # the member; `label`: for whom they can be taken
    KEY_MESSAGE_FORGED = "key-message-forged"  # in whose name
    KEY_CHANGED = "key-changed"  # the sender
    SUCCESSOR_DISPUTED = "successor-disputed"  # the member; the keys met first count
    SUCCESSOR_UNDECIDED = "successor-undecided"  # the member; none of the new keys count
    KEYS_REPLACED = "keys-replaced"
    TOO_MANY_REMOVED = "too-many-removed"

    ADDRESS_BOOK_REBUILT = "address-book-rebuilt"
    ROLLBACK_RECORD_FULL = "rollback-record-full"
    ROLLBACK_RECORD_UNSAVED = "rollback-record-unsaved"
    ANNOUNCEMENT_FAILED = "announcement-failed"  # `reason`: why

    @property
    def severity(self) -> Severity:
        """How much this kind asks of the member."""
        if self in _NOTICES:
            return Severity.NOTICE
        return Severity.ALARM if self in _ALARMS else Severity.WARNING

    @property
    def doubts_person(self) -> bool:
        """Whether it may be somebody else who writes, or is written to, as the member it names."""
        return self in _DOUBTS

    @property
    def says_missing(self) -> bool:
        """Whether something is missing, or came late, that a member can let go of."""
        return self in _MISSING


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not add up: its kind, whom and which document it concerns.

    `document` is set where a single document is known. `label` is what a stranger calls themselves, `count`
    says how many rows or envelopes are meant, and `reason` is a whole sentence of an error.
    """

    kind: FindingKind
    member: MemberId | None = None
    document: DocumentId | None = None
    label: str = ""
    count: int = 1
    reason: str = ""

    @property
    def severity(self) -> Severity:
        """How much it asks of the member."""
        return self.kind.severity


_NOTICES = frozenset(
    {
        FindingKind.COPY_WENT_ON,
        FindingKind.WRITTEN_BY_NEWER,
        FindingKind.ROLLBACK_RECORD_UNSAVED,
        FindingKind.ANNOUNCEMENT_FAILED,
    }
)
_MISSING = frozenset(
    {
        FindingKind.OWN_ABSENT,
        FindingKind.INCOMING_ABSENT,
        FindingKind.OUTGOING_ABSENT,
        FindingKind.OWN_ROLLED_BACK,
        FindingKind.INCOMING_ROLLED_BACK,
        FindingKind.OUTGOING_ROLLED_BACK,
        FindingKind.WRITTEN_WITH_OLD_KEYS,
    }
)
_DOUBTS = frozenset(
    {
        FindingKind.WRITTEN_IN_YOUR_NAME,
        FindingKind.CERTIFICATE_CHANGED,
        FindingKind.INVITATION_RAN_OUT,
        FindingKind.LABEL_CONFUSABLE,
        FindingKind.KEY_MESSAGE_FORGED,
        FindingKind.KEY_CHANGED,
        FindingKind.SUCCESSOR_DISPUTED,
        FindingKind.SUCCESSOR_UNDECIDED,
    }
)
_ALARMS = frozenset(
    {
        FindingKind.DOOR_MISSING,
        FindingKind.DOOR_STRANGE,
        FindingKind.DOOR_ALTERED,
        FindingKind.RECOVERY_WORDS_OLD,
        FindingKind.RECOVERY_WORDS_MISSING,
        FindingKind.WILL_MISSING,
        FindingKind.WRITTEN_IN_YOUR_NAME,
        FindingKind.SIGNED_TWICE,
        FindingKind.SIGNATURE_BROKEN,
        FindingKind.SIGNED_MISSING,
        FindingKind.CERTIFICATE_UNINVITED,
        FindingKind.CERTIFICATE_CHANGED,
        FindingKind.INVITATION_USED_TWICE,
        FindingKind.LABEL_OR_PLACE_TAKEN,
        FindingKind.LABEL_CONFUSABLE,
        FindingKind.KEY_MESSAGE_FORGED,
        FindingKind.KEY_CHANGED,
        FindingKind.SUCCESSOR_DISPUTED,
        FindingKind.SUCCESSOR_UNDECIDED,
        FindingKind.KEYS_REPLACED,
        FindingKind.TOO_MANY_REMOVED,
        FindingKind.ADDRESS_BOOK_REBUILT,
    }
)
