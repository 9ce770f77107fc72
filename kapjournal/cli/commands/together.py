"""What two approve together: `together list | show | propose | approve | take-back | narrow`."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.cli.joint_answers import couples_journal, say_no, say_yes
from kapjournal.cli.joint_fields import joint_fields
from kapjournal.content.joint import complaints, form_of
from kapjournal.domain.joint import JointKind
from kapjournal.domain.parsing import day_from
from kapjournal.errors import UsageError
from kapjournal.presentation import authorising
from kapjournal.presentation import joint as saying
from kapjournal.presentation import joint_deeds as deeds
from kapjournal.presentation import joint_history as history
from kapjournal.stdio import file_or_stdin, stderr, stdout
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

app = typer.Typer(no_args_is_help=True, help="What you two approve together, and what less you ask for.")

_Id = Annotated[str, typer.Argument(metavar="ID", help="Its id, or at least its first four characters.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


_WRITTEN_HERE = tuple(kind for kind in JointKind if kind is not JointKind.AUTHORISATION)


def _kind_from(word: str, kinds: Sequence[JointKind] = tuple(JointKind)) -> JointKind:
    if word not in kinds:
        raise UsageError(f"“{shown_line(word)}” is none of {', '.join(kinds)}.")
    return JointKind(word)


def _written_here(word: str) -> JointKind:
    if word == JointKind.AUTHORISATION:
        raise UsageError(authorising.WRITTEN_DOWN_THERE)
    return _kind_from(word, _WRITTEN_HERE)


@app.command("list")
def listed(
    context: typer.Context,
    kind: Annotated[
        JointKind | None,
        typer.Option(parser=_kind_from, metavar="|".join(JointKind), help="One kind alone."),
    ] = None,
    as_json: _Json = False,
) -> None:
    """List what you two approve, what waits for your yes first. Columns: id, day, kind, of whom, how it
    stands, first words."""
    with _couples_journal(context) as opened:
        every = opened.joints.all()
        found = [one for one in saying.in_order(opened, every) if kind in (None, one.text.kind)]
        if as_json:
            stdout.json([joint_fields(opened, one, every) for one in found])
            return
        for one in found:
            who, stands = opened.members.label_of(one.author), saying.in_a_word(opened, one, every)
            stdout.row(
                one.id, one.text.date.isoformat(), one.text.kind.value, who, stands, saying.first_words(one)
            )
        if not found:
            stderr.say(saying.NOTHING_YET)


@app.command()
def show(context: typer.Context, joint_id: _Id, as_json: _Json = False) -> None:
    """Print the words, and say how it stands with them. Columns: the name of a field, what stands in it."""
    with _couples_journal(context) as opened:
        joint, every = opened.joints.get(joint_id), opened.joints.all()
        if as_json:
            stdout.json(joint_fields(opened, joint, every))
            return
        for name, words in joint.text.fields:
            stdout.row(name, words)
        for sentence in saying.standing_lines(opened, joint, every):
            stderr.say(sentence)
        less, before = history.less_lines(opened, joint), history.versions(opened, joint, every)
        for sentence in [history.LESS, *less] if less else []:
            stderr.say(sentence)
        for sentence in before:
            stderr.say(sentence)


@app.command()
def propose(
    context: typer.Context,
    kind: Annotated[
        JointKind, typer.Argument(parser=_written_here, metavar="|".join(_WRITTEN_HERE), help="What it is.")
    ],
    field: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=TEXT",
            help="What stands in a field; once for each. - as the text is standard input. Without any, the "
            "names of the fields are printed.",
        ),
    ] = None,
    date: Annotated[
        dt.date | None,
        typer.Option(parser=day_from, metavar="YYYY-MM-DD", help="The day, if it is not today."),
    ] = None,
    review: Annotated[
        dt.date | None,
        typer.Option(parser=day_from, metavar="YYYY-MM-DD", help="The day on which it comes back."),
    ] = None,
    for_therapists: Annotated[
        bool, typer.Option("--for-therapists", help="Let the therapists read it, once it holds.")
    ] = False,
    as_json: _Json = False,
) -> None:
    """Put words to your partner, with your own yes. Prints their id."""
    if not field:
        with _couples_journal(context) as opened:
            two = saying.names_of_two(opened)
        for one in form_of(kind).fields:
            stdout.row(one.name, saying.label_of(kind, one.name, two), one.prompt)
        return
    said = _said(kind, field)
    with _couples_journal(context, shares=True) as opened:
        text = saying.text_of(kind, said, date=date, review=review, for_therapists=for_therapists)
        joint = opened.joints.propose(text)
        say_yes(opened, joint, as_json)
        stderr.say(saying.who_reads(opened, text))


@app.command()
def approve(context: typer.Context, joint_id: _Id, as_json: _Json = False) -> None:
    """Say yes to words that were put to you. Prints their id."""
    with _couples_journal(context, shares=True) as opened:
        say_yes(opened, opened.joints.approve(joint_id), as_json)


@app.command()
def take_back(context: typer.Context, joint_id: _Id, as_json: _Json = False) -> None:
    """Say no, or take your yes back, also when it held. What you wrote and does not hold yet is deleted."""
    with _couples_journal(context) as opened:
        joint = opened.joints.take_back(joint_id)
        say_no(opened, joint, as_json)


@app.command()
def narrow(
    context: typer.Context,
    joint_id: _Id,
    line: Annotated[str, typer.Argument(metavar="LINE|-", help="One line; - is standard input.")],
    as_json: _Json = False,
) -> None:
    """Ask for less than the agreement that holds says. It counts at once, at any time."""
    words = file_or_stdin.body(line).strip() if line == file_or_stdin.STDIN else line
    with _couples_journal(context, shares=True) as opened:
        joint = opened.joints.narrow(joint_id, words)
        if as_json:
            stdout.json(joint_fields(opened, joint, opened.joints.all()))
        stderr.say(deeds.LESS_ASKED)


@contextmanager
def _couples_journal(context: typer.Context, *, shares: bool = False) -> "Iterator[Journal]":
    """The journal of a couple (`Refused` in a practice); what is wrong in the clinic's file is named."""
    for complaint in complaints():
        stderr.say(complaint)
    with couples_journal(context, shares=shares) as opened:
        yield opened


def _said(kind: JointKind, given: Sequence[str]) -> dict[str, str]:
    known, said = [one.name for one in form_of(kind).fields], dict[str, str]()
    for one in given:
        name, is_said, words = one.partition("=")
        if not is_said or name not in known:
            raise UsageError(f"--field {shown_line(name)}: NAME=TEXT, with a NAME of {', '.join(known)}.")
        if name in said:
            raise UsageError(f"--field {name}: given twice.")
        said[name] = file_or_stdin.body(words) if words == file_or_stdin.STDIN else words
    return said
