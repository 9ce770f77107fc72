"""The symmetric keys of one member, all from the master key: channels, drafts and the memory outside."""

from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.primitives import derive, purpose


class Keyring:
    """Derives what is never stored. Every info names the journal and both ends by identity hash, so that a
    key handed back to its maker cannot pass for another channel's."""

    def __init__(self, master_key: bytes, journal: bytes, me: bytes) -> None:
        self._master = master_key
        self._journal = journal
        self._me = me

    def to(self, receiver: bytes) -> bytes:
        """The key of the channel from oneself to `receiver` (oneself included), as a letter carries it."""
        return derive(self._master, purpose("channel", self._journal, self._me, receiver))

    def drafts(self) -> ChannelKey:
        """The channel of drafts, which only their author ever reads."""
        return ChannelKey(derive(self._master, purpose("drafts", self._journal, self._me)))

    def memory(self) -> bytes:
        """The key (32 bytes) for what this computer remembers of the journal outside the file."""
        return derive(self._master, purpose("memory", self._journal, self._me))


def shared_channel(journal_key: bytes, journal: bytes) -> ChannelKey:
    """The channel of tickets, cards and letters, which every member reads and which proves nothing."""
    return ChannelKey(derive(journal_key, purpose("shared channel", journal)))
