"""An authorisation in the couple's journal: by the yes of each partner, until a day, or until one takes it
back."""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.domain import authorisation as rules
from kapjournal.domain.authorisation import words_of
from kapjournal.domain.joint import Joint, Standing
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import Refused, UsageError
from kapjournal.journal import Journal, NewNote
from tests.internals import vault_of

from .open_journals import OpenJournals

NOW = dt.datetime(2031, 3, 2, 9, tzinfo=dt.UTC)
"""Later than the journal was made, by the clock of whichever computer this runs on."""
UNTIL = dt.date(2032, 1, 31)
FOR = "supervision of our therapy"


def put_to_both(three: OpenJournals, recipient: str = "Dr Kern", until: dt.date | None = UNTIL) -> Joint:
    """Written down by Ana, approved by nobody else yet."""
    joint = three.ana.joints.propose(words_of(recipient, FOR, until))
    three.look()
    return joint


def given(three: OpenJournals, recipient: str = "Dr Kern", until: dt.date | None = UNTIL) -> Joint:
    """Approved by both, and seen by everybody."""
    joint = put_to_both(three, recipient, until)
    three.ben.joints.approve(joint.id)
    three.look()
    return three.ana.joints.get(joint.id)


def refused(journal: Journal, recipient: str = "Dr Kern", purpose: str = FOR) -> str:
    journal.refresh()
    with pytest.raises(Refused) as why:
        journal.authorisations.check(recipient, purpose)
    return str(why.value)


def test_both_give_it_and_the_therapist_finds_it_and_names_its_very_words(three: OpenJournals) -> None:
    with clock.at(NOW):
        joint = put_to_both(three)
        assert three.lee.joints.all() == []  # or who has not said yes would be pressed
        assert refused(three.lee) == rules.NONE_GIVEN
        assert refused(three.ben).startswith("Only one of the two has said yes to Dr Kern")
    with clock.at(NOW + dt.timedelta(hours=1)):
        three.ben.joints.approve(joint.id)
        three.look()
    with clock.at(NOW + dt.timedelta(days=1)):
        for one in three.journals:
            found = one.authorisations.check("Dr Kern", FOR)
            assert (found.recipient, found.purpose, found.until) == ("Dr Kern", FOR, UNTIL)
            assert (found.id, found.given) == (joint.id, NOW + dt.timedelta(hours=1))
            assert one.authorisations.current() == [found]
            [stored] = vault_of(one).joints.all()
            assert found.digest == stored.words.digest.hex()
            assert one.check().is_clean


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_either_takes_it_back_alone_and_who_did_is_not_said(three: OpenJournals, who: str) -> None:
    with clock.at(NOW):
        joint = given(three)
    with clock.at(NOW + dt.timedelta(days=2)):
        getattr(three, who).joints.take_back(joint.id)
        for one in three.journals:
            assert refused(one) == "What the two authorised for Dr Kern was taken back on 4 March 2031."
        assert three.lee.authorisations.current() == []
        assert [one.standing for one in three.lee.authorisations.all()] == [Standing.ENDED]


def test_it_counts_for_nobody_and_nothing_else(three: OpenJournals) -> None:
    with clock.at(NOW):
        given(three)
        given(three, "Dr Weiss", dt.date(2031, 6, 1))
        assert three.lee.authorisations.check("dr weiss", FOR).until == dt.date(2031, 6, 1)
        assert "and not for “Dr Lang”" in refused(three.lee, "Dr Lang")
        assert "and not for “teaching”" in refused(three.lee, "Dr Kern", "teaching")


def test_it_runs_out_and_no_clock_set_back_makes_it_last(three: OpenJournals) -> None:
    with clock.at(NOW):
        given(three)
    after = dt.datetime(2032, 2, 2, 12, tzinfo=dt.UTC)
    with clock.at(after):
        assert refused(three.lee) == "What the two authorised for Dr Kern ran out on 31 January 2032."
        three.ben.notes.add(NewNote("much later"))
    with clock.at(NOW + dt.timedelta(days=1)):
        three.look()
        assert three.lee.authorisations.check("Dr Kern", FOR)  # nobody here but Ben knows what day it was
        assert "ran out on 31 January 2032. The clock of this computer is behind" in refused(three.ben)
    with clock.at(after):
        three.ben.notes.add(NewNote("for all", share="all"))
    with clock.at(NOW + dt.timedelta(days=1)):
        assert refused(three.lee) == (
            "What the two authorised for Dr Kern ran out on 31 January 2032. The clock of this computer is "
            "behind: something here was written on 2 February 2032."
        )
        assert three.lee.authorisations.current() == []


def test_nobody_says_yes_around_a_dose_and_taking_back_works_at_once(three: OpenJournals) -> None:
    with clock.at(NOW):
        waits, holds = put_to_both(three), given(three, "Dr Weiss")
        three.lee.sessions.add(date=NOW.date(), kind=SessionKind.DOSING, time=dt.time(10))
        three.look()
    with clock.at(NOW + dt.timedelta(hours=3)):
        with pytest.raises(
            Refused, match=r"You may always take a yes back. More waits until tomorrow, 10:00"
        ):
            three.ben.joints.approve(waits.id)
        with pytest.raises(Refused, match="More waits until tomorrow"):
            three.ana.joints.propose(words_of("Dr Lang", FOR, UNTIL))
        ended = three.ben.joints.take_back(holds.id)
        assert ended is not None
        assert ended.standing is Standing.ENDED
        assert "was taken back" in refused(three.lee, "Dr Weiss")
    with clock.at(NOW + dt.timedelta(days=2)):
        assert three.ben.joints.approve(waits.id).standing is Standing.HOLDS


def test_only_partners_write_one_down_and_say_yes(three: OpenJournals) -> None:
    with clock.at(NOW):
        with pytest.raises(Refused):
            three.lee.joints.propose(words_of("Dr Kern", FOR, UNTIL))
        joint = put_to_both(three)
        given(three, "Dr Weiss")
        with pytest.raises(Refused):
            three.lee.joints.approve(three.lee.authorisations.all()[0].id)
        with pytest.raises(UsageError, match="nothing else"):
            text = words_of("Dr Kern", FOR, UNTIL)
            three.ana.joints.propose(
                type(text)(text.kind, (*text.fields, ("also", "Dr Lang")), text.date, text.review)
            )
        assert three.ana.joints.take_back(joint.id) is None  # it did not hold: it is gone


def test_nobody_authorises_anything_in_the_place_of_a_partner_who_left(three: OpenJournals) -> None:
    with clock.at(NOW):
        given(three)
        three.lee.members.remove("Ben")
        three.look()
        assert refused(three.lee) == rules.ENDED_WITH_SHARING.format(recipient="Dr Kern")
        eve = three.join("Eve", Role.PARTNER)
        three.look()
        with pytest.raises(Refused, match="nobody authorises anything in their place"):
            three.ana.joints.propose(words_of("Dr Lang", FOR, UNTIL))
        assert eve.authorisations.all() == []


def test_both_at_one_keyboard(three: OpenJournals) -> None:
    with clock.at(NOW):
        joint = three.ana.joints.together(three.ben.joints, words_of("Dr Kern", FOR, UNTIL))
        assert joint.standing is Standing.HOLDS
        three.look()
        assert three.lee.authorisations.check("Dr Kern", FOR).id == joint.id
