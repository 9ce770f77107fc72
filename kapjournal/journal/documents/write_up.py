"""How what belongs to a write-up lies in documents: where its lines came from and its reviews, and the names
of a case. One document for each write-up and each case, sealed for their author alone."""

from typing import Any

from kapjournal.crypto.primitives import NAME_LENGTH, NotGenuine, digest, purpose
from kapjournal.domain.ids import CaseId, DocumentId
from kapjournal.domain.write_up_work import (
    MAX_DECIDED,
    MAX_MARKS,
    MAX_RECIPIENTS,
    CaseNames,
    Choice,
    Decided,
    ReviewWork,
    WriteUpWork,
)
from kapjournal.errors import KapjournalError
from kapjournal.journal.documents.pulled_lines import pulled_from_data, pulled_to_data
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex
from kapjournal.text import is_line, storable


def work_document(write_up: str) -> DocumentId:
    """The one document of a member's for a write-up, by the id of its record."""
    return DocumentId(digest(purpose("write-up work document", bytes.fromhex(write_up)))[:16])


def names_document(case: CaseId | None) -> DocumentId:
    """The one document of a member's for the names of a couple, or with None of the practice."""
    return DocumentId(digest(purpose("case names document", case or b""))[:16])


def encode_work(work: WriteUpWork, before: DocumentVersion | None = None) -> Content:
    """What belongs to a write-up as the content of its document."""
    fields = {
        "write_up": work.write_up,
        "case": work.case.hex(),
        "pulled": pulled_to_data(work.pulled),
        "marks": list(work.marks),
        "reviews": [
            [
                one.recipient,
                one.case_word,
                dict(one.words),
                {key: [said.choice.value, said.words] for key, said in sorted(one.decided.items())},
            ]
            for one in work.reviews
        ],
    }
    return Content.of(fields, before=before)


def decode_work(version: DocumentVersion) -> WriteUpWork:
    """Undo `encode_work`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        return WriteUpWork(
            from_hex(data["write_up"], NAME_LENGTH // 2).hex(),
            CaseId(from_hex(data["case"], 16)),
            pulled_from_data(data["pulled"]),
            tuple([_line(one) for one in _list(data["marks"], MAX_MARKS)]),
            tuple([_review(*one) for one in _list(data["reviews"], MAX_RECIPIENTS)]),
        )
    except (KapjournalError, LookupError, TypeError, ValueError, AttributeError):
        raise NotGenuine("What belongs to a write-up is not of its form.") from None


def encode_names(names: CaseNames, before: DocumentVersion | None = None) -> Content:
    """The names of a case as the content of their document: a names file's text, outside the data."""
    return Content.of({"case": names.case.hex() if names.case else None}, names.words, before)


def decode_names(version: DocumentVersion) -> CaseNames:
    """Undo `encode_names`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        case = data["case"]
        return CaseNames(None if case is None else CaseId(from_hex(case, 16)), version.text)
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("The names of a case are not of their form.") from None


def _review(recipient: str, case_word: str, words: dict[str, str], decided: dict[str, Any]) -> ReviewWork:
    if len(decided) > MAX_DECIDED:
        raise ValueError
    return ReviewWork(
        _line(recipient),
        _line(case_word),
        {_line(name): _line(word) for name, word in words.items()},
        {_line(key): Decided(Choice(choice), storable(said)) for key, (choice, said) in decided.items()},
    )


def _line(said: str) -> str:
    if not is_line(said):
        raise ValueError
    return said


def _list(said: object, limit: int) -> list[Any]:
    if type(said) is not list or len(said) > limit:
        raise ValueError
    return said
