"""What commands share by which two approve words: the journal they are in, what is said of a yes and a no."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from kapjournal.cli.joint_fields import joint_fields
from kapjournal.cli.options import options_of
from kapjournal.domain import joint as rules
from kapjournal.domain.joint import Joint
from kapjournal.errors import Refused
from kapjournal.presentation import joint_deeds as deeds
from kapjournal.stdio import stderr, stdout

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@contextmanager
def couples_journal(context: typer.Context, *, shares: bool = False) -> "Iterator[Journal]":
    """The journal of a couple (`Refused` in a practice)."""
    with options_of(context).unlocked(shares=shares) as opened:
        if opened.is_practice:
            raise Refused(rules.ONLY_IN_A_COUPLES_JOURNAL)
        yield opened


def say_yes(opened: "Journal", joint: Joint, as_json: bool) -> None:
    """Print what was approved, and say how it stands then."""
    if as_json:
        stdout.json(joint_fields(opened, joint, opened.joints.all()))
    else:
        stdout.row(joint.id)
    stderr.say(deeds.after_yes(opened, joint))


def say_no(opened: "Journal", joint: Joint | None, as_json: bool) -> None:
    """Say what came of a no, or of a yes that was taken back; nothing is left of what only its author saw."""
    if as_json:
        stdout.json(None if joint is None else joint_fields(opened, joint, opened.joints.all()))
    stderr.say(deeds.after_no(joint))
