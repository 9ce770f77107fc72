"""Which couple a command of the record means, and the practice in which it stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.cli.options import options_of
from kapjournal.domain.couples import Couple
from kapjournal.domain.ids import CaseId

if TYPE_CHECKING:
    from kapjournal.journal import Journal

CoupleOption = Annotated[
    str | None,
    typer.Option("-c", "--couple", metavar="NAME", help="The couple, as you call them."),
]


def couple_of(context: typer.Context, name: str | None) -> str | None:
    """The couple that is named behind the command or, without it, before it."""
    return options_of(context).couple if name is None else name


@contextmanager
def practice(context: typer.Context, *, shares: bool = False) -> "Iterator[Journal]":
    """The practice itself, whichever couple is named."""
    with options_of(context).of_the_couple(None).unlocked(shares=shares) as opened:
        yield opened


def by_case(opened: "Journal") -> dict[CaseId, Couple]:
    """The member's couples by what stays of them."""
    return {couple.case: couple for couple in opened.couples.all()}
