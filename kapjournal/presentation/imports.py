"""What is said of imports: what would come, what came, what could not, and what undoing does."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kapjournal.domain.incoming import Import, Plan, Problem, Undone
from kapjournal.presentation.days import at, long_day
from kapjournal.presentation.progress import size
from kapjournal.text import shown_line

KINDS: Mapping[str, str] = {
    "archive": "An archive of kapjournal: its folder, that as a zip, or its JSON",
    "markdown": "Markdown: a file or a folder, such as an Obsidian vault",
    "day-one": "Day One: the zip it exports as JSON",
    "jrnl": "jrnl: its JSON, its text, or a folder of either",
    "standard-notes": "Standard Notes: a decrypted backup",
    "joplin": "Joplin: a JEX file, or a folder of RAW or markdown",
    "text": "Plain text: a file, or a folder with a note in each",
}
"""Each kind of source, in words."""

MEANING = (
    "Notes of another program become pages here, with their days, tags and files. They are yours alone until "
    "you share them, and can be taken out again all at once. What is here already does not come twice. The "
    "source stays as it is: what lies there is not sealed."
)
WHERE = "The file or folder, as you exported it"
NONE = "Nothing was imported, or all of it was undone."
NOTHING = "There is nothing in it that could come."
NOTHING_DONE = "Nothing was imported."
ENCODING = "The encoding of what is not UTF-8, such as cp1252"
METADATA = "Leave in pictures what they say of place, device and time"
UNDOING = "Take all of it out again?"
UNDOING_MEANS = (
    "The notes of this import that are still as they came are deleted for good, with their files. What you "
    "changed, shared or signed since stays."
)
_YOURS_ALONE = "They are yours alone until you share them."
_MOST_SAID = 20
_MOST_NAMED = 3
_STEP = 1000


def counted(count: int, what: str) -> str:
    """“1 note”, “2,000 notes”."""
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"


def planned(plan: Plan) -> list[str]:
    """What would come, in sentences."""
    said = [f"To come: {_what(plan)}."] if plan.notes else [] if plan.duplicates else [NOTHING]
    return said + _beside(plan)


def brought(plan: Plan) -> list[str]:
    """What came, in sentences."""
    said = [f"Imported: {_what(plan)}.", _YOURS_ALONE] if plan.notes else [NOTHING_DONE]
    return said + _beside(plan)


def _what(plan: Plan) -> str:
    parts = [counted(plan.notes, "note")]
    if plan.first and plan.last:
        first, last = long_day(plan.first), long_day(plan.last)
        parts.append(f"of {first}" if first == last else f"from {first} to {last}")
    if plan.files:
        parts.append(f"with {counted(plan.files, 'file')} ({size(plan.file_bytes)})")
    return " ".join(parts)


def _beside(plan: Plan) -> list[str]:
    said = []
    if plan.tags:
        more = f" and {len(plan.tags) - 12:,} more" if len(plan.tags) > 12 else ""
        said.append(f"Tags: {', '.join(map(shown_line, plan.tags[:12]))}{more}.")
    if plan.duplicates:
        said.append(f"Here already, and not to come again: {counted(plan.duplicates, 'note')}.")
    return said


def lost(plan: Plan) -> str:
    """How much cannot come; empty where everything does."""
    count = len(plan.lost)
    return (
        f"What cannot come: {counted(count, 'entry') if count == 1 else f'{count:,} entries'}."
        if count
        else ""
    )


def problems(plan: Plan, most: int = _MOST_SAID) -> list[str]:
    """What cannot come, then what comes otherwise. What is true of many is said once, with how many they are
    and the first of them; of each of the two so many lines."""
    said = []
    for all_of_them, word in ((plan.lost, "cannot come"), (plan.changed, "come otherwise")):
        alike: dict[str, list[Problem]] = {}
        for one in all_of_them:
            alike.setdefault(one.sentence, []).append(one)
        lines = list(alike.values())
        said += [_in_a_line(each) for each in lines[:most]]
        if left := sum(map(len, lines[most:])):
            said.append(f"And {left:,} more that {word}.")
    return said


def _in_a_line(alike: Sequence[Problem]) -> str:
    first, *others = (shown_line(one.where) for one in alike[:_MOST_NAMED])
    said = f"{first}: {shown_line(alike[0].sentence)}"
    if not others:
        return said
    named = " and ".join(others)
    if len(alike) <= _MOST_NAMED:
        return f"{said} So it is with {named}."
    return f"{said} So it is with {len(alike):,} in all, also with {named}."


def undone(result: Undone) -> list[str]:
    """What undoing an import did."""
    said = [f"Taken out: {counted(result.removed, 'note')}."]
    if result.kept:
        said.append(f"Changed, shared or signed since, and kept: {counted(result.kept, 'note')}.")
    return said


def in_a_line(one: Import) -> str:
    """An import on one line."""
    return f"{at(one.moment)} · {one.kind} · {shown_line(one.name)} · {counted(len(one.notes), 'note')}"


def fields(one: Import) -> dict[str, Any]:
    """An import for scripts."""
    moment = one.moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {"id": one.id, "moment": moment, "kind": one.kind, "name": one.name, "notes": len(one.notes)}


def plan_fields(plan: Plan) -> dict[str, Any]:
    """A plan for scripts."""
    return {
        "notes": plan.notes,
        "first": plan.first.isoformat() if plan.first else None,
        "last": plan.last.isoformat() if plan.last else None,
        "tags": list(plan.tags),
        "files": plan.files,
        "bytes": plan.file_bytes,
        "duplicates": plan.duplicates,
        "lost": _pairs(plan.lost),
        "changed": _pairs(plan.changed),
    }


def _pairs(all_of_them: Sequence[Problem]) -> list[dict[str, str]]:
    return [{"where": one.where, "why": one.sentence} for one in all_of_them]


def in_steps(say: Callable[[str], object]) -> Callable[[int, int], None]:
    """Say how far it is, a few times: at each tenth where the whole is known, or at every thousand notes."""
    said = 0

    def follow(done: int, whole: int) -> None:
        nonlocal said
        step = done // max(_STEP // 4, whole // 10) if whole else done // _STEP
        if step > said:
            said = step
            say(f"{done:,} of {counted(whole, 'note')}." if whole else f"{done:,} notes so far.")

    return follow
