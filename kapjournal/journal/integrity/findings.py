"""Everything that does not add up and is known from reading alone."""

from collections import Counter
from collections.abc import Iterator

from kapjournal.crypto.keyslot import ID_BYTES
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.members import JournalKind
from kapjournal.journal.vault.vault import Vault


def findings(vault: Vault) -> tuple[Finding, ...]:
    """All of it; empty when all is well."""
    return (*journal_findings(vault), *note_findings(vault))


def journal_findings(vault: Vault) -> tuple[Finding, ...]:
    """Damage, doors, what is missing or was put back, members' certificates, what could not be done."""
    return (
        *_damage(vault),
        *_keyslots(vault),
        *vault.rollback.findings(),
        *_removals(vault),
        *_end_of_sharing(vault),
        *vault.membership.alarms,
        *vault.signatures.findings(),
        *(trouble for trouble in vault.troubles if not _is_expected(vault, trouble)),
    )


def note_findings(vault: Vault) -> tuple[Finding, ...]:
    """Documents that came as notes and are none."""
    return tuple(
        Finding(FindingKind.NOTE_MALFORMED, version.author, version.document)
        for version in vault.notes.malformed()
    )


def _damage(vault: Vault) -> Iterator[Finding]:
    envelopes = vault.envelopes
    if count := len(envelopes.damaged) + vault.odd_rows:
        yield Finding(FindingKind.ROWS_UNREADABLE, count=count)
    twins = envelopes.twins()  # the whole row is here: nothing is amiss
    for row_id, member in envelopes.altered.items():
        if row_id not in twins:
            kind = FindingKind.CERTIFICATE_DAMAGED if member is None else FindingKind.ENVELOPE_ALTERED
            yield Finding(kind, member)
    replaced, late = {channel.name: who for channel, who in envelopes.channels.replaced()}, []
    for channel in envelopes.forged.values():
        if channel.name in replaced:
            late.append(replaced[channel.name])
        else:
            yield Finding(FindingKind.WRITTEN_IN_YOUR_NAME, channel.receiver)
    late += vault.membership.written_late.values()
    yield from (Finding(FindingKind.WRITTEN_WITH_OLD_KEYS, who) for who in dict.fromkeys(late))
    for sender in envelopes.rejected.values():
        yield Finding(FindingKind.DOCUMENT_MALFORMED, sender)
    for sender, count in Counter(envelopes.newer.values()).items():
        yield Finding(FindingKind.WRITTEN_BY_NEWER, sender, count=count)
    if envelopes.newer_rows:
        yield Finding(FindingKind.WRITTEN_BY_NEWER, count=len(envelopes.newer_rows))


def _keyslots(vault: Vault) -> Iterator[Finding]:
    """What opens this member's door: whoever can write the file can strike such a row, or put one back."""
    doors, record = vault.own_doors, vault.record
    if not doors:
        yield Finding(FindingKind.DOOR_MISSING)
    elif len(doors) > 1 or doors & set(record.retired):
        yield Finding(FindingKind.DOOR_STRANGE)
    elif _is_altered(record.door, doors):
        yield Finding(FindingKind.DOOR_ALTERED)
    if vault.membership.is_superseded:
        yield Finding(FindingKind.KEYS_REPLACED)
    elif vault.had_no_keys:
        yield Finding(FindingKind.RECOVERY_WORDS_MISSING)
        if vault.membership.kind is JournalKind.PRACTICE:
            yield Finding(FindingKind.WILL_MISSING)


def _is_altered(known: bytes, now: frozenset[bytes]) -> bool:
    """Whether a row that was noted is there under its own id with another content."""
    return any(mark[:ID_BYTES] == known[:ID_BYTES] and mark != known for mark in now)


def _removals(vault: Vault) -> Iterator[Finding]:
    """Whether the journal info in the file forgot a removal. The removal holds all the same."""
    membership = vault.membership
    if membership.papers.info_version and not membership.book.revoked <= membership.info.revoked:
        yield Finding(FindingKind.REMOVALS_ROLLED_BACK, membership.keeper)


def _end_of_sharing(vault: Vault) -> Iterator[Finding]:
    """Whether the file no longer says what this computer has seen: that nothing more is shared."""
    membership = vault.membership
    is_told = not (membership.me.removed or membership.is_superseded)
    if is_told and membership.sharing_has_ended and not vault.envelopes.shared.says_ended:
        yield Finding(FindingKind.SHARING_END_ABSENT)


def _is_expected(vault: Vault, trouble: Finding) -> bool:
    """With an old door the address book cannot be read, for it lies under newer keys."""
    return trouble.kind is FindingKind.ADDRESS_BOOK_REBUILT and vault.membership.is_superseded
