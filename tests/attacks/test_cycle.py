"""The loop: what the other partner, a therapist and a thief make of a half before both are out."""

from dataclasses import replace

from kapjournal.crypto.row import row_from
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.offers import Opening
from kapjournal.journal import Journal, NewNote
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.attacks.test_offers import gives, own_offer, says, secret_of
from tests.internals import vault_of

WORDS = "## Underneath I feel\n\nlike a left-behind suitcase"


def half(journal: Journal, words: str) -> Note:
    return journal.notes.add(NewNote(words, kind=NoteKind.CYCLE))


def opened_by(reader: Journal, attacked: AttackedJournal, rows: set[bytes]) -> set[bytes]:
    """Which of some rows any key of a member's finds its place in."""
    keys = [channel.key for channel in vault_of(reader).envelopes.channels.all()]
    found = (row_from(attacked.rows()[row]) for row in rows if row in attacked.rows())
    return {row.id for row in found if any(key.find(row) is not None for key in keys)}


def test_no_key_but_its_authors_opens_a_half_before_both_are_released(attacked: AttackedJournal) -> None:
    before = attacked.rows().keys()
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        half(ana, WORDS)
        ana.cycle.release()
        half(ben, "## Underneath I feel\n\nseasick")
        new = set(attacked.rows().keys() - before)
        offer, _ = own_offer(ana)
        for other, can_open in ((ben, {offer.row}), (lee, set[bytes]())):
            other.refresh()
            own = {row for row in new if row in vault_rows(other)}
            assert opened_by(other, attacked, new - own) == can_open, "the line that says what it is about"
            assert other.cycle.loop().halves == () and not any("suitcase" in body for body in bodies(other))
    raw = b"".join(file.read_bytes() for file in attacked.folder.rglob("*") if file.is_file())
    assert not any(word in raw for word in (b"suitcase", b"seasick", b"our loop", b"Underneath"))


def vault_rows(journal: Journal) -> set[bytes]:
    """The rows that a member wrote."""
    me = journal.me.id
    vault = vault_of(journal)
    return {
        one.row
        for kind in ("note", "offer", "waiting")
        for one in vault.envelopes.of_type(kind)
        if one.version.author == me
    }


def test_who_releases_a_half_and_gives_another_page_reads_nothing(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        page = half(ana, WORDS)
        ana.cycle.release()
        ben.refresh()
        half(ben, "seasick")
        ben.cycle.release()
        other = half(ana, "nothing at all")
        _, theirs = own_offer(ben)
        _, mine = own_offer(ana)
        nonce = secret_of(ana, page).nonce
        document = gives(ana, other, ben.me.id)
        says(ana, replace(mine, in_return=theirs.promise, opening=Opening(document, nonce)))
        ben.refresh()
        ana.refresh()
        assert "seasick" not in bodies(ana)
        assert ana.cycle.loop().halves == ben.cycle.loop().halves == ()


def test_a_therapist_joins_no_halves_and_writes_none(attacked: AttackedJournal) -> None:
    """A half in the therapist's own name, or one half alone, makes no loop."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        ana.notes.share(half(ana, WORDS).id, "Ben, Lee")
        vault = vault_of(lee)
        page = lee.notes.add(NewNote("as if it were his", share="Ana, Ben"))
        assert vault.me == lee.me.id and page.author == lee.me.id
        for one in (ana, ben, lee):
            one.refresh()
            assert one.cycle.loop().halves == () and one.cycle.loop().otherwise == ()
