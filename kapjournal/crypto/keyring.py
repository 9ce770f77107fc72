"""The symmetric keys of one member, all derived from the master key and never stored."""

from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.primitives import derive, purpose
from kapjournal.domain.ids import IdentityId, JournalId


class Keyring:
    """Derives the keys of one identity of a member in one journal; both are part of every derivation."""

    def __init__(self, master_key: bytes, journal: JournalId, me: IdentityId) -> None:
        self._master = master_key
        self._journal = journal
        self._me = me

    def secret_for(self, receiver: IdentityId) -> bytes:
        """The secret (32 bytes) of a channel key message; both ends derive the channel's key from it."""
        return derive(self._master, purpose("channel secret", self._journal, self._me, receiver))

    def channel_to(self, receiver: IdentityId) -> ChannelKey:
        """The channel from this member to `receiver`, who may be the same member."""
        return channel(self.secret_for(receiver), self._journal, self._me, receiver)

    def channel_from(self, sender: IdentityId, secret: bytes) -> ChannelKey:
        """The channel from `sender` to this member, from the secret in the sender's channel key message."""
        return channel(secret, self._journal, sender, self._me)

    def drafts_channel(self) -> ChannelKey:
        """The channel of drafts, which only their author reads."""
        return ChannelKey(derive(self._master, purpose("drafts", self._journal, self._me)))

    def rollback_record_key(self) -> bytes:
        """The key (32 bytes) of the rollback record, which this computer keeps outside the file."""
        return derive(self._master, purpose("rollback record", self._journal, self._me))


def channel(secret: bytes, journal: JournalId, sender: IdentityId, receiver: IdentityId) -> ChannelKey:
    """A channel's key from the secret of its channel key message.

    Both ends are part of the derivation: a member who passes on a secret of another member's makes a
    different channel with it, and cannot make that member look guilty.
    """
    return ChannelKey(derive(secret, purpose("channel", journal, sender, receiver)))


def shared_channel(journal_key: bytes, journal: JournalId) -> ChannelKey:
    """The channel of invitation grants, certificates, channel key messages and successor records.

    Every member can read and write it, so nothing on it is believed without a signature.
    """
    return ChannelKey(derive(journal_key, purpose("shared channel", journal)))


def recovery_channel(entropy: bytes, journal: JournalId) -> ChannelKey:
    """The channel on which 24 recovery words (`entropy`, 32 bytes) find the keys of their owner."""
    return ChannelKey(derive(entropy, purpose("recovery", journal)))


def will_channel(secret: bytes, journal: JournalId) -> ChannelKey:
    """The channel on which two shares of a practice will (`secret`, 32 bytes) find the keys of its maker."""
    return ChannelKey(derive(secret, purpose("will", journal)))
