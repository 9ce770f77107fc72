"""How check-ins, after-effects cards and drafts of either lie in documents."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from kapjournal.crypto.primitives import NAME_LENGTH, NotGenuine
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import SessionRef
from kapjournal.domain.self_reports import (
    HIGHEST,
    LOWEST,
    MAX_DAY,
    MAX_NAMES,
    AfterEffects,
    CheckIn,
    Moment,
    Report,
    SelfReportDraft,
    is_name,
)
from kapjournal.journal.documents.version import Content, DocumentType, DocumentVersion
from kapjournal.journal.strict_encoding import day_from_text, from_hex, moment_from_text, moment_to_text
from kapjournal.text import MAX_LINE, is_line


def encode(said: Report, before: DocumentVersion | None = None) -> Content:
    """A report as the content of its document."""
    return Content.of(_data(said), _words(said), before)


def decode_check_in(version: DocumentVersion) -> CheckIn:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        values = data["values"]
        if not all(type(value) is int and LOWEST <= value <= HIGHEST for value in _by_name(values).values()):
            raise ValueError
        return CheckIn(
            **_place(data),
            moment=Moment(data["moment"]) if data["moment"] is not None else None,
            values=tuple(sorted(values.items())),
            line=_line(version.text),
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A check-in has a field of the wrong form.") from None


def decode_after_effects(version: DocumentVersion) -> AfterEffects:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        answers, lines, day = data["answers"], data["lines"], data["day"]
        if not all(type(answer) is bool for answer in _by_name(answers).values()):
            raise ValueError
        if not all(_line(line) for line in _by_name(lines).values()):
            raise ValueError
        if version.text or not (day is None or (type(day) is int and 0 <= day <= MAX_DAY)):
            raise ValueError
        return AfterEffects(
            **_place(data),
            day=day,
            answers=tuple(sorted(answers.items())),
            lines=tuple(sorted(lines.items())),
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("An after-effects card has a field of the wrong form.") from None


def encode_draft(draft: SelfReportDraft, before: DocumentVersion | None = None) -> Content:
    """A draft as the content of its document; id and moment of saving are the document's own."""
    readers = None if draft.readers is None else sorted(reader.hex() for reader in draft.readers)
    return Content.of({**_data(draft.said), "readers": readers}, _words(draft.said), before)


def decode_draft(version: DocumentVersion) -> SelfReportDraft:
    """Undo `encode_draft`, or raise `NotGenuine`."""
    decode = decode_check_in if version.type == DocumentType.CHECK_IN_DRAFT else decode_after_effects
    said = decode(version)
    try:
        readers = version.fields()["readers"]
        chosen = None if readers is None else frozenset(MemberId(from_hex(one, 32)) for one in readers)
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A draft has a field of the wrong form.") from None
    return SelfReportDraft(said, chosen, version.document.hex(), version.written)


def _data(said: Report) -> dict[str, Any]:
    """All of a report but its words."""
    data: dict[str, Any] = {
        "date": said.date.isoformat(),
        "written": moment_to_text(said.written),
        "session": [said.session.id, said.session.number] if said.session else None,
    }
    if isinstance(said, CheckIn):
        return {**data, "moment": said.moment.value if said.moment else None, "values": dict(said.values)}
    return {**data, "day": said.day, "answers": dict(said.answers), "lines": dict(said.lines)}


def _words(said: Report) -> str:
    return said.line if isinstance(said, CheckIn) else ""


def _place(data: Mapping[str, Any]) -> dict[str, Any]:
    """The day, the moment and the session of a report."""
    match data["session"]:
        case None:
            session = None
        case [str(name), int(number)] if len(name) == NAME_LENGTH:
            session = SessionRef(name, number)
        case _:
            raise ValueError
    written: dt.datetime = moment_from_text(data["written"])
    return {"date": day_from_text(data["date"]), "written": written, "session": session}


def _by_name(found: object) -> dict[str, Any]:
    if type(found) is not dict or len(found) > MAX_NAMES or not all(map(is_name, found)):
        raise ValueError
    return found


def _line(text: object) -> str:
    if type(text) is not str or not is_line(text) or len(text) > MAX_LINE:
        raise ValueError
    return text
