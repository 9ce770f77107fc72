"""The clinical record of a couple, line by line: read, written, shared, looked back on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.kept import KeptNote
from kapjournal.domain.notes import Draft
from kapjournal.domain.record_drafts import RecordDraft, new_record_draft
from kapjournal.domain.record_signing import last_written
from kapjournal.domain.records import Record, RecordText
from kapjournal.errors import UsageError
from kapjournal.plain import phrasing, record_form, signing, writing
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.letter import letter
from kapjournal.plain.menus import Entry, Menu, offer, pick
from kapjournal.plain.packs import packs
from kapjournal.plain.pad import pad
from kapjournal.presentation import days, record_view
from kapjournal.presentation import kept as keeping
from kapjournal.presentation import plan as plans
from kapjournal.presentation import record_copy as copying
from kapjournal.presentation import records as saying
from kapjournal.presentation.people import others
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import FoundAcross


@dataclass(frozen=True, slots=True)
class OfCouple:
    """The record of one couple, or with None what colleagues shared."""

    practice: Unlocked
    couple: Couple | None


def records(practice: Unlocked) -> None:
    """Ask of which couple, and offer their record."""
    known: dict[str, Couple | None] = {couple.name: couple for couple in practice.journal.couples.all()}
    known["what colleagues shared"] = None
    chosen = pick(practice.console, "Whose record, number or name?", known)
    if chosen is not None:
        review = record_view.review_from(practice.journal.records.all(chosen.case))
        practice.console.say(f"{record_view.review_in_words(review)}." if review else "")
    offer(practice.console, _RECORD, OfCouple(practice, chosen))


def unsigned(practice: Unlocked) -> None:
    """Offer the member's records that wait for their signature, of every couple."""

    def entries(practice: Unlocked) -> list[Entry[Unlocked]]:
        return [Entry("", *_waiting(practice, record)) for record in practice.journal.signing.unsigned()]

    help_text = "Choose one to hear it; it is signed there."
    offer(practice.console, Menu("Unsigned", help_text, entries, nothing=saying.ALL_SIGNED), practice)


def _waiting(practice: Unlocked, record: Record) -> tuple[str, Callable[[Unlocked], None]]:
    of = OfCouple(practice, practice.journal.couples.of(record.case))
    name = shown_line(of.couple.name) if of.couple else saying.UNKNOWN_COUPLE
    return f"{name}. {_in_a_line(of, record)}", lambda _: _read(of, record.id)


def _entries(of: OfCouple) -> Sequence[Entry[OfCouple]]:
    view = record_view.read_records(of.practice.journal, of.couple.case if of.couple else None)
    couple = of.couple
    drafts = [
        Entry[OfCouple](
            "",
            f"{saying.name_of_draft(draft, couple)}. {saying.draft_in_a_list(draft)}".strip(),
            partial(_go_on, draft=draft),
        )
        for draft in view.drafts
    ]
    additions = [
        Entry[OfCouple](
            "",
            f"{saying.name_of_addition(record, couple)}. {saying.addition_in_a_list(draft, record)}".strip(),
            partial(_go_on_adding, draft=draft, record=record),
        )
        for draft, record in view.additions
    ]
    found = [
        Entry[OfCouple]("", _kept_in_a_line(one), partial(_read_kept, note=one))
        if isinstance(one, KeptNote)
        else Entry[OfCouple]("", _in_a_line(of, one), partial(_read, record_id=one.id))
        for one in view.records
    ]
    return [
        Entry("write", "Fill in a form.", _write, _is_of_a_couple),
        Entry("pad", "The dose pad of a session.", _pad, _is_of_a_couple),
        Entry("plan", "Hear the plan, what was agreed, the consents.", _plan, _is_of_a_couple),
        *drafts,
        *additions,
        *found,
        Entry("letter", "Write to a partner’s prescriber.", _letter, _is_of_a_couple),
        Entry("pack", "Answer a request for access to the record.", _pack, _is_of_a_couple),
    ]


def _is_of_a_couple(of: OfCouple) -> bool:
    return of.couple is not None


def _in_a_line(of: OfCouple, record: Record) -> str:
    words = saying.in_a_list(record.text, form_for(record.kind))
    name = saying.name_of(record.text, of.couple)
    return f"{days.spoken(record.text.date)}. {name}. {words}".strip()


def _kept_in_a_line(note: KeptNote) -> str:
    return f"{days.spoken(note.date)}. {keeping.title_in_a_list(note)}, by {shown_line(note.label)}."


def _read_kept(of: OfCouple, note: KeptNote) -> None:
    of.practice.console.say(f"{keeping.title_in_a_list(note)}.", f"{keeping.about(note)}.")
    of.practice.console.text(phrasing.aloud(note.body))
    of.practice.console.say("End of the page.")


def read_found(practice: Unlocked, couple: Couple | None, found: "FoundAcross") -> None:
    """Read a record, or a page that was kept, that a search found."""
    of = OfCouple(practice, couple)
    if found.is_kept:
        _read_kept(of, practice.journal.kept.get(found.id))
    else:
        _read(of, found.id)


def _go_on(of: OfCouple, draft: RecordDraft) -> None:
    if of.couple is not None:
        record_form.fill(of.practice, of.couple, draft)


def _go_on_adding(of: OfCouple, draft: Draft, record: Record) -> None:
    writing.add_to(of.practice, draft, saying.name_of(record.text, of.couple))


def _write(of: OfCouple) -> None:
    console, couple = of.practice.console, of.couple
    if couple is None:
        return
    forms = {form.title: form for form in of.practice.journal.records.forms()}
    form = pick(console, "Which form, number or name?", forms)
    whom = saying.whom(form, couple)
    about: About = whom[0][0]
    if len(whom) > 1:
        about = pick(console, "Whom is it about?", {words: one for one, words in whom})
    record_form.fill(of.practice, couple, new_record_draft(form, couple.case, about, clock.today()))


def _pad(of: OfCouple) -> None:
    if of.couple is not None:
        pad(of.practice, of.couple)


def _letter(of: OfCouple) -> None:
    if of.couple is not None:
        letter(of.practice, of.couple)


def _pack(of: OfCouple) -> None:
    if of.couple is not None:
        packs(of.practice, of.couple)


def _plan(of: OfCouple) -> None:
    if of.couple is None:
        return
    practice = of.practice
    view = plans.plan_view(practice.journal.records.all(of.couple.case), practice.journal.me.id)
    if view.plan is None:
        of.practice.console.say(plans.NO_PLAN)
    else:
        practice.console.say(f"The plan, by {practice.name(view.plan.author)}:")
        _say_text(practice, view.plan.text)
    if view.intake is not None:
        form = form_for(RecordKind.INTAKE)
        fields = view.intake.text.fields.items()
        agreed = {name: value for name, value in fields if name in plans.FROM_INTAKE}
        practice.console.say(f"From the intake, by {practice.name(view.intake.author)}:")
        of.practice.console.say(*(f"{form.field(name).heading}: {value}" for name, value in agreed.items()))
    if not view.consents:
        of.practice.console.say(plans.NO_CONSENTS)
    for one in view.consents:
        about = saying.about_in_words(one.text.about, of.couple)
        author = "" if one.author == practice.journal.me.id else practice.name(one.author)
        practice.console.say(plans.consent_in_words(one, about, clock.today(), author))


# one record


@dataclass(frozen=True, slots=True)
class OneRecord:
    """A record that is read."""

    of: OfCouple
    record_id: str

    @property
    def now(self) -> Record:
        """The record as it is now."""
        return self.of.practice.journal.records.get(self.record_id)


def _read(of: OfCouple, record_id: str) -> None:
    one = OneRecord(of, record_id)
    _say(one)
    offer(of.practice.console, _ONE, one)


def _say(one: OneRecord) -> None:
    practice, record = one.of.practice, one.now
    practice.console.say(
        f"{saying.name_of(record.text, one.of.couple)}.",
        f"{record_view.about_record(practice.journal, record)}.",
        f"Readers: {practice.readers(record.readers)}.",
    )
    _say_text(practice, record.text)
    if (signed := practice.journal.signing.of(record.id)) is not None:
        signing.say_signed(practice, signed, record.text.date, last_written(record))
    for text in record.beside:
        practice.console.say(saying.beside_in_words(is_signed=record.is_signed))
        _say_text(practice, text)
    practice.console.say("End of the record.")


def _say_text(practice: Unlocked, text: RecordText) -> None:
    for heading, value in saying.filled_fields(text, form_for(text.kind)):
        practice.console.say(f"{heading}:")
        practice.console.text(phrasing.aloud(value))


def _can(one: OneRecord, deed: str) -> bool:
    journal = one.of.practice.journal
    signed = journal.signing.of(one.record_id) if deed == "cosign" else None
    return not record_view.why_not(journal, deed, one.now, signed)


def _name(one: OneRecord) -> str:
    return saying.name_of(one.now.text, one.of.couple)


def _sign(one: OneRecord) -> None:
    record = one.now
    signing.sign(one.of.practice, record, _name(one), is_late=record_view.is_late(record))


def _cosign(one: OneRecord) -> None:
    signing.cosign(one.of.practice, one.now, _name(one))


def _add_to(one: OneRecord) -> None:
    draft = record_view.addendum_to_write(one.of.practice.journal, one.now)
    writing.add_to(one.of.practice, draft, _name(one))


def _change(one: OneRecord) -> None:
    practice, record = one.of.practice, one.now
    draft = record_view.draft_to_edit(practice.journal, record)
    couple = practice.journal.couples.of(record.case)
    if couple is not None:
        record_form.fill(practice, couple, draft)


def _share(one: OneRecord) -> None:
    practice, record = one.of.practice, one.now
    here = others(practice.journal.members.all(), practice.journal.me.id)
    known: dict[str, str] = {member.label: member.label for member in here if member.id not in record.readers}
    label = pick(practice.console, "Which one colleague may read it? Enter for nobody:", {**known, "": ""})
    care = saying.SHARED_WITH_CARE.get(record.kind, "")
    practice.console.say(care if label else "")
    if label and practice.console.yes(f"Let {label} read it?"):
        practice.journal.records.share(record.id, label)
        practice.console.say(f"{label} can read it now. {saying.SHARED}")
    else:
        practice.console.say("Nothing was shared.")


def _withdraw(one: OneRecord) -> None:
    practice, record = one.of.practice, one.now
    readers = record.readers - {record.author}
    labels = [member.label for member in practice.journal.members.all() if member.id in readers]
    known: dict[str, str] = {label: label for label in labels}
    label = pick(practice.console, "Who should no longer read it? Enter for nobody:", {**known, "": ""})
    if label:
        practice.journal.records.withdraw(record.id, label)
        practice.console.say(f"Stopped sharing it with {label}. {saying.WITHDRAWN}")


def _give(one: OneRecord) -> None:
    practice, record = one.of.practice, one.now
    couple = practice.journal.couples.of(record.case)
    if couple is None:
        return
    known: dict[str, str] = {label: label for label in copying.partners_there(practice.journal, couple)}
    practice.console.say(copying.GIVING)
    label = pick(practice.console, "Who gets a copy of it? Enter for nobody:", {**known, "": ""})
    if not label:
        return
    try:
        practice.console.say(copying.give(practice.journal, couple, record, label))
    except UsageError as error:
        practice.console.say(str(error))
        about = record.text.about
        if practice.console.yes(f"Is {label} {saying.about_in_words(about, couple)}?"):
            practice.console.say(copying.give(practice.journal, couple, record, label, about))


def _layout(one: OneRecord) -> None:
    practice, record = one.of.practice, one.now
    names = {name: name for name in form_for(record.kind).layouts}
    name = pick(practice.console, "In which layout?", names)
    record_view.lay_out(practice.journal, record, name)
    _say(one)


def _history(one: OneRecord) -> None:
    practice = one.of.practice
    versions = practice.journal.records.history(one.record_id)
    known = {f"{version.number}": version for version in versions}
    about = {number: f"saved {days.at(version.saved)}" for number, version in known.items()}
    chosen = pick(practice.console, "Which version? Enter for none:", {**known, "": None}, about)
    if chosen is not None:
        _say_text(practice, chosen.text)


_ONE = Menu[OneRecord](
    "This record",
    "You alone can read what you write here, until you share it with one colleague.",
    lambda _: (
        Entry("again", "Hear it again.", _say),
        Entry("change", "Change it; the version before is kept.", _change, lambda one: _can(one, "edit")),
        Entry("layout", "Show it in another layout.", _layout, lambda one: _can(one, "layout")),
        Entry("share", "Let one colleague read it.", _share, lambda one: _can(one, "share")),
        Entry("stop", "Stop sharing it with somebody.", _withdraw, lambda one: _can(one, "withdraw")),
        Entry("give", "Give a partner a copy of it.", _give, lambda one: _can(one, "give")),
        Entry("history", "Hear an earlier version.", _history, lambda one: _can(one, "history")),
        Entry("sign", "Sign and lock this.", _sign, lambda one: _can(one, "sign")),
        Entry(
            "co-sign",
            "Put your name under what a colleague signed.",
            _cosign,
            lambda one: _can(one, "cosign"),
        ),
        Entry("add to", "Add to what is signed.", _add_to, lambda one: _can(one, "add_to")),
    ),
)

_RECORD = Menu[OfCouple](
    "The record",
    "What is written about a couple lies in your practice and never in their journal. You alone can read "
    "what you write, until you share it with one colleague.",
    _entries,
    saying.NONE_SHARED,
)
