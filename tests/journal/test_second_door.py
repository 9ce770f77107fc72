"""Both partners at one keyboard: the second opens their own door beside the first, and nobody else does."""

from dataclasses import replace

import pytest

from kapjournal.domain.members import Member, Role
from kapjournal.errors import NotFound, Refused, UnlockFailed
from kapjournal.journal import NewNote, beside, open_second_door
from tests.cast import PASSPHRASES
from tests.internals import vault_of
from tests.journal.open_journals import OpenJournals


def member(three: OpenJournals, label: str) -> Member:
    return three.ana.members.get(label)


def test_the_other_partner_opens_their_own_door_beside(three: OpenJournals) -> None:
    hers = three.ana.notes.add(NewNote("The hallway."))
    [ben] = beside(three.ana)
    with open_second_door(three.ana, ben, PASSPHRASES["Ben"], three.memory) as second:
        assert second.me.label == "Ben" and second.path == three.ana.path
        assert hers.id not in {note.id for note in second.notes.all()}
        assert vault_of(second) is not vault_of(three.ana)
        his = second.notes.add(NewNote("The kettle."))
    assert second.is_closed and not three.ana.is_closed
    three.look()
    assert his.id not in {note.id for note in three.ana.notes.all()}
    assert three.ana.check().is_clean and three.ben.check().is_clean


def test_beside_a_therapist_both_open_theirs(three: OpenJournals) -> None:
    assert [one.label for one in beside(three.lee)] == ["Ana", "Ben"]
    for one in beside(three.lee):
        open_second_door(three.lee, one, PASSPHRASES[one.label], three.memory).close()


def test_nobody_but_the_other_partner_does(three: OpenJournals) -> None:
    with pytest.raises(Refused, match="open already"):
        open_second_door(three.ana, member(three, "Ana"), PASSPHRASES["Ana"], three.memory)
    with pytest.raises(Refused, match="for the two partners"):
        open_second_door(three.ana, member(three, "Dr Lee"), PASSPHRASES["Dr Lee"], three.memory)
    ode = three.join("Dr Ode", Role.CO_THERAPIST)
    with pytest.raises(Refused, match="for the two partners"):
        open_second_door(three.ana, ode.me, "Dr Ode opens this door", three.memory)
    stranger = replace(member(three, "Ben"), id=ode.me.id.__class__(bytes(32)))
    with pytest.raises(NotFound):
        open_second_door(three.ana, stranger, PASSPHRASES["Ben"], three.memory)


def test_another_passphrase_opens_nothing(three: OpenJournals) -> None:
    for passphrase in ("", PASSPHRASES["Ana"], PASSPHRASES["Dr Lee"]):
        with pytest.raises(UnlockFailed):
            open_second_door(three.ana, member(three, "Ben"), passphrase, three.memory)


def test_whoever_was_removed_opens_nothing_beside(three: OpenJournals) -> None:
    ben = member(three, "Ben")
    three.lee.members.remove("Ben")
    with pytest.raises(Refused, match="Ben was removed from this journal"):
        open_second_door(three.ana, ben, PASSPHRASES["Ben"], three.memory)
    with pytest.raises(NotFound, match="there are not two"):
        beside(three.ana)
    with pytest.raises(NotFound, match="there are not two"):
        beside(three.lee)


def test_a_door_with_replaced_keys_is_not_the_partners_any_more(three: OpenJournals) -> None:
    three.ben.keys.replace("a kettle that is new here", None)
    three.look()
    ben = member(three, "Ben")
    with pytest.raises(UnlockFailed):
        open_second_door(three.ana, ben, PASSPHRASES["Ben"], three.memory)
    open_second_door(three.ana, ben, "a kettle that is new here", three.memory).close()
