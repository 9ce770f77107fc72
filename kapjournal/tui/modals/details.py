"""A dialog for what goes with the words of a note: kind, session, day, tags, readers, when it opens."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Select, Static
from textual.widgets.select import NoSelection

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Draft, NoteKind, SessionRef, tags_from
from kapjournal.domain.parsing import day_from
from kapjournal.domain.policy import Policy
from kapjournal.domain.sessions import Session
from kapjournal.domain.waiting import CLOSED_KINDS
from kapjournal.errors import KapjournalError
from kapjournal.presentation.people import with_role
from kapjournal.presentation.sharing import beside
from kapjournal.text import shown_line
from kapjournal.tui import actions
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.opening_choice import OpeningChoice
from kapjournal.tui.widgets.status_line import StatusLine


@dataclass(frozen=True, slots=True)
class Details:
    """What was chosen for a note; `others` are the readers besides its author, `opens` is as of a draft."""

    kind: NoteKind
    session: SessionRef | None
    date: dt.date
    tags: tuple[str, ...]
    others: Collection[MemberId]
    opens: dt.date | None

    @classmethod
    def of(cls, draft: Draft, me: MemberId) -> "Details":
        """What goes with a draft of the member `me` now."""
        text = draft.text
        return cls(text.kind, text.session, text.date, text.tags, draft.readers - {me}, draft.opens)

    def put_on(self, draft: Draft, me: MemberId) -> Draft:
        """The draft with these."""
        text = replace(draft.text, kind=self.kind, session=self.session, date=self.date, tags=self.tags)
        return replace(draft, text=text, readers=frozenset(self.others) | {me}, opens=self.opens)


class DetailsModal(Dialog[Details], Form[Details]):
    """Hands back what was chosen."""

    NAME = "details"
    HELP = (
        "Here you say what kind of note it is, which session it is about, its day, its tags, and who can "
        "read it. A new letter or decision can be closed until a day: before, you are shown no word of it, "
        "and your partner cannot read it. All of it can be changed later.\n\n"
        "{use-details} takes what is chosen and goes back to the page, {back} leaves it as it was."
    )
    BINDINGS = actions.bindings(NAME)
    CSS_PATH = ["dialog.tcss", "details.tcss"]  # noqa: RUF012 - Textual's form

    def __init__(
        self,
        kinds: Sequence[NoteKind],
        sessions: Sequence[Session],
        people: Sequence[Member],
        given: Details,
        me: Member,
        policy: Policy,
        *,
        is_new: bool,
    ) -> None:
        """`people` are those who can become readers: none where the note has its readers already. On which
        day it opens is asked of what `is_new` alone."""
        super().__init__()
        self._me = me
        self._policy = policy
        self._members = people
        self._kinds = kinds
        self._sessions = {session.id: session for session in sessions}
        self._given = given
        self._is_new = is_new

    def compose(self) -> ComposeResult:
        """Four fields and a list of people."""
        given = self._given
        with VerticalScroll(classes="sheet"):
            yield Static("What goes with it", markup=False, classes="heading")
            with Horizontal(id="chosen"):
                with Vertical():
                    yield Static("Kind", markup=False, classes="caption")
                    yield Select(
                        [(kind.capitalize(), kind) for kind in self._kinds],
                        value=given.kind,
                        allow_blank=False,
                        id="kind",
                    )
                with Vertical():
                    yield Static("Session", markup=False, classes="caption")
                    yield Select(
                        self._session_choices(), prompt="none: by its day", value=self._session, id="session"
                    )
            with Horizontal(id="typed"):
                with Vertical():
                    yield Static("Day", markup=False, classes="caption")
                    yield Field(
                        given.date.isoformat(),
                        placeholder="YYYY-MM-DD",
                        select_on_focus=True,
                        missing="Say on which day it is.",
                        id="date",
                    )
                with Vertical():
                    yield Static("Tags", markup=False, classes="caption")
                    yield Field(", ".join(given.tags), placeholder="separated by commas", id="tags")
            if self._is_new:
                yield OpeningChoice(given.kind, given.opens, is_new=True)
            if self._members:
                yield Static(
                    "Who can read it besides you, once it is a note", markup=False, classes="caption"
                )
                yield Checklist(*((Content(with_role(m)), m.id, m.id in given.others) for m in self._members))
            yield Static("", markup=False, classes="aside", id="monitored")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Use these", variant="primary", id="use")
                yield Button("Back", id="back")

    def on_mount(self) -> None:
        """Begin with the kind, and show the notice if a therapist is among the readers already."""
        self.query_one("#kind").focus()
        self._ticked()
        self._kind_chosen()

    @on(Select.Changed, "#kind")
    def _kind_chosen(self) -> None:
        """Ask on which day it opens, of a kind that can be closed."""
        for choice in self.query(OpeningChoice):
            choice.display = self._kind in CLOSED_KINDS
            choice.show(self._kind)

    @property
    def _kind(self) -> NoteKind:
        kind = self.query_one("#kind", Select).value
        return kind if isinstance(kind, NoteKind) else self._given.kind

    def _session_choices(self) -> list[tuple[Text, str]]:
        listed = [(Text(shown_line(session.name)), session.id) for session in self._sessions.values()]
        ref = self._given.session
        if ref is not None and ref.id not in self._sessions:
            listed.append((Text(f"Session {ref.number}"), ref.id))
        return listed

    @property
    def _session(self) -> "str | NoSelection":
        return self._given.session.id if self._given.session else Select.NULL

    @on(Checklist.SelectedChanged)
    def _ticked(self) -> None:
        country = self.shell.settings.country
        said = "\n".join(beside(self._policy, self._others, self._members, self._me, country))
        self.query_one("#monitored", Static).update(said)
        self.query_one("#monitored").display = bool(said)

    @property
    def _others(self) -> frozenset[MemberId]:
        return frozenset(self.query_one(Checklist).selected) if self._members else frozenset()

    @on(Button.Pressed, "#use")
    def action_use(self) -> None:
        """Hand back what is chosen now, if it can be."""
        if not self.is_complete:
            return
        try:
            self.dismiss(self._read())
        except KapjournalError as error:
            self.say_error(str(error))

    def _read(self) -> Details:
        chosen = self.query_one("#session", Select).value
        tags = self.query_one("#tags", Field).value
        with self.reading("date"):
            date = day_from(self.query_one("#date", Field).value.strip())
        with self.reading("tags"):
            kept = tags_from(tag for tag in tags.split(",") if tag.strip())
        return Details(
            kind=self._kind,
            session=self._ref(chosen) if isinstance(chosen, str) else None,
            date=date,
            tags=kept,
            others=self._others if self._members else self._given.others,
            opens=self._opens,
        )

    @property
    def _opens(self) -> dt.date | None:
        for choice in self.query(OpeningChoice):
            if choice.display:
                with self.reading("opens-on"):
                    return choice.day
        return self._given.opens

    def _ref(self, session_id: str) -> SessionRef | None:
        if session_id in self._sessions:
            return SessionRef(session_id, self._sessions[session_id].number)
        return self._given.session
