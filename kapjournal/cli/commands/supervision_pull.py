"""Lines of the record for a write-up, listed and pulled in: `supervision pull`."""

from typing import Annotated

import typer

from kapjournal.cli.practice import practice
from kapjournal.cli.write_up_options import JsonOption, WriteUpId
from kapjournal.content.forms import form_for
from kapjournal.domain.couples import NO_SUCH_COUPLE
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.pulling import places_from
from kapjournal.domain.supervision import BASIS
from kapjournal.errors import NotFound
from kapjournal.presentation import supervision_pulled as saying
from kapjournal.presentation.supervision_sources import read_candidates
from kapjournal.stdio import stderr, stdout
from kapjournal.text import shown_line


def register(app: typer.Typer) -> None:
    """Add the command to those of write-ups."""
    app.command("pull")(pull)


def pull(
    context: typer.Context,
    record_id: WriteUpId,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="One of `record forms supervision`.")],
    take: Annotated[
        str | None, typer.Option(metavar="NUMBERS", help="Pull these lines in: 3,5-9. Without it: list them.")
    ] = None,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why it needs this one line of your process note.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """List what of the record and of the couple's journal could stand in a field of a write-up, as it would
    stand there, or pull some of it in. Columns: number, group, line, where it is from.

    Names of the two, dates and amounts are left out. Where a line is from stays with you, in no copy that
    leaves. Of safety notes there is nothing, of their pages only what its author allowed, of process notes
    something in your own programme alone: one line at a time, with a reason."""
    asked = form_for(RecordKind.SUPERVISION).field(field).id
    with practice(context) as opened:
        record = opened.write_ups.get(record_id)
        couple = opened.couples.of(record.case)
        if couple is None:
            raise NotFound(NO_SUCH_COUPLE)
        basis = record.text.fields.get(BASIS, "")
        candidates = read_candidates(opened, couple, asked, basis)
        if take is not None:
            numbers = places_from(take, len(candidates.found))
            pulled = saying.taken([candidates.found[number - 1] for number in numbers], basis, reason)
            opened.write_ups.pull(record.id, pulled)
            if as_json:
                stdout.json([one for one in saying.fields(candidates) if one["number"] in numbers])
            stderr.say(saying.pulled_in(pulled))
            return
        if as_json:
            stdout.json(saying.fields(candidates))
        else:
            for number, one in enumerate(candidates.found, 1):
                stdout.row(number, shown_line(one.group), shown_line(one.line), shown_line(one.said))
        if said := saying.beside(candidates):
            stderr.say(said)
