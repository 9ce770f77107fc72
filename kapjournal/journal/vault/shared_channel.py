"""The shared channel: the records that lie on it, and under which journal key each of them lies."""

from collections.abc import Iterable

from kapjournal.crypto.envelope import ChannelKey
from kapjournal.domain.ids import GrantKey, MemberId, RowId
from kapjournal.journal.trust.certificates import SharedRecord
from kapjournal.journal.trust.shared_records import SharedRecords
from kapjournal.journal.vault.channels import Channels


class SharedChannel(SharedRecords):
    """What all members share, as the file has it. There are as many keys as journal keys, the newest last."""

    def __init__(self, channels: Channels) -> None:
        super().__init__()
        self._channels = channels
        self.under: dict[RowId, ChannelKey] = {}

    def place(self, row_id: RowId, record: SharedRecord, key: ChannelKey) -> None:
        """Put a record where it belongs, which lies under a key."""
        self.add(row_id, record)
        self.under[row_id] = key

    def drop(self, row_id: RowId) -> None:
        """Forget the record of a row that is gone."""
        super().drop(row_id)
        self.under.pop(row_id, None)

    @property
    def before(self) -> set[RowId]:
        """The records that lie under a journal key before the newest."""
        return {row_id for row_id, key in self.under.items() if key is not self._channels.shared_key}

    @property
    def says_ended(self) -> bool:
        """Whether it is said that sharing has ended, under the newest journal key. Under the ones before it
        says nothing: who was removed has those, and is not to end it for those who are still here."""
        return any(row_id in self.endings for row_id in self.under.keys() - self.before)

    def channels_of(self, member: MemberId) -> list[ChannelKey]:
        """The keys under which a member may find what is for them: all those under which their certificate
        lies. One of them is theirs, which one nobody can tell: a newcomer has the journal key of the day they
        were invited until the keeper's word reaches them, and any member can copy their certificate."""
        known = self._keys_over(row_id for row_id, one in self.certificates.items() if one.member == member)
        return known or [self._channels.shared_key]

    def channels_between(self, sender: MemberId, receiver: MemberId) -> list[ChannelKey]:
        """The same for what a member sends another: only where the certificates of both lie, and under the
        newest key where they meet nowhere. Whoever left before the sender came has the other keys, and is to
        hear nothing of them."""
        own = self.channels_of(sender)
        both = [key for key in self.channels_of(receiver) if key in own]
        return both or [self._channels.shared_key]

    def keys_of_grant(self, grant: GrantKey) -> list[ChannelKey]:
        """The keys under which an open grant is to lie: those under which it lies, and the newest."""
        known = self._keys_over(row_id for row_id, one in self.grants.items() if one.key == grant)
        return known if self._channels.shared_key in known else [*known, self._channels.shared_key]

    def _keys_over(self, rows: Iterable[RowId]) -> list[ChannelKey]:
        """The keys under which at least one of the rows lies, the newest last."""
        under = {id(self.under[row_id]) for row_id in rows if row_id in self.under}
        return [key for key in self._channels.shared_keys.values() if id(key) in under]
