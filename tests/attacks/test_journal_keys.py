"""What an older journal key still opens: whoever left has it, and so has whoever copied the file."""

from contextlib import suppress

from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import RowId
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, join
from kapjournal.journal.vault.opening import open_on
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal
from tests.internals import finding_sentences, vault_of


def read_with(attacked: AttackedJournal, key: ChannelKey) -> list[bytes]:
    """All that a key of the shared channel opens, words that a dropped row no longer has aside."""
    found = []
    for row_id, sealed in attacked.rows().items():
        with suppress(NotGenuine):
            opened = open_on(key, RowId(row_id), sealed)
            if opened is not None and opened.body:
                found.append(opened.body)
    return found


def comes(attacked: AttackedJournal, label: str, code: str) -> None:
    """Somebody joins with a code, on a computer of their own, and everybody looks twice."""
    joined, _ = join(
        attacked.path,
        code=code,
        label=label,
        passphrase=PASSPHRASE,
        with_recovery=False,
        strength=FLOOR,
        record_folder=attacked.folder / f"memory-{label}",
    )
    attacked.held[label] = vault_of(joined).secrets
    joined.close()
    everybody_looks(attacked)


def everybody_looks(attacked: AttackedJournal) -> None:
    for _ in range(2):
        for name in attacked.everybody():
            attacked.open(name).close()


def remove_ben(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.members.remove("Ben")
    attacked.held.pop("Ben")


def assert_all_know(attacked: AttackedJournal, *labels: str) -> None:
    """These people are here for each other, have exchanged keys, and nobody is told anything."""
    for name in labels:
        with attacked.acting(name) as (journal,):
            here = {member.label for member in journal.members.all() if not member.removed}
            assert here == {*labels}
            assert all(journal.members.can_share_with(other) for other in labels if other != name)
            assert finding_sentences(journal) == []


def test_who_was_removed_reads_of_nobody_who_is_invited_later(attacked: AttackedJournal) -> None:
    """Ben has the journal key of before. The names and roles of later guests are none of his business, also
    when their tickets are signed anew."""
    bens = attacked.shared_key()
    remove_ben(attacked)
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Zoe", Role.PRESCRIBER, strength=FLOOR)
        lee.members.invite("Nell", Role.PARTNER, strength=FLOOR)
        lee.members.cancel_invitation("Nell")
    assert not [body for body in read_with(attacked, bens) if b"Zoe" in body or b"Nell" in body]
    comes(attacked, "Zoe", code)
    everybody_looks(attacked)
    with attacked.acting("Zoe") as (zoe,):
        zoe.keys.replace("zoe has another door now", None, strength=FLOOR)
        attacked.held["Zoe"] = vault_of(zoe).held()
        hers = [one.public.hash.hex().encode() for one in vault_of(zoe).membership.own_identities]
    everybody_looks(attacked)
    marks = [b"Zoe", *hers]
    assert not [body for body in read_with(attacked, bens) if any(mark in body for mark in marks)]
    assert_all_know(attacked, "Lee", "Ana", "Zoe")


def test_who_was_invited_before_a_removal_still_comes(attacked: AttackedJournal) -> None:
    """Her invitation has the key of its day, and her ticket lies under it and under every later one."""
    with attacked.acting("Lee") as (lee,):
        codes = {"Zoe": lee.members.invite("Zoe", Role.PRESCRIBER, strength=FLOOR)}
    remove_ben(attacked)
    with attacked.acting("Lee") as (lee,):
        codes["Sue"] = lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
        lee.members.remove("Ana")
        vault = vault_of(lee)
        under = {
            grant.name: len(vault.envelopes.shared.keys_of_grant(grant.key))
            for grant in vault.membership.book.grants
        }
        assert under == {"Zoe": 3, "Sue": 2}
    attacked.held.pop("Ana")
    for name, code in codes.items():
        comes(attacked, name, code)
    everybody_looks(attacked)
    assert_all_know(attacked, "Lee", "Zoe", "Sue")


def renew_lees_keys(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.keys.replace("quite another passphrase", None, strength=FLOOR)
        attacked.held["Lee"] = vault_of(lee).held()


def test_an_old_copy_of_the_keepers_reads_of_nobody_who_is_invited_later(attacked: AttackedJournal) -> None:
    """The old copy has the journal key of before. Everybody gets a new one with the keeper's new keys."""
    old = attacked.shared_key()
    with attacked.acting("Lee") as (lee,):
        channels = [channel.key for channel in vault_of(lee).envelopes.channels.all()]
    renew_lees_keys(attacked)
    with attacked.acting("Lee") as (lee,):
        new = vault_of(lee).held().journal_key.hex().encode()
        assert not any(new in body for key in channels for body in read_with(attacked, key))
        code = lee.members.invite("Zoe", Role.PRESCRIBER, strength=FLOOR)
    comes(attacked, "Zoe", code)
    everybody_looks(attacked)
    assert not [body for body in read_with(attacked, old) if b"Zoe" in body]
    assert_all_know(attacked, "Lee", "Ana", "Ben", "Zoe")


def test_the_keepers_new_keys_reach_who_has_the_journal_key_of_before(attacked: AttackedJournal) -> None:
    """Zoe was invited before, and Ana looks only after the keeper's second new keys."""
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Zoe", Role.PRESCRIBER, strength=FLOOR)
    renew_lees_keys(attacked)
    renew_lees_keys(attacked)
    comes(attacked, "Zoe", code)
    everybody_looks(attacked)
    assert_all_know(attacked, "Lee", "Ana", "Ben", "Zoe")


def test_who_takes_the_keepers_successor_away_keeps_it_from_nobody(attacked: AttackedJournal) -> None:
    """Its rows under both journal keys come back when the keeper's program looks."""
    renew_lees_keys(attacked)
    with attacked.acting("Lee") as (lee,):
        rows = list(vault_of(lee).envelopes.shared.successors)
    assert len(rows) == 2
    for row_id in rows:
        attacked.delete(row_id)
    everybody_looks(attacked)
    assert_all_know(attacked, "Lee", "Ana", "Ben")
