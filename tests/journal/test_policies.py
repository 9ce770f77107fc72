"""What a couple chose of secrets, the sentence beside what a therapist will read, and asking to talk."""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.members import Role
from kapjournal.domain.policy import DEFAULT_HOUR, Policy, SecretsPolicy, secrets_from
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import NewRecord
from kapjournal.presentation import policy as saying
from kapjournal.presentation.brief_view import read_brief
from kapjournal.presentation.glances import glance
from kapjournal.presentation.sharing import beside_what_a_therapist_reads
from tests.cast import PASSPHRASES
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import practice

NINE = dt.time(9)
NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)


# the policy


def test_nothing_is_chosen_until_a_therapist_writes_it_down(three: OpenJournals) -> None:
    assert three.ana.policies.current() == Policy(None, DEFAULT_HOUR)
    for partner in (three.ana, three.ben):
        with pytest.raises(Refused, match="Therapists and co-therapists"):
            partner.policies.write(SecretsPolicy.NO_SECRETS, NINE)
    written = three.lee.policies.write(SecretsPolicy.NO_SECRETS, NINE)
    three.look()
    assert [one.policies.current() for one in three.journals] == [written] * 3
    assert written.author == three.lee.me.id and written.hour == NINE


def test_the_one_written_last_counts_whatever_the_clocks_say(three: OpenJournals) -> None:
    ode = three.join("Dr Ode", Role.CO_THERAPIST)
    with clock.at(clock.now() + dt.timedelta(days=300)):
        three.lee.policies.write(SecretsPolicy.NO_SECRETS, NINE)
    three.look()
    ode.refresh()
    ode.policies.write(SecretsPolicy.INDIVIDUAL, NINE)
    three.look()
    assert three.ana.policies.current().secrets is SecretsPolicy.INDIVIDUAL
    assert three.ana.policies.current().author == ode.me.id
    three.lee.policies.write(None, NINE)
    three.look()
    assert three.ben.policies.current().secrets is None
    assert all(one.check().is_clean for one in three.journals)


def test_a_newcomer_of_the_course_reads_it_too_and_a_supervisor_does_not(three: OpenJournals) -> None:
    three.lee.policies.write(SecretsPolicy.DISCRETION, NINE)
    ode, sand = three.join("Dr Ode", Role.CO_THERAPIST), three.join("Dr Sand", Role.SUPERVISOR)
    three.look()
    ode.refresh()
    sand.refresh()
    assert ode.policies.current().secrets is SecretsPolicy.DISCRETION
    assert sand.policies.current() == Policy()


def test_what_an_intake_says_is_offered_in_their_journal(
    three: OpenJournals, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clinic = practice(tmp_path_factory.mktemp("clinic"))
    couple = clinic.lee.couples.add("them", three.path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
    with clinic.lee.open_couple(couple.case) as theirs:
        assert theirs.policies.suggested() is None
        intake = {"secrets-policy": "individual confidence"}
        clinic.lee.records.add(NewRecord(RecordKind.INTAKE, couple.case, intake))
        assert theirs.policies.suggested() is SecretsPolicy.INDIVIDUAL
        assert "Your intake says: individual confidence." in saying.lines(theirs)
        theirs.policies.write(SecretsPolicy.INDIVIDUAL, NINE)
        assert not any("intake" in line for line in saying.lines(theirs))
    assert three.lee.policies.suggested() is None
    with pytest.raises(Refused, match="this is a practice"):
        clinic.lee.policies.write(None, NINE)
    clinic.close()


def test_words_for_a_policy_are_read_and_others_refused() -> None:
    assert secrets_from(" No-Secrets ") is SecretsPolicy.NO_SECRETS and secrets_from("none") is None
    with pytest.raises(UsageError, match="no-secrets, discretion, individual, and none"):
        secrets_from("some")


# the sentence


@pytest.mark.parametrize(
    ("secrets", "sentence"),
    [
        (
            SecretsPolicy.NO_SECRETS,
            "You two chose no secrets. Dr Lee may bring this into the room, and must act on some things by "
            "law.",
        ),
        (
            SecretsPolicy.DISCRETION,
            "You two left this to Dr Lee: your therapist decides whether it is brought into the room, and "
            "must act on some things by law.",
        ),
        (
            SecretsPolicy.INDIVIDUAL,
            "You two chose individual confidence. Dr Lee does not tell Ben of this, but must act on some "
            "things by law.",
        ),
        (
            None,
            "What becomes of words that only one of you says to Dr Lee is not written down yet: ask first. "
            "Dr Lee must act on some things by law.",
        ),
    ],
)
def test_it_stands_beside_whatever_the_therapist_alone_will_read(
    three: OpenJournals, secrets: SecretsPolicy | None, sentence: str
) -> None:
    three.lee.policies.write(secrets, NINE)
    three.look()
    members, now = three.ana.members.all(), three.ana.policies.current()
    ana, ben, lee = three.ana.me, three.ben.me, three.lee.me
    assert saying.in_words(now, {lee.id}, members, ana) == sentence
    assert saying.in_words(now, {lee.id}, members, ben) == sentence.replace("Ben", "Ana")
    assert saying.in_words(now, {lee.id, ben.id}, members, ana) == "", "he reads it himself"
    assert saying.in_words(now, {ben.id}, members, ana) == ""
    assert saying.in_words(now, {ana.id}, members, lee) == ""
    said = beside_what_a_therapist_reads(three.ana, "US")
    assert "not monitored; in an emergency: 988" in said[0], "whom to call comes first"
    assert said[1:] == [sentence, "Dr Lee may keep a copy in the record."]


# asking to talk


def test_asking_to_talk_says_nothing_else_and_to_nobody_else(three: OpenJournals) -> None:
    request = three.ana.talking.ask()
    assert three.ana.talking.ask() == request, "once is enough"
    three.look()
    assert three.lee.talking.current() == [request] == three.ana.talking.current()
    assert three.ben.talking.current() == []
    with pytest.raises(NotFound):
        three.ben.talking.take_back()
    with pytest.raises(Refused, match="Partners"):
        three.lee.talking.ask()
    three.ana.talking.take_back()
    three.look()
    assert three.lee.talking.current() == [] == three.ana.talking.current()
    with pytest.raises(NotFound):
        three.ana.talking.take_back()
    assert all(one.check().is_clean for one in three.journals)


def test_a_request_is_over_the_day_after_the_session(three: OpenJournals) -> None:
    with clock.at(NOW):
        three.lee.sessions.add(kind=SessionKind.INTEGRATION, date=NOW.date(), time=dt.time(23, 30))
        three.look()
        three.ana.talking.ask()
        three.look()
        assert len(three.lee.talking.current()) == 1
    with clock.at(NOW + dt.timedelta(days=2)):
        assert three.lee.talking.current() == [] == three.ana.talking.current()
        again = three.ana.talking.ask()
        assert three.ana.talking.current() == [again]
        three.ana.talking.take_back()
        assert three.ana.talking.current() == []


def test_it_stands_on_the_brief_and_beside_the_couple(
    three: OpenJournals, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clinic = practice(tmp_path_factory.mktemp("clinic"))
    couple = clinic.lee.couples.add("them", three.path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
    assert not glance(clinic.lee, couple).asks
    with clock.at(NOW):
        three.ben.talking.ask()
        three.lee.policies.write(SecretsPolicy.DISCRETION, NINE)
        assert glance(clinic.lee, couple).asks
        brief = read_brief(clinic.lee, couple)
    [section] = brief.sections
    assert section.heading == "Asks to talk"
    assert [(one.who, one.words) for one in section.entries] == [("Ben", "since 20 Mar")]
    assert brief.secrets == "therapist’s discretion"
    clinic.close()


# where dialogue is kept


def test_dialogue_is_kept_for_the_room_until_a_therapist_says_otherwise(three: OpenJournals) -> None:
    assert not three.ana.policies.current().dialogue_in_the_room
    three.lee.policies.write(SecretsPolicy.NO_SECRETS, NINE, dialogue_in_the_room=True)
    three.look()
    said = [saying.lines(partner) for partner in (three.ana, three.ben)]
    assert said[0] == said[1] and "Dr Lee keeps dialogue for the room for now." in said[0]
    three.lee.policies.write(SecretsPolicy.DISCRETION, NINE)
    three.look()
    assert three.ben.policies.current().dialogue_in_the_room
    three.lee.policies.write(SecretsPolicy.DISCRETION, NINE, dialogue_in_the_room=False)
    three.look()
    assert not three.ana.policies.current().dialogue_in_the_room
    assert not any("dialogue" in line for line in saying.lines(three.ana))
    for partner in (three.ana, three.ben):
        with pytest.raises(Refused, match="Therapists and co-therapists"):
            partner.policies.write(None, NINE, dialogue_in_the_room=True)
