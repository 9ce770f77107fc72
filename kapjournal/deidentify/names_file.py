"""A names file: one person, place or employer a line, further forms of the name after commas."""

import re
from unicodedata import normalize

from kapjournal.deidentify.findings import FindingKind, Known
from kapjournal.errors import UsageError
from kapjournal.text import BOM, UNSEEN, character_name, is_line, without_unseen

SHORTEST = 2
"""A form of a name has at least so many characters: one letter is found everywhere."""

LONGEST = 200
"""A form of a name has at most so many characters."""

_KIND = re.compile(r"(person|place|employer)[ \t]*:", re.IGNORECASE)


def known_from(text: str) -> tuple[Known, ...]:
    """Whom and what the lines of a names file name, in order.

    A line may say first what it names, as in “place: Leeds, Leeds Central”; one that does not is a `NAME`.
    Empty lines and those that begin with # are passed over. A form that is empty, shorter than `SHORTEST` or
    longer than `LONGEST` characters, without a letter or digit, or with a control character in it is
    a `UsageError`, with the number of its line.
    """
    lines = text.removeprefix(BOM).replace("\r\n", "\n").split("\n")
    return tuple(
        _known(line, number)
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.lstrip().startswith("#")
    )


def _known(line: str, number: int) -> Known:
    if not is_line(line.replace("\t", " ")):
        bad = next(one for one in line if not is_line(one) and one != "\t")
        raise UsageError(
            f"Line {number} of the names holds {character_name(bad)}, which is no part of a name."
        )
    kind = FindingKind.NAME
    if said := _KIND.match(line.lstrip()):
        kind = FindingKind(said.group(1).lower())
        line = line.lstrip()[said.end() :]
    forms = [" ".join(normalize("NFC", UNSEEN.sub("", form)).split()) for form in line.split(",")]
    for form in forms:
        _check(form, number)
    return Known(kind, tuple(dict.fromkeys(forms)))


def _check(form: str, number: int) -> None:
    if not form:
        raise UsageError(f"Line {number} of the names has an empty entry: a form of a name is missing there.")
    if len(without_unseen(form)) < SHORTEST:
        raise UsageError(
            f"Line {number} of the names has an entry of one character, which would be found everywhere: "
            f"give at least {SHORTEST}."
        )
    if len(form) > LONGEST:
        raise UsageError(f"Line {number} of the names has an entry of more than {LONGEST} characters.")
    if not any(one.isalnum() for one in form):
        raise UsageError(f"Line {number} of the names has an entry without a letter or a digit.")
