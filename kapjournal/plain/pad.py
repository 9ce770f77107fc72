"""The dose pad line by line: each line is stamped and sealed when Enter is pressed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content.pad import pad as clinics_pad
from kapjournal.domain import dosing
from kapjournal.domain import pad as rules
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import COLUMNS, SPAT, SWALLOWED, LineKind, Row, RowKind, new_row
from kapjournal.domain.forms import About
from kapjournal.domain.pad import PERSONS, PadDraft
from kapjournal.domain.parsing import number_from
from kapjournal.domain.records import SessionNamed
from kapjournal.errors import KapjournalError
from kapjournal.plain.console import Back, Console
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.presentation import dosing as rows_saying
from kapjournal.presentation import pad as saying
from kapjournal.presentation.agreed import LESS_BEGINS, LESS_IS_THEIRS, AgreedOnThePad

if TYPE_CHECKING:
    from kapjournal.journal import OpenPad

_HELP = (
    "Each line is stamped with the time and sealed when you press Enter. It begins with 1 or 2, for whom it "
    "is about, if that changes; then with said, body, touch, asked or did, and the words.\n"
    "vitals 132/84 72 98: pressure, pulse, SpO2. dose: you are asked what it was. spit, or swallowed. "
    "effect nausea: it begins, or ends if it goes on.\n"
    "less, and what: stamps what less somebody asks for. agreed: hear all of what was agreed. "
    "clocks: hear how long since each dose. rows: hear what stands there. undo: take the last row out. "
    "done: make it the dosing record of each. back keeps the pad as it is."
)


@dataclass(slots=True)
class _Pad:
    console: Console
    opened: "OpenPad"
    agreed: AgreedOnThePad
    pad: PadDraft
    names: dict[About, str]
    steady: clock.SteadyClock
    turn: About = About.FIRST
    what: LineKind = LineKind.SAID

    def put(self, about: About, row: Row) -> None:
        self.pad = self.opened.save(self.pad.put(about, row))

    def strike(self, about: About, row_id: str) -> None:
        self.pad = self.opened.save(self.pad.strike(about, row_id))


def pad(practice: Unlocked, couple: Couple) -> None:
    """Ask for the session, then take lines until the pad is done or kept."""
    console, journal = practice.console, practice.journal
    number = console.ask_for("The number of the session:", number_from)
    session = SessionNamed(number, clock.today())
    opened = journal.pads.open(couple.case, session, clock.today())
    steady = clock.SteadyClock(opened.pad.clock_offset)
    agreed = AgreedOnThePad(journal, couple)
    agreed.look()
    page = _Pad(console, opened, agreed, opened.pad, saying.names(couple), steady)
    console.say("This is the dose pad. Type help to hear how lines begin.", *agreed.lines, *_clocks(page))
    was_set = False
    while True:
        try:
            console.say(*(agreed.lines if agreed.look() else ()))
            answer = console.ask(f"{page.names[page.turn]}:", _HELP)
            is_set = abs(page.steady.now() - clock.now()) >= dosing.SET_BACK
            console.say(saying.CLOCK_WAS_SET if is_set and not was_set else "")
            was_set = is_set
            if answer.casefold() == "done":
                written = opened.finish(page.pad)
                console.say(saying.FINISHED if written else saying.NOTHING_WRITTEN)
                return
            _take(page, answer)
        except Back:
            console.say(saying.KEPT if page.pad.lines else "")
            return
        except KapjournalError as error:
            console.say(str(error))


def _take(page: _Pad, answer: str) -> None:
    word, _, rest = answer.partition(" ")
    if word in ("1", "2"):
        page.turn = PERSONS[int(word) - 1]
        word, _, rest = rest.strip().partition(" ")
    word, rest = word.casefold(), rest.strip()
    if not word:
        return
    if word == "clocks":
        page.console.say(*_clocks(page))
    elif word == "rows":
        page.console.say(*saying.plain_lines(page.pad, page.names), "That is all so far.")
    elif word == "agreed":
        page.agreed.look()
        page.console.say(*page.agreed.whole)
    elif word == "undo":
        _undo(page)
    else:
        _stamp(page, word, rest)


def _undo(page: _Pad) -> None:
    """Take the last row of the pad out, whenever it was written."""
    if not page.pad.lines:
        page.console.say(saying.NO_ROW)
        return
    about, row = page.pad.lines[-1]
    said = f"{page.names[about]}, {rows_saying.clock(row)}, {rows_saying.row_in_words(row)}"
    if page.console.yes(f"Take out: {said}?"):
        page.strike(about, row.id)
        page.console.say("It is taken out.")


def _stamp(page: _Pad, word: str, rest: str) -> None:
    rows = page.pad.rows(page.turn)
    if word in ("vitals", "v"):
        label = rules.label_now(rows, clinics_pad().vitals_minutes, clock.local(page.steady.now()))
        row = _new(page, RowKind.VITALS, {"label": label, **rules.vitals_from(rest)})
    elif word in ("dose", "d"):
        amount, _, unit = rest.partition(" ")
        given = {**rules.next_dose(rows), "amount": amount}
        if unit.strip():
            given["unit"] = unit.strip()
        known = _dose(page, _new(page, RowKind.DOSE, given))
        if known is None:
            return
        row = known
    elif word in ("spit", "swallowed"):
        row = _new(page, RowKind.SPIT, {"which": SPAT if word == "spit" else SWALLOWED, "words": rest})
    elif word in ("effect", "f") and not rest:
        page.console.say("Say which: effect nausea.")
        return
    elif word in ("effect", "f"):
        goes_on = rules.running_effects(rows).get(rest)
        stamped = _new(page, RowKind.EFFECT, {"effect": rest})
        row = goes_on.with_fields({"ended": f"{stamped.at:%H:%M}"}) if goes_on else stamped
    elif word == "less":
        row = _new(page, RowKind.LINE, {"what": LineKind.SAID, "words": f"{LESS_BEGINS}{rest}".strip()})
        page.console.say(LESS_IS_THEIRS.format(name=page.names[page.turn]))
    else:
        if word in list(LineKind):
            page.what = LineKind(word)
        else:
            rest = f"{word} {rest}".strip()
        row = _new(page, RowKind.LINE, {"what": page.what, "words": rest})
    page.put(page.turn, row)
    dosed = dosing.dosed_at(page.pad.rows(page.turn))
    said = (rows_saying.clock(row), rows_saying.since_dose(row, dosed), rows_saying.row_in_words(row))
    page.console.say(", ".join(filter(None, said)) + ".")
    page.console.say(*rows_saying.marks(page.pad.rows(page.turn), clinics_pad()).get(row.id, ()))


def _new(page: _Pad, kind: RowKind, fields: dict[str, str]) -> Row:
    return new_row(kind, clock.local(clock.now()), fields, clock.local(page.steady.now()))


def _dose(page: _Pad, stamped: Row) -> Row | None:
    """Ask what it was; it is sealed with its time before that, and going back takes it out again."""
    page.put(page.turn, stamped)
    about, row = page.turn, stamped
    try:
        for column in COLUMNS[RowKind.DOSE]:
            if column.id not in ("words", *row.fields):
                answer = page.console.ask(f"{column.heading}, Enter for none:", column.help)
                row = row.with_fields({column.id: answer})
                page.put(about, row)
    except Back:
        page.strike(about, stamped.id)
        page.console.say("It is taken out.")
        return None
    return row


def _clocks(page: _Pad) -> list[str]:
    now, minutes = clock.local(page.steady.now()), clinics_pad().vitals_minutes
    said = []
    for about in PERSONS:
        face = saying.clock_face(page.pad.rows(about), minutes, now)
        is_running = dosing.dosed_at(page.pad.rows(about)) is not None
        elapsed = f"{face.elapsed} since the dose, " if is_running else ""
        said.append(f"{page.names[about]}: {elapsed}{face.about}.")
    return said
