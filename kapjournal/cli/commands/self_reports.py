"""What a partner reports of themselves: `check-in …` and `after-effects …`.

What can be done with a report is the same for both, so its commands are made once and added to either.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kapjournal.cli.fields import NONE
from kapjournal.cli.options import options_of
from kapjournal.cli.self_report_fields import self_report_fields
from kapjournal.content import self_reports as content
from kapjournal.domain.self_reports import Report, SelfReport
from kapjournal.presentation import self_reports as saying
from kapjournal.presentation.crisis_notice import crisis_notice
from kapjournal.presentation.people import named, readers_in_words
from kapjournal.stdio import file_or_stdin, questions, stderr, stdout

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.journal.self_reports import SelfReports

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Now = Annotated[
    bool, typer.Option("--now", help="Also to your partner on the day of a dose, when that otherwise waits.")
]
_Id = Annotated[str, typer.Argument(metavar="ID", help="Its id, or at least the first four characters.")]
_With = Annotated[str, typer.Option("--with", metavar="LABELS", help="Labels or roles, comma separated.")]
_From = Annotated[str, typer.Option("--from", metavar="LABELS", help="Labels, comma separated.")]
_Of = Annotated[str | None, typer.Option("--of", metavar="LABEL", help="Only of this partner.")]


@contextmanager
def couples_journal(context: typer.Context, *, shares: bool = False) -> "Iterator[Journal]":
    """The journal of a couple (`Refused` in a practice); what is wrong in the clinic's files is named."""
    for complaint in content.complaints():
        stderr.say(complaint)
    with options_of(context).unlocked(shares=shares) as opened:
        opened.check_ins.check_journal()
        yield opened


def register(app: typer.Typer, what: str, reports_of: "Callable[[Journal], SelfReports[Any]]") -> None:
    """Add to a group what can be done with every report; `what` is what one is called."""

    def list_(context: typer.Context, of: _Of = None, as_json: Json = False) -> None:
        with couples_journal(context) as opened:
            who = None if of is None else opened.members.get(of).id
            found = [one for one in reports_of(opened).all() if who in (None, one.author)]
            if as_json:
                stdout.json([self_report_fields(opened, one) for one in found])
                return
            for one in found:
                label, place = opened.members.label_of(one.author), saying.place_in_words(one.said)
                readers, words = readers_in_words(opened, one.readers), saying.in_a_row(opened, one)
                stdout.row(one.id, one.said.date.isoformat(), label, place or NONE, words or NONE, readers)

    def show(context: typer.Context, report_id: _Id, as_json: Json = False) -> None:
        with couples_journal(context) as opened:
            found = reports_of(opened).get(report_id)
            if as_json:
                stdout.json(self_report_fields(opened, found))
            else:
                stdout.field("id", found.id)
                stdout.field("of", opened.members.label_of(found.author))
                stdout.field("date", found.said.date.isoformat())
                stdout.field("when", saying.place_in_words(found.said))
                stdout.field("readers", readers_in_words(opened, found.readers))
                for heading, words in saying.lines_of(found.said):
                    stdout.field(heading, words)
            if found.author == opened.me.id:
                _tell(found.said)

    def share(
        context: typer.Context, report_id: _Id, who: _With, now: Now = False, as_json: Json = False
    ) -> None:
        with couples_journal(context, shares=True) as opened:
            saved(opened, reports_of(opened).share(report_id, who, now=now), as_json, is_new=False)

    def withdraw(context: typer.Context, report_id: _Id, who: _From, as_json: Json = False) -> None:
        with couples_journal(context) as opened:
            found = reports_of(opened).withdraw(report_id, who)
            if as_json:
                stdout.json(self_report_fields(opened, found))
            stderr.say(f"{saying.WITHDRAWN} {readers_in_words(opened, found.readers)} can read it now.")

    def delete(context: typer.Context, report_id: _Id, as_json: Json = False) -> None:
        with couples_journal(context) as opened:
            found = reports_of(opened).get(report_id)
            if questions.is_interactive() and not questions.confirm(f"Delete this {what} for good?"):
                stderr.say("Nothing was deleted.")
                return
            reports_of(opened).delete(found.id)
            if as_json:
                stdout.json({"deleted": found.id})
            stderr.say(saying.DELETED)

    columns = "Columns: id, day, whose, when in the course, what it says, readers."
    app.command("list", help=f"List each {what} that you can read, by day. {columns}")(list_)
    app.command("show", help=f"Show one {what}, with all that was said.")(show)
    app.command("share", help=f"Let others read a {what} of yours.")(share)
    app.command("withdraw", help=f"Stop sharing a {what} of yours. What was read cannot be unread.")(withdraw)
    app.command("delete", help=f"Delete a {what} of yours, for all its readers.")(delete)


def saved(opened: "Journal", found: SelfReport[Report], as_json: bool, *, is_new: bool = True) -> None:
    """Print what was written, and who can read it."""
    if as_json:
        stdout.json(self_report_fields(opened, found))
    elif is_new:
        stdout.row(found.id)
    if len(found.readers) > 1:
        stderr.say(f"{named(opened, found.readers)} can read it.")
        notice = crisis_notice(opened, found.readers)
        if notice and not saying.is_for_today(found.said):
            stderr.say(notice)
    _tell(found.said)


def _tell(said: Report) -> None:
    """Say to its author whom to call, where something of a card asks for it."""
    if sentence := saying.tell_the_clinic(said):
        stderr.say(sentence)


def typed_line(line: str, what: str) -> str:
    """A line as it was given, or the first one of standard input."""
    return file_or_stdin.first_line(line, what) if line == file_or_stdin.STDIN else line
