"""A supervisor who joined hears roles, not what the couple are called; everybody else hears labels."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import GrantKey, MemberId
from kapjournal.domain.members import Member, Role, check_distinct, reads_like_stand_in, stand_in
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import FLOOR, Journal, NewNote, create
from kapjournal.journal.trust.naming import members_of, with_labels_told
from kapjournal.journal.trust.pin import Pin
from tests.cast import joins
from tests.internals import vault_of
from tests.journal.open_journals import OpenJournals

COUPLE = {"First partner", "Second partner"}


@pytest.fixture
def roe(three: OpenJournals) -> Journal:
    """A supervisor who has met everybody."""
    return three.join("Dr Roe", Role.SUPERVISOR)


def called(journal: Journal) -> dict[str, str]:
    """What everybody is called to a member, by their label."""
    labels = vault_of(journal).membership.book.labels
    return {labels[member.id]: member.label for member in journal.members.all()}


def test_a_supervisor_hears_roles_and_the_others_labels(three: OpenJournals, roe: Journal) -> None:
    assert {called(roe)["Ana"], called(roe)["Ben"]} == COUPLE
    assert (called(roe)["Dr Lee"], called(roe)["Dr Roe"]) == ("Dr Lee", "Dr Roe")
    assert not {"Ana", "Ben"} & {member.invited_as for member in roe.members.all()}
    for journal in three.journals:
        assert all(label == said for label, said in called(journal).items())
        assert not any(member.called_by_role for member in journal.members.all())


def test_what_is_shown_is_what_names_somebody(three: OpenJournals, roe: Journal) -> None:
    three.ana.notes.add(NewNote("hers", share="Dr Roe"))
    three.ben.notes.add(NewNote("his", share="Dr Roe"))
    three.look()
    anas = called(roe)["Ana"]
    [note] = roe.notes.all(by=anas.lower())
    assert note.text.body == "hers" and roe.members.label_of(note.author) == anas
    assert [hit.note.text.body for hit in roe.search("h", by=anas)] == ["hers"]
    mine = roe.notes.add(NewNote("read this", share=anas))
    three.look()
    assert [n.text.body for n in three.ana.notes.all(by="Dr Roe")] == ["read this"]
    assert three.ben.notes.all(by="Dr Roe") == []
    roe.notes.withdraw(mine.id, anas)
    assert roe.notes.share(mine.id, "partners").readers == {m.id for m in three.lee.members.all()} - {
        three.lee.me.id
    }
    with pytest.raises(NotFound):
        roe.members.get("Ana")


def test_who_compares_the_digits_with_him_has_told_him_the_label(three: OpenJournals, roe: Journal) -> None:
    before = called(roe)
    assert roe.members.comparison_number(before["Ana"]) == three.ana.members.comparison_number("Dr Roe")
    roe.members.mark_verified(before["Ana"])
    assert called(roe) == before | {"Ana": "Ana"}
    three.ana.keys.replace("a lantern by the stairs", None, strength=FLOOR)
    three.look()
    assert roe.members.get("Ana").is_to_compare_again and called(roe)["Ben"] == before["Ben"]


def test_who_comes_later_is_called_by_a_later_number(three: OpenJournals) -> None:
    three.lee.members.remove("Ben")
    roe = three.join("Dr Roe", Role.SUPERVISOR)
    before = called(roe)
    for label in ("Abe", "Cleo", "Aki"):
        three.join(label, Role.PARTNER)
        three.lee.members.remove(label)
        three.look()
        before[label] = called(roe)[label]
        assert called(roe) == before
    assert before["Aki"] == "Fourth partner"
    other = three.open("Dr Roe", memory=three.folder / "another memory")
    assert called(other) == before


@pytest.mark.parametrize(("one", "other", "joined"), [(2, 3, 2), (3, 2, 2), (0, 2, 2), (2, 0, 2), (0, 0, 0)])
def test_two_computers_of_his_agree_on_the_order(roe: Journal, one: int, other: int, joined: int) -> None:
    book = vault_of(roe).membership.book
    member = next(iter(book.pins))
    first, second = (
        replace(book, pins={**book.pins, member: replace(book.pins[member], order=order)})
        for order in (one, other)
    )
    assert first.joined(second).pins[member].order == joined


def test_a_supervisor_who_keeps_the_journal_invited_them_by_name(tmp_path: Path) -> None:
    path, memory = tmp_path / "ours.kap", tmp_path / "memory"
    keeper, _ = create(
        path,
        label="Dr Roe",
        role=Role.SUPERVISOR,
        passphrase="a lamp by the ferry",
        strength=FLOOR,
        record_folder=memory,
    )
    with keeper:
        joins(path, "Ana", keeper.members.invite("Ana", Role.PARTNER, strength=FLOOR), memory)
        keeper.refresh()
        assert called(keeper)["Ana"] == "Ana"


def test_his_passphrase_is_judged_by_the_labels_as_they_are(three: OpenJournals) -> None:
    three.lee.members.remove("Ben")
    three.join("Quistelbrondovar", Role.PARTNER)
    roe = three.join("Dr Roe", Role.SUPERVISOR)
    assert called(roe)["Quistelbrondovar"].endswith("partner")
    with pytest.raises(UsageError, match="this journal"):
        roe.keys.check_new_passphrase("Quistelbrondovar")


@pytest.mark.parametrize("label", ["First partner", "first  PARTNER", "Second pаrtner", "Third therapist"])
def test_nobody_new_is_called_like_a_stand_in(three: OpenJournals, label: str) -> None:
    with pytest.raises(Refused):
        check_distinct(label)
    with pytest.raises(Refused):
        three.lee.members.invite(label, Role.PRESCRIBER, strength=FLOOR)


def test_a_stand_in_reads_like_no_number_and_goes_on(three: OpenJournals) -> None:
    assert [stand_in(n, Role.PARTNER) for n in (0, 9, 10)] == [
        "First partner",
        "Tenth partner",
        "11th partner",
    ]
    assert not any(map(reads_like_stand_in, ("Ana", "Partner of Ana", "First", "Dr Lee")))


class Pins:
    """Pins by hand, of people whom no journal of ours would let in as they are."""

    def __init__(self, roe: Journal) -> None:
        self.book = vault_of(roe).membership.book
        self.keeper = vault_of(roe).membership.keeper
        self.pins = dict(self.book.pins)

    def meet(self, label: str, role: Role, order: int = 9) -> None:
        member = MemberId(bytes([len(self.pins)]) * 32)
        self.pins[member] = Pin(label, role, label, GrantKey(bytes(32)), order=order)

    def members(self) -> Iterator[Member]:
        yield from members_of(self.pins, self.book.certificate, self.keeper, ())

    def told(self, label: str) -> str:
        alarms = [Finding(FindingKind.CERTIFICATE_UNINVITED, label=label)]
        return with_labels_told(alarms, self.pins, self.book.certificate, self.keeper)[0].label


def test_no_label_of_the_clinics_is_a_stand_in(roe: Journal) -> None:
    pins = Pins(roe)
    pins.meet("First partner", Role.CO_THERAPIST)
    labels = [member.label for member in pins.members()]
    assert sorted(labels) == ["Dr Lee", "Dr Roe", "First co-therapist", "First partner", "Second partner"]


def test_findings_name_nobody_he_is_not_told(roe: Journal) -> None:
    pins = Pins(roe)
    assert pins.told("Ana") == called(roe)["Ana"]
    assert (pins.told("Dr Lee"), pins.told("Dr Roe")) == ("Dr Lee", "Dr Roe")
    assert pins.told("Ann-Marie") == "a newcomer"
