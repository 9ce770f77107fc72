"""The loop of two partners, said aloud: both halves, field after field, once both are released."""

from kapjournal import clock, config
from kapjournal.domain.cycle import line_from
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.parsing import day_from
from kapjournal.plain import steps
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import Entry, Menu, offer
from kapjournal.presentation import cycle as wording
from kapjournal.presentation import cycle_view as saying
from kapjournal.presentation.waiting import after_sharing

_HELP = (
    "Each of you writes a half of the loop alone. Release lets your partner read yours once you can read "
    "theirs, and neither before; then both are said here, field after field."
)


def has_a_loop(unlocked: Unlocked) -> bool:
    """Whether there is a loop for this member to hear of: partners write it, therapists may read it."""
    return steps.is_partner(unlocked) or unlocked.journal.me.role.is_therapist


def loop(unlocked: Unlocked) -> None:
    """Say what can be read of it, then offer what can be done."""
    hear(unlocked)
    if steps.is_partner(unlocked):
        offer(unlocked.console, Menu("The loop", _HELP, lambda _: _ENTRIES), unlocked)


def hear(unlocked: Unlocked) -> None:
    """Say both halves once both are released, and how it stands."""
    view = saying.read_loop(unlocked.journal)
    unlocked.console.text("\n".join(wording.in_lines(view)))
    unlocked.console.say(*view.state, view.readers)


def _write(unlocked: Unlocked) -> None:
    steps.begin(unlocked, NoteKind.CYCLE)


def _release(unlocked: Unlocked) -> None:
    unlocked.console.say(saying.what_releasing_does(unlocked.journal))
    if unlocked.console.yes(wording.RELEASE):
        note = unlocked.journal.cycle.release()
        unlocked.console.say(*after_sharing(unlocked.journal, note))
    else:
        unlocked.console.say("Nothing was released.")


def _is_joined(unlocked: Unlocked) -> bool:
    return bool(unlocked.journal.cycle.loop().halves)


def _has_half(unlocked: Unlocked) -> bool:
    return unlocked.journal.cycle.loop().own is not None


def _otherwise(unlocked: Unlocked) -> None:
    console, journal = unlocked.console, unlocked.journal
    console.say(*saying.who_reads_a_line(journal, config.load().settings.country))
    line = console.ask_for(
        "What was otherwise, in one line? Enter leaves it:", lambda said: line_from(said) if said else ""
    )
    if line:
        day = console.ask_for(
            "On which day, as YYYY-MM-DD? Enter means today:",
            lambda said: day_from(said) if said else clock.today(),
        )
        console.say(*after_sharing(journal, journal.cycle.add_otherwise(line, day)))


_ENTRIES = (
    Entry[Unlocked]("hear", "Hear it again.", hear),
    Entry[Unlocked]("write half", "Write your half, a field at a time.", _write),
    Entry[Unlocked]("release", "Release your half.", _release, _has_half),
    Entry[Unlocked]("otherwise", "Write down a time it went otherwise.", _otherwise, _is_joined),
)
