"""A partner's own page before a session: own marks, and what both read anyway; never the other's marks."""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.domain.authorisation import words_of
from kapjournal.domain.joint import JointKind, JointText
from kapjournal.domain.policy import DEFAULT_HOUR, SecretsPolicy
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import Refused
from kapjournal.journal import NewNote
from kapjournal.presentation.brief import NOTHING_OF_YOURS, Brief, lines
from kapjournal.presentation.own_brief import FOR_PARTNERS, read_own_brief

from .open_journals import OpenJournals
from .practices import Practice

DAY = dt.date(2026, 3, 2)
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def said(brief: Brief) -> dict[str, list[str]]:
    return {one.heading: [entry.words for entry in one.entries] for one in brief.sections}


def before_a_session(three: OpenJournals) -> None:
    """Both marked something for the session of Friday, and share a page besides."""
    three.lee.sessions.add(kind=SessionKind.INTEGRATION, date=dt.date(2026, 3, 6), time=dt.time(16))
    three.lee.policies.write(SecretsPolicy.DISCRETION, DEFAULT_HOUR)
    three.look()
    with clock.at(NOON - dt.timedelta(hours=1)):
        three.ana.bringing.words("About the letter.")
    page = three.ana.notes.add(NewNote("Sundays.", title="Our Sundays", share="Ben"))
    three.ana.bringing.page(page.id)
    with clock.at(NOON - dt.timedelta(hours=1)):
        three.ben.bringing.words("SECRET of his")
    three.ben.talking.ask()
    theirs = three.ben.notes.add(NewNote("SECRET page", share="Ana"))
    three.ben.bringing.page(theirs.id)
    three.look()


def together(
    three: OpenJournals, kind: JointKind, *fields: tuple[str, str], review: dt.date | None = None
) -> str:
    joint = three.ana.joints.together(three.ben.joints, JointText(kind, fields, DAY, review))
    three.look()
    return joint.id


def test_own_marks_stand_first_and_then_what_both_approved(three: OpenJournals) -> None:
    with clock.at(NOON):
        before_a_session(three)
        agreement = together(three, JointKind.AGREEMENT, ("touch", "Hands, if asked"), ("stop", "Red"))
        three.lee.joints.approve(agreement)
        three.look()
        three.ben.joints.narrow(agreement, "No hands")
        together(three, JointKind.PRACTICE, ("sentence", "Tea together"), ("place", "Sundays at nine"))
        together(
            three,
            JointKind.DIALOGUE,
            ("topic", "Sundays"),
            ("request", "One word"),
            ("request-when", "at supper"),
            review=dt.date(2026, 3, 6),
        )
        together(three, JointKind.DIALOGUE, ("request", "later"), review=dt.date(2026, 3, 7))
        together(three, JointKind.LOOP, ("name", "Sea fog"))
        brief = read_own_brief(three.ana)
    assert brief.coming == "Integration · Fri 6 Mar 2026 · 16:00" and brief.secrets
    assert said(brief) == {
        "You bring": ["“About the letter.”", "“Our Sundays” · the whole page"],
        "You two agreed": ["Less: Ben: No hands", "Touch: Hands, if asked", "Stop signal: Red"],
        "You two chose": ["Tea together · Sundays at nine"],
        "A request": ["One word, at supper · 6 Mar"],
        "Your loop": ["Sea fog"],
    }
    with clock.at(NOON):
        assert "SECRET" not in "\n".join(lines(read_own_brief(three.ana)))
        theirs = said(read_own_brief(three.ben))
    assert theirs["You bring"] == ["“SECRET of his”", "“SECRET page” · the whole page"]
    assert theirs["You ask to talk"] == ["since 2 Mar"]


def test_what_one_marked_changes_nothing_on_the_page_of_the_other(three: OpenJournals) -> None:
    with clock.at(NOON):
        three.lee.sessions.add(kind=SessionKind.INTEGRATION, date=dt.date(2026, 3, 6))
        page = three.ben.notes.add(NewNote("Sundays.", share="Ana"))
        three.look()
        before = read_own_brief(three.ana)
        three.ben.bringing.page(page.id)
        three.ben.bringing.words("alone")
        three.ben.talking.ask()
        three.look()
        assert read_own_brief(three.ana) == before


def test_with_nothing_on_it_it_says_so(three: OpenJournals) -> None:
    found = list(lines(read_own_brief(three.ana)))
    assert found == ["no session ahead", NOTHING_OF_YOURS]


def test_it_is_a_partners(three: OpenJournals, practice: Practice) -> None:
    for one in (three.lee, practice.lee):
        with pytest.raises(Refused, match=FOR_PARTNERS):
            read_own_brief(one)


def test_what_only_one_approved_is_on_neither(three: OpenJournals) -> None:
    for kind in JointKind:
        if kind is not JointKind.AUTHORISATION:
            three.ana.joints.propose(JointText(kind, (("name", "x"), ("request", "y")), DAY, review=DAY))
    three.ana.joints.propose(words_of("Dr Kern", "supervision", clock.today()))
    three.look()
    assert read_own_brief(three.ana).sections == read_own_brief(three.ben).sections == ()
