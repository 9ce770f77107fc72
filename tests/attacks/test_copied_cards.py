"""A member copies a certificate under a journal key that its owner does not have, so that what is meant for
them lies where they do not look."""

from kapjournal.crypto.envelope import UNNUMBERED, ChannelKey, draw, seal
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, Journal, join
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal
from tests.attacks.test_journal_keys import assert_all_know, everybody_looks, remove_ben, renew_lees_keys
from tests.attacks.test_taken_back import is_told
from tests.internals import vault_of


def put_under(attacked: AttackedJournal, key: ChannelKey, body: bytes) -> None:
    row = seal(key, draw(key), body, [(key, UNNUMBERED)])
    attacked.insert(row.id, row.sealed)


def copy_card(attacked: AttackedJournal, thief: Journal, label: str) -> None:
    """Put the certificate of somebody under the newest key that the thief has."""
    thief.refresh()
    shared, key = vault_of(thief).envelopes.shared, vault_of(thief).envelopes.channels.shared_key
    card = next(one for one in shared.certificates.values() if one.label == label)
    put_under(attacked, key, card.to_bytes())


def zoe_joins_with_the_key_of_before(attacked: AttackedJournal) -> Journal:
    """She was invited before Ben was removed, and comes after."""
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Zoe", Role.PRESCRIBER, strength=FLOOR)
    remove_ben(attacked)
    everybody_looks(attacked)
    zoe, _ = join(
        attacked.path,
        code=code,
        label="Zoe",
        passphrase=PASSPHRASE,
        with_recovery=False,
        strength=FLOOR,
        record_folder=attacked.folder / "memory-Zoe",
    )
    return zoe


def test_what_the_others_send_a_newcomer_reaches_her(attacked: AttackedJournal) -> None:
    with zoe_joins_with_the_key_of_before(attacked) as zoe:
        attacked.held["Zoe"] = vault_of(zoe).secrets
        with attacked.acting("Ana") as (ana,):
            copy_card(attacked, ana, "Zoe")
        everybody_looks(attacked)
        zoe.refresh()
        assert not zoe.members.awaits_keeper
    everybody_looks(attacked)
    assert_all_know(attacked, "Lee", "Ana", "Zoe")


def test_the_keepers_new_keys_reach_her(attacked: AttackedJournal) -> None:
    with zoe_joins_with_the_key_of_before(attacked) as zoe:
        with attacked.acting("Ana") as (ana,):
            copy_card(attacked, ana, "Zoe")
        renew_lees_keys(attacked)
        zoe.refresh()
        keeper = vault_of(zoe).membership.keeper
        with attacked.acting("Lee") as (lee,):
            assert vault_of(zoe).membership.identity_of(keeper) == vault_of(lee).identity.hash


def test_who_was_removed_is_told_wherever_they_look(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.members.remove("Ben")
    with attacked.acting("Ana") as (ana,):
        copy_card(attacked, ana, "Ben")
        strike_removals(attacked, ana)
    with attacked.acting("Lee"), attacked.acting("Ben") as (ben,):
        assert is_told(ben)


def test_a_removal_that_was_struck_is_written_again(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.members.remove("Ben")
    with attacked.acting("Ana") as (ana,):
        strike_removals(attacked, ana)
    with attacked.acting("Ben") as (ben,):
        assert not is_told(ben)
    with attacked.acting("Lee"), attacked.acting("Ben") as (ben,):
        assert is_told(ben)


def test_nothing_is_sent_twice(attacked: AttackedJournal) -> None:
    """However often everybody looks, each has one letter for each of the others under each key."""
    with zoe_joins_with_the_key_of_before(attacked) as zoe:
        attacked.held["Zoe"] = vault_of(zoe).secrets
    for _ in range(2):
        everybody_looks(attacked)
    before = attacked.rows()
    everybody_looks(attacked)
    assert attacked.rows() == before
    with attacked.acting("Lee") as (lee,):
        shared = vault_of(lee).envelopes.shared
        ends = [(one.sender, one.receiver, id(shared.under[row])) for row, one in shared.key_messages.items()]
    assert len(set(ends)) == len(ends)


def strike_removals(attacked: AttackedJournal, thief: Journal) -> None:
    for row_id in list(vault_of(thief).envelopes.shared.removals):
        attacked.delete(row_id)
