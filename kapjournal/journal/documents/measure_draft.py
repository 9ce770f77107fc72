"""How answers on the way lie in a document, sealed for their author alone."""

from kapjournal.content.measures import check_fit
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.answered_measures import MAX_ANSWERS, MAX_PACK
from kapjournal.domain.ids import EnvelopeId, MemberId
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.errors import KapjournalError
from kapjournal.journal.documents.measure import is_value, measure_name
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex
from kapjournal.text import MAX_LINE, is_line


def encode(draft: MeasureDraft, before: DocumentVersion | None = None) -> Content:
    """A draft as the content of its document; id and moment of saving are the document's own."""
    data = {
        "measure": draft.measure,
        "of": draft.of.hex(),
        "answers": list(draft.answers),
        "pack": draft.pack,
        "date": draft.date,
        "place": draft.place,
        "readers": sorted(reader.hex() for reader in draft.readers),
        "changes": draft.changes,
        "replaces": [envelope.hex() for envelope in draft.replaces],
    }
    return Content.of(data, before=before)


def decode(version: DocumentVersion) -> MeasureDraft:
    """Undo `encode`, or raise `NotGenuine`: also for answers that a known measure does not have."""
    data = version.fields()
    try:
        answers, place = data["answers"], data["place"]
        if (
            type(answers) is not list
            or not 0 < len(answers) <= MAX_ANSWERS
            or not all(map(is_value, answers))
        ):
            raise ValueError
        if type(place) is not int or not 0 <= place <= len(answers) + 1:
            raise ValueError
        for line, most in ((data["pack"], MAX_PACK), (data["date"], MAX_LINE), (data["changes"], MAX_LINE)):
            if not is_line(line) or len(line) > most:
                raise ValueError
        draft = MeasureDraft(
            measure=measure_name(data["measure"]),
            of=MemberId(from_hex(data["of"], 32)),
            answers=tuple(answers),
            pack=data["pack"],
            date=data["date"],
            place=place,
            readers=frozenset(MemberId(from_hex(reader, 32)) for reader in data["readers"]),
            changes=data["changes"],
            replaces=tuple(EnvelopeId(from_hex(envelope, 16)) for envelope in data["replaces"]),
            id=version.document.hex(),
            saved=version.written,
        )
        check_fit(draft.measure, draft.answers)
    except (KapjournalError, LookupError, TypeError, ValueError):
        raise NotGenuine("A draft has a field of the wrong form.") from None
    return draft
