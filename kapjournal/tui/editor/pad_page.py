"""What stands on an open dose pad, and how it is changed and kept; the screen shows it."""

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content.pad import Pad
from kapjournal.domain import dosing
from kapjournal.domain import pad as rules
from kapjournal.domain.dosing import LineKind, Row, RowKind, new_row
from kapjournal.domain.forms import About
from kapjournal.domain.pad import PERSONS, PadDraft
from kapjournal.presentation import dosing as rows_saying
from kapjournal.presentation import pad as saying
from kapjournal.presentation.drafts import PageOwner
from kapjournal.tui.editor.autosave import Autosave, AutosavedScreen
from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot
from kapjournal.tui.widgets.pad_lines import PadLine

if TYPE_CHECKING:
    from kapjournal.journal import OpenPad

_MEASURED = ("systolic", "diastolic", "pulse", "spo2")


class PadPage:
    """The rows of two people, whose turn it is, and the row that is being typed."""

    def __init__(
        self,
        screen: AutosavedScreen,
        owner: PageOwner,
        opened: "OpenPad",
        unsaved: PadDraft | None,
        clinic: Pad,
        turn: About,
    ) -> None:
        self._screen = screen
        self._owner = owner
        self.pad = opened.pad.joined(unsaved) if unsaved else opened.pad
        self._struck: set[tuple[About, str]] = set()
        self.clinic = clinic
        self.turn = self.pad.lines[-1][0] if self.pad.lines else turn
        self.typing: tuple[About, str] | None = None
        """Whose row is being typed, and its id."""
        self.steady = clock.SteadyClock(self.pad.clock_offset)
        self.take_up(opened, unsaved is not None)

    def meet(self) -> bool:
        """Take in the rows that another program put on the pad, and whose record it signed, as the last save
        found them; True if there is something."""
        known = {(about, row.id) for about, row in self.pad.lines} | self._struck
        more = [(about, row) for about, row in self.opened.pad.lines if (about, row.id) not in known]
        is_new = bool(more) or self.pad.signed != self.opened.pad.signed
        self.pad = replace(self.pad, signed=frozenset())
        for about, row in more:
            self.pad = self.pad.put(about, row)
        self.pad = replace(self.pad, signed=self.opened.pad.signed)
        return is_new

    def take_up(self, opened: "OpenPad", unsaved: bool = False) -> None:
        """Go on with a pad as it is in the practice, or with `unsaved` words in the place of that."""
        if not unsaved:
            self.pad = opened.pad
        self.opened = opened
        self.saver = DraftSaver(self._owner, opened, self.pad)
        self.autosave = Autosave(self._screen, unsaved=unsaved)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of whose turn it is."""
        return self.pad.rows(self.turn)

    @property
    def snapshot(self) -> "DraftSnapshot[PadDraft]":
        """The pad as it is now."""
        return DraftSnapshot(self.autosave.moment, self.pad)

    @property
    def rests(self) -> bool:
        """Whether every word is in the practice and nothing is being typed."""
        return self.typing is None and self.autosave.is_saved

    @property
    def clock_was_set(self) -> bool:
        """Whether the clock of the computer was set since the pad was opened."""
        return abs(self.steady.now() - clock.now()) >= dosing.SET_BACK

    def forget(self) -> None:
        """Drop every word."""
        self.autosave.is_paused = True
        self.typing = None
        first, second = self.pad.of_each
        emptied = (first.without_words, second.without_words)
        self.pad = PadDraft(self.pad.case, self.pad.session, emptied)

    # --- rows -------------------------------------------------------------------------------------------

    def new(self, kind: RowKind, **fields: str) -> Row:
        """A row of this moment."""
        now, steady = clock.local(clock.now()), clock.local(self.steady.now())
        return new_row(kind, now, fields, steady)

    def new_line(self, words: str = "") -> Row:
        """A line of this moment: what was said, until another kind is chosen."""
        return self.new(RowKind.LINE, what=LineKind.SAID, words=words)

    def new_vitals(self) -> Row:
        """Vitals of this moment, by the clinic's times."""
        now = clock.local(self.steady.now())
        label = rules.label_now(self.rows, self.clinic.vitals_minutes, now)
        return self.new(RowKind.VITALS, label=label)

    def new_dose(self) -> Row:
        """A dose of this moment."""
        return self.new(RowKind.DOSE, **rules.next_dose(self.rows))

    def put(self, about: About, row: Row) -> None:
        """Put a row on the pad, or in the place of itself, and seal it now (`Refused`)."""
        self.pad = self.pad.put(about, row)
        self.seal()

    def strike(self, about: About, row_id: str) -> None:
        """Take a row out, and seal that now."""
        self._struck.add((about, row_id))
        self.pad = self.pad.strike(about, row_id)
        self.seal()

    def keep(self, about: About, row: Row) -> None:
        """Put a row that is being typed on the pad; it is sealed in a moment (`Refused`)."""
        self.pad = self.pad.put(about, row)
        self.autosave.touch()

    @property
    def goes_on(self) -> list[tuple[About, str]]:
        """The effects that began and did not end."""
        return [(about, one) for about in PERSONS for one in rules.running_effects(self.pad.rows(about))]

    def seal(self) -> None:
        """Seal the pad as it is now."""
        self.autosave.moment += 1
        self.autosave.save()

    # --- the row that is being typed --------------------------------------------------------------------

    @property
    def typed(self) -> Row | None:
        """The row that is being typed."""
        if self.typing is None:
            return None
        about, row_id = self.typing
        return next((row for row in self.pad.rows(about) if row.id == row_id), None)

    def type_into(self, row: Row, text: str) -> None:
        """Let the row that is being typed say this; it is sealed in a moment (`Refused`)."""
        vitals = {**dict.fromkeys(_MEASURED, ""), **rules.vitals_from(text)}
        self._change(row, vitals if row.kind == RowKind.VITALS else {"words": text})
        self.autosave.touch()

    def other_kind(self, row: Row, steps: int) -> None:
        """Let the row that is being typed be of another kind, or taken at another of the clinic's times."""
        name = "what" if row.kind == RowKind.LINE else "label"
        kinds = tuple(LineKind) if name == "what" else saying.vitals_labels(self.clinic.vitals_minutes)
        now = row.fields.get(name, "")
        chosen = kinds[((kinds.index(now) if now in kinds else 0) + steps) % len(kinds)]
        self._change(row, {name: chosen})
        self.seal()

    def _change(self, row: Row, fields: dict[str, str]) -> None:
        if self.typing is not None:
            self.pad = self.pad.put(self.typing[0], row.with_fields(fields))

    # --- as it is shown ---------------------------------------------------------------------------------

    def lines(self, names: dict[About, str]) -> list[PadLine]:
        """The rows of both, in the order in which they happened."""
        dosed = {about: dosing.dosed_at(self.pad.rows(about)) for about in PERSONS}
        marks: dict[tuple[About, str], tuple[str, ...]] = {}
        for about in PERSONS:
            said = rows_saying.marks(self.pad.rows(about), self.clinic)
            marks |= {(about, row_id): sentences for row_id, sentences in said.items()}
        if self.typing is not None:
            marks.pop(self.typing, None)  # nothing is said of what is half typed
        return [
            _line(about, row, dosed[about], names, marks.get((about, row.id), ()))
            for about, row in self.pad.lines
        ]

    def typed_line(self, row: Row, names: dict[About, str]) -> PadLine:
        """The row that is being typed."""
        return _line(self.turn, row, dosing.dosed_at(self.rows), names)

    def title(self, row: Row, names: dict[About, str]) -> str:
        """What stands over the line of the row that is being typed."""
        title = saying.stamp_title(row, dosing.dosed_at(self.rows), names[self.turn])
        return f"{title} (Tab: another)"


def line_id(about: About, row: Row) -> str:
    """How a row is called in the list: two people may have rows of one id."""
    return f"{about.value}-{row.id}"


def _line(
    about: About,
    row: Row,
    dosed: dt.datetime | None,
    names: dict[About, str],
    says: tuple[str, ...] = (),
) -> PadLine:
    return PadLine(
        line_id(about, row),
        rows_saying.clock(row),
        rows_saying.since_dose(row, dosed),
        names[about],
        rows_saying.row_in_words(row) or "…",
        says,
    )
