"""What a write-up can draw from the clinical record: doses, what happened row by row, notes, consents."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.content.supervision import SupervisionRules
from kapjournal.domain import dosing
from kapjournal.domain.consents import consent_state
from kapjournal.domain.dosing import BOOSTER, LineKind, Row, RowKind
from kapjournal.domain.forms import YES_NO, About, FieldKind, RecordKind
from kapjournal.domain.records import Record
from kapjournal.domain.supervision import Source
from kapjournal.domain.together import together_in_a_band
from kapjournal.presentation.dosing import since_dose
from kapjournal.presentation.supervision_drawn import WHOLE, Drawn, from_record, named, sentences
from kapjournal.presentation.supervision_words import IN_WORDS
from kapjournal.text import excerpt, shown_line

if TYPE_CHECKING:
    from kapjournal.presentation.supervision_journal import FromJournal

AMOUNT_NOT_GIVEN = "amount not given"
DOSES, ADVERSE, EFFECTS, CLEARANCE = "Doses", "Adverse events", "Effects", "Clearance"
PROCESS_NOTES = "Process note: one line at a time, with a reason"
CONSENTS, SECRETS = "Consents", "Secrets"

_PARTNERS = (About.FIRST, About.SECOND)
_DONE = ("intervention", "plan", "homework")
"""What of a progress or couple note was done or is to be."""
_NOT_SEEN = frozenset({*_DONE, "assessment", "risk", "measures"})
"""What of one tells nothing that was seen or heard; of risk a write-up says a status alone."""


# --- where we are -----------------------------------------------------------------------------------------


def doses(records: Iterable[Record], journal: "FromJournal", rules: SupervisionRules) -> Iterator[Drawn]:
    """Each one's doses, the last first: which of how many, route, the clinic's own word for the amount; then
    adverse events and effects, as their records have them."""
    every = [one for one in records if one.kind is RecordKind.DOSING]
    for about in _PARTNERS:
        theirs = [one for one in every if one.text.about is about]
        dosed = [one for one in theirs if dosing.dosed_at(one.text.rows) is not None]
        for number, record in reversed(list(enumerate(dosed, 1))):
            yield _dose(record, number, journal.dose_places, rules)
    for about in _PARTNERS:
        theirs = [one for one in every if one.text.about is about]
        yield from _adverse(IN_WORDS[about], theirs)
    for about in _PARTNERS:
        yield from _effects(IN_WORDS[about], [one for one in every if one.text.about is about])


def _dose(record: Record, number: int, places: Mapping[int, str], rules: SupervisionRules) -> Drawn:
    rows = [row for row in dosing.ordered(record.text.rows) if row.kind == RowKind.DOSE]
    first = next(row for row in rows if row.is_dose)
    said = first.fields
    session = record.text.session.number if record.text.session else 0
    place = places.get(session, "")
    is_same = place.partition(" ")[0] in ("", str(number))
    which = f"dose {place or number}" if is_same else f"dose {number} ({place} in the course)"
    band = rules.band_of(said.get("route", ""), said.get("amount", ""), said.get("unit", ""))
    booster = ", with a booster" if any(row.fields.get("which") == BOOSTER for row in rows) else ""
    parts = (f"{_who(record)}: {which}", f"session {session}" if session else "")
    route = said.get("route", "")
    return from_record(
        record,
        named(record, "dosing record", _clock(first)),
        DOSES,
        lead=f"{', '.join(filter(None, parts))}, {'' if route else 'route not noted'}",
        words=route,
        tail=f", {shown_line(band) or AMOUNT_NOT_GIVEN}{booster}",
    )


def _adverse(who: str, theirs: Sequence[Record]) -> Iterator[Drawn]:
    """How many of their dosing records say so, and of each that does what was noted."""
    if not theirs:
        return
    last, several = theirs[-1], f"{len(theirs)} dosing record{'s' if len(theirs) > 1 else ''}"
    had = [one for one in theirs if one.text.fields.get("adverse") == "yes"]
    said = sum("adverse" in one.text.fields for one in theirs)
    left = f", {len(theirs) - said} without an answer" if said < len(theirs) else ""
    yield from_record(
        last,
        named(last, "dosing record") + (" and before" if len(theirs) > 1 else ""),
        ADVERSE,
        lead=f"{who}: adverse event noted in {len(had)} of {several}{left}",
    )
    for record in had:
        session = f", session {record.text.session.number}" if record.text.session else ""
        if what := excerpt(record.text.fields.get("adverse-what", ""), WHOLE):
            lead = f"{who}{session}: adverse event: "
            yield from_record(record, named(record, "dosing record"), ADVERSE, lead=lead, words=what)


def _effects(who: str, theirs: Sequence[Record]) -> Iterator[Drawn]:
    """Which effects were noted, each with in how many of their dosing records."""
    counts: dict[str, int] = {}
    for record in theirs:
        names = (row.fields.get("effect", "") for row in record.text.rows if row.kind == RowKind.EFFECT)
        for name in dict.fromkeys(" ".join(name.split()) for name in names):
            counts[name] = counts.get(name, 0) + 1
    counts.pop("", None)
    if counts:
        words = ", ".join(f"{name} in {count} of {len(theirs)}" for name, count in counts.items())
        said = named(theirs[-1], "dosing record") + (" and before" if len(theirs) > 1 else "")
        yield from_record(theirs[-1], said, EFFECTS, lead=f"{who}: effects noted: ", words=words)


def clearance(records: Iterable[Record]) -> Iterator[Drawn]:
    """The status of each one's medical clearance as the last intake has it, and no date."""
    for about in _PARTNERS:
        name = f"clearance-{about.value}"
        if found := _last_with(records, name):
            lead = f"{IN_WORDS[about]}: medical clearance: "
            yield from_record(
                found, named(found, "intake"), CLEARANCE, lead=lead, words=found.text.fields[name]
            )


def _last_with(records: Iterable[Record], name: str) -> Record | None:
    """The last intake in which a field is filled."""
    found = [one for one in records if one.kind is RecordKind.INTAKE and name in one.text.fields]
    return found[-1] if found else None


# --- one moment -------------------------------------------------------------------------------------------


def rows(records: Iterable[Record]) -> Iterator[Drawn]:
    """What was said, seen, touched, asked and done in the dosing sessions, in the order in which it was, with
    the minutes since the dose of the one in whose record it stands."""
    by_session: dict[tuple[int, dt.date], list[tuple[Record, Row]]] = {}
    for record in records:
        if record.kind is RecordKind.DOSING:
            place = record.text.session.number if record.text.session else 0, record.text.date
            found = by_session.setdefault(place, [])
            found += [(record, row) for row in record.text.rows if row.kind == RowKind.LINE]
    dosed = {one.id: dosing.dosed_at(one.text.rows) for one in records if one.kind is RecordKind.DOSING}
    for (number, _), found in by_session.items():
        group = f"Session {number}: what happened" if number else "What happened"
        for record, row in sorted(found, key=lambda one: (one[1].moment, one[1].id)):
            if words := excerpt(row.fields.get("words", ""), WHOLE):
                said = named(record, "dosing record", _clock(row))
                lead = _beside_a_row(record, row, dosed[record.id])
                yield from_record(record, said, group, lead=lead, words=words)


def _beside_a_row(record: Record, row: Row, dosed: dt.datetime | None) -> str:
    """“+18 min · first partner · body: ”."""
    what = row.fields.get("what", "")
    kind = f" · {what}" if what in set(LineKind) else ""
    minutes = f"{since} · " if (since := since_dose(row, dosed)) else ""
    return f"{minutes}{_who(record)}{kind}: "


def _who(record: Record) -> str:
    return IN_WORDS.get(record.text.about, "both")


def _clock(row: Row) -> str:
    return f"{row.moment.astimezone(row.at.tzinfo):%H:%M}"


def notes(own: Iterable[Record]) -> Iterator[Drawn]:
    """What the therapist saw and heard, by their own progress and couple notes, sentence by sentence."""
    return _by_field(own, (RecordKind.COUPLE, RecordKind.PROGRESS), lambda name: name not in _NOT_SEEN)


def process(own: Iterable[Record]) -> Iterator[Drawn]:
    """The therapist's own process notes, sentence by sentence; each needs a reason."""
    for record in own:
        if record.kind is RecordKind.PROCESS:
            for text in record.text.fields.values():
                for words in sentences(text):
                    said = named(record, "process note")
                    yield Drawn(
                        "", words, "", Source.RECORD, record.id, said, PROCESS_NOTES, needs_reason=True
                    )


# --- the loop, the couple, what was tried, ethics -----------------------------------------------------------


def cycle(records: Iterable[Record]) -> Iterator[Drawn]:
    """The presenting cycle as the last intake has it, sentence by sentence."""
    if found := _last_with(records, "presenting-cycle"):
        yield from _by_field([found], (RecordKind.INTAKE,), lambda name: name == "presenting-cycle")


def assessments(own: Iterable[Record]) -> Iterator[Drawn]:
    """How the therapist understood it, by their own progress notes."""
    return _by_field(own, (RecordKind.PROGRESS,), lambda name: name == "assessment")


def tried(own: Iterable[Record]) -> Iterator[Drawn]:
    """What the therapist did and planned, by their own progress and couple notes."""
    return _by_field(own, (RecordKind.PROGRESS, RecordKind.COUPLE), lambda name: name in _DONE)


def _by_field(
    found: Iterable[Record], kinds: Sequence[RecordKind], wanted: Callable[[str], bool]
) -> Iterator[Drawn]:
    """The sentences of some fields, record by record, the last first; of what the form does not have any
    more nothing."""
    for record in reversed([one for one in found if one.kind in kinds]):
        form, fields = form_for(record.kind), record.text.fields
        session = f", session {record.text.session.number}" if record.text.session else ""
        for field in form.fields:
            is_text = field.kind in (FieldKind.TEXT, FieldKind.LINE, FieldKind.LINES)
            if is_text and wanted(field.id) and field.id in fields:
                said = named(record, form.title.lower(), field.heading)
                group = f"{form.title}{session}: {field.heading}"
                for words in sentences(fields[field.id]):
                    yield from_record(record, shown_line(said), shown_line(group), words=words)


def together(records: Iterable[Record]) -> Iterator[Drawn]:
    """How long the two have been together, as a band: only where the intake has a number of years."""
    if (found := _last_with(records, "relationship")) is None:
        return
    if band := together_in_a_band(found.text.fields["relationship"]):
        yield from_record(found, named(found, "intake"), "The couple", lead=f"together {band}")


def consents(records: Iterable[Record]) -> Iterator[Drawn]:
    """What was consented to and how it stands, without to whom and when."""
    for record in records:
        if record.kind is RecordKind.CONSENT:
            who = _who(record)
            state = consent_state(record.text.fields, clock.today())
            what = excerpt(record.text.fields.get("what", "consent"), WHOLE)
            said = named(record, "consent")
            yield from_record(record, said, CONSENTS, lead=f"{who}: ", words=what, tail=f": {state}")


def secrets(records: Iterable[Record]) -> Iterator[Drawn]:
    """Which policy on secrets the two chose, by the last intake."""
    if found := _last_with(records, "secrets-policy"):
        signed = found.text.fields.get("secrets-policy-signed", "")
        tail = f", signed by both: {signed}" if signed in YES_NO else ""
        words = found.text.fields["secrets-policy"]
        yield from_record(
            found, named(found, "intake"), SECRETS, lead="secrets policy: ", words=words, tail=tail
        )
