"""The write-ups of a couple for supervision, line by line: written, reviewed, leaving, answered."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.record_drafts import RecordDraft, new_record_draft
from kapjournal.domain.records import Record
from kapjournal.domain.supervision import QUESTION, WANTED, question_from
from kapjournal.plain import phrasing, record_form, supervision_answer, supervision_leaving
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import Entry, Menu, offer, pick
from kapjournal.plain.of_couple import OfCouple
from kapjournal.plain.supervision_review import review
from kapjournal.plain.supervision_write_up import WriteUp
from kapjournal.presentation import days, record_view
from kapjournal.presentation import records as of_records
from kapjournal.presentation import write_up_heard as saying
from kapjournal.presentation.write_up_review import every_who_is_who, from_where
from kapjournal.text import shown_line


def supervision(practice: Unlocked) -> None:
    """Ask of which couple, say what should be destroyed by now, and offer their write-ups."""
    known: dict[str, Couple] = {couple.name: couple for couple in practice.journal.couples.all()}
    of = OfCouple(practice, pick(practice.console, "Write-ups of whom, number or name?", known))
    supervision_leaving.say_due(of)
    offer(practice.console, _WRITE_UPS, of)


def _entries(of: OfCouple) -> Sequence[Entry[OfCouple]]:
    journal, case = of.practice.journal, of.couple.case
    of.practice.refresh()
    drafts = [one for one in journal.record_drafts.all(case) if one.kind is RecordKind.SUPERVISION]
    written = [
        one
        for one in journal.records.all(case)
        if one.kind is RecordKind.SUPERVISION and one.author == journal.me.id
    ]
    return [
        Entry("new", "Begin a write-up, from your question.", _new),
        *(Entry[OfCouple]("", _draft_in_a_line(of, one), partial(_go_on, draft=one)) for one in drafts),
        *(Entry[OfCouple]("", _in_a_line(of, one), partial(_open, record_id=one.id)) for one in written),
        Entry(
            "names", "The names of this couple that must not leave.", lambda of: _names(of, of.couple.case)
        ),
        Entry(
            "names of the practice", "The same for every couple: towns, clinics.", lambda of: _names(of, None)
        ),
        Entry("ledger", "What left: to whom, on which basis, until when.", supervision_leaving.ledger),
        Entry(
            "what happened",
            "Say what came of what was agreed.",
            supervision_answer.happened,
            lambda of: bool(of.write_ups.acts_due(of.couple.case)),
        ),
    ]


def _draft_in_a_line(of: OfCouple, draft: RecordDraft) -> str:
    return f"{of_records.name_of_draft(draft, of.couple)}. {of_records.draft_in_a_list(draft)}".strip()


def _in_a_line(of: OfCouple, record: Record) -> str:
    left = [one for one in of.write_ups.departures(of.couple.case) if one.write_up == record.id]
    question = shown_line(record.text.fields.get(QUESTION, ""))
    stands = saying.standing(left, of.write_ups.replies(record.id))
    return f"{days.spoken(record.text.date)}. {question} {stands}"


def _new(of: OfCouple) -> None:
    """Ask for the question and what is wanted, and go on in the form, which keeps both as a draft."""
    form, console = form_for(RecordKind.SUPERVISION), of.console
    asked, wanted = form.field(QUESTION), form.field(WANTED)
    question = console.ask_for(
        f"{asked.heading}. {asked.help}", lambda answer: asked.checked(question_from(answer))
    )
    answers: dict[str, str] = {one: one for one in wanted.answers}
    said = pick(console, f"{wanted.heading}, number or word:", answers)
    page = new_record_draft(form, of.couple.case, About.COUPLE, clock.today())
    draft = replace(page, values=tuple(sorted({QUESTION: question, WANTED: said}.items())))
    record_form.fill(of.practice, of.couple, of.practice.journal.record_drafts.save(draft))


def _go_on(of: OfCouple, draft: RecordDraft) -> None:
    record_form.fill(of.practice, of.couple, draft)


def _names(of: OfCouple, case: CaseId | None) -> None:
    """Say the names, and take lines that are added, and numbers of lines that are taken away."""
    console, write_ups = of.console, of.write_ups

    def take(answer: str) -> bool:
        lines = write_ups.names(case).splitlines()
        if answer.isdecimal() and 1 <= int(answer) <= len(lines):
            gone = lines.pop(int(answer) - 1)
            write_ups.set_names(case, "\n".join(lines))
            console.say(f"Taken away: {gone}")
        elif answer:
            write_ups.set_names(case, "\n".join([*lines, answer]))
            console.say("It stands among the names now.")
        return bool(answer)

    console.say(saying.NAMES_WHAT)
    while True:
        lines = write_ups.names(case).splitlines()
        console.say(*(f"{number}. {line}" for number, line in enumerate(lines, 1)))
        if not console.ask_for("A line to add; the number of one takes it away, Enter leaves them:", take):
            return


# one write-up


def _open(of: OfCouple, record_id: str) -> None:
    one = WriteUp(of, record_id)
    _hear(one)
    offer(of.console, _ONE, one)


def _hear(one: WriteUp) -> None:
    """Say a write-up as its author alone has it: where each line is from, what was answered, what agreed."""
    console, record, write_ups = one.of.console, one.now, one.of.write_ups
    form, sources = form_for(record.kind), write_ups.sources(record.id)
    ids = {field.heading: field.id for field in form.fields}
    console.say(of_records.BESIDE if record.beside else "")
    for heading, value in of_records.filled_fields(record.text, form):
        console.say(f"{heading}:")
        for line in value.split("\n"):
            console.text(phrasing.aloud(line))
            where = from_where(ids.get(heading, ""), line, sources)
            console.say(f"From: {where}." if where else "")
    console.say(*every_who_is_who(write_ups.words_for(record.id)))
    for reply in write_ups.replies(record.id):
        console.say(f"{saying.answer_heading(reply)}:")
        console.text(phrasing.aloud(reply.words))
        console.say(*saying.agreed(reply.acts))
    console.say("End of the write-up.")


def _change(one: WriteUp) -> None:
    draft = record_view.draft_to_edit(one.of.practice.journal, one.now)
    record_form.fill(one.of.practice, one.of.couple, draft)


def _may_change(one: WriteUp) -> bool:
    return not record_view.why_not(one.of.practice.journal, "edit", one.now)


_ONE = Menu[WriteUp](
    "This write-up",
    "It leaves once everything is decided that was found in it, for each recipient anew.",
    lambda _: (
        Entry("again", "Hear it again.", _hear),
        Entry("change", "Change it, or pull lines of the record into it.", _change, _may_change),
        Entry("review", "Decide on what identifies somebody, for one recipient.", review),
        Entry("export", "Let it leave to one recipient, once it is reviewed.", supervision_leaving.let_leave),
        Entry("answer", "Keep what was answered, and what was agreed.", supervision_answer.answer),
    ),
)

_WRITE_UPS = Menu[OfCouple](
    "Write-ups",
    "A write-up begins with your question. Only you can read it; what leaves is reviewed first, and stands "
    "in the ledger. Choose one to hear it.",
    _entries,
)
