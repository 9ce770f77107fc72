"""Pages that wait: `waiting | waiting offers | send | keep | close | open | take-back`."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal import clock
from kapjournal.cli.options import options_of
from kapjournal.domain.members import folded
from kapjournal.domain.notes import Note
from kapjournal.domain.offers import Offer
from kapjournal.domain.parsing import day_from
from kapjournal.domain.waiting import BothFirst, Hold, NextSession, Until, WaitingPage
from kapjournal.exchange import note_fields
from kapjournal.exchange.json_fields import iso_time
from kapjournal.presentation import waiting as saying
from kapjournal.stdio import stderr, stdout

if TYPE_CHECKING:
    from kapjournal.journal import Journal

app = typer.Typer(help="See what of yours waits, send it now or keep it.")

_Id = Annotated[str, typer.Argument(metavar="ID", help="Its id, or at least its first four characters.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_WHO = "Of those it waits for, these: labels or roles, comma separated. Without it, all."


@app.callback(invoke_without_command=True)
def waiting(context: typer.Context, as_json: _Json = False) -> None:
    """List what of yours waits. Columns: id, day, kind, what it waits for, title or first words."""
    if context.invoked_subcommand:
        return
    with options_of(context).unlocked() as opened:
        pages = opened.waiting.all()
        if as_json:
            stdout.json([waiting_fields(opened, page) for page in pages])
            return
        for page in pages:
            note = page.note
            said = " ".join(saying.in_words(opened, page.waiting))
            stdout.row(note.id, note.text.date.isoformat(), note.text.kind.value, said, note.text.name)
            for sentence in saying.why_it_stays(page):
                stderr.say(f"{note.text.name}: {sentence}")
        if not pages:
            stderr.say(saying.NOTHING_WAITS)


@app.command()
def offers(context: typer.Context, as_json: _Json = False) -> None:
    """List what your partner offers you. Columns: id, when, who, what it is about."""
    with options_of(context).unlocked() as opened:
        found = opened.offers.to_me()
        if as_json:
            stdout.json([_offer_fields(opened, offer) for offer in found])
            return
        for offer in found:
            who = opened.members.label_of(offer.author)
            stdout.row(offer.id, clock.local(offer.written).date().isoformat(), who, offer.about)
        for sentence in saying.offered(opened):
            stderr.say(sentence)


@app.command()
def send(
    context: typer.Context,
    note_id: _Id,
    who: Annotated[str, typer.Option("--to", metavar="WHO", help=_WHO)] = "",
    as_json: _Json = False,
) -> None:
    """Send a page of yours now that waits."""
    with options_of(context).unlocked(shares=True) as opened:
        _say(opened, opened.waiting.send_now(note_id, who), as_json)


@app.command()
def keep(
    context: typer.Context,
    note_id: _Id,
    who: Annotated[str, typer.Option("--from", metavar="WHO", help=_WHO)] = "",
    as_json: _Json = False,
) -> None:
    """Keep a page of yours that waits: those it waits for do not get it."""
    with options_of(context).unlocked() as opened:
        note = opened.waiting.keep(note_id, who)
        stderr.say(saying.KEPT if not opened.waiting.of(note).holds and note.is_private else "")
        _say(opened, note, as_json)


@app.command()
def close(
    context: typer.Context,
    note_id: _Id,
    until: Annotated[
        dt.date,
        typer.Option("--until", parser=day_from, metavar="YYYY-MM-DD", help="The day on which it opens."),
    ],
    as_json: _Json = False,
) -> None:
    """Close a letter or a decision of yours until a day: its words are shown nowhere before."""
    with options_of(context).unlocked() as opened:
        _say_waits(opened, opened.waiting.close(note_id, until), as_json)


@app.command("open")
def open_now(context: typer.Context, note_id: _Id, as_json: _Json = False) -> None:
    """Open a letter or a decision of yours now, or note that you know it has opened."""
    with options_of(context).unlocked() as opened:
        _say_waits(opened, opened.waiting.open_now(note_id), as_json)


@app.command()
def take_back(context: typer.Context, note_id: _Id, as_json: _Json = False) -> None:
    """Take a page out of the tray that you deleted on the day of a dose."""
    with options_of(context).unlocked() as opened:
        note = opened.waiting.take_back(note_id)
        stderr.say(saying.TAKEN_BACK)
        _say_waits(opened, note, as_json)


def _say_waits(opened: "Journal", note: Note, as_json: bool) -> None:
    if as_json:
        stdout.json(note_fields(opened, note, body=False))
    else:
        stdout.row(note.id)
    for sentence in saying.in_words(opened, opened.waiting.of(note)):
        stderr.say(sentence)


def _say(opened: "Journal", note: Note, as_json: bool) -> None:
    if as_json:
        stdout.json(note_fields(opened, note, body=False))
    for sentence in saying.after_sharing(opened, note):
        stderr.say(sentence)


def waiting_fields(journal: "Journal", page: WaitingPage) -> dict[str, object]:
    """A page that waits, for a script: its note without the words, why it `stays` if it does, and `waits`:
    for whom, `until` when (UTC), or since when for the `next_session`, null where it is not that, and whether
    it is `both_first`."""
    stays = [obstacle.name.lower().replace("_", "-") for obstacle in page.obstacles]
    holds = sorted(page.waiting.holds, key=lambda hold: folded(journal.members.label_of(hold.reader)))
    return {
        **note_fields(journal, page.note, body=False),
        "waits": [_hold_fields(journal, hold) for hold in holds],
        "stays": stays,
        "tray": iso_time(page.waiting.tray) if page.waiting.tray else None,
        "opens": page.waiting.opens.isoformat() if page.waiting.opens else None,
    }


def _hold_fields(journal: "Journal", hold: Hold) -> dict[str, object]:
    condition = hold.condition
    return {
        "reader": journal.members.label_of(hold.reader),
        "until": iso_time(condition.moment) if isinstance(condition, Until) else None,
        "next_session": iso_time(condition.since) if isinstance(condition, NextSession) else None,
        "both_first": isinstance(condition, BothFirst),
    }


def _offer_fields(journal: "Journal", offer: Offer) -> dict[str, object]:
    """What the partner offers, for a script."""
    return {
        "id": offer.id,
        "by": journal.members.label_of(offer.author),
        "about": offer.about,
        "written": iso_time(offer.written),
    }
