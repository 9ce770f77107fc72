"""Invitations that ran out: a code found late, on paper or in an old copy, lets nobody in unseen."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.crypto.keyslot import SlotKind
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import row_from
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.members import Role
from kapjournal.errors import Refused, UnlockFailed
from kapjournal.journal import FLOOR, Journal, join
from kapjournal.journal.trust.certificates import InvitationGrant, check_grant
from kapjournal.journal.trust.keyslots import keyslots_of
from kapjournal.presentation.people import doubts
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal
from tests.internals import vault_of

LAST = dt.timedelta(days=14)
LATE = dt.timedelta(days=15)


@pytest.fixture
def start() -> Iterator[dt.datetime]:
    """The noon of some day on which Sue is invited."""
    noon = clock.now().replace(hour=12, minute=0)
    with clock.at(noon):
        yield noon


def invite(attacked: AttackedJournal) -> str:
    with attacked.acting("Lee") as (lee,):
        return lee.members.invite("Sue", Role.PRESCRIBER, strength=FLOOR)


def joined(attacked: AttackedJournal, code: str, path: Path | None = None) -> Journal:
    sue, _ = join(
        path or attacked.path,
        code=code,
        label="Sue",
        passphrase=PASSPHRASE,
        strength=FLOOR,
        record_folder=attacked.folder / "sue",
    )
    return sue


def known(journal: Journal) -> set[str]:
    journal.refresh()
    return {member.label for member in journal.members.all()}


def invitation_slots(attacked: AttackedJournal) -> int:
    with attacked.acting("Ana") as (ana,), vault_of(ana).file.reading() as snapshot:
        return len(keyslots_of(snapshot, SlotKind.INVITATION))


def test_it_is_listed_with_its_day_and_holds_through_the_last(
    attacked: AttackedJournal, start: dt.datetime
) -> None:
    code = invite(attacked)
    with clock.at(start + LAST):
        with attacked.acting("Lee") as (lee,):
            (one,) = lee.members.invitations()
            today = start.astimezone().date()
            assert (one.name, one.made, one.last_day) == ("Sue", today, today + LAST)
        with joined(attacked, code):
            pass
        with attacked.acting("Lee") as (lee,):
            assert "Sue" in known(lee) and not lee.findings


def test_the_keepers_program_takes_it_back_when_it_opens(
    attacked: AttackedJournal, start: dt.datetime
) -> None:
    code = invite(attacked)
    older = attacked.copy()
    with clock.at(start + LATE):
        with attacked.acting("Lee") as (lee,):
            assert lee.members.invitations() == []
            lee.members.invite("Sue", Role.PRESCRIBER, strength=FLOOR)  # the place and the name are free
            lee.members.cancel_invitation("Sue")
        assert invitation_slots(attacked) == 0
        with pytest.raises(UnlockFailed, match="14 days"):
            joined(attacked, code)
    with pytest.raises(UnlockFailed):  # nor with a clock set back
        joined(attacked, code)
    with joined(attacked, code, older) as sue:  # a forger's clock says what they like
        card = vault_of(sue).membership.book.certificate
    attacked.put_shared(card.to_bytes())
    for name in attacked.everybody():
        for remembering in (True, False):
            with attacked.acting(name, remembering=remembering) as (journal,):
                assert "Sue" not in known(journal)


def test_a_program_that_stays_open_takes_it_back_too(attacked: AttackedJournal, start: dt.datetime) -> None:
    invite(attacked)
    with attacked.acting("Lee") as (lee,), clock.at(start + LATE):
        lee.refresh()
        assert lee.members.invitations() == []


def test_who_comes_too_late_is_told_so_and_changes_nothing(
    attacked: AttackedJournal, start: dt.datetime
) -> None:
    code = invite(attacked)
    before = attacked.rows()
    with clock.at(start + LATE), pytest.raises(Refused, match="Ask the keeper for a new one"):
        joined(attacked, code)
    assert attacked.rows() == before
    assert invitation_slots(attacked) == 1


def test_nobody_but_the_keeper_meets_a_forger_who_comes_late(
    attacked: AttackedJournal, start: dt.datetime
) -> None:
    """The forger has the paper and the file, and sets the clock back; the keeper has not looked since."""
    code = invite(attacked)
    with joined(attacked, code):
        pass
    with clock.at(start + LATE):
        for name in ("Ana", "Ben"):
            with attacked.acting(name) as (journal,):
                assert "Sue" not in known(journal)
        with attacked.acting("Lee") as (lee,):
            assert "Sue" in known(lee)
            (told,) = [one for one in lee.findings if one.kind is FindingKind.INVITATION_RAN_OUT]
            assert told.member == lee.members.get("Sue").id
        with attacked.acting("Lee") as (lee,):  # nor does it pass unseen with the next lock
            assert doubts(lee)[told.member].startswith("Sue joined, and the invitation had run out")
            lee.members.remove("Sue")
        for name in ("Ana", "Ben"):
            with attacked.acting(name) as (journal,):
                assert "Sue" not in {m.label for m in journal.members.all() if not m.removed}


def test_nobody_meets_a_forger_where_the_keepers_rows_were_struck(
    attacked: AttackedJournal, start: dt.datetime
) -> None:
    """Nor where Ana's program has nothing left of the keeper's, who told her before who is here."""
    code = invite(attacked)
    with attacked.acting("Ana") as (ana,):
        from_lee = vault_of(ana).envelopes.channels.incoming[ana.members.get("Lee").id]
    with joined(attacked, code):
        pass
    for row_id, sealed in attacked.rows().items():
        if from_lee.key.find(row_from(sealed)) is not None:
            attacked.delete(row_id)
    with clock.at(start + LATE):
        for remembering in (True, False):
            with attacked.acting("Ana", remembering=remembering) as (ana,):
                assert vault_of(ana).membership.papers.info_version is None
                assert "Sue" not in known(ana)


@pytest.mark.parametrize("ahead", [20, 20_000])
def test_a_day_far_ahead_lets_it_hold_no_longer(
    attacked: AttackedJournal, start: dt.datetime, ahead: int
) -> None:
    """The keeper's clock was wrong on the day of the invitation."""
    with clock.at(start + dt.timedelta(days=ahead)):
        code = invite(attacked)
    with pytest.raises(Refused, match="Ask the keeper for a new one"):
        joined(attacked, code)
    with attacked.acting("Lee") as (lee,):
        assert len(lee.members.invitations()) == 1, "the clock may be wrong today"


def test_what_cannot_be_taken_back_is_not_tried_again_and_again(
    attacked: AttackedJournal, start: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many were taken back as can be named; the keeper's program is still told who came too late."""
    code = invite(attacked)
    monkeypatch.setattr("kapjournal.journal.vault.taking_back.MAX_LISTED_IDS", 0)
    with clock.at(start + LATE), attacked.acting("Lee") as (lee,):
        rows = attacked.rows()
        lee.refresh()
        assert not lee.findings and attacked.rows() == rows
    with joined(attacked, code):
        pass
    with clock.at(start + LATE), attacked.acting("Lee") as (lee,):
        assert [one.kind for one in lee.findings] == [FindingKind.INVITATION_RAN_OUT]


def test_who_joined_in_time_stays_met_and_is_met_by_the_keepers_word(
    attacked: AttackedJournal, start: dt.datetime
) -> None:
    code = invite(attacked)
    with joined(attacked, code), attacked.acting("Ana") as (ana,):
        assert "Sue" in known(ana)
    with clock.at(start + LATE):
        with attacked.acting("Ana", "Ben") as (ana, ben):
            assert "Sue" in known(ana)
            assert "Sue" not in known(ben)
        with attacked.acting("Lee"):
            pass
        with attacked.acting("Ben") as (ben,):
            assert "Sue" in known(ben) and not ben.findings
    with clock.at(start + 10 * LATE), attacked.acting("Ben", remembering=False) as (ben,):
        assert "Sue" in known(ben)


def test_a_newcomer_meets_those_whose_invitations_are_long_over(
    attacked: AttackedJournal, start: dt.datetime
) -> None:
    with clock.at(start + 20 * LATE):
        code = invite(attacked)
        with joined(attacked, code) as sue:
            assert {"Lee", "Ana", "Ben"} <= known(sue)


def test_a_newcomer_whom_the_keeper_has_not_met_in_time_is_told(
    attacked: AttackedJournal, start: dt.datetime
) -> None:
    with joined(attacked, invite(attacked)) as sue:
        assert sue.members.awaits_keeper
        assert told(sue) == [False, True]
        with attacked.acting("Lee"):
            pass
        sue.refresh()
        assert told(sue) == [False, False]


def told(sue: Journal) -> list[bool]:
    """Whether she is told, now and when the days are over."""
    now = sue.members.invitation_ran_out
    with clock.at(clock.now() + LATE):
        return [now, sue.members.invitation_ran_out]


@pytest.mark.parametrize("made", [None, dt.date(2199, 1, 1)])
def test_the_day_cannot_be_taken_off_or_changed(
    attacked: AttackedJournal, start: dt.datetime, made: dt.date | None
) -> None:
    invite(attacked)
    with attacked.acting("Lee") as (lee,):
        vault = vault_of(lee)
        (grant,) = vault.membership.book.grants
        check_grant(grant, vault.journal_id, vault.identity.public)
        altered = InvitationGrant(
            grant.key, grant.slot, grant.name, grant.role, grant.revoked, grant.signature, made
        )
        with pytest.raises(NotGenuine):
            check_grant(altered, vault.journal_id, vault.identity.public)


def test_signing_it_again_makes_it_hold_no_longer(attacked: AttackedJournal, start: dt.datetime) -> None:
    code = invite(attacked)
    with clock.at(start + dt.timedelta(days=10)), attacked.acting("Lee") as (lee,):
        lee.members.remove("Ben")
        lee.keys.replace("quite another passphrase", None, strength=FLOOR)
        (one,) = lee.members.invitations()
        assert one.made == start.astimezone().date()
    with clock.at(start + LATE), pytest.raises(Refused):
        joined(attacked, code)


def test_a_grant_of_an_older_program_does_not_run_out(
    attacked: AttackedJournal, start: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("kapjournal.clock.today", lambda: None)
        code = invite(attacked)
    with clock.at(start + 10 * LATE):
        with attacked.acting("Lee") as (lee,):
            (one,) = lee.members.invitations()
            assert (one.made, one.last_day) == (None, None)
        with joined(attacked, code):
            pass
        for name in ("Ana", "Lee"):
            with attacked.acting(name) as (journal,):
                assert "Sue" in known(journal)
