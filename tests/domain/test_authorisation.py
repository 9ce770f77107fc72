"""What both partners authorise: one recipient, one purpose, until a day, and not a word more."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal import clock
from kapjournal.domain import authorisation as rules
from kapjournal.domain.authorisation import authorises, checked, is_of_form, words_of
from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import Joint, JointKind, JointText, Response, Standing
from kapjournal.domain.joint_standing import standing
from kapjournal.domain.members import Member, Role
from kapjournal.errors import Refused, UsageError

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 2)
UNTIL = dt.date(2027, 1, 31)
SUPERVISION = "supervision of our therapy"


def member(place: int, label: str, role: Role = Role.PARTNER) -> Member:
    return Member(MemberId(bytes([place] * 32)), label, role, label)


ANA, BEN, LEE = member(1, "Ana"), member(2, "Ben"), member(3, "Dr Lee", Role.THERAPIST)


def authorisation(
    *yes: Member,
    recipient: str = "Dr Kern",
    purpose: str = SUPERVISION,
    until: dt.date = UNTIL,
    no: Member | None = None,
    id: str = "one",
    written: dt.datetime = NOW,
) -> Joint:
    with clock.at(NOW):
        text = words_of(recipient, purpose, until)
    said = [Response(one.id, approves=True, written=written) for one in yes]
    said += [Response(no.id, approves=False, written=NOW + dt.timedelta(days=9), held=True)] if no else []
    return Joint(id, ANA.id, text, written, tuple(said))


def judged(
    *found: Joint, members: tuple[Member, ...] = (ANA, BEN, LEE), is_over: bool = False
) -> list[Joint]:
    return standing(found, members, is_over=is_over)


def why(*found: Joint, recipient: str = "Dr Kern", purpose: str = SUPERVISION, today: dt.date = TODAY) -> str:
    with pytest.raises(Refused) as refused:
        authorises(found, recipient, purpose, today)
    return str(refused.value)


def test_it_holds_by_the_yes_of_both_for_its_recipient_its_purpose_and_its_days() -> None:
    [one] = judged(authorisation(ANA, BEN))
    assert one.standing is Standing.HOLDS
    for today in (TODAY, UNTIL):
        assert authorises([one], "Dr Kern", SUPERVISION, today) == one


def test_of_several_the_one_that_lasts_longest_is_named() -> None:
    found = judged(
        authorisation(ANA, BEN, id="long", until=dt.date(2028, 1, 1)),
        authorisation(ANA, BEN, id="later", written=NOW + dt.timedelta(days=1)),
    )
    assert authorises(found, "dr  KERN", "Supervision of our therapy", TODAY).id == "long"


def test_none_given_one_yes_alone_run_out_taken_back_each_with_its_day() -> None:
    assert why() == rules.NONE_GIVEN
    assert why(*judged(authorisation(ANA))) == (
        "Only one of the two has said yes to Dr Kern so far. It was written down on 2 March 2026."
    )
    over = judged(authorisation(ANA, BEN))
    assert why(*over, today=UNTIL + dt.timedelta(days=1)) == (
        "What the two authorised for Dr Kern ran out on 31 January 2027."
    )
    said_no = Response(BEN.id, approves=False, written=NOW, held=False)
    declined = replace(authorisation(ANA), responses=(*authorisation(ANA).responses, said_no))
    assert judged(declined)[0].standing is Standing.DECLINED
    assert why(*judged(declined)) == rules.NONE_GIVEN


@pytest.mark.parametrize("who", [ANA, BEN])
def test_either_takes_it_back_and_by_whom_is_not_said(who: Member) -> None:
    other = BEN if who is ANA else ANA
    said_yes = replace(authorisation(other, no=who).responses[0], held=True)
    one = authorisation(other, no=who)
    one = replace(one, responses=(said_yes, one.responses[1]))
    [found] = judged(one)
    assert found.standing is Standing.ENDED
    assert why(found) == "What the two authorised for Dr Kern was taken back on 11 March 2026."


def test_another_recipient_and_another_purpose_are_told_with_what_there_is() -> None:
    [one] = judged(authorisation(ANA, BEN))
    assert why(one, recipient="Dr Weiss") == (
        "What the two authorised until 31 January 2027 is for Dr Kern, and not for “Dr Weiss”."
    )
    assert why(one, purpose="teaching") == (
        "What the two authorised for Dr Kern until 31 January 2027 is for “supervision of our therapy”, and "
        "not for “teaching”."
    )
    assert why(one, recipient="Dr Weiss", today=UNTIL + dt.timedelta(days=1)) == rules.NONE_GIVEN


def test_of_a_purpose_that_is_fixed_none_for_another_is_spoken_of() -> None:
    def said(*found: Joint, recipient: str = "Dr Kern") -> str:
        with pytest.raises(Refused) as refused:
            authorises(found, recipient, "joint pack", TODAY, "Nobody.")
        return str(refused.value)

    other = judged(authorisation(ANA, BEN))
    assert said() == said(*other) == said(*other, recipient="Dr Weiss") == "Nobody."
    [pack] = judged(authorisation(ANA, BEN, recipient="Ana and Ben", purpose="joint pack"))
    assert "is for Ana and Ben, and not for" in said(*other, pack)


@pytest.mark.parametrize(
    "name", ["Dr Kеrn", "Dr Ꮶern", "Dr Kem", "Dr Kern.", "Kern", "Dr Kern, Dr Weiss", ""]
)
def test_what_looks_like_a_recipient_is_another(name: str) -> None:
    [one] = judged(authorisation(ANA, BEN))
    assert why(one, recipient=name)


@pytest.mark.parametrize("name", ["dr kern", " Dr Kern ", "DR\u00a0KERN", "Dr Ke\u200brn", "Ｄr Kern"])
def test_a_name_is_compared_as_labels_are(name: str) -> None:
    assert authorises(judged(authorisation(ANA, BEN)), name, SUPERVISION, TODAY)


def test_a_therapist_gives_none_and_one_partner_alone_never_two() -> None:
    assert judged(authorisation(ANA, LEE))[0].standing is Standing.PROPOSED
    assert judged(authorisation(ANA), members=(ANA, LEE))[0].standing is Standing.PROPOSED
    assert judged(authorisation(ANA, ANA), members=(ANA, LEE))[0].standing is Standing.PROPOSED


def test_who_comes_in_the_place_of_one_authorises_nothing() -> None:
    struck, eve = replace(BEN, removed=True), member(4, "Ben two")
    for yes in ((ANA, eve), (ANA, struck), (ANA, eve, struck)):
        [found] = judged(authorisation(*yes), members=(ANA, struck, eve, LEE))
        assert found.standing is not Standing.HOLDS
    with pytest.raises(Refused, match="nobody authorises anything in their place"):
        rules.check_may_propose((ANA, struck, eve))


def test_it_ends_when_the_two_go_apart_and_when_one_leaves() -> None:
    [apart] = judged(authorisation(ANA, BEN), is_over=True)
    [left] = judged(authorisation(ANA, BEN), members=(ANA, replace(BEN, removed=True), LEE))
    for one in (apart, left):
        assert one.standing is Standing.ENDED
        assert why(one) == rules.ENDED_WITH_SHARING.format(recipient="Dr Kern")


def test_its_words_are_one_name_one_purpose_and_a_day_to_come() -> None:
    with clock.at(NOW):
        text = words_of("  Dr  Kern ", "supervision", TODAY)
        assert text.fields == (("recipient", "Dr Kern"), ("purpose", "supervision"))
        assert text.for_therapists
        assert checked(replace(text, for_therapists=False)) == text
        for recipient, purpose, until in (
            ("", "supervision", TODAY),
            ("\u200b", "supervision", TODAY),
            ("Dr Kern", "", TODAY),
            ("Dr Kern\nDr Weiss", "supervision", TODAY),
            ("Dr Kern", "supervision\nand teaching", TODAY),
            ("Dr Kern", "supervision", None),
            ("Dr Kern", "supervision", TODAY - dt.timedelta(days=1)),
            ("Dr Kern", "supervision", dt.date(2200, 1, 1)),
            ("x" * 201, "supervision", TODAY),
        ):
            with pytest.raises(UsageError):
                words_of(recipient, purpose, until)
        with pytest.raises(UsageError, match="nothing else"):
            checked(replace(text, fields=(*text.fields, ("also", "Dr Weiss"))))


def test_words_of_a_program_that_say_more_or_less_are_none() -> None:
    with clock.at(NOW):
        text = words_of("Dr Kern", "supervision", UNTIL)
    assert is_of_form(text)
    recipient, purpose = text.fields
    for other in (
        replace(text, fields=(purpose, recipient)),
        replace(text, fields=(recipient,)),
        replace(text, fields=(recipient, purpose, ("also", "Dr Weiss"))),
        replace(text, fields=(("recipient", "Dr Kern\nDr Weiss"), purpose)),
        replace(text, fields=(("recipient", " Dr Kern"), purpose)),
        replace(text, fields=(recipient, ("purpose", "\u200b"))),
        replace(text, review=None),
        replace(text, for_therapists=False),
    ):
        assert not is_of_form(other)


@given(st.text(max_size=250), st.text(max_size=250))
def test_what_is_put_to_the_other_is_of_the_form_in_which_it_is_read(recipient: str, purpose: str) -> None:
    with clock.at(NOW):
        try:
            text = words_of(recipient, purpose, UNTIL)
        except (UsageError, Refused):
            return
    assert is_of_form(text)
    one = Joint("one", ANA.id, text, NOW, authorisation(ANA, BEN).responses)
    assert authorises(judged(one), recipient, purpose, TODAY)


def test_nothing_else_that_two_approve_authorises_anything() -> None:
    text = JointText(
        JointKind.CLOSING,
        (("recipient", "Dr Kern"), ("purpose", SUPERVISION)),
        TODAY,
        UNTIL,
        for_therapists=True,
    )
    one = replace(authorisation(ANA, BEN), text=text)
    assert why(*judged(one)) == rules.NONE_GIVEN
