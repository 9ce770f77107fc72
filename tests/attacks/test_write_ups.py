"""What would let a write-up leave that may not: crafted records, crafted documents, and what was pulled from
where nothing comes from."""

from dataclasses import replace

import pytest

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.supervision import Basis, Pulled, basis_from
from kapjournal.domain.write_up_work import WriteUpWork
from kapjournal.errors import Refused, UsageError
from kapjournal.journal import Journal, NewRecord
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.record import RecordContent
from kapjournal.journal.documents.version import Content, new_document_id
from kapjournal.journal.documents.write_up import work_document
from kapjournal.journal.strict_encoding import from_json, to_json
from kapjournal.journal.vault import write_up_writer
from kapjournal.journal.vault.unit_of_work import DocumentChange
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
