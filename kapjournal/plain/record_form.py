"""A form of the clinical record filled in line by line; what is typed is a sealed draft at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from kapjournal.content.forms import form_for
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import FieldKind, Form, FormField, RecordKind
from kapjournal.domain.pulling import joined, with_lines
from kapjournal.domain.record_drafts import WHOLE, RecordDraft, problems
from kapjournal.errors import NotFound
from kapjournal.plain import phrasing
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import CLOSE, Entry, Menu, offer, pick
from kapjournal.plain.supervision_pull import ask_for_lines
from kapjournal.plain.text_lines import COMMANDS, take_lines
from kapjournal.presentation import records as saying
from kapjournal.presentation.supervision_pulled import pulled_in
from kapjournal.text import excerpt


@dataclass(slots=True)
class FormPage:
    """The page of a form that is filled in, as it is sealed in the practice."""

    practice: Unlocked
    couple: Couple
    draft: RecordDraft

    @property
    def form(self) -> Form:
        """The form it fills."""
        return form_for(self.draft.kind)

    def change(self, draft: RecordDraft) -> None:
        """Seal the page as it is now."""
        self.draft = self.practice.journal.record_drafts.save(draft)

    def fill(self, field_id: str, value: str) -> None:
        """Seal what stands in a field now, which may be nothing."""
        values = {**self.draft.fields, field_id: value}
        filled = sorted((one, said) for one, said in values.items() if said)
        self.change(replace(self.draft, values=tuple(filled)))


def fill(practice: Unlocked, couple: Couple, draft: RecordDraft) -> None:
    """Offer the fields of a form until it is a record, is thrown away, or waits as a draft."""
    offer(practice.console, _PAGE, FormPage(practice, couple, draft))


def _entries(page: FormPage) -> Sequence[Entry[FormPage]]:
    shown = page.form.shown_in(page.draft.layout, page.draft.fields)
    fields = [Entry(field.heading, _now(page, field), partial(_fill, field=field)) for field in shown]
    about = saying.about_in_words(page.draft.about, page.couple) if page.draft.about else "not said"
    return [
        *fields,
        Entry("about", f"whom it is about, now {about}.", _about, _has_a_choice),
        Entry("day", f"now {page.draft.date}.", _day),
        Entry("session", f"its number, now {page.draft.session or 'none'}.", _session),
        Entry(
            "layout",
            f"now {page.draft.layout}; every text stays.",
            _layout,
            lambda page: bool(page.form.layouts),
        ),
        Entry("pull", "Pull lines of the record into a field.", _pull, _is_write_up),
        Entry("done", f"Finish: the draft becomes a record. {_readers(page)}", _done),
        Entry("keep", "Keep it as a draft and go back.", lambda _: CLOSE),
        Entry("discard", "Throw this draft away.", _discard),
    ]


def _readers(page: FormPage) -> str:
    journal = page.practice.journal
    colleagues = frozenset() if page.draft.of else journal.records.default_readers(page.draft.kind)
    if page.draft.of:
        return "Its readers stay."
    return f"Readers: {page.practice.readers(colleagues)}."


def _now(page: FormPage, field: FormField) -> str:
    value = page.draft.fields.get(field.id, "")
    now = f"Now: {phrasing.ended(excerpt(value, 60))}" if value else "Nothing yet."
    return f"{field.help} {now}".strip()


def _fill(page: FormPage, field: FormField) -> None:
    console = page.practice.console
    if field.answers:
        known: dict[str, str] = {answer: answer for answer in field.answers}
        before = page.draft.fields.get(field.id, "")
        page.fill(field.id, pick(console, f"{field.heading}; Enter leaves it:", {**known, "": before}))
    elif field.kind in (FieldKind.TEXT, FieldKind.LINES):
        _write(page, field)
    else:
        answer = console.ask_for(
            f"{field.heading}. A hyphen takes it away, Enter leaves it:",
            lambda answer: field.checked(answer) if answer not in ("", phrasing.NOTHING) else answer,
            field.help,
        )
        if answer:
            page.fill(field.id, "" if answer == phrasing.NOTHING else answer)


def _write(page: FormPage, field: FormField) -> None:
    """Take lines until a dot; each is sealed with those before it."""
    console, before = page.practice.console, page.draft.fields.get(field.id, "")
    if before:
        console.text(phrasing.aloud(before))
    console.say(f"{field.heading}. Write a line at a time; each is kept at once. {COMMANDS}")
    take_lines(console, before, partial(page.fill, field.id))


def _has_a_choice(page: FormPage) -> bool:
    return len(saying.whom(page.form, page.couple)) > 1


def _about(page: FormPage) -> None:
    known = {words: about for about, words in saying.whom(page.form, page.couple)}
    page.change(replace(page.draft, about=pick(page.practice.console, "Whom is it about?", known)))


def _day(page: FormPage) -> None:
    answer = page.practice.console.ask("The day it is about, such as 2026-11-24. Enter leaves it:")
    if answer:
        page.change(replace(page.draft, date=answer))


def _session(page: FormPage) -> None:
    answer = page.practice.console.ask("The number of its session. A hyphen for none, Enter leaves it:")
    if answer:
        page.change(replace(page.draft, session="" if answer == phrasing.NOTHING else answer))


def _is_write_up(page: FormPage) -> bool:
    return page.draft.kind is RecordKind.SUPERVISION


def _pull(page: FormPage) -> None:
    pulled = ask_for_lines(page.practice, page.couple, page.form, page.draft)
    if not pulled:
        return
    draft = replace(page.draft, pulled=joined(page.draft.pulled, pulled))
    values = {**draft.fields, pulled[0].field: with_lines(draft.fields.get(pulled[0].field, ""), pulled)}
    page.change(replace(draft, values=tuple(sorted(values.items()))))
    page.practice.console.say(pulled_in(pulled))


def _layout(page: FormPage) -> None:
    known = {name: name for name in page.form.layouts}
    known[""] = page.draft.layout
    chosen = pick(page.practice.console, "In which layout? Enter leaves it:", known)
    page.change(replace(page.draft, layout=chosen))


def _done(page: FormPage) -> object:
    console, journal = page.practice.console, page.practice.journal
    try:
        before = journal.records.get(page.draft.of).text if page.draft.of else None
    except NotFound:
        before = None
    if wrong := problems(page.draft, page.form, before):
        console.say(*wrong.values(), "" if WHOLE in wrong else saying.still_wrong(len(wrong)))
        return None
    record = journal.record_drafts.finish(page.draft)
    console.say(saying.CHANGED if page.draft.of else saying.DONE, saying.BESIDE if record.beside else "")
    return CLOSE


def _discard(page: FormPage) -> object:
    if page.draft.rows:
        page.practice.console.say(saying.HAS_ROWS)
        return None
    if not page.practice.console.yes("Throw this draft away?"):
        return None
    if page.draft.id:
        page.practice.journal.record_drafts.discard(page.draft.id)
    page.practice.console.say("The draft is thrown away.")
    return CLOSE


_PAGE = Menu[FormPage](
    "The form",
    "Choose a field by its number or its first letters. No field has to be filled in. What you type is kept "
    "as a draft that only you can open; done makes it a record.",
    _entries,
)
