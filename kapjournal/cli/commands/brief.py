"""What a therapist needs before a session, and a partner's own page before it: `brief`."""

from typing import Annotated

import typer

from kapjournal.cli.practice import CoupleOption, couple_name, couple_of, practice
from kapjournal.domain.members import Role
from kapjournal.presentation import brief as saying
from kapjournal.presentation.brief_view import read_brief
from kapjournal.presentation.own_brief import read_own_brief
from kapjournal.stdio import stdout


def brief(
    context: typer.Context,
    couple: CoupleOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print one page on a couple before a session: marks, their words, intentions, what was agreed, effects,
    measures that changed beyond chance, the last plan, what is unsigned. A section without anything is left
    out.

    Behind a partner's door, without -c, it is their own page: what they marked to bring, and what both of
    them approved."""
    with practice(context) as opened:
        if opened.me.role is Role.PARTNER and couple_name(context, couple) is None:
            found = read_own_brief(opened)
        else:
            found = read_brief(opened, couple_of(context, opened, couple))
    if as_json:
        stdout.json(saying.fields(found))
        return
    for line in saying.lines(found):
        stdout.text(line)
