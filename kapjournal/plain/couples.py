"""The couples of a practice: add one, open their journal, say where it lies and how it opens."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kapjournal import paths
from kapjournal.domain.couples import NOT_KNOWN_WHERE, Couple, couple_name
from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import folded
from kapjournal.domain.parsing import number_from
from kapjournal.errors import NotFound, Refused, UnlockFailed
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import Entry, Menu, offer, pick
from kapjournal.presentation import couples as wording
from kapjournal.presentation.progress import in_quarters
from kapjournal.stdio.lazy_imports import journal as journals
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

V = TypeVar("V")


def add(practice: Unlocked) -> None:
    """Add a couple whose journal the member is in."""
    console, use_cases = practice.console, practice.journal.couples
    taken = [couple.name for couple in use_cases.all()]
    name = console.ask_for("What do you call them?", lambda answer: couple_name(answer, taken), wording.NAMES)
    path = console.ask_for("The path of their journal’s file:", _journal_file)
    console.say(wording.ONE_FOR_ALL)
    opens = console.yes(wording.OPENS_SO)
    added = _with_key(practice, path, partial(use_cases.add, name, path, opens=opens))
    console.say(wording.added(added))


def open_journal(practice: Unlocked, couple: Couple) -> "Journal | None":
    """The open journal of a couple; None if it is not where it was, or not to be opened as it was, and the
    member leaves it so."""
    opened, path = practice.journal, couple.path
    if path is None:
        raise NotFound(NOT_KNOWN_WHERE)
    try:
        if couple.opens:
            return opened.open_couple(couple.case, in_quarters(practice.console.say))
        return _with_key(practice, path, partial(opened.unlock_couple, couple.case))
    except (NotFound, Refused) as error:
        practice.console.say(str(error))
        found = _locate(practice, couple.case)
    except UnlockFailed as error:
        practice.console.say(str(error))
        if not practice.console.yes(wording.LET_OPEN_AGAIN):
            return None
        found = _with_key(practice, path, partial(opened.couples.let_open, couple.case))
    return open_journal(practice, found) if found else None


def _with_key(practice: Unlocked, path: Path, deed: Callable[..., V]) -> V:
    """Do something with what opens the member's door in a journal, asked for until it does."""
    console = practice.console
    label = _own_door(practice, journals.doors(path))
    while True:
        passphrase = console.secret(
            f"The passphrase of {label or 'your door'} in {path.name}:",
            "This is the passphrase of your door in the couple’s journal, not that of your practice. What "
            "you type is not shown.",
        )
        console.say("Opening.")
        try:
            return deed(label=label, passphrase=passphrase)
        except UnlockFailed as error:
            console.say(str(error), "Back leaves it.")


def _own_door(practice: Unlocked, labels: list[str]) -> str | None:
    """Which of a journal's doors is the member's; Enter takes the one with the label they have here."""
    if len(labels) < 2:
        return labels[0] if labels else None
    mine = next((label for label in labels if folded(label) == folded(practice.journal.me.label)), None)
    choices = {label: label for label in labels}
    if mine is None:
        return pick(practice.console, "Your door there, number or name:", choices)
    return pick(
        practice.console, f"Your door there, number or name; Enter for {mine}:", {**choices, "": mine}
    )


def _journal_file(answer: str) -> Path:
    path = paths.typed_file(answer)
    journals.doors(path)  # refuses what is no journal before more is asked
    return path


# changing one


@dataclass(frozen=True, slots=True)
class ChosenCouple:
    """A couple the member chose to change something of."""

    practice: Unlocked
    case: CaseId

    @property
    def now(self) -> Couple:
        """The couple as it is now."""
        return self.practice.journal.couples.all()[self.place - 1]

    @property
    def place(self) -> int:
        """Its place in the list, from 1."""
        cases = [couple.case for couple in self.practice.journal.couples.all()]
        return cases.index(self.case) + 1


def change(practice: Unlocked) -> None:
    """Offer what can be changed of a couple."""
    known: dict[str, CaseId | None] = {couple.name: couple.case for couple in practice.journal.couples.all()}
    case = pick(practice.console, "Which of them, number or name? Enter for nobody:", {**known, "": None})
    if case is not None:
        offer(practice.console, _CHANGE, ChosenCouple(practice, case))


def _rename(chosen: ChosenCouple) -> None:
    console, use_cases = chosen.practice.console, chosen.practice.journal.couples
    renamed = console.ask_for(
        "What do you call them from now on? Enter leaves it:",
        lambda answer: use_cases.rename(chosen.case, answer) if answer else None,
        wording.NAMES,
    )
    console.say(wording.renamed(renamed) if renamed else "")


def _names(couple: Couple) -> str:
    return f"{shown_line(couple.first)} and {shown_line(couple.second)}" if couple.first else "not said"


def _partners(chosen: ChosenCouple) -> None:
    console = chosen.practice.console
    first = console.ask("Who counts as the first partner? A name, or Enter to leave it:")
    if first:
        second = console.ask("And the second?")
        named = chosen.practice.journal.couples.name_partners(chosen.case, first, second)
        console.say(f"Records call them {_names(named)}.")


def _move(chosen: ChosenCouple) -> None:
    console, use_cases = chosen.practice.console, chosen.practice.journal.couples
    place = console.ask_for(
        "Their place in your list, 1 for the first. Enter leaves it:",
        lambda answer: number_from(answer) if answer else None,
    )
    if place is not None:
        use_cases.move(chosen.case, max(0, place - 1))
        console.say(wording.moved(chosen.now, chosen.place))


def _locate(practice: Unlocked, case: CaseId) -> Couple | None:
    """Ask where the journal of a couple lies now, until it is theirs or the member leaves it."""
    use_cases = practice.journal.couples
    found = practice.console.ask_for(
        "Where does their journal lie now? Its path, or Enter to leave it:",
        lambda answer: use_cases.locate(case, paths.typed_file(answer)) if answer else None,
    )
    practice.console.say(wording.lies_at(found) if found else "Nothing was changed.")
    return found


def _let_open(chosen: ChosenCouple) -> None:
    practice, path = chosen.practice, chosen.now.path
    if path is None:
        raise NotFound(NOT_KNOWN_WHERE)
    practice.console.say(wording.ONE_FOR_ALL)
    let_open = partial(practice.journal.couples.let_open, chosen.case)
    practice.console.say(wording.opens_so(_with_key(practice, path, let_open)))


def _ask_each_time(chosen: ChosenCouple) -> None:
    chosen.practice.console.say(wording.asks(chosen.practice.journal.couples.ask_each_time(chosen.case)))


def _entries(chosen: ChosenCouple) -> tuple[Entry[ChosenCouple], ...]:
    couple = chosen.now
    lies = "not known" if couple.path is None else shown_line(str(couple.path))
    return (
        Entry("rename", f"now {shown_line(couple.name)}.", _rename),
        Entry("partners", f"what you call the two: {_names(couple)}.", _partners),
        Entry("move", f"their place in your list, now {chosen.place}.", _move),
        Entry(
            "locate", f"where their journal lies, now {lies}.", lambda one: _locate(one.practice, one.case)
        ),
        Entry(
            "let open",
            "let their journal open with your practice.",
            _let_open,
            lambda one: not one.now.opens,
        ),
        Entry(
            "ask each time",
            "let their journal ask for its own passphrase.",
            _ask_each_time,
            lambda one: one.now.opens,
        ),
    )


_CHANGE = Menu[ChosenCouple](
    "This couple",
    "Nothing you change here is seen in their journal. Their file stays where it is.",
    _entries,
)
