"""What Standard Notes exports decrypted: one JSON in a file that ends in .txt, alone or in a zip."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from kapjournal import clock
from kapjournal.domain.incoming import Incoming, IncomingNote, Problem
from kapjournal.errors import KapjournalError
from kapjournal.exchange.imports.entries import Entries, Entry
from kapjournal.exchange.imports.json_list import items
from kapjournal.exchange.imports.moments import day_of, moment_from

_SEALED = "It is sealed. In Standard Notes choose a decrypted backup, and import that."
_FORMATTED = "Its words come, without their formatting."
_KEPT_OUT = ("Items/", "items/")
_NONE = "There is no backup of Standard Notes in it: a file of JSON that lists “items”."


def read(entries: Entries) -> Iterator[Incoming]:
    """Each note of a backup that is not in the trash."""
    found = [one for one in entries if one.suffix in (".txt", ".json") and not one.path.startswith(_KEPT_OUT)]
    for backup in found:
        try:
            text = entries.words(backup)
            tags = _tags(text)
            for number, item in enumerate(items(text, "items"), 1):
                yield from _note(item, f"{backup.path}, item {number:,}", tags, backup)
        except (KapjournalError, OSError) as error:
            yield Problem.of(backup.path, error)
    if not found:
        yield Problem(entries.name, _NONE)


def _tags(text: str) -> Mapping[str, list[str]]:
    """The tags of each note, by its id."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    try:
        for item in items(text, "items"):
            match item:
                case {"content_type": "Tag", "content": {"title": str(title), "references": list(notes)}}:
                    for note in notes:
                        if isinstance(note, dict):
                            found[str(note.get("uuid"))].append(title)
    except KapjournalError:
        pass  # it is said where the notes are read
    return found


def _note(item: object, where: str, tags: Mapping[str, list[str]], backup: Entry) -> Iterator[Incoming]:
    said = item if isinstance(item, dict) else {}
    match said:
        case {"content_type": "Note", "deleted": True} | {
            "content_type": "Note",
            "content": {"trashed": True},
        }:
            return
        case {"content_type": "Note", "content": str()}:
            yield Problem(where, _SEALED)
        case {"content_type": "Note", "content": dict(content)}:
            text, title = content.get("text"), content.get("title")
            created = moment_from(str(said.get("created_at", ""))) or backup.modified
            body = text if isinstance(text, str) else ""
            if content.get("noteType") == "super" and (words := _words_of_super(body)) is not None:
                body = words
                yield Problem(where, _FORMATTED, is_lost=False)
            yield IncomingNote(
                where=where,
                body=body,
                date=day_of(created) if created else clock.today(),
                title=title if isinstance(title, str) else "",
                tags=tuple(tags.get(str(said.get("uuid")), ())),
                written=created,
                revised=_changed(said, content),
            )
        case {"content_type": str()}:
            return
        case _:
            yield Problem(where, "It is no item of Standard Notes.")


def _changed(item: Mapping[str, object], content: Mapping[str, object]) -> dt.datetime | None:
    match content:
        case {"appData": {"org.standardnotes.sn": {"client_updated_at": str(moment)}}}:
            return moment_from(moment)
    return moment_from(str(item.get("updated_at", "")))


def _words_of_super(text: str) -> str | None:
    """The words of a “super” note, which are kept in a tree; None of what is no such tree."""
    try:
        match json.loads(text):
            case {"root": {"children": list(blocks)}}:
                return "\n\n".join("".join(_texts(block)) for block in blocks)
    except (ValueError, RecursionError):
        pass
    return None


def _texts(block: object) -> Iterator[str]:
    waiting = [block]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if isinstance(one.get("text"), str):
                yield one["text"]
            elif one.get("type") == "linebreak":
                yield "\n"
            elif one.get("type") == "listitem":
                yield "\n- "
            children = one.get("children")
            waiting += reversed(children) if isinstance(children, list) else []
