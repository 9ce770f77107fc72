"""Measures, packs, scores, answers and marks as plain values under fixed names, for `--json`."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from kapjournal.content.measure_packs import Pack
from kapjournal.domain.answered_measures import (
    AnsweredMeasure,
    MeasureRequest,
    MeasureText,
    MeasureVersion,
    SafetyMark,
)
from kapjournal.domain.ids import MemberId
from kapjournal.domain.measures import Measure, Score
from kapjournal.domain.members import Role, folded
from kapjournal.exchange import iso_time
from kapjournal.presentation.answered_measures import score_of, title_of

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def measure_fields(measure: Measure, packs: tuple[Pack, ...]) -> dict[str, object]:
    """What a measure is scored by."""
    line, change = measure.cut_off, measure.reliable_change
    return {
        "measure": measure.id,
        "title": measure.title,
        "example": measure.is_example,
        "direction": measure.direction.value,
        "items": len(measure.items),
        "range": [measure.lowest, measure.highest],
        "bands": [[band.low, band.high, band.name] for band in measure.bands],
        "cut_off": {"from": line.low, "to": line.high, "source": line.source} if line else None,
        "reliable_change": {"points": change.points, "source": change.source} if change else None,
        "source": measure.source,
        "licence": measure.licence,
        "loinc": measure.loinc or None,
        "packs": [pack.language for pack in packs if pack.measure == measure.id],
    }


def pack_fields(pack: Pack) -> dict[str, object]:
    """What a pack says of itself, without its words."""
    return {
        "measure": pack.measure,
        "language": pack.language,
        "version": pack.version,
        "mark": pack.fingerprint,
        "title": pack.title,
        "file": str(pack.file),
    }


def score_fields(measure: Measure, score: Score) -> dict[str, object]:
    """What a set of answers comes to; whatever is not scored is null."""
    return {
        "measure": measure.id,
        "title": measure.title,
        "direction": measure.direction.value,
        "range": [measure.lowest, measure.highest],
        "total": score.total,
        "complete": score.is_complete,
        "missing": list(score.missing),
        "band": score.band.name if score.band else None,
        "subscales": [
            {"id": one.subscale.id, "name": one.subscale.name, "total": one.total, "positive": one.positive}
            for one in score.subscales
        ],
        "cut_off": (
            {"from": measure.cut_off.low, "to": measure.cut_off.high, "side": score.cut_off.value}
            if measure.cut_off and score.cut_off
            else None
        ),
        "provisional": score.provisional,
        "flags": sorted(score.flags),
    }


def answered_fields(journal: "Journal", found: AnsweredMeasure) -> dict[str, object]:
    """Answers for a script; of a score a partner is given what a partner is shown."""
    return {
        "id": found.id,
        **_text_fields(journal, found.text),
        "author": journal.members.label_of(found.author),
        "readers": _labels(journal, found.readers),
        "written": iso_time(found.written),
        "revised": iso_time(found.revised) if found.revised else None,
        "beside": [_text_fields(journal, text) for text in found.beside],
    }


def history_fields(journal: "Journal", version: MeasureVersion) -> dict[str, Any]:
    """One version of answers, for a script and for a row."""
    typed = ",".join("-" if value is None else str(value) for value in version.text.answers)
    return {
        "number": version.number,
        "saved": iso_time(version.saved),
        "date": version.text.date.isoformat(),
        "typed": typed,
        "readers": _labels(journal, version.readers),
    }


def request_fields(journal: "Journal", request: MeasureRequest) -> dict[str, object]:
    """A request for a script."""
    return {
        "id": request.id,
        "measure": request.measure,
        "of": journal.members.label_of(request.of),
        "author": journal.members.label_of(request.author),
        "by": request.date.isoformat() if request.date else None,
        "line": request.words,
        "written": iso_time(request.written),
        "answered": request.answered or None,
    }


def mark_fields(journal: "Journal", mark: SafetyMark) -> dict[str, object]:
    """A safety mark for a script."""
    return {
        "id": mark.id,
        "open": mark.is_open,
        "answers": mark.answers,
        "of": journal.members.label_of(mark.of),
        "measure": mark.measure,
        "date": mark.date.isoformat(),
        "item": mark.item,
        "met": [{"when": iso_time(one.moment), "value": one.value} for one in mark.at_mark],
        "contacts": [
            {
                "when": iso_time(one.when),
                "how": one.how,
                "outcome": one.outcome,
                "written": iso_time(one.written),
            }
            for one in mark.contacts
        ],
    }


def _text_fields(journal: "Journal", text: MeasureText) -> dict[str, object]:
    scored = score_of(text)
    return {
        "measure": text.measure,
        "title": title_of(text.measure),
        "of": journal.members.label_of(text.of),
        "date": text.date.isoformat(),
        "answers": list(text.answers),
        "pack": text.pack or None,
        "score": _score_for(journal, *scored) if scored else None,
    }


def _score_for(journal: "Journal", measure: Measure, score: Score) -> dict[str, object]:
    fields = score_fields(measure, score)
    if journal.me.role is not Role.PARTNER:
        return fields
    return {name: fields[name] for name in ("direction", "range", "total", "complete", "missing")}


def _labels(journal: "Journal", readers: Collection[MemberId]) -> list[str]:
    return sorted((journal.members.label_of(one) for one in readers), key=folded)
