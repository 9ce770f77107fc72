"""Whether what a file says of a measure holds together, so that each total has one meaning and no more."""

from collections import Counter
from collections.abc import Iterable

from kapjournal.domain.measures import Measure
from kapjournal.errors import Refused


def check_measure(measure: Measure) -> None:
    """Refuse a measure that does not hold together: every total has to be in one band, every number named has
    to be that of an item."""
    numbers = [item.number for item in measure.items]
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        raise Refused("Items are numbered from 1 without a gap.")
    for item in measure.items:
        if not item.values or len(set(item.values)) < len(item.values) or min(item.values) < 0:
            raise Refused(f"Item {item.number} has different values of 0 or more.")
    _check_bands(measure)
    for part in measure.subscales:
        if not part.items or not {*part.items} <= {*numbers} or len({*part.items}) < len(part.items):
            raise Refused(f"The subscale “{part.id}” has items of the measure, each once.")
    if _twice(part.id for part in measure.subscales):
        raise Refused("Two subscales have one id.")
    if (line := measure.cut_off) and not measure.lowest <= line.low <= line.high <= measure.highest:
        raise Refused(f"The cut-off lies between {measure.lowest} and {measure.highest}.")
    if (rule := measure.provisional) and not {name for name, _ in rule.needs} <= {
        part.id for part in measure.subscales
    }:
        raise Refused("The provisional rule names subscales of the measure.")
    if (change := measure.reliable_change) and not 0 < change.points <= measure.highest:
        raise Refused(f"A reliable change is of more than 0 and at most {measure.highest} points.")
    if (mark := measure.safety) and (
        mark.item not in numbers or mark.at not in measure.item(mark.item).values
    ):
        raise Refused("The safety item is an item of the measure, and its mark one of its values.")


def _check_bands(measure: Measure) -> None:
    next_low = measure.lowest
    for band in measure.bands:
        if band.low != next_low or band.high < band.low:
            raise Refused(
                f"Bands follow each other from {measure.lowest} to {measure.highest} without a gap: "
                f"“{band.name}” should begin at {next_low}."
            )
        next_low = band.high + 1
    if measure.bands and next_low != measure.highest + 1:
        raise Refused(f"The last band ends at {measure.highest}.")


def _twice(names: Iterable[str]) -> bool:
    return any(count > 1 for count in Counter(names).values())
