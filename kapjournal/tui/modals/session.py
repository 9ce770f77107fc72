"""A dialog that adds a session to the course, or changes one: number, kind, day, time, who doses, title."""

from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Select, Static

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.domain.parsing import day_from, number_from, time_from
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.errors import KapjournalError, UsageError
from kapjournal.presentation.sessions import added_by, spacing, who_doses, who_may_dose
from kapjournal.text import MAX_LINE
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal, SessionChange


class SessionModal(Dialog[str], Form[str]):
    """Hands back a sentence when the session is in the course as it should be."""

    CSS_PATH = ["dialog.tcss", "session.tcss"]  # noqa: RUF012 - Textual's form

    def __init__(self, journal: "Journal", session: Session | None) -> None:
        """`session` is the one to change, None to add one."""
        super().__init__()
        self._journal = journal
        self._before = session
        self._who_may_dose = who_may_dose(journal, session)

    def compose(self) -> ComposeResult:
        """Six fields, and where the outcome is said; who doses is asked of a dosing session alone."""
        given, doses = self._before, self._journal.sessions.doses
        with VerticalScroll(classes="sheet"):
            name = f"Session {given.number}" if given else "A session for the course"
            name = f"{name}, {added_by(self._journal, given)}" if given else name
            yield Static(name, markup=False, classes="heading")
            if given and (dose := doses.of(given)):
                about = " · ".join(part for part in (dose.name, spacing(dose)) if part)
                yield Static(about, markup=False, id="dose")
            with Horizontal(classes="pair"):
                with Vertical():
                    yield Static("Kind", markup=False, classes="caption")
                    yield Select(
                        [(kind.capitalize(), kind) for kind in SessionKind],
                        prompt="choose",
                        value=given.kind if given else Select.NULL,
                        allow_blank=given is None,
                        id="kind",
                    )
                with Vertical():
                    yield Static("Number", markup=False, classes="caption")
                    yield Field(
                        str(given.number) if given else "",
                        placeholder="the next one",
                        select_on_focus=True,
                        missing="A session in the course has a number." if given else "",
                        id="number",
                    )
            with Horizontal(classes="pair"):
                with Vertical():
                    yield Static("Day", markup=False, classes="caption")
                    day = given.date if given else clock.today()
                    yield Field(
                        day.isoformat(),
                        placeholder="YYYY-MM-DD",
                        select_on_focus=True,
                        missing="Say on which day it is.",
                        id="date",
                    )
                with Vertical():
                    yield Static("Time", markup=False, classes="caption")
                    time = f"{given.time:%H:%M}" if given and given.time else ""
                    yield Field(time, placeholder="HH:MM, or none", select_on_focus=True, id="time")
            with Horizontal(classes="pair"):
                with Vertical(id="who"):
                    yield Static("Who doses", markup=False, classes="caption")
                    yield Select(
                        [(Text(words), words) for words in self._who_may_dose],
                        prompt="not said",
                        value=(who_doses(self._journal, given) if given else "") or Select.NULL,
                        id="dosing",
                    )
                with Vertical():
                    yield Static("Title", markup=False, classes="caption")
                    title = given.title if given else ""
                    yield Field(title, placeholder="if you like", max_length=MAX_LINE, id="title")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Change it" if given else "Add it", variant="primary", id="save")
                yield Button("Back", id="back")

    def on_mount(self) -> None:
        """Begin with the kind, or with the day of a session to change."""
        self._kind_chosen()
        self.query_one("#date" if self._before else "#kind").focus()

    @on(Select.Changed, "#kind")
    def _kind_chosen(self) -> None:
        is_dosing = self.query_one("#kind", Select).value is SessionKind.DOSING
        self.query_one("#who").display = is_dosing and bool(self._who_may_dose)

    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        if not self.is_complete:
            return
        try:
            wanted = self._read()
        except KapjournalError as error:
            self.say_error(str(error))
            return
        doing = "Changing it…" if self._before else "Putting it into the course…"
        self.run_once(doing, lambda: self._put(wanted), self._saved)

    def _read(self) -> "SessionChange":
        from kapjournal.journal import SessionChange  # noqa: PLC0415 - the screens know it by type alone

        kind = self.query_one("#kind", Select).value
        with self.reading("kind"):
            if not isinstance(kind, SessionKind):
                raise UsageError("Choose what kind of session it is.")
        number, date, time = (self._typed(name) for name in ("number", "date", "time"))
        with self.reading("date"):
            day = day_from(date)
        with self.reading("time"):
            hour = time_from(time) if time else None
        with self.reading("number"):
            count = number_from(number) if number else None
        return SessionChange(
            kind=kind,
            date=day,
            time=hour,
            number=count,
            title=self.query_one("#title", Field).value,
            untimed=not time,
            dosing=self._dosing if kind is SessionKind.DOSING else frozenset(),
        )

    @property
    def _dosing(self) -> frozenset[MemberId]:
        chosen = self.query_one("#dosing", Select).value
        return self._who_may_dose[chosen] if isinstance(chosen, str) else frozenset()

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Field).value.strip()

    def _put(self, wanted: "SessionChange") -> Session:
        if self._before is not None:
            return self._journal.sessions.edit(self._before.number, wanted)
        if wanted.kind is None or wanted.date is None:
            raise UsageError("A session has a kind and a day.")
        return self._journal.sessions.add(
            kind=wanted.kind,
            date=wanted.date,
            time=wanted.time,
            number=wanted.number,
            title=wanted.title or "",
            dosing=wanted.dosing or frozenset(),
        )

    def _saved(self, session: Session) -> None:
        done = "is changed" if self._before else "is in the course"
        self.dismiss(f"Session {session.number} {done}.")
