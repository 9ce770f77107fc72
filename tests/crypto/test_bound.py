"""What a secret or key message is bound to: taken elsewhere, it is another or does not open."""

import secrets

import pytest

from kapjournal.crypto.identity import SIGNATURE_BYTES, Identity
from kapjournal.crypto.keyring import Keyring, recovery_channel, shared_channel, will_channel
from kapjournal.crypto.primitives import NotGenuine, purpose
from kapjournal.domain.ids import IdentityId, JournalId

JOURNAL, OTHER = JournalId(bytes(16)), JournalId(bytes([1]) * 16)


def test_a_key_message_sent_on_under_anothers_name_does_not_open() -> None:
    """Ben signs the sealed part of Ana's message to Lee as his own: Lee must not take her secret for his."""
    ana, ben, lee = (Identity(secrets.token_bytes(32), JOURNAL) for _ in range(3))
    secret = secrets.token_bytes(32)
    message = ana.write_key_message(JOURNAL, lee.public, secret)
    assert lee.open_key_message(JOURNAL, ana.public, message) == secret
    sealed = message[:-SIGNATURE_BYTES]

    def signed(signer: Identity, *fields: bytes) -> bytes:
        info = purpose("key message", JOURNAL, *fields)
        return sealed + signer.sign(purpose("key message signature", info, sealed))

    assert signed(ana, ana.hash, lee.hash) == message, "the control"
    for fields in ((ben.hash, lee.hash), (lee.hash,), (ana.hash, lee.hash)):
        with pytest.raises(NotGenuine):
            lee.open_key_message(JOURNAL, ben.public, signed(ben, *fields))


def test_no_secret_of_one_journal_or_member_is_one_of_another() -> None:
    master = secrets.token_bytes(32)
    me, one, other = (IdentityId(secrets.token_bytes(32)) for _ in range(3))
    rings = [Keyring(master, JOURNAL, me), Keyring(master, OTHER, me), Keyring(master, JOURNAL, one)]
    made = [
        made
        for ring in rings
        for made in (ring.secret_for(one), ring.secret_for(other), ring.rollback_record_key())
    ]
    made += [
        key.raw
        for ring in rings
        for key in (
            ring.channel_to(one),
            ring.channel_to(other),
            ring.drafts_channel(),
            ring.channel_from(one, master),
            ring.channel_from(other, master),
        )
    ]
    for journal in (JOURNAL, OTHER):
        made += [shared_channel(master, journal).raw, recovery_channel(master, journal).raw]
        made.append(will_channel(master, journal).raw)
    assert len(set(made)) == len(made)
