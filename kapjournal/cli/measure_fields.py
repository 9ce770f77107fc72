"""Measures, packs and scores as plain values under fixed names, for `--json`."""

from kapjournal.content.measure_packs import Pack
from kapjournal.domain.measures import Measure, Score


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
        "mark": pack.mark,
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
