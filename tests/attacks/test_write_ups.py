"""What would let a write-up leave that may not: crafted records, crafted documents, and what was pulled from
where nothing comes from."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.deidentify import FindingKind, Known
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.review import Decision, Item
from kapjournal.domain.supervision import Basis, Pulled, basis_from
from kapjournal.domain.write_up_work import Choice, Decided, ReviewWork, WriteUpWork
from kapjournal.errors import Refused, UsageError
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.write_up import ToLeave, export_write_up
from kapjournal.journal import Journal, NewRecord
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.record import RecordContent
from kapjournal.journal.documents.version import Content, new_document_id
from kapjournal.journal.documents.write_up import work_document
from kapjournal.journal.strict_encoding import from_json, to_json
from kapjournal.journal.vault import write_up_writer
from kapjournal.journal.vault.unit_of_work import DocumentChange
from kapjournal.journal.write_up_review import Told
from tests.internals import vault_of
from tests.journal.conftest import practice
from tests.journal.practices import Practice
from tests.journal.test_document_contents import LEFT, version_of
from tests.journal.written_up import ROE, all_accepted, named, write_up

__all__ = ["practice"]


def crafted(journal: Journal, one: str, **fields: str) -> None:
    """Other values in a write-up, as a program writes them that checks nothing."""
    vault = vault_of(journal)
    stored, record = vault.records.find(one, own=True)
    text = replace(record.text, values=tuple(sorted({**record.text.fields, **fields}.items())))
    spec = registry.RECORDS[RecordKind.SUPERVISION]
    content = spec.encode(RecordContent(record.case, text, record.written), stored.version)
    with vault.unit_of_work() as unit:
        readers = frozenset(stored.version.readers)
        unit.put(DocumentChange(stored.version.document, spec.type, readers, content, (stored,)))


def test_words_in_the_place_of_a_status_do_not_leave(practice: Practice) -> None:
    one = write_up(practice.lee, named(practice))
    all_accepted(practice.lee, one)
    crafted(practice.lee, one, **{"safety-violence": "He raised his hand in June."})
    with pytest.raises(Refused, match="one of asked of each"):
        practice.lee.write_ups.leaving(one, ROE, Basis.DEIDENTIFIED)
    with pytest.raises(Refused, match="one of asked of each"):
        practice.lee.write_ups.review(one, ROE)


def test_a_basis_that_is_none_of_the_three_is_no_basis(practice: Practice) -> None:
    one = write_up(practice.lee, named(practice))
    crafted(practice.lee, one, basis="they do not mind")
    with pytest.raises(UsageError, match="on which basis"):
        basis_from(practice.lee.records.get(one).text.fields["basis"])


def test_a_line_of_a_safety_note_leaves_on_no_basis_however_it_came_in(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    text = {"text": "The fist on the table."}
    safety = lee.records.add(NewRecord(RecordKind.SAFETY, case, text, about=About.FIRST))
    lee.records.add(NewRecord(RecordKind.CONSENT, case, {"what": "supervision", "given": "2020-01-01"}))
    one = write_up(lee, case, loop="The fist on the table.")
    vault = vault_of(lee)
    pulled = Pulled("loop", "The fist on the table.", f"record:{safety.id}", "because")
    with vault.unit_of_work() as unit:
        write_up_writer.put_work(vault, unit, WriteUpWork(one, case, (pulled,)))
    all_accepted(lee, one)
    for basis in (Basis.OWN_PROGRAMME, Basis.DEIDENTIFIED):
        with pytest.raises(Refused, match="safety note"):
            lee.write_ups.leaving(one, ROE, basis)


def test_what_a_colleague_seals_for_the_therapist_decides_nothing(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    ode = practice.joins("Dr Ode", Role.CO_THERAPIST)
    one = write_up(lee, case)
    all_accepted(lee, one)
    said = write_up_writer.work_on(vault_of(lee), one, case)
    lee.write_ups.set_names(case, "Moss")
    before = lee.write_ups.review(one, ROE)
    left = registry.DEPARTURE.encode(replace(LEFT, case=case), None)
    forged = (
        ("write-up-work", registry.WRITE_UP_WORK.encode(said, None), work_document(one)),
        ("departure", left, new_document_id()),
    )
    for type_, content, document in forged:
        vault = vault_of(ode)
        with vault.unit_of_work() as unit:
            readers = frozenset({vault.me, MemberId(lee.me.id)})
            unit.put(DocumentChange(document, type_, readers, content))
    practice.look()
    assert lee.write_ups.departures() == [] and lee.write_ups.review(one, ROE) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"basis": "they do not mind"},
        {"counts": [1, 2]},
        {"counts": [1, True, 0]},
        {"counts": [1, -1, 0]},
        {"sha256": "5b"},
        {"destroy_by": "soon"},
        {"left": "2026-03-02"},
        {"recipient": "a\nb"},
    ],
)
def test_a_departure_that_is_not_of_its_form_is_none(wrong: dict[str, object]) -> None:
    fields = from_json(registry.DEPARTURE.encode(LEFT, None).data)
    with pytest.raises(NotGenuine):
        registry.DEPARTURE.decode(version_of(Content(to_json({**fields, **wrong})), "departure"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"pulled": [["loop", "line", "safety:ab", "", ""]]},
        {"reviews": [["Roe", "Heron", {}, {"0d": ["trust", ""]}]]},
        {"reviews": [["Roe", "Heron", {"Ana": "Jun\niper"}, {}]]},
        {"reviews": [["Roe", "Heron"]]},
        {"marks": ["a\nb"]},
        {"write_up": "zz"},
        {"case": "ab"},
    ],
)
def test_work_that_is_not_of_its_form_is_none(wrong: dict[str, object]) -> None:
    work = WriteUpWork("0b" * 10, CaseId(b"c" * 16))
    fields = from_json(registry.WRITE_UP_WORK.encode(work, None).data)
    with pytest.raises(NotGenuine):
        registry.WRITE_UP_WORK.decode(version_of(Content(to_json({**fields, **wrong})), "write-up-work"))


# --- what is found in more than one way, and what goes round the text ------------------------------------


def everything_said(journal: Journal, one: str) -> None:
    """Whatever is open: accepted, of nobody, answered."""
    found = journal.write_ups.review(one, ROE)
    said = [Decision(Choice.ACCEPT, it.id) for it in found.items if it.decided is None]
    said += [Decision(Choice.NOBODY, it.id) for it in found.words if it.decided is None]
    said += [Decision(Choice.STORY, it.id, "No.") for it in found.questions]
    journal.write_ups.decide(one, ROE, said)


def item_of(journal: Journal, one: str, text: str) -> Item:
    """The first that was found with these words."""
    return next(it for it in journal.write_ups.review(one, ROE).items if it.text == text)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("April never asks.", "April"),
        ("In May May left.", "May May"),
        ("She wrote from benji@example.org that night.", "benji@example.org"),
        ("It stands on https://www.northbridge.example for all.", "https://www.northbridge.example"),
    ],
)
def test_a_name_that_is_found_by_its_form_too_stays_no_more_than_another(
    practice: Practice, line: str, found: str
) -> None:
    lee, case = practice.lee, practice.couple()
    lee.couples.name_partners(case, "April", "May")
    lee.write_ups.set_names(case, "Benji\nplace: Northbridge")
    one = write_up(lee, case, loop=line)
    it = item_of(lee, one, found)
    assert not it.may_stay
    with pytest.raises(Refused, match="stays in no write-up"):
        lee.write_ups.decide(one, ROE, [Decision(Choice.KEEP, it.id, "she does not mind")])


def test_a_name_inside_an_address_is_found_at_the_last_look(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    one = write_up(lee, case, loop="She wrote from ana.b@example.org that night.")
    all_accepted(lee, one)
    vault, it = vault_of(lee), item_of(lee, one, "ana.b@example.org")
    kept = {it.id: Decided(Choice.CHANGE, "ana.b@example.org")}
    with vault.unit_of_work() as unit:  # as a program decides that checks nothing
        work = write_up_writer.work_on(vault, one, case).with_decided(ROE, kept)
        write_up_writer.put_work(vault, unit, work)
    everything_said(lee, one)
    with pytest.raises(Refused, match="ana"):
        lee.write_ups.leaving(one, ROE, Basis.DEIDENTIFIED)


def test_a_mark_makes_no_name_into_something_that_may_stay(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    lee.write_ups.set_names(case, "Moss")
    one = write_up(lee, case, loop="Then Moss came.")
    lee.write_ups.decide(one, ROE, marks=["Moss"])
    assert not item_of(lee, one, "Moss").may_stay


@pytest.mark.parametrize("words", ["3 March 2026", "3. MARCH 2026", "the 4th of March", "04/03/2026"])
def test_no_date_is_changed_into_a_date(practice: Practice, words: str) -> None:
    lee, case = practice.lee, named(practice)
    one = write_up(lee, case)
    it = item_of(lee, one, "3 March 2026")
    with pytest.raises(Refused, match="real dates"):
        lee.write_ups.decide(one, ROE, [Decision(Choice.CHANGE, it.id, words)])
    all_accepted(lee, one)
    vault, changed = vault_of(lee), {it.id: Decided(Choice.CHANGE, words)}
    with vault.unit_of_work() as unit:  # as a program decides that checks nothing
        work = write_up_writer.work_on(vault, one, case).with_decided(ROE, changed)
        write_up_writer.put_work(vault, unit, work)
    everything_said(lee, one)
    with pytest.raises(Refused, match="real dates"):
        lee.write_ups.leaving(one, ROE, Basis.DEIDENTIFIED)


def test_nothing_is_kept_under_the_name_of_a_change(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    one = write_up(lee, case, loop="The baker met them; call 555-867-5309.")
    lee.write_ups.decide(one, ROE, marks=["baker"])
    for text, words in (("baker", "Baker"), ("555-867-5309", "555 867 5309")):
        it = item_of(lee, one, text)
        with pytest.raises(Refused, match="what stands there"):
            lee.write_ups.decide(one, ROE, [Decision(Choice.CHANGE, it.id, words)])


@pytest.mark.parametrize(
    ("name", "asked", "what"),
    [
        ("Ana and Ben.md", ToLeave(ROE, Basis.DEIDENTIFIED), "the name of the file"),
        ("northgate.md.age", ToLeave(ROE, Basis.DEIDENTIFIED), "the name of the file"),
        ("case.md", ToLeave(ROE, Basis.DEIDENTIFIED, "help for Benji"), "the purpose"),
        ("case.md", ToLeave(ROE, Basis.DEIDENTIFIED, reviewer="Lee, Hillside Clinic"), "how you sign"),
        ("case.md", ToLeave("Ben’s own doctor", Basis.DEIDENTIFIED), "the name of the recipient"),
    ],
)
def test_what_goes_round_a_write_up_says_no_name(
    practice: Practice, tmp_path: Path, name: str, asked: ToLeave, what: str
) -> None:
    lee = practice.lee
    one = write_up(lee, named(practice))
    all_accepted(lee, one, asked.recipient)
    sealing = Sealing(passphrase="long enough to be one") if name.endswith(".age") else None
    with pytest.raises(Refused, match=what):
        export_write_up(lee, one, asked, tmp_path / name, sealing=sealing)
    assert lee.write_ups.departures() == [] and not (tmp_path / name).exists()


def test_a_recipient_who_is_listed_may_be_named_as_who_reads_it(practice: Practice, tmp_path: Path) -> None:
    lee, case = practice.lee, named(practice)
    lee.write_ups.set_names(None, "Dr Roe, Roe")
    one = write_up(lee, case)
    all_accepted(lee, one)
    asked = ToLeave(ROE, Basis.DEIDENTIFIED, reviewer="Dr Lee")
    assert export_write_up(lee, one, asked, tmp_path / "dr-roe.md")[0].exists()


def test_a_line_of_a_process_note_copied_from_one_write_up_into_another_stays_one(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    process = lee.records.add(NewRecord(RecordKind.PROCESS, case, {"text": "I dread this hour."}))
    first = write_up(lee, case)
    lee.write_ups.pull(first, [Pulled("pull", "I dread this hour.", f"record:{process.id}", "my part")])
    second = write_up(lee, case, pull="I dread this hour.")
    all_accepted(lee, second)
    with pytest.raises(Refused, match="process note"):
        lee.write_ups.leaving(second, ROE, Basis.DEIDENTIFIED)


def test_the_reviews_of_two_computers_for_one_recipient_are_one_however_the_name_is_written() -> None:
    case, key = CaseId(b"c" * 16), "0d" * 8
    one = ReviewWork("Dr Roe", "Heron", {"Ana": "Juniper"}, {key: Decided(Choice.KEEP, "so")})
    other = ReviewWork("Dr \u200b Roe", "Finch", {"Ana": "Moss"}, {key: Decided(Choice.ACCEPT)})
    works = [WriteUpWork("0b" * 10, case, reviews=(review,)) for review in (one, other)]
    joined = works[0].joined(works[1])
    assert joined == works[1].joined(works[0])
    assert [review.decided for review in joined.reviews] == [{key: Decided(Choice.ASK)}]


def test_a_line_without_spaces_is_known_again_once_it_was_reworded() -> None:
    pulled = Pulled("loop", "他昨晚又打了我的手然后离开房间", "page:1")
    assert pulled.stands_in(["他昨晚又打了我的手然后离开了房间"])
    assert not pulled.stands_in(["我们今天谈了别的事情"])


def test_the_names_of_a_large_practice_are_joined_in_one_pass() -> None:
    lines = "\n".join(f"Person{number} Family{number}, Nick{number}" for number in range(20_000))
    known = Told((), (), "practice", "", (lines, "Nick7, Nick19999")).known(ROE, ())
    assert len(known) == 20_001  # two of them are one, and there are the practice and the recipient
    assert (
        Known(FindingKind.NAME, ("Person7 Family7", "Nick7", "Person19999 Family19999", "Nick19999")) in known
    )


@pytest.mark.parametrize("written", ["Ⓑⓔⓝⓙⓘ", "🄱🄴🄽🄹🄸", "𝔹𝕖𝕟𝕛𝕚"])
def test_a_name_in_letters_that_are_drawn_otherwise_leaves_no_more_than_another(
    practice: Practice, written: str
) -> None:
    one = write_up(practice.lee, named(practice), loop=f"then {written} left the room")
    all_accepted(practice.lee, one)
    try:
        sections = practice.lee.write_ups.leaving(one, ROE, Basis.DEIDENTIFIED).sections
    except Refused as why:
        assert "benji" in str(why).lower()
    else:
        assert all(written not in section.text for section in sections)


def test_whoever_stops_it_once_the_file_has_its_name_takes_no_entry_back(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lee = practice.lee
    one = write_up(lee, named(practice))
    all_accepted(lee, one)
    asked = ToLeave(ROE, Basis.DEIDENTIFIED)
    for stopped, is_there in (("os.link", False), ("kapjournal.staging._remove", True)):
        with monkeypatch.context() as patched:
            patched.setattr(stopped, _interrupted)
            with pytest.raises(KeyboardInterrupt):
                export_write_up(lee, one, asked, tmp_path / "case.md")
        assert (tmp_path / "case.md").exists() == is_there
        assert len(lee.write_ups.departures()) == is_there


def test_what_another_program_put_there_meanwhile_is_no_write_up_that_left(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lee, dest = practice.lee, tmp_path / "case.md"
    one = write_up(lee, named(practice))
    all_accepted(lee, one)
    really = os.link

    def second(*args: object, **kwargs: object) -> None:
        dest.write_text("mine")
        really(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr("os.link", second)
    with pytest.raises(Refused):
        export_write_up(lee, one, ToLeave(ROE, Basis.DEIDENTIFIED), dest)
    assert dest.read_text() == "mine" and lee.write_ups.departures() == []


def _interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_what_was_typed_off_a_safety_note_leaves_on_no_basis(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    text = {"text": "Asked alone. The fist came down on the table twice."}
    lee.records.add(NewRecord(RecordKind.SAFETY, case, text, about=About.FIRST))
    lee.records.add(NewRecord(RecordKind.CONSENT, case, {"what": "supervision", "given": "2020-01-01"}))
    one = write_up(lee, case, loop="I think of it: the fist came down on the table twice, and more.")
    all_accepted(lee, one)
    for basis in (Basis.OWN_PROGRAMME, Basis.DEIDENTIFIED):
        with pytest.raises(Refused, match=r"“the fist came down on the table twice” stands in a safety note"):
            lee.write_ups.leaving(one, ROE, basis)


def test_what_was_typed_off_a_process_note_leaves_within_the_own_programme_alone(practice: Practice) -> None:
    lee, case = practice.lee, named(practice)
    lee.records.add(NewRecord(RecordKind.PROCESS, case, {"text": "I was tired of her voice before noon."}))
    lee.records.add(NewRecord(RecordKind.CONSENT, case, {"what": "supervision", "given": "2020-01-01"}))
    one = write_up(lee, case, loop="I was tired of her voice before noon.")
    all_accepted(lee, one)
    with pytest.raises(Refused, match="stands in a process note of yours"):
        lee.write_ups.leaving(one, ROE, Basis.DEIDENTIFIED)
    assert lee.write_ups.leaving(one, ROE, Basis.OWN_PROGRAMME).recipient == ROE
