"""Bringing in notes of other programs, line by line, and taking them out again."""

from pathlib import Path

from kapjournal import paths
from kapjournal.domain.incoming import Plan, Remedy
from kapjournal.errors import UsageError
from kapjournal.exchange.imports.reading import encoding_from
from kapjournal.exchange.imports.sources import source
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import pick
from kapjournal.presentation import imports as saying
from kapjournal.text import shown_line


def import_notes(unlocked: Unlocked) -> None:
    """Ask for the source, say what would come, and bring it if that is meant."""
    console, imports = unlocked.console, unlocked.journal.imports
    console.say(saying.MEANING)
    path = console.ask_for(f"{saying.WHERE}:", _path)
    with source("", path) as seeming:
        is_it = console.yes(f"It looks like this: {saying.KINDS[seeming.kind]}. Is it that?")
        kind = (
            seeming.kind
            if is_it
            else pick(console, "What is it?", {k: k for k in saying.KINDS}, saying.KINDS)
        )
    plan, encoding, keep_metadata = _looked_at(unlocked, kind, path)
    if not plan.notes or not console.yes("Bring it in?"):
        console.say(saying.NOTHING_DONE)
        return
    with source(kind, path, encoding) as found:
        done = imports.bring(
            found,
            whole=plan.notes + plan.duplicates,
            progress=saying.in_steps(console.say),
            keep_metadata=keep_metadata,
        )
    console.say(*saying.brought(done.plan), saying.lost(done.plan))


def _looked_at(unlocked: Unlocked, kind: str, path: Path) -> tuple[Plan, str, bool]:
    """What would come, and with which encoding and whether with all that pictures say: looked at again where
    that lets more come."""
    console, encoding, keep_metadata = unlocked.console, "", False
    while True:
        with source(kind, path, encoding) as found:
            follow = saying.in_steps(console.say)
            plan = unlocked.journal.imports.look(found, follow, keep_metadata=keep_metadata)
        console.say(*saying.planned(plan), *saying.problems(plan), saying.lost(plan))
        before = encoding, keep_metadata
        if Remedy.ENCODING in plan.remedies:
            asked = f"{saying.ENCODING}, or Enter to leave them out:"
            encoding = console.ask_for(asked, encoding_from) or encoding
        if Remedy.METADATA in plan.remedies:
            keep_metadata = console.yes(f"{saying.METADATA}?")
        if (encoding, keep_metadata) == before:
            return plan, encoding, keep_metadata


def has_imports(unlocked: Unlocked) -> bool:
    """Whether anything was imported that can be taken out."""
    return bool(unlocked.journal.imports.all())


def imported(unlocked: Unlocked) -> None:
    """Say what was imported, and take one out again if that is meant."""
    console, imports = unlocked.console, unlocked.journal.imports
    found = imports.all()
    console.say("Imported:", *(f"{number}. {saying.in_a_line(one)}" for number, one in enumerate(found, 1)))
    answer = console.ask("The number of one to take out, or Enter for none:")
    if not answer:
        return
    if not answer.isascii() or not answer.isdecimal() or not 1 <= int(answer[:6]) <= len(found):
        raise UsageError(f"There is no import {shown_line(answer)}.")
    console.say(saying.UNDOING_MEANS)
    if console.yes(saying.UNDOING):
        console.say(*saying.undone(imports.undo(found[int(answer) - 1].id)))


def _path(answer: str) -> Path:
    if not answer:
        raise UsageError("Say where it is, or type back.")
    return paths.typed(answer)
