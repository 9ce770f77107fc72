"""The symmetric keys of one member, all from the master key: channels, drafts and the memory outside."""

from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.primitives import derive, purpose
from kapjournal.domain.ids import JournalId, MemberId


class Keyring:
    """Derives what is never stored. Every info names the journal and whose key it is."""

    def __init__(self, master_key: bytes, journal: JournalId, me: MemberId) -> None:
        self._master = master_key
        self._journal = journal
        self._me = me

    def secret_for(self, receiver: MemberId) -> bytes:
        """The secret (32 bytes) a letter carries, from which both ends make the channel's key."""
        return derive(self._master, purpose("letter secret", self._journal, self._me, receiver))

    def channel_to(self, receiver: MemberId) -> ChannelKey:
        """The channel from oneself to `receiver` (identity hash, may be oneself)."""
        return channel(self.secret_for(receiver), self._journal, self._me, receiver)

    def channel_from(self, sender: MemberId, secret: bytes) -> ChannelKey:
        """The channel from `sender` to oneself, from the secret in their letter."""
        return channel(secret, self._journal, sender, self._me)

    def drafts_channel(self) -> ChannelKey:
        """The channel of drafts, which only their author ever reads."""
        return ChannelKey(derive(self._master, purpose("drafts", self._journal, self._me)))

    def rollback_record_key(self) -> bytes:
        """The key (32 bytes) for what this computer remembers of the journal outside the file."""
        return derive(self._master, purpose("memory", self._journal, self._me))


def channel(secret: bytes, journal: JournalId, sender: MemberId, receiver: MemberId) -> ChannelKey:
    """A channel's key from the secret of its letter. Both ends are named, so that a secret handed on in a
    letter of one's own makes another channel and cannot accuse whoever it was taken from."""
    return ChannelKey(derive(secret, purpose("channel", journal, sender, receiver)))


def shared_channel(journal_key: bytes, journal: JournalId) -> ChannelKey:
    """The channel of tickets, cards and letters, which every member reads and which proves nothing."""
    return ChannelKey(derive(journal_key, purpose("shared channel", journal)))
