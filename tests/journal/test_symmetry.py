"""Whoever of the two does what: in two worlds in which they do the same in each other's place, each is told
what the other was told in the other world."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.dialogue_page import KeptPage
from kapjournal.domain.joint import JointKind, JointText
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal, NewNote
from kapjournal.presentation import (
    apart,
    booklet,
    brief,
    closing,
    cycle,
    cycle_view,
    dialogue,
    joint,
    joint_deeds,
    joint_history,
)
from kapjournal.presentation import kept_dialogues as kept
from kapjournal.presentation import steps as in_steps
from kapjournal.presentation import waiting as waits
from kapjournal.presentation.own_brief import read_own_brief

from .open_journals import OpenJournals, copy_of

NOW = dt.datetime(2097, 3, 4, 9, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def two_worlds(made_once: OpenJournals, tmp_path: Path) -> Iterator[list[OpenJournals]]:
    folders = [tmp_path / name for name in ("as it is", "exchanged")]
    for folder in folders:
        folder.mkdir()
    worlds = [copy_of(made_once, folder) for folder in folders]
    yield worlds
    for world in worlds:
        world.close()


def told(journal: Journal) -> list[str]:
    """All that a partner is told of what the two do, line by line, in no order; the booklet without its
    title, in which they stand by name."""
    every = journal.joints.all()
    lines = [
        *joint_deeds.reminders(journal),
        *kept.reminders(journal),
        *closing.reminders(journal),
        *waits.reminders(journal),
        *waits.offered(journal),
        *apart.before(journal),
        dialogue.why_not(journal),
        *in_steps.kinds(journal),
        *brief.lines(read_own_brief(journal)),
        booklet.why_not(journal) or str(booklet.read_booklet(journal).chapters),
    ]
    for one in every:
        lines += [joint.in_a_word(journal, one, every), *joint.standing_lines(journal, one, every)]
        lines += joint_history.less_lines(journal, one) + joint_history.versions(journal, one, every)
        lines += [f"{label}: {words}" for label, words in joint.lines_of(journal, one)]
        lines += [
            joint_deeds.why_not(journal, deed, one, every) for deed in ("approve", "take_back", "narrow")
        ]
    for one in kept.kept(journal):
        lines += kept.lines(one, kept.second_of(journal, one))
    view = cycle_view.read_loop(journal)
    lines += [view.title, *cycle.in_lines(view), *view.state, view.readers]
    return sorted(lines)


def exchanged(lines: list[str]) -> list[str]:
    """The lines with the names of the two in each other's place."""
    other = {"Ana": "Ben", "Ben": "Ana"}
    return sorted(re.sub("Ana|Ben", lambda found: other[found[0]], line) for line in lines)


def agreement(touch: str) -> JointText:
    return JointText(JointKind.AGREEMENT, (("touch", touch), ("stop", "Red")), TODAY)


def lived(world: OpenJournals, one: Journal, other: Journal) -> Iterator[tuple[list[str], list[str]]]:
    """What the two do, `one` first; after each deed, what each of them is told."""

    def both() -> tuple[list[str], list[str]]:
        world.look()
        return told(one), told(other)

    yield both()
    world.lee.sessions.add(kind=SessionKind.CLOSING, date=TODAY + dt.timedelta(days=3))
    first = one.joints.propose(agreement("Hands"))
    yield both()
    other.joints.approve(first.id)
    yield both()
    world.lee.joints.approve(first.id)
    yield both()
    other.joints.narrow(first.id, "No hands")
    yield both()
    second = other.joints.propose(agreement("Shoulders"))
    yield both()
    one.joints.take_back(second.id)
    yield both()
    page = KeptPage().filled(
        {
            "topic": "Sundays",
            "summary-first": "slow",
            "summary-second": "quiet",
            "request": "Tea",
            "request-until": str(TODAY + dt.timedelta(days=1)),
        },
        TODAY,
    )
    fields = page.fields(one.me.label)
    one.joints.together(other.joints, JointText(JointKind.DIALOGUE, fields, TODAY, page.review))
    yield both()
    one.joints.together(other.joints, JointText(JointKind.LOOP, (("name", "Sea fog"),), TODAY))
    one.notes.add(NewNote("## When\n\nthe door", kind=NoteKind.CYCLE))
    yield both()
    one.cycle.release()
    yield both()
    other.notes.add(NewNote("## When\n\nthe kettle", kind=NoteKind.CYCLE))
    other.cycle.release()
    yield both()
    other.cycle.add_otherwise("We laughed")
    yield both()
    one.joints.take_back(first.id)
    yield both()
    other.apart.end()
    yield both()


def test_each_is_told_what_the_other_would_be_told_in_their_place(two_worlds: list[OpenJournals]) -> None:
    here, there = two_worlds
    with clock.at(NOW):
        for step, (as_it_is, in_each_others_place) in enumerate(
            zip(lived(here, here.ana, here.ben), lived(there, there.ben, there.ana), strict=True)
        ):
            assert exchanged(as_it_is[0]) == in_each_others_place[0], step
            assert exchanged(as_it_is[1]) == in_each_others_place[1], step
