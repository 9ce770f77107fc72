"""Packs for a request for access to the record: `pack asked | due | answered | contents | own | joint`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal import exchange
from kapjournal.cli.options import path_from
from kapjournal.cli.practice import CoupleOption, by_case, couple_name, couple_of, practice
from kapjournal.cli.sealing import AgeOption, AgePassphraseFileOption, AgePassphraseOption, sealing_from
from kapjournal.domain.access_requests import AccessRequest, Ground, ground_from
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About
from kapjournal.domain.packs import PURPOSE, Withheld, about_from
from kapjournal.domain.parsing import past_day_from
from kapjournal.errors import UsageError
from kapjournal.exchange.pack import export_pack
from kapjournal.presentation import access_requests as asking
from kapjournal.presentation import packs as saying
from kapjournal.stdio import stderr, stdout

if TYPE_CHECKING:
    from kapjournal.exchange.age import Sealing
    from kapjournal.journal import Journal

app = typer.Typer(help="Answer requests for access to the record: own packs and the joint one.")

_Whose = Annotated[
    str, typer.Argument(metavar="WHO", help="A partner by the name you gave them, first or second; or both.")
]
_Partner = Annotated[
    str, typer.Argument(metavar="PARTNER", help="By the name you gave them, first or second.")
]
_File = Annotated[
    Path,
    typer.Argument(
        parser=path_from, metavar="FILE", help="A new file: its name ends in .md, .html, .docx or .pdf."
    ),
]
_WithholdOption = Annotated[
    list[str] | None,
    typer.Option(
        "--withhold",
        metavar="ID:GROUND",
        help="Leave a thing out that would go in, by its id in `pack contents`, on one of the grounds "
        f"{', '.join(Ground)}. May be given often. What was withheld before, on screen, stays so.",
    ),
]
_ToOption = Annotated[
    str,
    typer.Option("--to", metavar="NAME", help=f"Who gets it: whom both authorised, for “{PURPOSE}”."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def asked(
    context: typer.Context,
    who: _Whose,
    on: Annotated[
        str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="The day; today without it.")
    ] = None,
    couple: CoupleOption = None,
) -> None:
    """Note that a partner asked for their own pack, or both for the joint one. Prints its id. It is due in 30
    days, or in those that your clinic has set (access_days in practice.toml)."""
    day = None if on is None else past_day_from(on)
    with practice(context) as opened:
        theirs = couple_of(context, opened, couple)
        request = opened.packs.ask(theirs.case, about_from(who, theirs), day)
        stdout.row(request.id)
        stderr.say(asking.request_in_words(request, theirs))


@app.command()
def due(
    context: typer.Context,
    couple: CoupleOption = None,
    all_of_them: Annotated[bool, typer.Option("--all", help="Those too that were answered.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the requests that wait for a pack, by the day they are due. Columns: id, due, asked, whose pack,
    couple, answered."""
    with practice(context) as opened:
        name, couples = couple_name(context, couple), by_case(opened)
        case = None if name is None else opened.couples.get(name).case
        found = opened.packs.requests(case) if all_of_them else opened.packs.open_requests(case)
        if as_json:
            stdout.json([request_fields(one, couples.get(one.case)) for one in found])
            return
        for one in found:
            stdout.row(*asking.cells(one, couples.get(one.case)))


@app.command()
def answered(
    context: typer.Context,
    request_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a request.")],
) -> None:
    """Note that a request was answered without a pack."""
    with practice(context) as opened:
        request = opened.packs.answered(request_id)
        stderr.say(asking.noted_answered(request, opened.couples.of(request.case)))


@app.command()
def contents(
    context: typer.Context,
    who: _Whose,
    to: _ToOption = "",
    couple: CoupleOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what would go into a pack, and say what is never in it. Columns: id, day, part of the pack, what
    it is. Nothing is written."""
    with practice(context) as opened:
        theirs = couple_of(context, opened, couple)
        about = about_from(who, theirs)
        pack = opened.packs.gather(theirs.case, about, to)
        if as_json:
            stdout.json(
                {
                    "pack": saying.for_whom(theirs, about),
                    "due": pack.request.due.isoformat(),
                    "whole": pack.is_whole,
                    "items": [dict(zip(_ITEM, saying.item_cells(one), strict=True)) for one in pack.items],
                    "withholding": {one.item: one.ground.value for one in pack.withheld},
                    "withheld": [{"what": what, "why": why} for what, why in saying.always_withheld(about)],
                }
            )
            return
        for one in pack.items:
            stdout.row(*saying.item_cells(one))
        if not pack.is_whole:
            stderr.say(saying.NOT_WHOLE)
        for one, ground in pack.without(pack.withheld)[1]:
            stderr.say(saying.withheld_in_words(one, ground))
        stderr.say(saying.SAME_FOR_ALL)
        for what, why in saying.always_withheld(about):
            stderr.say(f"{what}: {why}")
        stderr.say(saying.REVIEW)


@app.command()
def own(
    context: typer.Context,
    partner: _Partner,
    dest: _File,
    withhold: _WithholdOption = None,
    couple: CoupleOption = None,
    age: AgeOption = None,
    age_passphrase: AgePassphraseOption = False,
    age_passphrase_file: AgePassphraseFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a partner's own pack: their own record and pages, what is withheld and why, and the day it is due.
    Prints where it is. Look at `pack contents` first."""
    sealing = sealing_from(age, age_passphrase, age_passphrase_file)
    with practice(context) as opened:
        theirs = couple_of(context, opened, couple)
        about = about_from(partner, theirs)
        if about is About.COUPLE:
            raise UsageError("An own pack is of one partner. For both: pack joint.")
        _make(opened, theirs, about, "", dest, withhold, sealing, as_json=as_json)


@app.command()
def joint(
    context: typer.Context,
    dest: _File,
    to: _ToOption = "",
    withhold: _WithholdOption = None,
    couple: CoupleOption = None,
    age: AgeOption = None,
    age_passphrase: AgePassphraseOption = False,
    age_passphrase_file: AgePassphraseFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the joint pack: what is about both, for somebody whom each partner authorises at this moment in
    their journal. Prints where it is. Look at `pack contents both` first."""
    sealing = sealing_from(age, age_passphrase, age_passphrase_file)
    with practice(context) as opened:
        theirs = couple_of(context, opened, couple)
        _make(opened, theirs, About.COUPLE, to, dest, withhold, sealing, as_json=as_json)


def _make(
    opened: "Journal",
    couple: Couple,
    about: About,
    to: str,
    dest: Path,
    withhold: list[str] | None,
    sealing: "Sealing | None",
    *,
    as_json: bool,
) -> None:
    pack = opened.packs.gather(couple.case, about, to)
    withheld = [*pack.withheld, *map(_withheld, withhold or ())]
    place, left = export_pack(opened, pack, withheld, dest, sealing=sealing, tell=stderr.say)
    if as_json:
        stdout.json(
            {
                "file": str(place),
                "pack": saying.for_whom(couple, about),
                "due": pack.request.due.isoformat(),
                "recipient": left.recipient,
                "items": left.items,
                "withheld": [{"what": what, "ground": ground.value} for what, ground in left.withheld],
                "sha256": left.sha256,
            }
        )
    else:
        stdout.row(place)
    stderr.say(asking.left_in_words(left))
    if not pack.is_whole:
        stderr.say(saying.NOT_WHOLE)
    stderr.say(str(sealing or exchange.NOT_SEALED))


def request_fields(one: AccessRequest, couple: Couple | None) -> dict[str, object]:
    """A request for a script."""
    return {
        "id": one.id,
        "couple": couple.name if couple else None,
        "pack": saying.for_whom(couple, one.about),
        "asked": one.asked.isoformat(),
        "due": one.due.isoformat(),
        "answered": one.answered.isoformat() if one.answered else None,
    }


_ITEM = ("id", "date", "part", "what")


def _withheld(typed: str) -> Withheld:
    item, colon, ground = typed.rpartition(":")
    if not colon:
        raise UsageError(f"Say on which ground: {typed}:{Ground.CONFIDENCE}, or one of {', '.join(Ground)}.")
    return Withheld(item, ground_from(ground))
