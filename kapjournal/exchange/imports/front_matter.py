"""The block above a file of markdown, as Obsidian, Joplin, jrnl and many others write it.

It is called YAML, and what is found there is often none (jrnl indents with tabs): so it is read line by line,
as names with a line, a list or lines of words. What no note has a place for is given back as it stands.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_MOST = 64 * 1024
_BEGINS = re.compile(r"\A---[ \t]*\n")
_ENDS = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_FIELD = re.compile(r"([^\s:#\[{|>&*!%@`-][^:]{0,60}):(?:[ \t]+(.*)|[ \t]*)\Z")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)\Z")
_BLOCK = re.compile(r"[|>][+-]?\d?[ \t]*\Z")
_OPENED = {"[": "]", '"': '"', "'": "'"}
_COMMENT = re.compile(r"(?<![ \t])[ \t]+#.*\Z")


@dataclass(slots=True)
class FrontMatter:
    """The fields by name in small letters, each with its values, and the lines they were read from."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    unread: str = ""
    """All that stands there, to the letter, if some of it cannot be read as fields."""

    def first(self, *names: str) -> str:
        """The first value of the first of these that has one."""
        return next((self.fields[name][0] for name in names if self.fields.get(name)), "")

    def all(self, *names: str) -> list[str]:
        """Every value of these."""
        return [value for name in names for value in self.fields.get(name, ())]

    def others(self, known: frozenset[str]) -> list[str]:
        """The lines of all fields but these, and of those of them in which something stands that is no
        value."""
        left = (name for name, lines in self.lines.items() if name not in known or self._is_odd(name, lines))
        return [line for name in left for line in self.lines[name]]

    def _is_odd(self, name: str, lines: list[str]) -> bool:
        return not self.fields.get(name) and any(line.strip() for line in lines[1:])


def split(text: str) -> tuple[FrontMatter, str]:
    """What stands above a text, and the rest of it; nothing and all of it where no such block is closed."""
    text = text.replace("\r\n", "\n")
    begins = _BEGINS.match(text)
    ends = _ENDS.search(text, begins.end(), begins.end() + _MOST) if begins else None
    if begins is None or ends is None:
        return FrontMatter(), text
    found, block = FrontMatter(), text[begins.end() : ends.start()]
    for name, first, below, lines in _parts(block.split("\n")):
        own = [line for line in below if _belongs(line, first, name)]
        is_field = name not in found.lines and _is_closed(first, own)
        if own != below or not is_field:
            found.unread = block.rstrip("\n")
        if is_field:
            found.fields[name] = [value for value in _values(first, own) if value]
            found.lines[name] = lines
    return found, text[ends.end() :].removeprefix("\n")


def _parts(lines: list[str]) -> Iterator[tuple[str, str, list[str], list[str]]]:
    """Each field: its name, what stands beside it, the lines below it, and all of them as they stand."""
    name, first, whole = "", "", list[str]()
    for line in [*lines, "end:"]:
        found = _FIELD.match(line)
        if found is None:
            whole.append(line)
            continue
        if any(one.strip() for one in whole):
            yield name, first, whole[bool(name) :], whole
        name, first, whole = found[1].strip().lower(), (found[2] or "").strip(), [line]


def _belongs(line: str, first: str, name: str) -> bool:
    """Whether a line belongs to the field that it stands below: it is further in, or an item of its list."""
    if not line.strip() or line.startswith("#"):
        return True
    return bool(name) and (line[0] in " \t" or (not first and _ITEM.match(line) is not None))


def _is_closed(first: str, below: list[str]) -> bool:
    """Whether a list or quotes that begin beside the name of a field have an end."""
    ends = _OPENED.get(first[:1])
    words = [first, *(line for line in below if line.strip())]
    return ends is None or (words[-1].rstrip().endswith(ends) and words != [ends])


def _values(first: str, below: list[str]) -> Iterator[str]:
    if _BLOCK.match(first):
        words = [line.removeprefix("\t") if line.startswith("\t") else line.strip() for line in below]
        yield "\n".join(words).strip("\n")
    elif first:
        whole = " ".join([first, *(line.strip() for line in below if line.strip())])
        yield from _flow(whole) if whole.startswith("[") and whole.endswith("]") else [_scalar(whole)]
    else:
        yield from (_scalar(item[1]) for line in below if (item := _ITEM.match(line)))


def _flow(text: str) -> Iterator[str]:
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError):
        listed = [_scalar(part) for part in text[1:-1].split(",")]
    yield from (str(one) for one in listed if isinstance(one, str | int | float))


def _scalar(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    plain = _COMMENT.sub("", text)
    return "" if plain in ("null", "~") else plain
