"""The couple's policy and requests to talk: who cannot say what in whose name."""

import datetime as dt
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.bringing import TalkRequest
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.policy import DEFAULT_HOUR, Policy, SecretsPolicy
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.journal import FLOOR, Journal, create, join
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import Content, DocumentVersion, new_document_id
from kapjournal.journal.strict_encoding import from_json, to_json
from kapjournal.presentation.bringing import read_lines
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal, forge
from tests.attacks.test_old_keys import renewed
from tests.internals import vault_of

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
LATE = dt.datetime(2199, 1, 1, tzinfo=dt.UTC)


def sent(
    attacked: AttackedJournal, sender: Journal, readers: list[Journal], type_: str, content: Content
) -> None:
    ids = [sender.me.id, *(one.me.id for one in readers)]
    version = DocumentVersion(
        new_document_id(), type_, sender.me.id, tuple(sorted(ids)), NOW, content.data, content.text
    )
    forge(attacked, sender, ids, version)
    for journal in (sender, *readers):
        journal.refresh()


def chosen(secrets: SecretsPolicy | None, written: dt.datetime = LATE) -> Content:
    return registry.POLICY.encode(Policy(secrets, DEFAULT_HOUR, None, written), None)


def test_a_partner_makes_nobody_believe_in_another_policy(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        lee.policies.write(SecretsPolicy.NO_SECRETS, DEFAULT_HOUR)
        ben.refresh()
        sent(attacked, ben, [ana, lee], "policy", chosen(SecretsPolicy.INDIVIDUAL))
        for journal in (lee, ana, ben):
            journal.refresh()
            assert journal.policies.current().secrets is SecretsPolicy.NO_SECRETS


def test_a_policy_that_is_put_back_takes_the_place_of_nothing(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        before = attacked.rows()
        lee.policies.write(SecretsPolicy.INDIVIDUAL, DEFAULT_HOUR)
        old = {row: sealed for row, sealed in attacked.rows().items() if row not in before}
        lee.policies.write(SecretsPolicy.NO_SECRETS, DEFAULT_HOUR)
    for row, sealed in old.items():
        attacked.insert(row, sealed)
    with attacked.acting("Ana") as (ana,):
        assert ana.policies.current().secrets is SecretsPolicy.NO_SECRETS


@pytest.mark.parametrize(
    "change",
    [{"secrets": "all-secrets"}, {"secrets": 7}, {"hour": "25:00"}, {"hour": None}, {"written": None}],
    ids=str,
)
def test_a_policy_that_is_not_of_its_form_does_not_count(
    attacked: AttackedJournal, change: dict[str, object]
) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        good = chosen(SecretsPolicy.INDIVIDUAL)
        sent(attacked, lee, [ana], "policy", Content(to_json({**from_json(good.data), **change})))
        assert ana.policies.current() == Policy()
        sent(attacked, lee, [ana], "policy", good)
        assert ana.policies.current().secrets is SecretsPolicy.INDIVIDUAL, "the control"


def test_a_request_to_talk_is_one_row_that_the_other_partner_cannot_open(attacked: AttackedJournal) -> None:
    before = attacked.rows()
    with attacked.acting("Ana") as (ana,):
        ana.talking.ask()
    new = attacked.rows().keys() - before.keys()
    with attacked.acting("Ben", "Lee") as (ben, lee):
        assert len(new) == 1 and new <= vault_of(ben).envelopes.unaddressed
        assert not new & vault_of(lee).envelopes.unaddressed, "the control"
    raw = b"".join(file.read_bytes() for file in attacked.folder.rglob("*") if file.is_file())
    assert b"talk-request" not in raw and b"no-secrets" not in raw


def test_one_partner_neither_asks_for_the_other_nor_learns_that_they_do(attacked: AttackedJournal) -> None:
    request = registry.TALK_REQUEST.encode(TalkRequest(attacked_member(attacked), NOW), None)
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        sent(attacked, ana, [ben, lee], "talk-request", request)
        assert ben.talking.current() == [] and ben.check().is_clean
        assert [one.author for one in lee.talking.current()] == [ana.me.id]
        sent(attacked, lee, [ana], "talk-request", request)
        assert [one.author for one in ana.talking.current()] == [ana.me.id]


def test_a_request_with_words_is_none(attacked: AttackedJournal) -> None:
    """Nobody smuggles words past the sentence that there are none."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        request = registry.TALK_REQUEST.encode(TalkRequest(ana.me.id, NOW), None)
        sent(attacked, ana, [lee], "talk-request", request._replace(text="the hallway"))
        assert lee.talking.current() == []


def attacked_member(attacked: AttackedJournal) -> MemberId:
    with attacked.acting("Ana") as (ana,):
        return ana.me.id


def test_a_policy_of_the_last_moment_there_is_can_be_replaced(attacked: AttackedJournal) -> None:
    """It could not be made later, and what was written in its place was of no form."""
    end = dt.datetime(2199, 12, 31, 23, 59, 59, 999000, tzinfo=dt.UTC)
    with attacked.acting("Lee", "Ana") as (lee, ana):
        sent(attacked, lee, [ana], "policy", chosen(SecretsPolicy.INDIVIDUAL, end))
        assert ana.policies.current().secrets is SecretsPolicy.INDIVIDUAL, "there is no other"
        lee.policies.write(SecretsPolicy.NO_SECRETS, DEFAULT_HOUR)
        ana.refresh()
        for journal in (lee, ana):
            assert journal.policies.current().secrets is SecretsPolicy.NO_SECRETS


def test_old_keys_make_nobody_believe_in_another_policy(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.policies.write(SecretsPolicy.NO_SECRETS, DEFAULT_HOUR)
    thief = renewed(attacked, "Lee")
    ana_id, lee_id = attacked_member(attacked), MemberId(thief.id)
    content, readers = chosen(SecretsPolicy.INDIVIDUAL), tuple(sorted((lee_id, ana_id)))
    forged = DocumentVersion(new_document_id(), "policy", lee_id, readers, NOW, content.data)
    thief.writes(forged, [lee_id, ana_id])
    with attacked.acting("Lee", "Ana") as journals:
        for journal in journals:
            assert journal.policies.current().secrets is SecretsPolicy.NO_SECRETS
            assert journal.findings


def test_the_other_partner_ends_no_request_with_a_session_of_theirs(tmp_path: Path) -> None:
    """Ben made the journal and can add sessions: with one of yesterday Lee was not shown that Ana asks."""
    path, noon = tmp_path / "journal.kap", dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
    ben, _ = create(
        path,
        label="Ben",
        role=Role.PARTNER,
        passphrase=PASSPHRASE,
        title="Course",
        with_recovery=False,
        strength=FLOOR,
        record_folder=tmp_path / "ben",
    )
    with ben, clock.at(noon):
        lee, ana = (
            join(
                path,
                code=ben.members.invite(label, role, strength=FLOOR),
                label=label,
                passphrase=PASSPHRASE,
                with_recovery=False,
                strength=FLOOR,
                record_folder=tmp_path / label,
            )[0]
            for label, role in (("Lee", Role.THERAPIST), ("Ana", Role.PARTNER))
        )
        with lee, ana:
            for each in (ben, lee, ana) * 2:
                each.refresh()
            ana.talking.ask()
            ana.bringing.words("the hallway")
            said = Session("", ben.me.id, 1, SessionKind.CHECK_IN, noon.date(), dt.time(23), "")
            attacked = AttackedJournal(tmp_path, path, {})
            sent(attacked, ben, [lee, ana], "session", registry.SESSION.encode(said, None))
            with clock.at(noon + dt.timedelta(days=1)):
                for each in (lee, ana):
                    assert each.sessions.all(), "it is in the course"
                    assert each.talking.current() and each.bringing.current()
                    [line] = read_lines(each, earlier=True)
                    assert line.is_current and line.session is None
            lee.sessions.add(kind=SessionKind.CHECK_IN, date=noon.date(), time=dt.time(22))
            with clock.at(noon + dt.timedelta(days=1)):
                ana.refresh()
                assert ana.talking.current() == [] == ana.bringing.current(), "the control"
