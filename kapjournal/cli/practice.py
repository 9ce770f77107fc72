"""What the commands of a practice share: its door, its couples, and the options that name one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.cli.options import options_of
from kapjournal.domain.couples import Couple
from kapjournal.domain.ids import CaseId
from kapjournal.errors import UsageError

if TYPE_CHECKING:
    from kapjournal.journal import Journal

CoupleOption = Annotated[
    str | None,
    typer.Option("-c", "--couple", metavar="NAME", help="The couple, as you call them."),
]


@contextmanager
def practice(context: typer.Context, *, shares: bool = False) -> "Iterator[Journal]":
    """The practice itself, whichever couple is named."""
    with options_of(context).of_the_couple(None).unlocked(shares=shares) as opened:
        yield opened


def couple_name(context: typer.Context, name: str | None) -> str | None:
    """The couple that is named behind the command or, without it, before it."""
    return options_of(context).couple if name is None else name


def couple_of(context: typer.Context, opened: "Journal", name: str | None) -> Couple:
    """The couple that is named so (`UsageError` if none is, `NotFound`)."""
    return opened.couples.get(required(couple_name(context, name)))


def required(name: str | None) -> str:
    """A couple's name that has to be given (`UsageError`)."""
    if name is None:
        raise UsageError("Say which couple it is of: -c NAME.")
    return name


def by_case(opened: "Journal") -> dict[CaseId, Couple]:
    """The couples of a practice by the id that records name them by."""
    return {couple.case: couple for couple in opened.couples.all()}
