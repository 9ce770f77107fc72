"""People: invited, met, compared, removed; what each of them is and is not allowed."""

from collections.abc import Callable

import pytest

from kapjournal import clock
from kapjournal.crypto.identity import comparison_number, kem_from_seed
from kapjournal.domain.ids import IdentityId, JournalId, MemberId
from kapjournal.domain.members import MAX_MEMBERS, JournalKind, Role
from kapjournal.errors import KapjournalError, NotFound, Refused, UnlockFailed, UsageError
from kapjournal.journal import FLOOR, Invitation, Journal, NewNote, NoteChange, create, join
from kapjournal.presentation import people
from tests.internals import finding_sentences

from .open_journals import OpenJournals


def here(journal: Journal) -> list[tuple[str, Role]]:
    return [(member.label, member.role) for member in journal.members.all() if not member.removed]


def joining(three: OpenJournals, code: str, label: str = "Sue") -> Journal:
    journal, _ = join(
        three.path,
        code=code,
        label=label,
        passphrase="a door of her own",
        with_recovery=False,
        strength=FLOOR,
        record_folder=three.memory,
    )
    return journal


def test_everybody_knows_everybody_keeper_first(three: OpenJournals) -> None:
    expected = [("Dr Lee", Role.THERAPIST), ("Ana", Role.PARTNER), ("Ben", Role.PARTNER)]
    assert [here(journal) for journal in three.journals] == [expected] * 3
    assert [journal.me.label for journal in three.journals] == ["Dr Lee", "Ana", "Ben"]
    assert [journal.title for journal in three.journals] == ["Ours"] * 3
    assert [member.is_keeper for member in three.ben.members.all()] == [True, False, False]
    assert three.ana.members.get(" BEN ".strip()).id == three.ben.me.id
    assert three.ana.members.label_of(MemberId(b"?" * 32)) == "somebody unknown"
    with pytest.raises(NotFound):
        three.ana.members.get("Sue")


@pytest.mark.parametrize(
    ("name", "role", "error"),
    [
        ("Cleo", Role.PARTNER, Refused),
        ("ANA", Role.SUPERVISOR, Refused),
        ("dr lee", Role.PRESCRIBER, Refused),
        ("all", Role.SUPERVISOR, Refused),
        ("partners", Role.SUPERVISOR, Refused),
        ("a, b", Role.SUPERVISOR, UsageError),
        ("", Role.SUPERVISOR, UsageError),
        ("x" * 41, Role.SUPERVISOR, UsageError),
    ],
)
def test_who_cannot_be_invited(
    three: OpenJournals, name: str, role: Role, error: type[KapjournalError]
) -> None:
    with pytest.raises(error):
        three.lee.members.invite(name, role, strength=FLOOR)
    assert three.lee.members.invitations() == []


def test_an_invitation_holds_a_place_until_it_is_cancelled(three: OpenJournals) -> None:
    three.lee.members.remove("Ben")
    three.lee.members.invite("Cleo", Role.PARTNER, strength=FLOOR)
    for name, role in (("Dora", Role.PARTNER), ("cleo", Role.SUPERVISOR)):
        with pytest.raises(Refused):
            three.lee.members.invite(name, role, strength=FLOOR)
    assert three.lee.members.invitations() == [Invitation("Cleo", Role.PARTNER, clock.today())]
    assert three.open("Dr Lee").members.invitations() == three.lee.members.invitations()
    three.lee.members.cancel_invitation("CLEO")
    assert three.lee.members.invitations() == []
    three.lee.members.invite("Dora", Role.PARTNER, strength=FLOOR)
    with pytest.raises(NotFound):
        three.lee.members.cancel_invitation("Cleo")


def test_a_journal_has_eight_members_at_most(three: OpenJournals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kapjournal.crypto.kdf.stretch", lambda words, salt, _: (words.encode() + salt)[:32])
    for number in range(MAX_MEMBERS - 3):
        three.join(f"Dr {number}", Role.CO_THERAPIST)
    with pytest.raises(Refused, match="8 members"):
        three.lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    note = three.ana.notes.add(NewNote("to all", share="all"))
    assert len(note.readers) == MAX_MEMBERS
    everybody = [*three.journals, *(three.open(f"Dr {number}") for number in range(MAX_MEMBERS - 3))]
    three.look()
    assert [[n.text.body for n in journal.notes.all()] for journal in everybody] == [["to all"]] * MAX_MEMBERS
    three.ana.notes.withdraw(note.id, "all")
    three.look()
    assert [len(journal.notes.all()) for journal in everybody] == [0, 1, *[0] * (MAX_MEMBERS - 2)]
    assert all(journal.check().is_clean for journal in everybody)


def test_only_the_keeper_invites_and_removes(three: OpenJournals) -> None:
    deeds: list[Callable[[], object]] = [
        lambda: three.ana.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR),
        three.ana.members.invitations,
        lambda: three.ana.members.cancel_invitation("Sue"),
        lambda: three.ana.members.remove("Ben"),
    ]
    for deed in deeds:
        with pytest.raises(Refused, match="keeper"):
            deed()


def test_a_code_opens_once_and_only_as_it_was_given_out(three: OpenJournals) -> None:
    code = three.lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    assert len(code.split()) == 6
    wrong = [" ".join(code.split()[::-1]), code + " more", "", "six words that are not it"]
    for words in wrong:
        with pytest.raises(UnlockFailed):
            joining(three, words)
    for label, error in (("ana", Refused), ("all", Refused), ("a,b", UsageError)):
        with pytest.raises(error):
            joining(three, code, label)
    with pytest.raises(UsageError):
        join(
            three.path,
            code=code,
            label="Sue",
            passphrase="too short",
            strength=FLOOR,
            record_folder=three.memory,
        )
    sue = joining(three, "  " + code.upper().replace(" ", "   "), "Susanne")
    with sue:
        assert (sue.me.label, sue.me.invited_as, sue.me.role) == ("Susanne", "Sue", Role.SUPERVISOR)
        assert three.lee.members.invitations() == []
        with pytest.raises(UnlockFailed):
            joining(three, code, "Maya")
        three.look()
        assert three.ana.members.get("Susanne").invited_as == "Sue"


def test_a_cancelled_code_opens_nothing(three: OpenJournals) -> None:
    code = three.lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    three.lee.members.cancel_invitation("Sue")
    with pytest.raises(UnlockFailed):
        joining(three, code)
    assert [journal.check().is_clean for journal in three.journals] == [True] * 3


def test_a_newcomer_meets_everybody_at_once_and_hears_the_title_from_the_keeper(three: OpenJournals) -> None:
    sue = joining(three, three.lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR))
    with sue:
        everybody = ["Dr Lee", "First partner", "Second partner", "Sue"]
        assert [label for label, _ in here(sue)] == everybody and sue.title == ""
        three.look()
        sue.refresh()
        assert [label for label, _ in here(sue)] == everybody
        assert sue.title == "Ours" and sue.findings == ()
        assert sue.refresh() in (True, False)


def test_comparison_numbers_are_alike_for_both_and_for_no_other_pair(three: OpenJournals) -> None:
    pairs = [("Dr Lee", "Ana"), ("Dr Lee", "Ben"), ("Ana", "Ben")]
    by_label = {journal.me.label: journal for journal in three.journals}
    numbers = [by_label[one].members.comparison_number(other) for one, other in pairs]
    assert numbers == [by_label[other].members.comparison_number(one) for one, other in pairs]
    assert len(set(numbers)) == 3
    for number in numbers:
        groups = number.split(" ")
        assert len(groups) == 12 and all(len(group) == 5 and group.isdigit() for group in groups)
    assert (
        comparison_number(JournalId(bytes(16)), IdentityId(three.ana.me.id), IdentityId(three.ben.me.id))
        != numbers[2]
    )
    with pytest.raises(NotFound):
        three.ana.members.comparison_number("Sue")
    with pytest.raises(UsageError):
        three.ana.members.comparison_number("Ana")


def test_a_comparison_is_remembered_by_who_made_it_alone(three: OpenJournals) -> None:
    other = three.open("Ana")
    three.ana.members.mark_verified("Ben")
    three.look()
    for program in (three.ana, other, three.open("Ana")):
        assert {m.label: m.verified for m in program.members.all()} == {
            "Dr Lee": False,
            "Ana": True,
            "Ben": True,
        }
    assert not three.ben.members.get("Ana").verified and not three.lee.members.get("Ben").verified
    with pytest.raises(UsageError):
        three.ana.members.mark_verified("Ana")
    with pytest.raises(NotFound):
        three.ana.members.mark_verified("Sue")


def test_removal_is_known_to_everybody_who_stays(three: OpenJournals) -> None:
    three.lee.members.remove("ben")
    three.look()
    for journal in (three.lee, three.ana, three.open("Ana")):
        assert [m.label for m in journal.members.all() if m.removed] == ["Ben"]
        assert journal.title == "Ours" and journal.check().is_clean
    with pytest.raises(Refused, match="before"):
        three.lee.members.remove("Ben")
    with pytest.raises(UsageError):
        three.lee.members.remove("Dr Lee")
    with pytest.raises(NotFound):
        three.lee.members.remove("Sue")


def test_the_keepers_two_programs_do_not_undo_each_others_removals(three: OpenJournals) -> None:
    three.join("Sue", Role.SUPERVISOR)
    other = three.open("Dr Lee")
    three.lee.members.remove("Ben")
    other.members.remove("Sue")
    three.look()
    for journal in (three.lee, other, three.ana):
        assert {m.label for m in journal.members.all() if m.removed} == {"Ben", "Sue"}


def test_a_program_that_has_not_looked_yet_still_hears_a_newcomer(three: OpenJournals) -> None:
    busy = three.open("Dr Lee")
    sue = joining(three, three.lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR))
    with sue:
        for journal in (three.lee, sue, three.lee):
            journal.refresh()
        sue.notes.add(NewNote("hello", share="Dr Lee"))
        busy.members.remove("Ben")
        busy.refresh()
        assert [note.text.body for note in busy.notes.all()] == ["hello"]


def test_a_partners_place_can_be_given_to_somebody_else(three: OpenJournals) -> None:
    three.lee.members.remove("Ben")
    three.look()
    cleo = three.join("Cleo", Role.PARTNER)
    for journal in (three.lee, three.ana, cleo):
        assert {label for label, _ in here(journal)} == {"Dr Lee", "Ana", "Cleo"}
        assert journal.findings == ()
    with pytest.raises(Refused, match="two partners"):
        three.lee.members.invite("Dora", Role.PARTNER, strength=FLOOR)


@pytest.mark.parametrize("keeper", JournalKind.COURSE.roles)
def test_anybody_can_be_the_keeper(three: OpenJournals, keeper: Role) -> None:
    path = three.folder / "another.kap"
    journal, _ = create(
        path,
        label="Kim",
        role=keeper,
        passphrase="kim opens this door",
        with_recovery=False,
        strength=FLOOR,
        record_folder=three.memory,
    )
    with journal:
        assert journal.me.is_keeper and journal.me.role is keeper and journal.me.verified
        for partner in range(2 - (keeper is Role.PARTNER)):
            journal.members.invite(f"P{partner}", Role.PARTNER, strength=FLOOR)
        with pytest.raises(Refused):
            journal.members.invite("P3", Role.PARTNER, strength=FLOOR)


def test_a_newcomer_whose_keys_are_none_locks_nobody_out(
    three: OpenJournals, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = three.lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    private, _, x25519 = kem_from_seed(bytes(32))
    with monkeypatch.context() as patch:
        patch.setattr("kapjournal.crypto.identity.kem_from_seed", lambda _: (private, b"\xff" * 1184, x25519))
        with pytest.raises(KapjournalError):
            joining(three, code)
    three.look()
    for journal in (*three.journals, three.open("Ana"), three.open("Dr Lee")):
        assert [label for label, _ in here(journal)] == ["Dr Lee", "Ana", "Ben"]
        assert any("cards and letters" in sentence for sentence in finding_sentences(journal))
    note = three.ana.notes.add(NewNote("still here", share="all"))
    three.look()
    assert three.ben.notes.get(note.id).text.body == "still here"


def test_two_can_share_once_each_has_the_others_key(three: OpenJournals) -> None:
    assert three.ana.members.can_share_with("Ben")
    sue = joining(three, three.lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR))
    assert not sue.members.can_share_with("Dr Lee")
    three.lee.refresh()
    assert three.lee.members.can_share_with("Sue")
    sue.refresh()
    assert sue.members.can_share_with("Dr Lee")
    assert not sue.members.can_share_with("First partner")
    three.lee.members.remove("Sue")
    assert not three.lee.members.can_share_with("Sue")
    with pytest.raises(UsageError):
        three.lee.members.can_share_with("Dr Lee")


def test_who_was_removed_is_told_and_shares_nothing_more(three: OpenJournals) -> None:
    shared = three.ben.notes.add(NewNote("before", share="all"))
    three.lee.members.remove("Ben")
    three.look()
    for ben in (three.ben, three.open("Ben")):
        assert ben.me.removed and people.notices(ben) == [people.YOU_WERE_REMOVED]
        assert people.YOU_WERE_REMOVED in people.about(ben.me, ben.me.id)
        assert people.remarks(ben.me, ben.me.id) == ["you", "removed"]
        deeds: list[Callable[[], object]] = [
            lambda ben=ben: ben.notes.add(NewNote("after", share="all")),  # type: ignore[misc]
            lambda ben=ben: ben.notes.edit(shared.id, NoteChange("after")),  # type: ignore[misc]
        ]
        for deed in deeds:
            with pytest.raises(Refused, match="You were removed"):
                deed()
        assert ben.findings == () and ben.check().is_clean
    mine = three.ben.notes.add(NewNote("for myself"))
    with pytest.raises(Refused, match="You were removed"):
        three.ben.notes.share(mine.id, "Ana")
    three.ben.notes.withdraw(shared.id, "Ana")
    three.ben.notes.withdraw(shared.id, "Dr Lee")
    assert three.ben.notes.edit(shared.id, NoteChange("mine again")).text.body == "mine again"
    three.look()
    for journal in (three.lee, three.ana):
        assert journal.notes.all() == [] and not journal.me.removed and people.notices(journal) == []
        assert journal.check().is_clean


def test_a_note_withdrawn_by_the_keeper_is_no_removal(three: OpenJournals) -> None:
    note = three.lee.notes.add(NewNote("for both", share="Ben"))
    three.look()
    three.lee.notes.withdraw(note.id, "Ben")
    three.look()
    assert not three.ben.me.removed
    three.ben.notes.add(NewNote("hello", share="all"))


def announced(journal: Journal) -> list[str]:
    journal.refresh()
    return [member.label for member in people.announced(journal.members.all())]


def test_who_joins_is_announced_to_each_until_they_say_that_they_know(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("for the three", share="all"))
    tom = three.join("Tom", Role.CO_THERAPIST)
    assert announced(tom) == [], "the others were here before them"
    assert all(announced(journal) == ["Tom"] for journal in three.journals)
    assert three.ana.notes.get(note.id).readers != {m.id for m in three.ana.members.all()}
    [newcomer] = people.announced(three.ana.members.all())
    said = "Tom joined this journal, as co-therapist. “All of you” now means Tom too."
    assert people.has_joined(newcomer) == said and said in people.about(newcomer, three.ana.me.id)
    assert "new here" in people.remarks(newcomer, three.ana.me.id)
    three.ana.members.acknowledge("Tom")
    elsewhere = three.open("Ana", memory=three.folder / "another computer")
    assert announced(three.ana) == announced(elsewhere) == []
    assert people.remarks(elsewhere.members.get("Tom"), elsewhere.me.id) == []
    assert announced(three.ben) == ["Tom"], "each for themselves"
    three.ben.members.mark_verified("Tom")
    assert announced(three.ben) == [], "who compared digits knows them"
    three.lee.members.remove("Tom")
    assert announced(three.lee) == []
    assert all(journal.check().is_clean for journal in three.journals)


def test_a_newcomer_is_not_told_of_who_came_under_a_journal_key_before_theirs(three: OpenJournals) -> None:
    three.join("Sue", Role.SUPERVISOR)
    three.lee.members.remove("Ben")
    tom = three.join("Tom", Role.PARTNER)
    assert {member.label for member in tom.members.all()} >= {"Sue", "Ana", "Dr Lee"}
    assert announced(tom) == []
    three.join("Max", Role.PRESCRIBER)
    assert announced(tom) == ["Max"]
    [newcomer] = people.announced(tom.members.all())
    assert people.has_joined(newcomer).endswith("What you share reaches Max only if you name them.")


def test_two_computers_acknowledge_alike(three: OpenJournals) -> None:
    elsewhere = three.open("Ana", memory=three.folder / "another computer")
    three.join("Tom", Role.CO_THERAPIST)
    three.join("Sue", Role.SUPERVISOR)
    three.ana.members.acknowledge("Tom")
    elsewhere.members.acknowledge("Sue")
    assert announced(three.ana) == announced(elsewhere) == []
    with pytest.raises(NotFound):
        three.ana.members.acknowledge("nobody here")
