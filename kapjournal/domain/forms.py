"""The forms of the clinical record: what they ask for, and what may stand in a field."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kapjournal.domain.members import Role
from kapjournal.domain.parsing import day_from, time_from
from kapjournal.errors import KapjournalError, Refused, UsageError
from kapjournal.text import MAX_LINE, is_line, shown_line, storable

MAIN_TEXT = "text"
"""The id of the field that holds the main text of a form, where it has one."""


class RecordKind(StrEnum):
    """The kinds of clinical record; each has one form. Fixed in the file format."""

    INTAKE = "intake"
    PREPARATION = "preparation"
    COUPLE = "couple"
    PROGRESS = "progress"
    CONTACT = "contact"
    CLOSING = "closing"
    PROCESS = "process"
    SAFETY = "safety"
    PLAN = "plan"
    CONSENT = "consent"
    READY = "ready"
    DOSING = "dosing"
    SUPERVISION = "supervision"


OF_ONE_PARTNER: Mapping[str, str] = {
    RecordKind.SAFETY: "safety note",
    RecordKind.READY: "ready card",
    RecordKind.DOSING: "dosing record",
}
"""The kinds that are about one partner, whatever a clinic does, by what they are called."""


NAMED_ONE_BY_ONE = frozenset({RecordKind.PROCESS, RecordKind.SAFETY})
"""The kinds that no role reads, whatever a clinic does."""


class About(StrEnum):
    """Whom a record is about: both, or one of the two partners as the therapist counts them."""

    COUPLE = "couple"
    FIRST = "first"
    SECOND = "second"


class Subject(StrEnum):
    """Whom a form can be about."""

    COUPLE = "couple"
    PARTNER = "partner"
    EITHER = "either"


class FieldKind(StrEnum):
    """What a field holds. Every value is text: what was typed, or one of the answers."""

    TEXT = "text"
    LINE = "line"
    DATE = "date"
    TIME = "time"
    YES_NO = "yes-no"
    LINES = "lines"
    CHOICE = "choice"


YES_NO = ("yes", "no", "not asked")


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form. `help` is one line; `choices` are the answers of a choice."""

    id: str
    heading: str
    help: str = ""
    kind: FieldKind = FieldKind.TEXT
    choices: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """The only values it takes; none if it takes any."""
        return YES_NO if self.kind is FieldKind.YES_NO else self.choices

    def checked(self, value: str) -> str:
        """The value as it is stored, which is as it was typed; empty for none. What does not fit is refused
        in a sentence that begins with the heading (`UsageError`, `Refused`)."""
        if not value.strip():
            return ""
        if self.answers:
            folded = {answer.casefold(): answer for answer in self.answers}
            if value.strip().casefold() not in folded:
                raise UsageError(f"{self.heading}: one of {', '.join(self.answers)}.")
            return folded[value.strip().casefold()]
        if self.kind is FieldKind.DATE:
            try:
                return day_from(value.strip()).isoformat()
            except UsageError:
                raise UsageError(f"{self.heading}: not a day. Write it as YYYY-MM-DD.") from None
        if self.kind is FieldKind.TIME:
            try:
                return f"{time_from(value.strip()):%H:%M}"
            except UsageError:
                raise UsageError(f"{self.heading}: not a time. Write it as HH:MM.") from None
        if self.kind is FieldKind.LINE and (not is_line(value) or len(value) > MAX_LINE):
            raise UsageError(f"{self.heading}: one line of at most {MAX_LINE} characters.")
        try:
            return storable(value)
        except KapjournalError as error:
            raise Refused(f"{self.heading}: {error}") from None


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its fields in their order, and the `layouts` in which some of them can be shown.

    A layout names fields by id; a field that is in no layout is shown in each. What was written in one layout
    stays when another is chosen, also in fields that the other does not have. Colleagues of the roles in
    `readers` can read a record of it from the first, beside its author.
    """

    id: str
    title: str
    about: Subject
    fields: tuple[FormField, ...]
    layouts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    readers: tuple[Role, ...] = ()

    @property
    def kind(self) -> RecordKind:
        """The kind of record it is the form of."""
        return RecordKind(self.id)

    def field(self, field_id: str) -> FormField:
        """The field of that id (`UsageError` names those there are)."""
        for one in self.fields:
            if one.id == field_id:
                return one
        known = ", ".join(one.id for one in self.fields)
        raise UsageError(f"“{shown_line(field_id)}” is no field of “{self.title}”; they are {known}.")

    def layout(self, name: str) -> str:
        """The layout of that name, in any case; the first without a name (`UsageError`)."""
        names = {one.casefold(): one for one in self.layouts}
        if not name.strip():
            return next(iter(self.layouts), "")
        if name.strip().casefold() not in names:
            which = f"its layouts are {', '.join(self.layouts)}" if names else "it has no layouts"
            raise UsageError(f"Layout: “{self.title}” has no “{shown_line(name)}”; {which}.")
        return names[name.strip().casefold()]

    def shown_in(self, layout: str, filled: Collection[str] = ()) -> tuple[FormField, ...]:
        """The fields of a layout, in its order, then those of every layout; last of all those of other
        layouts that are `filled`, so that no text is out of sight."""
        chosen = self.layouts.get(layout, ())
        of_a_layout = {one for ids in self.layouts.values() for one in ids}
        common = [one for one in self.fields if one.id not in of_a_layout]
        elsewhere = [
            one for one in self.fields if one.id in of_a_layout - set(chosen) and one.id in set(filled)
        ]
        return (*(self.field(one) for one in chosen), *common, *elsewhere)

    def check_about(self, about: About | None) -> About:
        """Whom a record of this form is about: the couple where nothing else is said and the form lets it be
        (`UsageError`)."""
        if self.about is Subject.PARTNER and about in (None, About.COUPLE):
            raise UsageError(f"About: “{self.title}” is about one partner. Say which: first or second.")
        if self.about is Subject.COUPLE and about not in (None, About.COUPLE):
            raise UsageError(f"About: “{self.title}” is about the couple.")
        return about or About.COUPLE


def check_form(form: Form) -> None:
    """Refuse a form that breaks a rule of the clinical record, whoever wrote it (`Refused`).

    A psychotherapy note is free text and nothing else (45 CFR 164.501); some are about one partner.
    """
    extra = [one.id for one in form.fields if one.id != MAIN_TEXT] + list(form.layouts)
    if form.id == RecordKind.PROCESS and extra:
        raise Refused(not_in_a_process_note(extra[0]))
    if form.id in NAMED_ONE_BY_ONE and form.readers:
        raise Refused("Who reads a process note or a safety note is named one by one, by its author.")
    if form.id in OF_ONE_PARTNER and form.about is not Subject.PARTNER:
        sentence = never_of_a_couple(form.id)
        raise Refused(sentence[0].upper() + sentence[1:])


def never_of_a_couple(kind: str) -> str:
    """That a record of this kind has one partner."""
    return f"a {OF_ONE_PARTNER[kind]} is about one partner, and never about the couple."


def not_in_a_process_note(what: str) -> str:
    """That a field or layout has no place there."""
    name = shown_line(what)
    return f"A process note is free text and has no other field: “{name}” belongs in another form."


def kind_from(word: str) -> RecordKind:
    """Read a kind of record as written on a command line (`UsageError` names the kinds)."""
    try:
        return RecordKind(word.strip().lower())
    except ValueError:
        known = ", ".join(RecordKind)
        raise UsageError(f"There is no form “{shown_line(word)}”; they are {known}.") from None
