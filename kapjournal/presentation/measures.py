"""What every face says of a measure and its score: one set of lines for staff, another for a partner.

A partner is shown what they answered, the total, and which way is better. Bands, cut-offs and what a rule
makes of them are for staff: on a partner's screen they would be a judgement, and nobody is there to talk.
"""

from collections.abc import Iterator, Sequence

from kapjournal.content.measure_packs import Pack
from kapjournal.domain.measures import (
    CutOffSide,
    Direction,
    Measure,
    Score,
    SubscaleScore,
)
from kapjournal.text import shown_line

NO_PACK = (
    "There are no official words for {title} on this computer, so it cannot be answered here. Answer it on "
    "paper; the therapist enters it."
)
SAFETY_ITEM = "item {number} is {at} or more"
LEFT_OUT = "left out"

BETTER = {
    Direction.HIGHER_WORSE: "lower is better",
    Direction.HIGHER_BETTER: "higher is better",
}
_SIDES = {
    CutOffSide.NOT_REACHED: "not reached",
    CutOffSide.IN_RANGE: "within the range",
    CutOffSide.REACHED: "reached",
}


def total_in_words(measure: Measure, score: Score) -> str:
    """“12 of 27, lower is better”; of what is not complete which items were left out, and no number."""
    if score.total is None:
        items = ", ".join(map(str, score.missing))
        return f"not scored: item{'s' if len(score.missing) > 1 else ''} {items} left out"
    return f"{score.total} of {measure.highest}, {BETTER[measure.direction]}"


def lines_for_partner(measure: Measure, score: Score) -> list[tuple[str, str]]:
    """What a partner is shown of a score, by heading."""
    return [("total", total_in_words(measure, score))]


def lines_for_staff(measure: Measure, score: Score) -> list[tuple[str, str]]:
    """What the clinic is shown of a score, by heading."""
    return [*lines_without_names(measure, score), *_named_cut_off(measure, score)]


def lines_without_names(measure: Measure, score: Score) -> list[tuple[str, str]]:
    """The same without what the far side of a cut-off is called, for where nobody knows who is looking."""
    said = [("total", total_in_words(measure, score))]
    if score.band is not None:
        said.append(("band", score.band.name))
    said += [(one.subscale.name, _subscale(measure, one)) for one in score.subscales]
    if measure.cut_off is not None and score.cut_off is not None:
        said.append(("cut-off", f"{cut_off_in_words(measure)}: {_SIDES[score.cut_off]}"))
    if score.provisional is not None:
        said.append(("provisional rule", "met" if score.provisional else "not met"))
    if score.is_at_safety_mark and measure.safety is not None:
        said.append(("flag", SAFETY_ITEM.format(number=measure.safety.item, at=measure.safety.at)))
    return said


def cut_off_in_words(measure: Measure) -> str:
    """“10 or more”, “31 to 33”, “below 13.5”; empty where there is none."""
    if (line := measure.cut_off) is None:
        return ""
    below = "below " if measure.direction is Direction.HIGHER_BETTER else ""
    if line.low != line.high:
        return f"{below}{line.low:g} to {line.high:g}"
    return f"{below}{line.low:g}" if below else f"{line.low:g} or more"


def row_label(measure: Measure, number: int) -> str:
    """How a row of answers is called for staff: “3 · sleep”. It is no question."""
    topic = measure.item(number).topic
    return f"{number} · {topic}" if topic else f"item {number}"


def answers_in_words(
    measure: Measure, answers: Sequence[int | None], pack: Pack | None = None, *, for_staff: bool
) -> Iterator[tuple[str, str]]:
    """Each answer beside its number, and in the words of the pack where there is one; topics are `for_staff`
    alone."""
    for item, value in zip(measure.items, answers, strict=True):
        words = ""
        if pack is not None and value is not None:
            found = next(one for one in pack.items[item.number - 1].answers if one.value == value)
            words = f" · {shown_line(found.text)}"
        label = row_label(measure, item.number) if for_staff else f"item {item.number}"
        yield label, LEFT_OUT if value is None else f"{value}{words}"


def no_pack(measure: Measure) -> str:
    """Why a measure cannot be answered on this computer."""
    return NO_PACK.format(title=measure.title)


def _named_cut_off(measure: Measure, score: Score) -> list[tuple[str, str]]:
    if measure.cut_off is None or score.cut_off is not CutOffSide.REACHED:
        return []
    return [("beyond the cut-off", measure.cut_off.name)]


def _subscale(measure: Measure, part: SubscaleScore) -> str:
    highest = sum(max(measure.item(number).values) for number in part.subscale.items)
    said = f"{part.total} of {highest}"
    if part.positive is None:
        return said
    return f"{said}, {'positive' if part.positive else 'not positive'} (from {part.subscale.positive_at})"
