"""A thief has an old copy and the old passphrase of somebody who got new keys since, and writes the file."""

import datetime as dt
import secrets
from dataclasses import dataclass, replace

import pytest

from kapjournal.crypto.envelope import ChannelKey, Stamp, draw, seal
from kapjournal.crypto.identity import Identity, public_of_seed
from kapjournal.crypto.keyring import Keyring
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.ids import DocumentId, EnvelopeId, IdentityId, KeyslotId, MemberId, ReplicaId
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, Journal, NewNote, NoteChange
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.address_book import ADDRESS_BOOK
from kapjournal.journal.documents.earlier import Deletion
from kapjournal.journal.documents.journal_info import JOURNAL_INFO
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.trust.address_book import LetGo
from kapjournal.journal.trust.certificates import InvitationGrant, sign_certificate, sign_grant
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.internals import row_of, vault_of

FUTURE = dt.datetime(2199, 1, 1, tzinfo=dt.UTC)
OLD_KEYS = FindingKind.WRITTEN_WITH_OLD_KEYS


@dataclass
class Thief:
    """The keys as they were, and the file as it is."""

    attacked: AttackedJournal
    master: bytes

    def __post_init__(self) -> None:
        journal = self.attacked.journal_id()
        self.identity = Identity(self.master, journal)
        self.id = self.identity.hash  # as a member, too: these are the keys they came with
        self.ring = Keyring(self.master, journal, self.id)
        self._replica = ReplicaId(secrets.token_bytes(16))

    def writes(self, version: DocumentVersion, receivers: list[MemberId]) -> None:
        """In their name, with their own place or without."""
        own = self.ring.channel_to(self.id)
        keys = [
            own if one == MemberId(self.id) else self.ring.channel_to(IdentityId(one)) for one in receivers
        ]
        stamped = [(key, Stamp(key.pseudonym(self._replica), 1, 0, 0)) for key in keys]
        self.attacked.insert(*_row(own, version, stamped))

    def writes_as(self, sender: MemberId, secret: bytes, version: DocumentVersion) -> None:
        """To them, in the name of somebody whose channel secret the old address book holds."""
        key = self.ring.channel_from(IdentityId(sender), secret)
        own = ChannelKey(secrets.token_bytes(32))
        self.attacked.insert(*_row(own, version, [(key, Stamp(b"somewhen", 1, 0, 0))]))


def _row(
    own: ChannelKey, version: DocumentVersion, stamped: list[tuple[ChannelKey, Stamp]]
) -> tuple[bytes, bytes]:
    row = seal(own, draw(own), version.to_bytes(), stamped)
    return row.id, row.sealed


def renewed(attacked: AttackedJournal, name: str) -> Thief:
    """Somebody gets new keys, and everybody has met them."""
    before = attacked.held[name]
    with attacked.acting(name) as (journal,):
        journal.keys.replace("quite another passphrase", None, strength=FLOOR)
        attacked.held[name] = vault_of(journal).held()
    for each in attacked.everybody() * 3:
        attacked.open(each).close()
    for each in attacked.everybody():
        with attacked.acting(each) as (journal,):
            assert journal.findings == () and journal.check().is_clean
    return Thief(attacked, before.first)


def kinds(journal: Journal) -> set[FindingKind]:
    return {finding.kind for finding in journal.check().findings}


def note_like(journal: Journal, **changes: object) -> DocumentVersion:
    """A note such as this person's program writes, under an id of its own."""
    stored = vault_of(journal).notes.stored(journal.notes.add(NewNote("a template")).id)
    return stored.version._replace(document=DocumentId(secrets.token_bytes(16)), **changes)  # type: ignore[arg-type]


def test_a_note_in_their_name_is_told_to_everybody_who_reads_it(attacked: AttackedJournal) -> None:
    thief = renewed(attacked, "Ana")
    with attacked.acting("Ana") as (ana,):
        ben = ana.members.get("Ben").id
        forged = note_like(ana, readers=(thief.id, ben), text="I hate you.")
    thief.writes(forged, [MemberId(thief.id), ben])
    for name in ("Ben", "Ana"):
        with attacked.acting(name) as (journal,):
            assert kinds(journal) == {OLD_KEYS}
            assert {one.member for one in journal.findings} == {MemberId(thief.id)}


def test_nobody_is_made_to_look_guilty_by_it(attacked: AttackedJournal) -> None:
    """Without a place of the author's own it looked as if its reader had written it."""
    thief = renewed(attacked, "Ana")
    with attacked.acting("Ana") as (ana,):
        ben = ana.members.get("Ben").id
        forged = note_like(ana, readers=(thief.id, ben), text="I hate you.")
    thief.writes(forged, [ben])
    with attacked.acting("Ana") as (ana,):
        assert kinds(ana) == {OLD_KEYS}


def test_what_came_late_is_told_until_it_is_let_go(attacked: AttackedJournal) -> None:
    thief = renewed(attacked, "Ana")
    with attacked.acting("Ana") as (ana,):
        thief.writes(note_like(ana, readers=(thief.id,), text="late"), [MemberId(thief.id)])
        ana.refresh()
        assert "late" in bodies(ana) and kinds(ana) == {OLD_KEYS}
        assert ana.let_go()
        assert kinds(ana) == set() and not ana.let_go()
    with attacked.acting("Ana") as (ana,):
        assert ana.findings == ()


def test_in_the_name_of_others_to_them_no_keeper_is_heard_and_no_note_unseen(
    attacked: AttackedJournal,
) -> None:
    """The old address book has the secrets of the channels on which others wrote to them."""
    with attacked.acting("Ana") as (ana,):
        ids = {member.label: member.id for member in ana.members.all()}
        book, info = vault_of(ana).membership.book, vault_of(ana).membership.info
        forged = note_like(ana, author=ids["Ben"], readers=(ids["Ana"], ids["Ben"]), text="I leave you.")
    secret = {
        name: book.pins[ids[name]].channel_secrets[IdentityId(ids[name]), IdentityId(ids["Ana"])]
        for name in ("Ben", "Lee")
    }
    thief = renewed(attacked, "Ana")
    thief.writes_as(ids["Ben"], secret["Ben"], forged)
    data = registry.JOURNAL_INFO.encode(replace(info, revoked=frozenset({ids["Ben"]})), None).data
    says = DocumentVersion(
        JOURNAL_INFO, registry.JOURNAL_INFO.type, ids["Lee"], (ids["Ana"], ids["Lee"]), FUTURE, data
    )
    thief.writes_as(ids["Lee"], secret["Lee"], says)
    for name in ("Ana", "Ben", "Lee"):
        with attacked.acting(name) as (journal,):
            assert not journal.members.get("Ben").removed
            assert kinds(journal) <= {OLD_KEYS}
            assert {one.member for one in journal.findings} <= {ids["Ana"]}
            assert bool(journal.findings) or name != "Ana"


def test_the_keepers_old_word_lets_nobody_in(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        ids = {member.label: member.id for member in ana.members.all()}
        info = vault_of(ana).membership.info
    thief = renewed(attacked, "Lee")
    journal, seed = attacked.journal_id(), secrets.token_bytes(32)
    stranger = Identity(secrets.token_bytes(32), journal)
    grant = InvitationGrant(
        public_of_seed(seed), KeyslotId(secrets.token_bytes(16)), "Dr Sue", Role.SUPERVISOR
    )
    certificate = sign_certificate(
        stranger, journal, "Dr Sue", Role.SUPERVISOR, sign_grant(thief.identity, journal, grant), seed
    )
    attacked.put_shared(certificate.to_bytes())
    forged = replace(info, members=info.members | {MemberId(stranger.hash)})
    data = registry.JOURNAL_INFO.encode(forged, None).data
    for name in ("Ana", "Ben"):
        says = DocumentVersion(
            JOURNAL_INFO, registry.JOURNAL_INFO.type, ids["Lee"], (ids["Lee"], ids[name]), FUTURE, data
        )
        thief.writes(says, [ids[name]])
    for name in ("Ana", "Ben", "Lee"):
        with attacked.acting(name) as (each,):
            assert {member.label for member in each.members.all()} == {"Lee", "Ana", "Ben"}
            assert kinds(each) <= {OLD_KEYS, FindingKind.CERTIFICATE_UNINVITED}
            assert bool(each.findings)


@pytest.mark.parametrize("how", ["follows", "deleted"])
def test_nothing_written_with_later_keys_is_taken_away_by_it(attacked: AttackedJournal, how: str) -> None:
    """Its author's own program would drop what a version with the old keys claims to replace."""
    thief = renewed(attacked, "Ana")
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("written later, alone"))
        shared = ana.notes.add(NewNote("written later, for Ben", share="Ben"))
        ana.notes.edit(shared.id, NoteChange("changed later, for Ben"))
        forged = note_like(ana, readers=(thief.id,), text="")
        document = vault_of(ana).notes.stored(shared.id).version.document
    envelopes = tuple(EnvelopeId(one[1:17]) for one in attacked.rows().values() if one[:1] == b"\x02")
    if how == "follows":
        forged = forged._replace(follows=envelopes[:200])
    else:
        said = registry.DELETED.encode(Deletion(envelopes, (), ()), None)
        forged = forged._replace(document=document, type=registry.DELETED.type, data=said.data)
    thief.writes(forged, [MemberId(thief.id)])
    for _ in range(2):
        with attacked.acting("Ana") as (ana,):
            assert bodies(ana) >= {"written later, alone", "changed later, for Ben"}
            assert OLD_KEYS in kinds(ana)
    with attacked.acting("Ben") as (ben,):
        assert bodies(ben) == {"changed later, for Ben"}


def test_an_old_address_book_removes_and_verifies_nobody(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        book = vault_of(ana).membership.book
        names = [channel.name for channel in vault_of(ana).envelopes.channels.all()]
        ben, lee = ana.members.get("Ben").id, ana.members.get("Lee").id
    thief = renewed(attacked, "Ana")
    forged = replace(
        book,
        revoked=frozenset({ben}),
        pins={**book.pins, lee: replace(book.pins[lee], verified=True)},
        let_go=dict.fromkeys(names, LetGo({}, 10**6, 10**6)),
    )
    data = registry.ADDRESS_BOOK.encode(forged, None).data
    says = DocumentVersion(
        ADDRESS_BOOK, registry.ADDRESS_BOOK.type, MemberId(thief.id), (MemberId(thief.id),), FUTURE, data
    )
    thief.writes(says, [MemberId(thief.id)])
    with attacked.acting("Ana", "Lee") as (ana, lee_):
        row_id = row_of(lee_, lee_.notes.add(NewNote("struck later", share="Ana")))
        ana.refresh()
        assert not ana.members.get("Ben").removed and not ana.members.get("Lee").verified
        assert vault_of(ana).membership.book.let_go == {}
        assert OLD_KEYS in kinds(ana)
    attacked.delete(row_id)
    with attacked.acting("Ana") as (ana,):
        assert not ana.members.get("Ben").removed and not ana.members.get("Lee").verified
        assert FindingKind.INCOMING_ROLLED_BACK in kinds(ana)
