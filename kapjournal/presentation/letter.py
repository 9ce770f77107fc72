"""The letter to a prescriber: one page about one partner, for somebody who orders medicine.

It says what was noted, in the order in which it was. Nothing is judged: no dose is compared, no range is
checked, and of blood pressure only that it is above the clinic's own line.
"""

import datetime as dt
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kapjournal.domain.signing import Signer
from kapjournal.presentation import days
from kapjournal.presentation.charts import FIRST, ChartRow
from kapjournal.text import shown_line

COLUMNS = 76
"""The width of the page, in characters."""
ROWS = 55
"""Its height, in lines."""

MEASURE_ROWS = (10, 3)
"""Lines that the measures have, and have at least; those for which there is no room are named."""
MOST_DATES = 8
MOST_TOTALS = 2
"""Totals of one measure beside the first, the latest ones."""

TITLE = "Letter to the prescriber"
DOSES = "Doses (minutes are since the first of the session)"
RESPONSE, MEASURES, QUESTION = "Response, in the therapist’s words", "Measures", "Question"
HEADINGS = frozenset({DOSES, RESPONSE, MEASURES, QUESTION})

NO_DOSES = "No dosing record."
NO_MEASURES = "None."
NOT_OPENED = "None are in this letter: the journal they stand in was not open."
WITHOUT_MEASURES = "The letter is without measures: {why}"
NOBODY = "the prescriber"
SIGNATURE = f"Signature: {'_' * 40}"


@dataclass(frozen=True, slots=True)
class DosingSession:
    """One dosing session in words: `dose` is its number among this partner's, None where no dose was noted;
    `amounts`, `pressures` and `effects` are a line or a part of one each, as they were noted."""

    day: dt.date
    session: int | None
    dose: int | None
    amounts: tuple[str, ...]
    pressures: tuple[str, ...]
    effects: tuple[str, ...]
    adverse: str
    response: str = ""

    @property
    def name(self) -> str:
        """“2 March 2026 · session 3 · dose 1”."""
        session = f"session {self.session}" if self.session else ""
        dose = f"dose {self.dose}" if self.dose else "no dose noted"
        return " · ".join(filter(None, (days.long_day(self.day), session, dose)))


@dataclass(frozen=True, slots=True)
class MeasureTotals:
    """One measure over time, with which way is better: a row a time it was answered, by day."""

    title: str
    direction: str
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is read and kept. `measures` are None where they could not be looked at, and `why_not`
    says to the therapist why; it is no part of the page."""

    day: dt.date
    to: str
    partner: str
    sessions: tuple[DosingSession, ...]
    response: str
    measures: tuple[MeasureTotals, ...] | None
    question: str
    signer: Signer | None = None
    why_not: str = ""


def lines(letter: Letter) -> list[str]:
    """The page, at most `ROWS` lines of `COLUMNS` characters: the oldest sessions are summed up in one
    sentence, which says so, as far as there is no room for them. The measures give way to the newest."""
    above, blocks = list(_above(letter)), [list(_session(one)) for one in letter.sessions]
    for measure_rows in MEASURE_ROWS:
        below = list(_below(letter, measure_rows))
        for left_out in range(max(len(blocks), 1)):
            summed = _wrapped(summed_up(letter.sessions[:left_out]))
            shown = [line for block in blocks[left_out:] for line in block] or [NO_DOSES]
            if len(above) + len(summed) + len(shown) + len(below) <= ROWS:
                return [*above, *summed, *shown, *below]
    return [*above, *summed, *shown, *below]


def text(letter: Letter) -> str:
    """The page as it is kept and saved."""
    return "\n".join(lines(letter)) + "\n"


def without_measures(letter: Letter) -> str:
    """Why a letter is without measures, for the therapist; empty if they could be looked at."""
    return WITHOUT_MEASURES.format(why=letter.why_not) if letter.why_not else ""


def summed_up(sessions: Sequence[DosingSession]) -> str:
    """“Sessions 2 to 5 are not shown, for want of room: 2 March 2026, …”; empty for none."""
    if not sessions:
        return ""
    dates, numbers = [days.long_day(one.day) for one in sessions], [one.session for one in sessions]
    known = [number for number in numbers if number]
    which = f" {min(known)} to {max(known)}" if len(known) == len(numbers) else ""
    many = f"{len(dates)} from {dates[0]} to {dates[-1]}"
    when = ", ".join(dates) if len(dates) <= MOST_DATES else many
    if len(sessions) == 1:
        which = f" {known[0]}" if known else ""
        return f"Session{which} is not shown, for want of room: {when}."
    return f"Sessions{which} are not shown, for want of room: {when}."


def _above(letter: Letter) -> Iterator[str]:
    day = days.long_day(letter.day)
    yield f"{TITLE}{day.rjust(COLUMNS - len(TITLE))}"
    yield ""
    yield from _wrapped(f"To: {letter.to or NOBODY}", hang=4)
    yield from _wrapped(f"About: {letter.partner}", hang=7)
    yield from ("", DOSES)


def _session(one: DosingSession) -> Iterator[str]:
    yield one.name
    for amount in one.amounts:
        yield from _wrapped(amount, 2, 9)
    if one.pressures:
        yield from _wrapped(f"Blood pressure: {'; '.join(one.pressures)}", 2, 4)
    if one.effects:
        yield from _wrapped(f"Effects: {'; '.join(one.effects)}", 2, 4)
    yield from _wrapped(f"Adverse event: {one.adverse}", 2, 4)
    if one.response:
        yield from _wrapped(f"Response: {one.response}", 2, 4)


def _below(letter: Letter, measure_rows: int) -> Iterator[str]:
    if letter.response:
        yield from ("", RESPONSE, *_wrapped(letter.response))
    yield from ("", MEASURES)
    if letter.measures is None:
        yield NOT_OPENED
    else:
        yield from _measures(letter.measures, measure_rows)
    yield from ("", QUESTION, *_wrapped(letter.question))
    yield from ("", SIGNATURE)
    if letter.signer is not None:
        yield from _wrapped(", ".join(filter(None, (letter.signer.name, letter.signer.credentials))))


def _measures(measures: Sequence[MeasureTotals], room: int) -> Iterator[str]:
    if not measures:
        yield NO_MEASURES
    for at, one in enumerate(measures):
        found = list(_wrapped(in_a_line(one), hang=4))
        is_last = at == len(measures) - 1
        if len(found) > room - (0 if is_last else 1):
            titles = ", ".join(rest.title for rest in measures[at:])
            yield from _wrapped(f"Not shown, for want of room: {titles}.", hang=4)
            return
        room -= len(found)
        yield from found


def in_a_line(measure: MeasureTotals) -> str:
    """“PHQ-9, lower is better: 14 on 2 March 2026, the first; 9 on 16 March 2026, beyond chance: yes”."""
    first = next((at for at, row in enumerate(measure.rows) if row.change == FIRST), 0)
    last = max(first + 1, len(measure.rows) - MOST_TOTALS)
    between = last - first - 1
    parts = [
        _total(measure.rows[first]),
        f"{between} between" if between else "",
        *map(_total, measure.rows[last:]),
    ]
    return f"{measure.title}, {measure.direction}: {'; '.join(filter(None, parts))}"


def _total(row: ChartRow) -> str:
    said = f"{row.value} on {row.day}"
    if row.change == FIRST:
        return f"{said}, the first"
    return f"{said}, beyond chance: {row.beyond_chance}" if row.beyond_chance else said


def _wrapped(words: str, lead: int = 0, hang: int = 0) -> list[str]:
    """Words in lines, the first and the others begun by so many spaces."""
    return textwrap.wrap(
        shown_line(words),
        COLUMNS,
        initial_indent=" " * lead,
        subsequent_indent=" " * hang,
        break_on_hyphens=False,
    )


def fields(letter: Letter) -> dict[str, object]:
    """The letter for a script: `text` is the page, the rest what it was made of."""
    return {
        "date": letter.day.isoformat(),
        "to": letter.to or None,
        "about": letter.partner,
        "sessions": [
            {
                "date": one.day.isoformat(),
                "session": one.session,
                "dose": one.dose,
                "amounts": list(one.amounts),
                "blood_pressure": list(one.pressures),
                "effects": list(one.effects),
                "adverse_event": one.adverse,
                "response": one.response or None,
            }
            for one in letter.sessions
        ],
        "response": letter.response or None,
        "measures": None
        if letter.measures is None
        else [
            {
                "title": one.title,
                "direction": one.direction,
                "totals": [dict(zip(_TOTAL, row.cells, strict=True)) for row in one.rows],
            }
            for one in letter.measures
        ],
        "not_opened": letter.why_not or None,
        "question": letter.question,
        "name": letter.signer.name if letter.signer else None,
        "credentials": (letter.signer.credentials or None) if letter.signer else None,
        "text": text(letter),
    }


_TOTAL = ("day", "value", "change", "beyond_chance")
