"""What the two authorise, and pages that may be used: `authorise propose | approve | revoke | list | page |
pages`."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.cli.joint_answers import couples_journal, say_no, say_yes
from kapjournal.cli.joint_fields import joint_fields
from kapjournal.domain.authorisation import PURPOSE, RECIPIENT, words_of
from kapjournal.domain.joint import Joint
from kapjournal.domain.parsing import day_from
from kapjournal.errors import UsageError
from kapjournal.exchange.json_fields import iso_time
from kapjournal.presentation import authorising as words
from kapjournal.presentation import joint as saying
from kapjournal.presentation import joint_deeds as deeds
from kapjournal.stdio import stderr, stdout

if TYPE_CHECKING:
    from kapjournal.journal import Journal

app = typer.Typer(
    no_args_is_help=True,
    help="Who may be told about you two, by the yes of both, and which pages may be used.",
)

_Id = Annotated[str, typer.Argument(metavar="ID", help="Its id, or at least its first four characters.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def listed(context: typer.Context, as_json: _Json = False) -> None:
    """List what the two authorise, what waits for your yes first. Columns: id, who may be told, what for,
    until when, how it stands."""
    with couples_journal(context) as opened:
        every = opened.joints.all()
        found = [one for one in saying.in_order(opened, every) if words.is_authorisation(one)]
        if as_json:
            stdout.json([joint_fields(opened, one, every) for one in found])
            return
        for one in found:
            until = one.text.review.isoformat() if one.text.review else ""
            stands = saying.in_a_word(opened, one, every)
            stdout.row(one.id, one.text.field(RECIPIENT), one.text.field(PURPOSE), until, stands)
        if not found:
            stderr.say(words.NOTHING_YET)


@app.command()
def propose(
    context: typer.Context,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Who may be told: one name.")],
    purpose: Annotated[str, typer.Option(metavar="TEXT", help="What for, in one line.")],
    until: Annotated[
        dt.date, typer.Option(parser=day_from, metavar="YYYY-MM-DD", help="The last day on which it holds.")
    ],
    as_json: _Json = False,
) -> None:
    """Put it to your partner, with your own yes, that somebody may be told about you two. Prints its id."""
    text = words_of(to, purpose, until)
    with couples_journal(context, shares=True) as opened:
        joint = opened.joints.propose(text)
        say_yes(opened, joint, as_json)
        for sentence in deeds.put_so(opened, text):
            stderr.say(sentence)


@app.command()
def approve(context: typer.Context, joint_id: _Id, as_json: _Json = False) -> None:
    """Say yes to an authorisation that was put to you. Prints its id."""
    with couples_journal(context, shares=True) as opened:
        joint = opened.joints.approve(_find(opened, joint_id).id)
        say_yes(opened, joint, as_json)
        stderr.say(words.in_a_sentence(opened, joint.text))


@app.command()
def revoke(context: typer.Context, joint_id: _Id, as_json: _Json = False) -> None:
    """Say no, or take your yes back, for what has not left. It holds no longer then, for anybody."""
    with couples_journal(context) as opened:
        joint = opened.joints.take_back(_find(opened, joint_id).id)
        say_no(opened, joint, as_json)


@app.command()
def page(
    context: typer.Context,
    note_id: Annotated[
        str, typer.Argument(metavar="NOTE", help="A page of yours that a therapist can read.")
    ],
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take that back, for what has not left.")
    ] = False,
    as_json: _Json = False,
) -> None:
    """Allow one page of yours to be used for supervision, in these very words."""
    with couples_journal(context, shares=not withdraw) as opened:
        if withdraw:
            opened.page_consents.withdraw(note_id)
        else:
            note_id = opened.page_consents.give(note_id).note
        if as_json:
            stdout.json({"note": note_id, "may_be_used": not withdraw})
        stderr.say(words.PAGE_TAKEN_BACK if withdraw else words.ALLOWED)


@app.command()
def pages(context: typer.Context, as_json: _Json = False) -> None:
    """List the pages that may be used for supervision now: yours or, for a therapist, those of both partners.
    Columns: id of the page, its day, whose it is, its name."""
    with couples_journal(context) as opened:
        found = [(one, opened.notes.get(one.note)) for one in opened.page_consents.all()]
        label = opened.members.label_of
        if as_json:
            stdout.json(
                [
                    {"note": one.note, "by": label(one.author), "allowed": iso_time(one.written)}
                    for one, _ in found
                ]
            )
            return
        for one, note in found:
            stdout.row(one.note, note.text.date.isoformat(), label(one.author), note.text.name)
        if not found:
            stderr.say(words.NO_PAGES)


def _find(opened: "Journal", joint_id: str) -> Joint:
    joint = opened.joints.get(joint_id)
    if not words.is_authorisation(joint):
        raise UsageError(words.NO_AUTHORISATION)
    return joint
