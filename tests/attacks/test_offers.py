"""Both first: what a partner, a therapist, a thief and whoever holds the file could make of it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from kapjournal.crypto.row import row_from
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.notes import Note
from kapjournal.domain.offers import Offer, Opening, Promise
from kapjournal.domain.waiting import BothFirst, Obstacle, When
from kapjournal.errors import NotFound
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.offer import commitment_to
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange
from kapjournal.store import JournalFile
from tests.attacks.attacked_journal import AttackedJournal, bodies, forge
from tests.attacks.test_old_keys import renewed
from tests.internals import row_of, vault_of

OFFER = When(both_first=True, about="Sunday")
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def offered(ana: Journal) -> Note:
    return ana.notes.add(NewNote("Ana's Sunday", share="Ben", when=OFFER))


def answered(ben: Journal) -> Note:
    ben.refresh()
    [offer] = ben.offers.to_me()
    return ben.notes.add(NewNote("Ben's Sunday", share="Ana", when=When(in_return=offer.id)))


def own_offer(journal: Journal) -> tuple[StoredVersion, Offer]:
    """The one offer of a member's."""
    [stored] = [
        one for one in vault_of(journal).envelopes.of_type("offer") if one.version.author == journal.me.id
    ]
    return stored, registry.OFFER.decode(stored.version)


def secret_of(journal: Journal, note: Note) -> BothFirst:
    """What only its author has while the page waits."""
    [both] = [hold.condition for hold in journal.waiting.of(note).holds]
    assert isinstance(both, BothFirst)
    return both


def says(journal: Journal, offer: Offer) -> None:
    """Write an offer of a member's anew, as a program does that knows no rules."""
    stored, _ = own_offer(journal)
    content = registry.OFFER.encode(offer, None)
    readers = frozenset(stored.version.readers)
    with vault_of(journal).unit_of_work() as unit:
        unit.put(DocumentChange.again(stored.version, readers, [stored], content=content))


def gives(journal: Journal, note: Note, reader: MemberId) -> DocumentId:
    """Seal a page of a member's to another, past every rule."""
    vault = vault_of(journal)
    stored = vault.notes.find_own(note.id)
    with vault.unit_of_work() as unit:
        readers = frozenset({*stored.version.readers, reader})
        unit.put(DocumentChange.again(stored.version, readers, [stored]))
    return stored.version.document


def test_before_the_exchange_no_key_of_the_other_opens_the_page(attacked: AttackedJournal) -> None:
    before = attacked.rows().keys()
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        page = offered(ana)
        new = attacked.rows().keys() - before
        assert len(new) == 3, "the page, what waits, and the offer"
        stored, offer = own_offer(ana)
        for other, can_open in ((ben, {stored.row}), (lee, set())):
            other.refresh()
            keys = [channel.key for channel in vault_of(other).envelopes.channels.all()]
            rows = [row_from(attacked.rows()[row]) for row in new]
            found = {row.id for row in rows if any(key.find(row) is not None for key in keys)}
            assert found == can_open
        content = vault_of(ana).notes.stored(page.id).version.digest(vault_of(ana).journal_id)
        assert commitment_to(secret_of(ana, page).nonce, content) == offer.commitment
        assert commitment_to(bytes(32), content) != offer.commitment, "who guesses the words learns nothing"
    raw = b"".join(file.read_bytes() for file in attacked.folder.rglob("*") if file.is_file())
    assert not any(word in raw for word in (b"Sunday", b"commitment", b"in_return", offer.commitment))


def test_an_offer_and_a_note_for_the_partner_look_alike(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        offered(ana)
        note = ana.notes.add(NewNote("a line", share="Ben"))
        stored, _ = own_offer(ana)
        assert len(attacked.rows()[stored.row]) == len(attacked.rows()[row_of(ana, note)])


def test_who_begins_and_gives_another_page_gets_nothing(attacked: AttackedJournal) -> None:
    """Ana reads the answer only if hers is the page that she offered."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        page = offered(ana)
        answer = answered(ben)
        other = ana.notes.add(NewNote("nothing at all"))
        _, theirs = own_offer(ben)
        _, mine = own_offer(ana)
        nonce = secret_of(ana, page).nonce
        document = gives(ana, other, ben.me.id)
        says(ana, replace(mine, in_return=theirs.promise, opening=Opening(document, nonce)))
        ben.refresh()
        [waiting] = ben.waiting.all()
        assert waiting.note.id == answer.id and waiting.obstacles == (Obstacle.NOT_AS_OFFERED,)
        ana.refresh()
        assert "Ben's Sunday" not in bodies(ana)


@pytest.mark.parametrize("how", ["another commitment", "another offer", "no answer named", "no page here"])
def test_who_begins_and_bends_the_offer_gets_nothing(attacked: AttackedJournal, how: str) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        page = offered(ana)
        answered(ben)
        nonce = secret_of(ana, page).nonce
        other = ana.notes.add(NewNote("nothing at all"))
        vault = vault_of(ana)
        _, theirs = own_offer(ben)
        _, mine = own_offer(ana)
        document = gives(ana, other, ben.me.id)
        content = vault.notes.stored(other.id).version.digest(vault.journal_id)
        opening = Opening(document, bytes(32))

        def real() -> Opening:
            """The very page that was offered: only what it is given for is bent."""
            return Opening(gives(ana, page, ben.me.id), nonce)

        bent: dict[str, Callable[[], Offer]] = {
            "another commitment": lambda: replace(
                mine, commitment=commitment_to(bytes(32), content), in_return=theirs.promise, opening=opening
            ),
            "another offer": lambda: replace(
                mine, in_return=Promise(theirs.document, bytes(32)), opening=real()
            ),
            "no answer named": lambda: replace(mine, opening=real()),
            "no page here": lambda: replace(
                mine,
                in_return=theirs.promise,
                opening=Opening(DocumentId(bytes(16)), nonce),
            ),
        }
        says(ana, bent[how]())
        ben.refresh()
        ana.refresh()
        assert "Ben's Sunday" not in bodies(ana)
        assert len(ben.waiting.all()) == 1


def test_who_answers_and_gives_another_page_is_found_out(attacked: AttackedJournal) -> None:
    """Ben has read by then: no two can give at one moment. What he gave is shown as not what he offered."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        offered(ana)
        answered(ben)
        ana.refresh()
        other = ben.notes.add(NewNote("nothing at all"))
        _, mine = own_offer(ben)
        [waiting] = ben.waiting.all()
        document = gives(ben, other, ana.me.id)
        says(ben, replace(mine, opening=Opening(document, secret_of(ben, waiting.note).nonce)))
        ana.refresh()
        [theirs] = [note for note in ana.notes.all() if note.author == ben.me.id]
        assert not ana.offers.is_as_offered(theirs)


def test_the_first_page_is_shown_once_the_second_is_out(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy that cannot be written sends nothing: it shows nothing that was for it, either."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        offered(ana)
        answered(ben)
    with attacked.acting("Ana") as (ana,):
        [page] = [note for note in ana.notes.all() if note.author == ana.me.id]
        assert not page.is_private
    with monkeypatch.context() as cannot_write:
        cannot_write.setattr(JournalFile, "read_only", True)
        with attacked.acting("Ben") as (ben,):
            assert bodies(ben) == {"Ben's Sunday"} and not ben.search("Sunday")[1:]
            with pytest.raises(NotFound):
                ben.notes.get(page.id)
    with attacked.acting("Ben") as (ben,):
        assert bodies(ben) == {"Ana's Sunday", "Ben's Sunday"} and ben.notes.get(page.id).words


def test_an_offer_that_was_taken_back_cannot_be_put_back(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        page = offered(ana)
        old = attacked.rows()
        ana.waiting.keep(page.id)
    for remembering in (False, True):
        for row, sealed in old.items():
            attacked.insert(row, sealed)
        with attacked.acting("Ben", remembering=remembering) as (ben,):
            if ben.offers.to_me():
                answered(ben)
        with attacked.acting("Ana", remembering=remembering) as (ana,):
            assert ana.notes.get(page.id).is_private


def test_an_answer_counts_for_the_one_offer_that_it_answers(attacked: AttackedJournal) -> None:
    """What was answered once cannot be put back as the answer to a later offer."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        first = offered(ana)
        answer = answered(ben)
        old = attacked.rows()
        ben.waiting.keep(answer.id)
        ana.waiting.keep(first.id)
        second = ana.notes.add(NewNote("later words", share="Ben", when=OFFER))
    for row, sealed in old.items():
        if row not in attacked.rows():
            attacked.insert(row, sealed)
    with attacked.acting("Ana") as (ana,):
        assert ana.notes.get(second.id).is_private and ana.notes.get(first.id).is_private


def test_an_answer_that_stands_counts_for_no_later_offer(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        first = offered(ana)
        answered(ben)
        ana.waiting.keep(first.id)
        second = ana.notes.add(NewNote("later words", share="Ben", when=OFFER))
        for one in (ana, ben, ana):
            one.refresh()
        assert ana.notes.get(second.id).is_private and bodies(ben) == {"Ben's Sunday"}


def test_a_therapist_offers_and_answers_nothing(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Lee") as (ana, lee):
        page = offered(ana)
        _, mine = own_offer(ana)
        for promise in (None, mine.promise):
            document = DocumentId(bytes([promise is None] * 16))
            content = registry.OFFER.encode(Offer(lee.me.id, document, bytes(32), "", NOW, promise), None)
            readers = sorted([lee.me.id, ana.me.id])
            version = DocumentVersion(document, "offer", lee.me.id, tuple(readers), NOW, content.data)
            forge(attacked, lee, list(readers), version)
        ana.refresh()
        assert ana.offers.to_me() == [] and ana.notes.get(page.id).is_private


def test_a_page_goes_to_the_partner_it_was_offered_to_alone(attacked: AttackedJournal) -> None:
    """An answer in the name of another is refused as any document in another's name."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        page = offered(ana)
        _, mine = own_offer(ana)
        document = DocumentId(bytes(16))
        content = registry.OFFER.encode(Offer(ben.me.id, document, bytes(32), "", NOW, mine.promise), None)
        version = DocumentVersion(document, "offer", ben.me.id, (ben.me.id, ana.me.id), NOW, content.data)
        forge(attacked, lee, [lee.me.id, ana.me.id], version)
        ana.refresh()
        assert ana.notes.get(page.id).is_private


@pytest.mark.parametrize("whose", ["Ana", "Ben"])
def test_old_keys_offer_and_answer_nothing(attacked: AttackedJournal, whose: str) -> None:
    """Who knew the passphrase from before could else answer in their name, and Ana's page would be out."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        page = offered(ana)
        ids = {"Ana": ana.me.id, "Ben": ben.me.id}
        _, mine = own_offer(ana)
    thief = renewed(attacked, whose)
    document, other = DocumentId(bytes(16)), MemberId(thief.id)
    receiver = ids["Ana" if whose == "Ben" else "Ben"]
    promise = mine.promise if whose == "Ben" else None
    content = registry.OFFER.encode(Offer(other, document, bytes(32), "", NOW, promise), None)
    version = DocumentVersion(document, "offer", other, (other, receiver), NOW, content.data)
    thief.writes(version, [other, receiver])
    with attacked.acting("Ana", "Ben") as (ana, ben):
        for one in (ben, ana):
            one.refresh()
        assert ana.notes.get(page.id).is_private
        assert document not in [offer.document for offer in ben.offers.to_me()]


def test_new_keys_keep_the_offer(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        page = offered(ana)
    renewed(attacked, "Ana")
    with attacked.acting("Ben") as (ben,):
        answered(ben)
    with attacked.acting("Ana") as (ana,):
        assert not ana.notes.get(page.id).is_private


def test_who_was_removed_gets_nothing(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        page = offered(ana)
        answered(ben)
        lee.members.remove("Ben")
        ana.refresh()
        assert ana.notes.get(page.id).is_private


@pytest.mark.parametrize("data", [b"{}", b"[]", b'{"commitment":"00"}', b"\xff"])
def test_what_is_no_offer_is_in_nobodys_way(attacked: AttackedJournal, data: bytes) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        document = DocumentId(bytes(16))
        readers = [ben.me.id, ana.me.id]
        forge(
            attacked, ben, readers, DocumentVersion(document, "offer", ben.me.id, tuple(readers), NOW, data)
        )
        ana.refresh()
        assert ana.offers.to_me() == []
        page = offered(ana)
        answered(ben)
        ana.refresh()
        assert not ana.notes.get(page.id).is_private
