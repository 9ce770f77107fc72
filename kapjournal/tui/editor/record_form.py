"""The fields of a form of the clinical record, one below the other, and what goes with them above."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Select, TextArea

from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About, FieldKind, Form, FormField
from kapjournal.domain.pulling import joined
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.supervision import Pulled
from kapjournal.presentation import records as saying
from kapjournal.tui.editor.form_entry import FormEntry


class FormChanged(Message):
    """Something was typed into a form, or chosen."""


class RecordForm(Vertical):
    """Holds a draft: what was typed is taken from its entries when it is asked for. Another layout shows
    other entries, and no text goes."""

    DEFAULT_CSS = """
    RecordForm {
        height: auto;
        & > #around { height: auto; }
        & > #around > FormEntry { width: 1fr; }
        & > #fields { height: auto; }
    }
    """

    def __init__(self, form: Form, draft: RecordDraft) -> None:
        super().__init__()
        self._form = form
        self._draft = draft

    def compose(self) -> ComposeResult:
        """What goes with the fields in one row, then the fields."""
        with Horizontal(id="around"):
            yield from self._entries_around()
        with Vertical(id="fields"):
            yield from self._entries()

    def on_unmount(self) -> None:
        """Forget the words."""
        self._draft = self._draft.without_words

    def show_names(self, couple: Couple | None) -> None:
        """Call the partners by the names of the couple."""
        if (about := self._entry("about")) is not None:
            about.offer([(words, one.value) for one, words in saying.whom(self._form, couple)])

    def _entries_around(self) -> Iterator[FormEntry]:
        draft, form = self._draft, self._form
        whom = saying.whom(form, None)
        if len(whom) > 1:
            chosen = draft.about.value if draft.about else ""
            choices = [(words, one.value) for one, words in whom]
            yield FormEntry("about", "About", chosen, choices=choices, must_be=bool(chosen))
        yield FormEntry("date", "Day", draft.date, kind=FieldKind.DATE, placeholder="YYYY-MM-DD")
        yield FormEntry("session", "Session", draft.session, kind=FieldKind.LINE, placeholder="none")
        if len(form.layouts) > 1:
            names = [(name, name) for name in form.layouts]
            yield FormEntry("layout", "Layout", draft.layout, choices=names, must_be=True)

    def _entries(self) -> Iterator[FormEntry]:
        """The fields of the layout, then those of other layouts or of an earlier form that are filled."""
        values = self._draft.fields
        for field in self._form.shown_in(self._draft.layout, values):
            yield FormEntry.of(field, values.pop(field.id, ""))
        for field_id, value in values.items():
            yield FormEntry.of(FormField(field_id, f"{field_id} ({saying.EARLIER_FIELDS})"), value)

    @property
    def entries(self) -> Iterator[FormEntry]:
        """Every entry, in its order."""
        return iter(self.query(FormEntry))

    def _entry(self, name_of: str) -> FormEntry | None:
        return next((one for one in self.entries if one.name_of == name_of), None)

    @property
    def typed(self) -> RecordDraft:
        """The draft with what stands here now, and where the cursor is."""
        draft, values = self._draft, self._draft.fields
        around: dict[str, str] = {}
        for entry in self.entries:
            (around if entry.is_around else values)[entry.name_of] = entry.value
        focused = entry_of(self.screen.focused)
        return replace(
            draft,
            about=About(around["about"]) if around.get("about") else draft.about,
            date=around.get("date", draft.date),
            session=around.get("session", draft.session),
            layout=around.get("layout", draft.layout),
            values=tuple(sorted((name, value) for name, value in values.items() if value)),
            cursor=(focused.name_of, *focused.cursor) if focused else draft.cursor,
        )

    @property
    def field(self) -> FormEntry | None:
        """The field the cursor is in; None where it is in none of the form."""
        entry = entry_of(self.screen.focused)
        return None if entry is None or entry.is_around else entry

    @property
    def pulled(self) -> tuple[Pulled, ...]:
        """What was pulled in on this page."""
        return self._draft.pulled

    def pull_in(self, pulled: Sequence[Pulled]) -> None:
        """Put lines of the record into their fields, and remember where each is from (`Refused`)."""
        self._draft = replace(self.typed, pulled=joined(self._draft.pulled, pulled))
        for name, lines in groupby(pulled, key=lambda one: one.field):
            if (entry := self._entry(name)) is not None:
                entry.put_lines([one.line for one in lines])

    @property
    def differs(self) -> bool:
        """Whether what stands here is not what the draft held."""
        return replace(self.typed, cursor=self._draft.cursor) != self._draft

    def go_where_it_was(self) -> None:
        """Put the cursor where it was, or into the first field."""
        name_of, row, column = self._draft.cursor
        first = next(iter(self.query("#fields > FormEntry").results(FormEntry)), None)
        if (entry := self._entry(name_of) or first) is not None:
            entry.go_to(row, column)

    def say(self, wrong: Mapping[str, str]) -> None:
        """Name at each field what is wrong with it, and go to the first of them."""
        first = None
        for entry in self.entries:
            entry.say(wrong.get(entry.name_of, ""))
            first = first or (entry if entry.name_of in wrong else None)
        if first is not None:
            first.go_to(*first.cursor)

    def empty(self) -> None:
        """Forget what stands here, and every step back to it."""
        for entry in self.entries:
            entry.empty()
        self._draft = self._draft.without_words

    @on(TextArea.Changed)
    @on(Input.Changed)
    @on(Select.Changed)
    async def _changed(self, event: TextArea.Changed | Input.Changed | Select.Changed) -> None:
        event.stop()
        self.post_message(FormChanged())
        entry = entry_of(event.control)
        if entry is not None:
            entry.say("")
            if entry.name_of == "layout" and entry.value not in ("", self._draft.layout):
                await self._lay_out()

    async def _lay_out(self) -> None:
        """Show the fields of another layout; every text is in the draft first. Nothing is painted on the way:
        a field that is gone has no colours left to be painted in."""
        self._draft = self.typed
        fields = self.query_one("#fields")
        with self.app.batch_update():
            await fields.remove_children()
            await fields.mount_all(self._entries())


def entry_of(control: Widget | None) -> FormEntry | None:
    """The entry that a control belongs to, if it is part of one."""
    return next((one for one in control.ancestors if isinstance(one, FormEntry)), None) if control else None
