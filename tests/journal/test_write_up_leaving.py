"""Whether a write-up may leave: on a basis that holds at that moment, reviewed, and with nothing in it that a
partner does not allow."""

import datetime as dt
from collections.abc import Iterator

import pytest

from kapjournal import clock
from kapjournal.domain.authorisation import words_of
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.supervision import Basis, Pulled
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import Journal, NewNote, NewRecord, NoteChange, RecordChange
from tests.cast import PASSPHRASES
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import Practice
from tests.journal.practices import practice as made
from tests.journal.written_up import ROE, all_accepted, write_up

NOW = dt.datetime(2031, 3, 2, 9, tzinfo=dt.UTC)
UNTIL = dt.date(2031, 6, 1)
A, B, C = Basis


@pytest.fixture
def practice(three: OpenJournals) -> Iterator[Practice]:
    """Dr Lee's practice, with the couple of the three in it."""
    with clock.at(NOW):
        practice = made(three.folder)
        practice.lee.couples.add("Hallway", three.path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
        practice.lee.couples.name_partners(practice.lee.couples.get("Hallway").case, "Ana", "Ben")
        yield practice
    practice.close()


def told(practice: Practice, about: About = About.COUPLE, **fields: str) -> str:
    fields = {"what": "Supervision within the programme", "given": "2031-01-02", **fields}
    new = NewRecord(RecordKind.CONSENT, practice.lee.couples.get("Hallway").case, fields, about=about)
    return practice.lee.records.add(new).id


def one_reviewed(practice: Practice, recipient: str = ROE, **fields: str) -> str:
    one = write_up(practice.lee, practice.lee.couples.get("Hallway").case, **fields)
    all_accepted(practice.lee, one, recipient)
    return one


def authorised(three: OpenJournals, recipient: str = ROE, purpose: str = "supervision") -> str:
    joint = three.ana.joints.propose(words_of(recipient, purpose, UNTIL))
    three.look()
    three.ben.joints.approve(joint.id)
    three.look()
    return joint.id


def refused(
    journal: Journal, one: str, basis: Basis, recipient: str = ROE, purpose: str = "supervision"
) -> str:
    with pytest.raises(Refused) as why:
        journal.write_ups.leaving(one, recipient, basis, purpose)
    return str(why.value)


# --- the basis --------------------------------------------------------------------------------------------


def test_within_the_own_programme_they_were_told_at_intake(practice: Practice) -> None:
    one = one_reviewed(practice)
    assert "none that stands for Ana and Ben" in refused(practice.lee, one, A)
    told(practice, About.FIRST)
    assert "none that stands for Ben" in refused(practice.lee, one, A)
    last = told(practice, About.SECOND)
    assert practice.lee.write_ups.leaving(one, ROE, A).basis is A
    practice.lee.records.edit(last, RecordChange(fields={"revoked": "2031-03-01"}))
    assert "none that stands for Ben" in refused(practice.lee, one, A)


@pytest.mark.parametrize(
    "fields", [{"given": ""}, {"given": "2031-03-03"}, {"until": "2031-03-01"}, {"what": "recording"}]
)
def test_a_consent_that_does_not_stand_or_is_to_something_else_is_none(
    practice: Practice, fields: dict[str, str]
) -> None:
    one = one_reviewed(practice)
    told(practice, About.COUPLE, **fields)
    assert "none that stands for" in refused(practice.lee, one, A)


def test_outside_both_authorised_this_recipient_for_this_purpose_and_it_is_named(
    practice: Practice, three: OpenJournals
) -> None:
    one = one_reviewed(practice)
    assert "authorised nobody" in refused(practice.lee, one, B)
    authorised(three)
    leaving = practice.lee.write_ups.leaving(one, ROE, B)
    digest = three.lee.authorisations.check(ROE, "supervision").digest
    assert (leaving.authorisation, leaving.purpose) == (digest, "supervision")
    assert "not for “teaching”" in refused(practice.lee, one, B, purpose="teaching")
    all_accepted(practice.lee, one, "Dr Kern")
    assert "not for “Dr Kern”" in refused(practice.lee, one, B, "Dr Kern")


def test_what_is_taken_back_or_runs_out_between_review_and_export_is_refused_with_its_day(
    practice: Practice, three: OpenJournals
) -> None:
    one, joint = one_reviewed(practice), authorised(three)
    leaving = practice.lee.write_ups.leaving(one, ROE, B)
    with clock.at(dt.datetime(2031, 6, 2, 12, tzinfo=dt.UTC)):
        assert "ran out on 1 June 2031" in refused(practice.lee, one, B)
    with clock.at(NOW + dt.timedelta(hours=1)):
        three.ben.joints.take_back(joint)
        assert "taken back on 2 March 2031" in refused(practice.lee, one, B)
        with pytest.raises(Refused, match="taken back"):
            practice.lee.write_ups.leave(leaving, "md", "ab" * 32)
    assert practice.lee.write_ups.departures() == []


def test_a_face_that_has_their_journal_open_finds_what_was_taken_back_since(
    practice: Practice, three: OpenJournals
) -> None:
    one, joint = one_reviewed(practice), authorised(three)
    with practice.lee.open_couple(practice.lee.couples.get("Hallway").case) as theirs:
        assert practice.lee.write_ups.leaving(one, ROE, B, theirs=theirs).authorisation
        three.ana.joints.take_back(joint)
        with pytest.raises(Refused, match="taken back"):
            practice.lee.write_ups.leaving(one, ROE, B, theirs=theirs)


def test_where_their_journal_cannot_be_read_nothing_leaves_that_rests_on_it(
    practice: Practice, three: OpenJournals
) -> None:
    one = one_reviewed(practice)
    authorised(three)
    practice.lee.couples.ask_each_time(practice.lee.couples.get("Hallway").case)
    assert "opens with its own passphrase" in refused(practice.lee, one, B)
    assert practice.lee.write_ups.review(one, ROE).unread


def test_without_their_names_and_without_their_journal_nothing_leaves(practice: Practice) -> None:
    one = one_reviewed(practice)
    case = practice.lee.couples.get("Hallway").case
    practice.lee.couples.name_partners(case, "", "")
    assert practice.lee.write_ups.leaving(one, ROE, C), "their labels are in their journal"
    practice.lee.couples.ask_each_time(case)
    assert "what the two are called" in refused(practice.lee, one, C)


def test_labels_and_days_of_sessions_are_looked_up_in_their_journal(
    practice: Practice, three: OpenJournals
) -> None:
    case = practice.lee.couples.get("Hallway").case
    practice.lee.couples.name_partners(case, "", "")
    three.lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2031, 3, 1))
    one = write_up(practice.lee, case, loop="Ben wept on 3 March 2031.", moment="Ana sat.")
    review = practice.lee.write_ups.review(one, ROE)
    loop = next(it.text for it in review.replaced() if it.id == "loop")
    assert "Ben" not in loop and "two days after session 1" in loop and not review.unread


def test_the_names_of_other_couples_are_known_too(practice: Practice) -> None:
    other = practice.couple("Uma and Vic")
    practice.lee.couples.name_partners(other, "Uma", "Vic")
    one = write_up(practice.lee, practice.lee.couples.get("Hallway").case, loop="As Uma did with Vic.")
    items = practice.lee.write_ups.review(one, ROE).items
    assert {"Uma", "Vic"} <= {it.text for it in items if not it.may_stay}


# --- the review -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("basis", [A, B, C])
def test_on_no_basis_it_leaves_unreviewed_or_changed_since_or_reviewed_for_another(
    practice: Practice, three: OpenJournals, basis: Basis
) -> None:
    told(practice)
    authorised(three)
    one = write_up(practice.lee, practice.lee.couples.get("Hallway").case)
    assert "not complete" in refused(practice.lee, one, basis)
    all_accepted(practice.lee, one, "Dr Kern")
    assert "review for Dr Roe is not complete" in refused(practice.lee, one, basis)
    all_accepted(practice.lee, one)
    assert practice.lee.write_ups.leaving(one, ROE, basis)
    practice.lee.records.edit(one, RecordChange(fields={"loop": "Ana waits for Ben."}))
    assert "not complete" in refused(practice.lee, one, basis)


def test_what_changes_while_the_file_is_made_leaves_nothing(practice: Practice) -> None:
    one = one_reviewed(practice)
    leaving = practice.lee.write_ups.leaving(one, ROE, C)
    practice.lee.records.edit(one, RecordChange(fields={"tried": "nothing so far"}))
    all_accepted(practice.lee, one)
    with pytest.raises(Refused, match="changed while"):
        practice.lee.write_ups.leave(leaving, "md", "ab" * 32)
    assert practice.lee.write_ups.departures() == []


def test_two_texts_that_stand_are_made_one_first(practice: Practice) -> None:
    one = one_reviewed(practice)
    away = practice.copy(practice.folder / "away.kap")
    practice.lee.records.edit(one, RecordChange(fields={"tried": "one"}))
    away.records.edit(one, RecordChange(fields={"tried": "another"}))
    practice.lee.copies.merge(away.path)
    practice.lee.refresh()
    assert "Two texts" in refused(practice.lee, one, C)


def test_one_page_leaves_with_its_fields_alone(practice: Practice) -> None:
    one = one_reviewed(practice, power="Money is his.")
    both = [{it.id for it in practice.lee.write_ups.leaving(one, ROE, C).sections}]
    practice.lee.records.edit(one, RecordChange(layout="One page"))
    all_accepted(practice.lee, one)
    both.append({it.id for it in practice.lee.write_ups.leaving(one, ROE, C).sections})
    assert both[0] - both[1] == {"power", "why-now"}


# --- what stands in it ------------------------------------------------------------------------------------


def test_a_line_of_a_process_note_leaves_within_the_own_programme_alone(practice: Practice) -> None:
    case = practice.lee.couples.get("Hallway").case
    note = practice.lee.records.add(NewRecord(RecordKind.PROCESS, case, {"text": "I felt pulled to one."}))
    one = write_up(practice.lee, case)
    line = Pulled("pull", "I felt pulled to one.", f"record:{note.id}", "my pull is the question")
    practice.lee.write_ups.pull(one, [line])
    all_accepted(practice.lee, one)
    told(practice)
    assert practice.lee.write_ups.leaving(one, ROE, A)
    assert "“I felt pulled to one.”" in refused(practice.lee, one, C)
    practice.lee.records.edit(one, RecordChange(fields={"pull": "More to one of the two."}))
    all_accepted(practice.lee, one)
    assert practice.lee.write_ups.leaving(one, ROE, C)


@pytest.mark.parametrize("kept", [False, True])
def test_a_line_of_a_page_leaves_as_long_as_its_author_allows_it(
    practice: Practice, three: OpenJournals, kept: bool
) -> None:
    case = practice.lee.couples.get("Hallway").case
    page = three.ana.notes.add(NewNote("The lamp was warm and low.", share="Dr Lee"))
    source = f"page:{page.id}"
    if kept:
        with practice.lee.open_couple(case) as theirs:
            source = f"kept:{theirs.keeping.keep(page.id)[0].id}"
    one = write_up(practice.lee, case)
    practice.lee.write_ups.pull(one, [Pulled("moment", "The lamp was warm and low.", source)])
    all_accepted(practice.lee, one)
    told(practice)
    for basis in (A, C):
        assert "“The lamp was warm and low.”" in refused(practice.lee, one, basis)
    three.ana.page_consents.give(page.id)
    leaving = practice.lee.write_ups.leaving(one, ROE, C)
    three.ana.page_consents.withdraw(page.id)
    assert "does not allow" in refused(practice.lee, one, C)
    with pytest.raises(Refused, match="does not allow"):
        practice.lee.write_ups.leave(leaving, "md", "ab" * 32)
    three.ana.page_consents.give(page.id)
    three.ana.notes.edit(page.id, NoteChange(body="The lamp was out."))
    assert "does not allow" in refused(practice.lee, one, C)


def test_words_typed_off_a_page_leave_as_long_as_its_author_allows_it(
    practice: Practice, three: OpenJournals
) -> None:
    page = three.ana.notes.add(NewNote("I left the kettle on so that he would come back in.", share="all"))
    three.lee.refresh()
    one = one_reviewed(practice, loop="She says she left the kettle on so that he would come back in.")
    assert "stands on a partner’s page" in refused(practice.lee, one, C)
    three.ana.page_consents.give(page.id)
    assert practice.lee.write_ups.leaving(one, ROE, C).recipient == ROE
    three.ana.page_consents.withdraw(page.id)
    assert "stands on a partner’s page" in refused(practice.lee, one, C)


def test_a_status_is_one_of_the_answers(practice: Practice) -> None:
    one = one_reviewed(practice)
    with pytest.raises(UsageError, match="one of"):
        practice.lee.records.edit(one, RecordChange(fields={"safety-self": "She told me of the bridge."}))


# --- the ledger -------------------------------------------------------------------------------------------


def test_the_ledger_says_what_left_and_until_when(practice: Practice) -> None:
    one = one_reviewed(practice)
    leaving = practice.lee.write_ups.leaving(one, ROE, C)
    left = practice.lee.write_ups.leave(leaving, "pdf", "ab" * 32)
    assert practice.lee.write_ups.departures() == [left]
    assert practice.lee.write_ups.departures(practice.lee.couples.get("Hallway").case) == [left]
    assert (left.recipient, left.basis, left.destroy_by) == (ROE, C, dt.date(2031, 5, 31))
    assert left.question == "Whose fear am I following?" and left.left == NOW
    assert practice.lee.write_ups.destroy_due() == []
    assert practice.lee.write_ups.destroy_due(dt.date(2031, 5, 31)) == [left]
    gone = practice.lee.write_ups.destroyed(left.id[:6])
    assert gone.destroyed == dt.date(2031, 3, 2) and gone.sha256 == left.sha256
    assert practice.lee.write_ups.destroy_due(dt.date(2032, 1, 1)) == []
    with pytest.raises(Refused, match="was noted"):
        practice.lee.write_ups.destroyed(left.id)
    with pytest.raises(NotFound):
        practice.lee.write_ups.destroyed("0000")


def test_a_day_to_destroy_it_by_is_to_come(practice: Practice) -> None:
    leaving = practice.lee.write_ups.leaving(one_reviewed(practice), ROE, C)
    with pytest.raises(UsageError, match="later day"):
        practice.lee.write_ups.leave(leaving, "pdf", "ab" * 32, dt.date(2031, 3, 2))


def test_two_computers_lose_no_departure_and_no_mark(practice: Practice) -> None:
    one = one_reviewed(practice)
    first = practice.lee.write_ups.leave(practice.lee.write_ups.leaving(one, ROE, C), "md", "ab" * 32)
    away = practice.copy(practice.folder / "away.kap")
    gone = away.write_ups.destroyed(first.id)
    second = practice.lee.write_ups.leave(practice.lee.write_ups.leaving(one, ROE, C), "md", "cd" * 32)
    practice.lee.copies.merge(away.path)
    practice.lee.refresh()
    found = {it.id: it.destroyed for it in practice.lee.write_ups.departures()}
    assert found == {first.id: gone.destroyed, second.id: None}
