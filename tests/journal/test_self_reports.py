"""Check-ins and after-effects cards: made, kept to oneself, shared, taken back, and what nobody can do."""

import datetime as dt
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.members import Role
from kapjournal.domain.notes import SessionRef
from kapjournal.domain.policy import SecretsPolicy
from kapjournal.domain.self_reports import AfterEffects, CheckIn, Moment, SelfReportDraft
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import NotFound, Refused, UsageError
from tests.internals import vault_of
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import practice

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
DAY = NOW.date()
TIRED = CheckIn(DAY, NOW, Moment.BETWEEN, None, (("fear", 0), ("mood", 4)), "The lake was grey.")
SICK = AfterEffects(DAY, NOW, answers=(("fog", False), ("nausea", True)), lines=(("nausea", "since noon"),))


def dose(three: OpenJournals, day: dt.date, *who: str, time: dt.time | None = None) -> str:
    dosing = frozenset(three.lee.members.get(label).id for label in who)
    added = three.lee.sessions.add(kind=SessionKind.DOSING, date=day, time=time, dosing=dosing)
    three.look()
    return added.id


# check-ins


def test_a_check_in_is_its_authors_alone_until_it_is_shared(three: OpenJournals) -> None:
    with clock.at(NOW):
        made = three.ana.check_ins.add(TIRED)
        three.look()
        assert made.said == TIRED and made.readers == {three.ana.me.id}
        assert three.ana.check_ins.all() == [made] == [three.ana.check_ins.get(made.id[:6])]
        for other in (three.ben, three.lee):
            assert other.check_ins.all() == []
            with pytest.raises(NotFound):
                other.check_ins.get(made.id)
        shared = three.ana.check_ins.share(made.id, "Ben, therapist")
        three.look()
        assert shared.said == made.said and shared.id == made.id
        assert three.ben.check_ins.all() == [shared] == three.lee.check_ins.all()
        left = three.ana.check_ins.withdraw(made.id, "Ben")
        three.look()
        assert left.readers == {three.ana.me.id, three.lee.me.id} and three.ben.check_ins.all() == []
        with pytest.raises(Refused, match="could not read it"):
            three.ana.check_ins.withdraw(made.id, "Ben")
        three.ana.check_ins.delete(made.id)
        three.look()
        assert three.ana.check_ins.all() == [] == three.lee.check_ins.all()
    assert three.ana.check().is_clean and three.ben.check().is_clean


def test_they_come_by_day_and_then_as_they_were_made(three: OpenJournals) -> None:
    for hour, day in ((9, 3), (10, 2), (11, 3)):
        with clock.at(NOW.replace(hour=hour)):
            three.ana.check_ins.add(CheckIn(DAY.replace(day=day), NOW, line=f"{day} at {hour}"))
    assert [one.said.line for one in three.ana.check_ins.all()] == ["2 at 10", "3 at 9", "3 at 11"]


def test_nobody_but_a_partner_checks_in_and_nothing_is_no_check_in(three: OpenJournals) -> None:
    with pytest.raises(Refused, match="A partner reports this of themselves"):
        three.lee.check_ins.add(TIRED)
    with pytest.raises(Refused, match="A partner reports this of themselves"):
        three.lee.self_report_drafts.save(SelfReportDraft(TIRED))
    for empty in (CheckIn(DAY, NOW), CheckIn(DAY, NOW, Moment.AFTER, line="  ")):
        with pytest.raises(UsageError):
            three.ana.check_ins.add(empty)
    with pytest.raises(UsageError, match="one line"):
        three.ana.check_ins.add(CheckIn(DAY, NOW, line="two\nlines"))
    assert three.ana.check_ins.all() == []


def test_another_cannot_share_or_delete_what_was_shared_with_them(three: OpenJournals) -> None:
    made = three.ana.check_ins.add(TIRED, "Ben")
    three.look()
    for deed in (
        lambda: three.ben.check_ins.share(made.id, "Dr Lee"),
        lambda: three.ben.check_ins.withdraw(made.id, "Ana"),
        lambda: three.ben.check_ins.delete(made.id),
    ):
        with pytest.raises(NotFound, match="of yours"):
            deed()


def test_a_practice_has_none(tmp_path: Path) -> None:
    made = practice(tmp_path)
    assert made.lee.check_ins.all() == [] == made.lee.after_effects.all()
    for deed in (
        made.lee.check_ins.check_journal,
        lambda: made.lee.check_ins.add(TIRED),
        lambda: made.lee.self_report_drafts.save(SelfReportDraft(TIRED)),
    ):
        with pytest.raises(Refused, match="this is a practice"):
            deed()
    made.close()


# the day of a dose

DOSE = dt.date(2098, 3, 2)
"""Later than anything that was written: of a day before that, no pause is looked for."""


@pytest.mark.parametrize("moment", ["02T12:00", "03T02:00", "03T08:59"])
def test_with_the_partner_it_waits_after_a_dose_and_one_step_sends_it_now(
    three: OpenJournals, moment: str
) -> None:
    with clock.at(dt.datetime.fromisoformat(f"2098-03-{moment}").astimezone()):
        dose(three, DOSE, "Ana", time=dt.time(10))
        made = three.ana.check_ins.add(TIRED)
        with pytest.raises(Refused, match=r"with Ben from 10:00 (tomorrow|today). Until then it is yours"):
            three.ana.check_ins.share(made.id, "Dr Lee, Ben")
        with pytest.raises(Refused, match="with Ben from 10:00"):
            three.ana.check_ins.add(TIRED, "all")
        assert len(three.ana.check_ins.all()) == 1 and made.readers == {three.ana.me.id}
        assert three.lee.me.id in three.ana.check_ins.share(made.id, "Dr Lee").readers, "never the clinic"
        three.ben.check_ins.add(TIRED, "Ana")
        assert three.ben.me.id in three.ana.check_ins.share(made.id, "Ben", now=True).readers


def test_the_pause_ends_at_the_hour_of_the_couples_policy(three: OpenJournals) -> None:
    with clock.at(dt.datetime.fromisoformat("2098-03-02T12:00").astimezone()):
        three.lee.policies.write(SecretsPolicy.NO_SECRETS, dt.time(12, 30))
        dose(three, DOSE, "Ana", time=dt.time(10))
        made = three.ana.check_ins.add(TIRED)
    with (
        clock.at(dt.datetime.fromisoformat("2098-03-03T12:29").astimezone()),
        pytest.raises(Refused, match=r"with Ben from 12:30 today"),
    ):
        three.ana.check_ins.share(made.id, "Ben")
    with clock.at(dt.datetime.fromisoformat("2098-03-03T12:30").astimezone()):
        assert three.ben.me.id in three.ana.check_ins.share(made.id, "Ben").readers


@pytest.mark.parametrize("moment", ["02T09:59", "03T10:00"])
def test_before_the_dose_and_from_ten_the_next_day_nothing_waits(three: OpenJournals, moment: str) -> None:
    dose(three, DOSE, time=dt.time(10))
    with clock.at(dt.datetime.fromisoformat(f"2098-03-{moment}").astimezone()):
        assert three.ben.me.id in three.ana.check_ins.add(TIRED, "Ben").readers


# after-effects


def test_a_card_is_for_the_clinic_and_never_for_the_partner(three: OpenJournals) -> None:
    varga = three.join("Dr Varga", Role.PRESCRIBER)
    sand = three.join("Dr Sand", Role.SUPERVISOR)
    session = dose(three, DAY - dt.timedelta(days=3), "Ana")
    made = three.ana.after_effects.add(SICK)
    three.look()
    assert made.readers == {three.ana.me.id, three.lee.me.id, varga.me.id}
    assert made.said.session == SessionRef(session, 1) and made.said.day == 3
    assert three.lee.after_effects.all() == [made] == varga.after_effects.all()
    assert three.ben.after_effects.all() == [] == sand.after_effects.all()
    for who in ("Ben", "all", "partner", "Dr Sand, Ben"):
        with pytest.raises(Refused, match="never shared with your partner"):
            three.ana.after_effects.share(made.id, who)
        with pytest.raises(Refused, match="never shared with your partner"):
            three.ana.after_effects.add(SICK, who)
    three.ana.after_effects.share(made.id, "Dr Sand")
    three.look()
    assert len(sand.after_effects.all()) == 1
    assert three.ana.after_effects.add(SICK, "").readers == {three.ana.me.id}


def test_a_card_is_about_the_last_dose_of_its_author(three: OpenJournals) -> None:
    first = dose(three, DAY - dt.timedelta(days=9), "Ana")
    dose(three, DAY - dt.timedelta(days=2), "Ben")
    dose(three, DAY + dt.timedelta(days=1), "Ana")
    assert three.ana.after_effects.add(SICK).said.session == SessionRef(first, 1)
    named = AfterEffects(DAY, NOW, SessionRef("0a" * 10, 8), answers=(("fog", True),))
    assert three.ana.after_effects.add(named).said.session is None, "there is no such dose of hers"


def test_without_a_dose_a_card_is_about_none(three: OpenJournals) -> None:
    made = three.ana.after_effects.add(SICK)
    assert (made.said.session, made.said.day) == (None, None)
    with pytest.raises(UsageError, match="Nothing is answered"):
        three.ana.after_effects.add(AfterEffects(DAY, NOW, lines=(("fog", " "),)))


# on the way


def test_what_is_on_the_way_is_found_again_and_by_nobody_else(three: OpenJournals) -> None:
    saved = three.ana.self_report_drafts.save(SelfReportDraft(TIRED))
    card = three.ana.self_report_drafts.save(SelfReportDraft(SICK, frozenset({three.lee.me.id})))
    three.look()
    with three.open("Ana") as again:
        assert sorted(again.self_report_drafts.all(), key=lambda one: one.id) == sorted(
            [saved, card], key=lambda one: one.id
        )
    for other in (three.ben, three.lee):
        assert other.self_report_drafts.all() == [] and vault_of(other).envelopes.drafts == {}
    assert three.ana.check_ins.all() == [], "it is none yet"
    for value in (1, 2, 3):
        changed = SelfReportDraft(TIRED.with_value("calm", value), None, saved.id, saved.saved)
        saved = three.ana.self_report_drafts.save(changed)
    assert len(vault_of(three.ana).envelopes.drafts) == 2 and saved.said.texts == ("The lake was grey.",)


def test_finishing_makes_it_of_today_for_its_readers_and_drops_the_draft(three: OpenJournals) -> None:
    saved = three.ana.self_report_drafts.save(SelfReportDraft(TIRED))
    card = three.ana.self_report_drafts.save(SelfReportDraft(SICK))
    later = NOW + dt.timedelta(days=2)
    with clock.at(later):
        made = three.ana.self_report_drafts.finish(saved)
        noticed = three.ana.self_report_drafts.finish(card)
    assert made.said.date == noticed.said.date == later.date() and made.said.written == later
    assert made.readers == {three.ana.me.id} and noticed.readers == {three.ana.me.id, three.lee.me.id}
    assert three.ana.self_report_drafts.all() == []
    assert (three.ana.check_ins.all(), three.ana.after_effects.all()) == ([made], [noticed])


def test_the_partner_is_no_reader_of_a_card_whatever_a_draft_says(three: OpenJournals) -> None:
    saved = three.ana.self_report_drafts.save(SelfReportDraft(SICK, frozenset({three.ben.me.id})))
    with pytest.raises(Refused, match="never shared with your partner"):
        three.ana.self_report_drafts.finish(saved)
    assert three.ana.self_report_drafts.all() == [saved], "and nothing is lost"


@pytest.mark.parametrize("said", [TIRED, SICK], ids=["check-in", "card"])
def test_a_draft_is_thrown_away_once(three: OpenJournals, said: CheckIn | AfterEffects) -> None:
    saved = three.ana.self_report_drafts.save(SelfReportDraft(said))
    three.ana.self_report_drafts.discard(saved.id, saved.saved)
    assert three.ana.self_report_drafts.all() == []
    with pytest.raises(NotFound):
        three.ana.self_report_drafts.discard(saved.id)
