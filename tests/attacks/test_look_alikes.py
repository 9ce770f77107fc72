"""A newcomer who is called nearly as another member is, so that notes are shared with the wrong one."""

import sys
from pathlib import Path

import pytest

from kapjournal.domain.findings import FindingKind
from kapjournal.domain.members import Role
from kapjournal.errors import Refused
from kapjournal.journal import FLOOR, Journal, create, doors, join
from kapjournal.presentation.people import doubts, remarks
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal

FAKE = "\N{CYRILLIC CAPITAL LETTER A}na"
ALL = "\N{CYRILLIC SMALL LETTER A}ll"


def invited(attacked: AttackedJournal) -> str:
    with attacked.acting("Lee") as (lee,):
        return lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)


def joins(attacked: AttackedJournal, code: str, label: str) -> None:
    journal, _ = join(
        attacked.path,
        code=code,
        label=label,
        passphrase=PASSPHRASE,
        strength=FLOOR,
        record_folder=attacked.folder / "sue",
    )
    journal.close()


def alike(journal: Journal) -> dict[str, str]:
    journal.refresh()
    return {
        journal.members.label_of(one.member): one.label
        for one in journal.findings
        if one.kind is FindingKind.LABEL_CONFUSABLE and one.member
    }


@pytest.mark.parametrize(
    "label", [FAKE, FAKE.upper(), "A\N{COMBINING LOW LINE}na", "\N{FULLWIDTH LATIN CAPITAL LETTER A}na", ALL]
)
def test_nobody_joins_under_a_label_that_looks_taken(attacked: AttackedJournal, label: str) -> None:
    code = invited(attacked)
    with pytest.raises(Refused, match=r"reads like|already"):
        joins(attacked, code, label)
    assert set(doors(attacked.path)) == {"Ana", "Ben", "Lee"}
    joins(attacked, code, "Sue")


def test_nor_is_anybody_invited_under_one(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
        for label in (FAKE, "\N{CYRILLIC CAPITAL LETTER DZE}ue", ALL):
            with pytest.raises(Refused, match="reads like"):
                lee.members.check_can_invite(label, Role.PRESCRIBER)
            with pytest.raises(Refused, match="reads like"):
                lee.members.invite(label, Role.PRESCRIBER, strength=FLOOR)


def test_nor_under_one_like_a_former_member(attacked: AttackedJournal) -> None:
    code = invited(attacked)
    with attacked.acting("Lee") as (lee,):
        lee.members.remove("Ana")
        with pytest.raises(Refused, match="is or was in use"):
            lee.members.invite(FAKE, Role.PARTNER, strength=FLOOR)
    with pytest.raises(Refused, match="is or was in use"):
        joins(attacked, code, FAKE)


def test_no_journal_begins_with_a_label_like_a_word_with_a_meaning(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="a meaning of its own"):
        create(tmp_path / "own.kap", label=ALL, role=Role.THERAPIST, passphrase=PASSPHRASE, strength=FLOOR)
    assert not (tmp_path / "own.kap").exists()


def test_who_came_in_by_another_program_is_shown_until_the_digits_are_compared(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = invited(attacked)
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["kapjournal.journal.join"], "check_distinct", lambda *_: None)
        joins(attacked, code, FAKE)
    with attacked.acting("Lee"):
        pass
    with attacked.acting("Ana") as (ana,):
        assert alike(ana) == {FAKE: "Ana"}
    with attacked.acting("Ben") as (ben,):
        assert alike(ben) == {FAKE: "Ana", "Ana": FAKE}, "which of the two is meant, nobody's program knows"
        fake = ben.members.get(FAKE)
        assert "in doubt" in remarks(fake, ben.me.id, doubts(ben))
        assert "can be taken for “Ana”" in doubts(ben)[fake.id]
        ben.members.mark_verified("Ana")
        assert alike(ben) == {FAKE: "Ana"}
        ben.members.mark_verified(FAKE)
        assert alike(ben) == {}
    with attacked.acting("Lee") as (lee,):
        lee.members.remove(FAKE)
        assert "Ana" in alike(lee), "a former member's notes stay, and could be taken for hers"
        lee.members.mark_verified("Ana")
        assert alike(lee) == {}
