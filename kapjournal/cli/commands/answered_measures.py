"""Measures in a couple's journal: answers, who reads them, what is asked for, and safety marks."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.cli.commands.measures import (
    WITH_HYPHENS,
    Json,
    Name,
    complain,
    couples_journal,
    typed_answers,
)
from kapjournal.cli.fields import NONE
from kapjournal.cli.measure_fields import (
    answered_fields,
    history_fields,
)
from kapjournal.cli.options import options_of
from kapjournal.content import measure_packs
from kapjournal.content import measures as content
from kapjournal.domain.answered_measures import AnsweredMeasure, check_may_answer
from kapjournal.domain.measures import Answers, Measure, answers_from
from kapjournal.domain.members import Role
from kapjournal.domain.parsing import past_day_from
from kapjournal.errors import Refused, UsageError
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation.crisis_notice import crisis_notice, whom_to_call
from kapjournal.presentation.measures import answers_in_words, no_pack
from kapjournal.presentation.people import named, readers_in_words
from kapjournal.stdio import questions, stderr, stdout
from kapjournal.stdio.lazy_imports import journal

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_Id = Annotated[
    str, typer.Argument(metavar="ID", help="The id of the answers, or at least its first four characters.")
]
_ANSWERS = (
    "The values in the order of the items, with commas between them; - for an item that was left out. A "
    "single - takes the first line of standard input."
)
_Answers = Annotated[str, typer.Argument(metavar="ANSWERS|-", help=_ANSWERS)]
_Partner = Annotated[str, typer.Argument(metavar="PARTNER", help="Whose answers they are: a label.")]
_Date = Annotated[
    dt.date | None, typer.Option(parser=past_day_from, metavar="YYYY-MM-DD", help="The day of the answers.")
]
_LABELS = "Labels, comma separated; never the other partner."
_Share = Annotated[str, typer.Option(metavar="LABELS", help=f"Who may read it besides. {_LABELS}")]


def register(app: typer.Typer) -> None:
    """Add these to the commands of measures."""
    typed: tuple[Callable[..., None], ...] = (answer, paper, edit)
    others: tuple[Callable[..., None], ...] = (results, show, share, withdraw, delete, history)
    for command in typed:
        app.command(context_settings=WITH_HYPHENS)(command)
    for other in others:
        app.command()(other)


def answer(
    context: typer.Context,
    name: Name,
    answers: Annotated[
        str | None,
        typer.Argument(metavar="[ANSWERS|-]", help=f"{_ANSWERS} Without it you are asked, item by item."),
    ] = None,
    date: _Date = None,
    language: Annotated[str, typer.Option(metavar="CODE", help="The language of the words.")] = "",
    share: _Share = "",
    as_json: Json = False,
) -> None:
    """Answer a measure for yourself, where its official words are on this computer. Prints its id.

    You alone can read it, unless you say with whom you share it."""
    complain()
    measure = content.measure(name)
    with options_of(context).unlocked(shares=bool(share)) as opened:
        check_may_answer(opened.me.role)
        pack = measure_packs.pack_for(measure.id, language)
        if pack is None:
            raise Refused(no_pack(measure))
        given = _asked_one_by_one(pack) if answers is None else _typed(measure, answers)
        _say_at_once(measure, given)
        new = journal.NewAnswers(measure.id, given, date, share, language)
        _saved(opened, opened.measures.answer(new), as_json)


def paper(
    context: typer.Context,
    name: Name,
    partner: _Partner,
    answers: _Answers,
    date: _Date = None,
    share: _Share = "",
    as_json: Json = False,
) -> None:
    """Enter what a partner answered on paper, for a therapist. They can read it, too. Prints its id."""
    complain()
    measure = content.measure(name)
    with options_of(context).unlocked(shares=True) as opened:
        given = _typed(measure, answers)
        _say_at_once(measure, given, is_from_paper=True)
        new = journal.NewAnswers(measure.id, given, date, share)
        _saved(opened, opened.measures.enter(new, partner), as_json)


def results(
    context: typer.Context,
    of: Annotated[str | None, typer.Option("--of", metavar="LABEL", help="Only of this partner.")] = None,
    name: Annotated[
        str | None, typer.Option("--measure", metavar="NAME", help="Only of this measure.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the answers you can read, one partner after the other. Columns: id, day, measure, whose, total,
    readers."""
    complain()
    with couples_journal(context) as opened:
        found = opened.measures.all(of=of, measure=name)
        if as_json:
            stdout.json([answered_fields(opened, one) for one in found])
            return
        for one in found:
            whose, total = opened.members.label_of(one.text.of), saying.score_lines(opened, one.text)[0][1]
            readers = readers_in_words(opened, one.readers)
            title = saying.title_of(one.text.measure)
            stdout.row(one.id, one.text.date.isoformat(), title, whose, total, readers)
        if not found:
            stderr.say(saying.NO_ANSWERS)


def show(context: typer.Context, answers_id: _Id, as_json: Json = False) -> None:
    """Show answers and their score. To a partner no band and no cut-off is shown."""
    complain()
    with couples_journal(context) as opened:
        found = opened.measures.get(answers_id)
        if as_json:
            stdout.json(answered_fields(opened, found))
            return
        stdout.field("id", found.id)
        stdout.field("measure", saying.title_of(found.text.measure))
        stdout.field("of", opened.members.label_of(found.text.of))
        stdout.field("date", found.text.date.isoformat())
        stdout.field("author", opened.members.label_of(found.author))
        stdout.field("words", found.text.pack or saying.ON_PAPER)
        stdout.field("readers", readers_in_words(opened, found.readers))
        for text in (found.text, *found.beside):
            stdout.text("")
            for heading, words in saying.score_lines(opened, text):
                stdout.field(heading, words)
            if (measure := content.known(text.measure)) is not None:
                pack = measure_packs.pack_with(measure.id, text.pack)
                is_staff = opened.me.role is not Role.PARTNER
                for label, words in answers_in_words(measure, text.answers, pack, for_staff=is_staff):
                    stdout.field(label, words)
        if lines := saying.crisis_lines(opened, found):
            stderr.say(lines)


def edit(
    context: typer.Context, answers_id: _Id, answers: _Answers, date: _Date = None, as_json: Json = False
) -> None:
    """Change answers you wrote down; the version before stays yours alone. Prints the id."""
    with couples_journal(context) as opened:
        before = opened.measures.get(answers_id)
        measure = content.measure(before.text.measure)
        given = _typed(measure, answers)
        _say_at_once(measure, given)
        change = journal.AnswersChange(given, date, before.versions)
        _saved(opened, opened.measures.edit(before.id, change), as_json)


def share(
    context: typer.Context,
    answers_id: _Id,
    who: Annotated[str, typer.Option("--with", metavar="LABELS", help=_LABELS)],
    as_json: Json = False,
) -> None:
    """Let others read answers you wrote down, each named by their label; never the other partner."""
    with options_of(context).unlocked(shares=True) as opened:
        found = opened.measures.share(answers_id, who)
        if as_json:
            stdout.json(answered_fields(opened, found))
        _say_readers(opened, found)


def withdraw(
    context: typer.Context,
    answers_id: _Id,
    who: Annotated[str, typer.Option("--from", metavar="LABELS", help="Labels, comma separated.")],
    as_json: Json = False,
) -> None:
    """Stop sharing answers you wrote down. What was read cannot be unread."""
    with couples_journal(context) as opened:
        found = opened.measures.withdraw(answers_id, who)
        if as_json:
            stdout.json(answered_fields(opened, found))
        stderr.say(
            f"{saying.WITHDRAWN} {readers_in_words(opened, found.readers)} can read these answers now."
        )


def delete(context: typer.Context, answers_id: _Id, as_json: Json = False) -> None:
    """Delete answers you wrote down, for all their readers."""
    with couples_journal(context) as opened:
        found = opened.measures.get(answers_id)
        if questions.is_interactive() and not questions.confirm("Delete these answers for good?"):
            stderr.say("Nothing was deleted.")
            return
        opened.measures.delete(found.id)
        if as_json:
            stdout.json({"deleted": found.id})
        stderr.say(saying.DELETED)


def history(context: typer.Context, answers_id: _Id, as_json: Json = False) -> None:
    """List the versions of answers you wrote down. Columns: number, saved at, answers, readers; oldest
    first."""
    with couples_journal(context) as opened:
        fields = [history_fields(opened, one) for one in opened.measures.history(answers_id)]
        if as_json:
            stdout.json(fields)
            return
        for one in fields:
            stdout.row(one["number"], one["saved"], one["typed"], ", ".join(map(str, one["readers"])) or NONE)


def _typed(measure: Measure, answers: str) -> tuple[int | None, ...]:
    return answers_from(measure, typed_answers(answers))


def _say_at_once(measure: Measure, given: Answers, *, is_from_paper: bool = False) -> None:
    """Say whom to call before anything is saved, where the safety item is at its mark."""
    if said := whom_to_call(measure, given, is_from_paper=is_from_paper):
        stderr.say(said)


def _asked_one_by_one(pack: measure_packs.Pack) -> tuple[int | None, ...]:
    """Ask each item in the words of the instrument."""
    if not questions.is_interactive():
        raise UsageError("Say the answers: measure answer NAME ANSWERS, or - for standard input.")
    for line in saying.introduction(pack):
        stderr.say(line)
    stderr.say(saying.LEAVE_OUT)
    given: list[int | None] = []
    for item in pack.items:
        for line in saying.question(pack, item):
            stderr.say(line)
        given.append(_one_answer(item))
    return tuple(given)


def _one_answer(item: measure_packs.PackItem) -> int | None:
    while True:
        typed = questions.ask(">")
        if not typed:
            return None
        try:
            return saying.chosen(item, typed)
        except UsageError as error:
            stderr.say(str(error))


def _saved(opened: "Journal", found: AnsweredMeasure, as_json: bool) -> None:
    """Print what was written, and who can read it."""
    if as_json:
        stdout.json(answered_fields(opened, found))
    else:
        stdout.row(found.id)
    _say_readers(opened, found)


def _say_readers(opened: "Journal", found: AnsweredMeasure) -> None:
    if len(found.readers) == 1:
        return
    stderr.say(f"{named(opened, found.readers)} can read these answers.")
    notice = crisis_notice(opened, found.readers)
    if notice and not saying.crisis_lines(opened, found):
        stderr.say(notice)
