"""The loop read from an open journal, and how it stands before both halves are released."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kapjournal.content.steps import sheet_of
from kapjournal.domain.cycle import NO_HALF, Loop, is_half, said_on
from kapjournal.domain.joint import JointKind
from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind
from kapjournal.presentation import cycle as saying
from kapjournal.presentation.cycle import FieldOfBoth, LoopView, Otherwise, Words
from kapjournal.presentation.people import partner_of_me, readers_in_words
from kapjournal.presentation.readers import listed
from kapjournal.presentation.sharing import beside
from kapjournal.presentation.waiting import about_offer, of_page, under_way
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def read_loop(journal: "Journal") -> LoopView:
    """Read the loop, with the name that both partners approved."""
    found = journal.cycle.loop()
    fields = tuple(_fields(journal, found)) if found.halves else ()
    lines = tuple(
        Otherwise(one.text.date, journal.members.label_of(one.author), one.words, one.id)
        for one in found.otherwise
    )
    readers = ""
    if found.halves:
        of_both = frozenset.intersection(*(half.readers for half in found.halves))
        readers = f"{readers_in_words(journal, of_both)} can read both halves."
    named = journal.joints.holding(JointKind.LOOP) if found.halves else None
    name = named.text.field("name") if named else ""
    return LoopView(name, fields, lines, tuple(_state(journal, found)), readers, found.own)


def _fields(journal: "Journal", found: Loop) -> Iterator[FieldOfBoth]:
    steps = sheet_of(NoteKind.CYCLE).steps
    halves = [(journal.members.label_of(half.author), said_on(steps, half)) for half in found.halves]
    for step in steps:
        said = tuple(Words(who, half.by_step[step.id]) for who, half in halves if step.id in half.by_step)
        if said:
            yield FieldOfBoth(step.id, step.question, said)
    freely = tuple(Words(who, half.freely) for who, half in halves if half.freely.strip())
    if freely:
        yield FieldOfBoth("", saying.FREELY, freely)


def _state(journal: "Journal", found: Loop) -> Iterator[str]:
    """How it stands: with the halves that are shown, and with the member's own."""
    for half in found.halves:
        if half.author != journal.me.id and (said := about_offer(half, journal)):
            yield f"{shown_line(journal.members.label_of(half.author))}: {said}"
    if journal.me.role is not Role.PARTNER:
        if not found.halves:
            yield saying.CLINIC_NOT_OUT
        return
    if not found.halves:
        yield saying.NOT_OUT
    yield from _of_mine(journal, found)
    yield from (
        under_way(note, has_ended=journal.apart.has_ended)
        for note in journal.offers.under_way()
        if is_half(note)
    )
    for offer in journal.cycle.offered():
        yield saying.THEIRS.format(partner=shown_line(journal.members.label_of(offer.author)))


def _of_mine(journal: "Journal", found: Loop) -> Iterator[str]:
    if found.own is None:
        yield NO_HALF
    elif found.own.id not in {half.id for half in found.halves}:
        pages = [page for page in journal.waiting.all() if page.note.id == found.own.id]
        waits = [said for page in pages for said in of_page(journal, page)]
        if waits:
            yield " ".join([saying.WRITTEN, *waits])
        if found.halves:
            yield saying.A_NEWER_ONE
        elif found.own.is_private and not waits:
            yield saying.ONLY_YOU


def what_releasing_does(journal: "Journal") -> str:
    """What releasing a half does, in sentences."""
    partner = partner_of_me(journal)
    return saying.RELEASING.format(partner=shown_line(partner.label) if partner else "Your partner")


def who_reads_a_line(journal: "Journal", country: str) -> list[str]:
    """Who will read a line on a time it went otherwise, and what is said beside that."""
    readers = journal.cycle.others_of(journal.cycle.loop().halves)
    names = listed([shown_line(one.label) for one in readers] or ["Nobody else"])
    ids = {one.id for one in readers}
    members, policy = journal.members.all(), journal.policies.current()
    return [saying.READ_IT.format(readers=names), *beside(policy, ids, members, journal.me, country)]
