"""Pages written in steps, in words: what each begins with, and what is said on the way."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content.steps import KINDS, sheet_of
from kapjournal.domain.notes import Draft, NoteKind, kinds_offered, new_draft
from kapjournal.domain.steps import Answers, is_in_steps, page
from kapjournal.errors import Refused

if TYPE_CHECKING:
    from kapjournal.journal import Journal

TITLES: Mapping[NoteKind, str] = {
    NoteKind.PARTS: "Parts check-in",
    NoteKind.CYCLE: "My half of our loop",
    NoteKind.WITNESS: "As a witness would tell it",
}
"""What a page of a kind that is written in steps is called until its author calls it otherwise."""

NOTHING_YET = "Nothing is answered yet."
KEPT = "What you answered is kept as a draft, which only you can open."
IS_A_NOTE = "It is a note now. Only you can read it."
FOR_PARTNERS = "Pages in steps are for partners."

STEPS = "steps"
WHICH_WAY: Mapping[NoteKind, str] = {
    NoteKind.PARTS: "A page about a part of you. How?",
    NoteKind.CYCLE: "Your half of the loop. How?",
    NoteKind.WITNESS: "A page as a witness. How?",
}
WAYS = (
    (STEPS, "Step by step", "a question at a time; any can be passed"),
    ("page", "A free page", "with the same questions above it"),
)
"""The ways to write such a page: what each is by, what it is called, and what it is like."""

_COMMANDS = {NoteKind.PARTS: "parts", NoteKind.CYCLE: "loop", NoteKind.WITNESS: "witness"}


def kinds(journal: "Journal", now: NoteKind | None = None) -> tuple[NoteKind, ...]:
    """The kinds of note that the member at the keyboard can choose from, that of a page as it is `now` among
    them."""
    return kinds_offered(journal.me.role, now, is_kept_for_the_room=journal.policies.dialogue_in_the_room)


def witness_is_offered(journal: "Journal") -> bool:
    """Whether the page of a witness is put before the member; it is for partners."""
    return NoteKind.WITNESS in kinds(journal)


def step_by_step(kind: NoteKind) -> str:
    """Where a free page can be written step by step, for who hears it; nothing for other kinds."""
    command = _COMMANDS.get(kind)
    return f"This is a free page. To be asked step by step, go back and choose {command}." if command else ""


def begin(journal: "Journal", kind: NoteKind) -> Draft:
    """An empty page of the kind, for its author alone."""
    draft = new_draft(journal.me.id, journal.me.role, clock.today())
    return replace(draft, text=replace(draft.text, kind=kind, title=TITLES[kind]))


def filled(journal: "Journal", kind: NoteKind, answers: Answers) -> Draft:
    """The page with all its answers (`Refused` if there is none)."""
    draft, body = begin(journal, kind), page(sheet_of(kind).steps, answers)
    if not body:
        raise Refused(NOTHING_YET)
    return replace(draft, text=replace(draft.text, body=body))


def kind_in_steps(draft: Draft) -> NoteKind | None:
    """Of which kind in steps a draft on its way is; None for one that is written freely."""
    return next((kind for kind in KINDS if is_in_steps(kind, sheet_of(kind).steps, draft)), None)


def how_far(kind: NoteKind, place: int) -> str:
    """Which step it is, from 0: “2 of 6”."""
    return f"{place + 1} of {len(sheet_of(kind).steps)}"
