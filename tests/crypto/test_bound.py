"""What a secret or letter is bound to: taken elsewhere, it is another or does not open."""

import secrets

import pytest

from kapjournal.crypto.identity import SIGNATURE_BYTES, Identity
from kapjournal.crypto.keyring import Keyring
from kapjournal.crypto.primitives import NotGenuine, purpose
from kapjournal.domain.ids import JournalId, MemberId

JOURNAL, OTHER = JournalId(bytes(16)), JournalId(bytes([1]) * 16)


def test_a_letter_sent_on_under_anothers_name_does_not_open() -> None:
    """Ben signs the sealed part of Ana's letter to Lee as his own: Lee must not take her secret for his."""
    ana, ben, lee = (Identity(secrets.token_bytes(32), JOURNAL) for _ in range(3))
    secret = secrets.token_bytes(32)
    letter = ana.write_key_message(JOURNAL, lee.public, secret)
    assert lee.open_key_message(JOURNAL, ana.public, letter) == secret
    sealed = letter[:-SIGNATURE_BYTES]
    info = purpose("letter", JOURNAL, ben.hash, lee.hash)
    for said in (info, purpose("letter", JOURNAL, lee.hash), purpose("letter", JOURNAL, ana.hash, lee.hash)):
        resigned = sealed + ben.sign(purpose("letter signature", said, sealed))
        with pytest.raises(NotGenuine):
            lee.open_key_message(JOURNAL, ben.public, resigned)


def test_no_secret_of_one_journal_or_member_is_one_of_another() -> None:
    master = secrets.token_bytes(32)
    me, one, other = (MemberId(secrets.token_bytes(32)) for _ in range(3))
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
    assert len(set(made)) == len(made)
