"""Packs: the official words of a measure in one language, from files in `packs` of the settings folder.

A pack is a FHIR R4 Questionnaire in JSON or a TOML file of ours. Item numbers, answer values and their order
are checked against the measure, and a pack in which one of them is wrong is refused whole: a questionnaire
with one odd item is another questionnaire. None comes with the program but that of the example.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kapjournal import paths, toml
from kapjournal.content import fhir_questionnaire, measures
from kapjournal.domain.measures import Measure
from kapjournal.errors import KapjournalError, NotFound, Refused
from kapjournal.text import BOM, is_line, shown_line, storable, without_unseen

FOLDER = Path(__file__).with_name("packs")
_EXAMPLE = FOLDER / "example.toml"

MAX_BYTES = 512 * 1024
MAX_FILES = 100
MAX_TEXT = 1000
MAX_INTRODUCTION = 4000
MAX_LINE = 120
MAX_VERSION = 40
NO_VERSION = "-"
"""The version of a pack that does not say one."""

_KEYS = ("measure", "language", "title", "version", "introduction", "answers", "items")

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class PackAnswer:
    """One answer of an item: its value and its words."""

    value: int
    text: str


@dataclass(frozen=True, slots=True)
class PackItem:
    """One item in the words of the instrument, its answers in the order of the page."""

    number: int
    text: str
    answers: tuple[PackAnswer, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """The words of one measure. `introduction` is what stands before the items, and may be empty; `version`
    is what the file says of itself."""

    measure: str
    language: str
    title: str
    version: str
    introduction: str
    items: tuple[PackItem, ...]
    file: Path

    @property
    def fingerprint(self) -> str:
        """What answers remember of the words they were given to: language, version, and the first 12 digits
        of a SHA-256 of the words themselves, so that a pack that was changed is told from the one before."""
        words = [self.title, self.introduction]
        words += [text for item in self.items for text in (item.text, *(one.text for one in item.answers))]
        digest = hashlib.sha256(json.dumps(words).encode("utf-8")).hexdigest()
        return " ".join((self.language, self.version, digest[:12]))


def packs() -> tuple[Pack, ...]:
    """Every pack that can be used: by measure, then as their files are named."""
    return _read(paths.config_folder())[0]


def complaints() -> tuple[str, ...]:
    """A sentence for each file that was refused, with the item that is wrong."""
    return _read(paths.config_folder())[1]


def pack_for(measure_id: str, language: str = "") -> Pack | None:
    """The pack of a measure in a language or, where none is named, the first there is; None without one
    (`NotFound` if there are packs in other languages alone)."""
    found = [one for one in packs() if one.measure == measure_id]
    if not language:
        return found[0] if found else None
    for one in found:
        if one.language.casefold() == language.casefold():
            return one
    if not found:
        return None
    known = ", ".join(one.language for one in found)
    raise NotFound(f"There is no pack in “{shown_line(language)}” for this measure; there are {known}.")


def pack_with(measure_id: str, fingerprint: str) -> Pack | None:
    """The pack to whose words answers were given, if it is still here unchanged."""
    return next((one for one in packs() if (one.measure, one.fingerprint) == (measure_id, fingerprint)), None)


@cache
def _read(folder: Path) -> tuple[tuple[Pack, ...], tuple[str, ...]]:
    own = folder / FOLDER.name
    files = [file for file in sorted(own.glob("*")) if file.suffix.casefold() in (".json", ".toml")]
    found: list[Pack] = []
    said: list[str] = []
    if len(files) > MAX_FILES:
        said.append(f"{own} holds more than {MAX_FILES} packs; the rest is left out.")
    for file in (*files[:MAX_FILES], _EXAMPLE):
        try:
            pack = read_pack(file)
        except (KapjournalError, OSError) as error:
            said.append(f"{file} is not used: {_why(error)}")
            continue
        twin = next(
            (one for one in found if (one.measure, one.language) == (pack.measure, pack.language)), None
        )
        if twin is None:
            found.append(pack)
        elif file is not _EXAMPLE:
            said.append(f"{file} is not used: {twin.file.name} is a pack of the same measure and language.")
    found.sort(key=lambda one: measures.IDS.index(one.measure))
    return tuple(found), tuple(said)


def _why(error: Exception) -> str:
    return f"it could not be read ({error.strerror})." if isinstance(error, OSError) else str(error)


def read_pack(file: Path) -> Pack:
    """The pack in a file (`OSError`; `Refused` names the item that is wrong)."""
    data = paths.read_plain(file)
    if len(data) > MAX_BYTES:
        raise Refused(f"it is longer than {MAX_BYTES // 1024} KiB.")
    try:
        text = data.decode("utf-8").removeprefix(BOM).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Refused(f"it is not UTF-8: byte {error.start + 1} cannot be read.") from None
    if file.suffix.casefold() == ".json":
        return _pack(fhir_questionnaire.as_pack(text), file)
    try:
        return _pack(toml.read(text), file)
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"it is not TOML ({error}).") from None


def _pack(given: Mapping[str, Any], file: Path) -> Pack:
    for key in given:
        if key not in _KEYS:
            raise Refused(f"“{shown_line(key)}” is none of {', '.join(_KEYS)}.")
    measure = measures.known(str(given.get("measure")))
    if measure is None:
        raise Refused(f"“measure” is one of {', '.join(measures.IDS)}.")
    rows = given.get("items")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refused("“items” is a list of tables: [[items]] on a line of its own.")
    items = tuple(_item(measure, place, row, given.get("answers")) for place, row in enumerate(rows, 1))
    if len(items) < len(measure.items):
        raise Refused(f"item {len(items) + 1} is missing: {measure.title} has {len(measure.items)} items.")
    language = given.get("language")
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise Refused("“language” is a short code such as “en” or “de-CH”.")
    introduction = given.get("introduction", "")
    return Pack(
        measure.id,
        language,
        _text(given.get("title", measure.title), "title", MAX_LINE, one_line=True),
        _text(given.get("version", NO_VERSION), "version", MAX_VERSION, one_line=True),
        _text(introduction, "introduction", MAX_INTRODUCTION) if introduction != "" else "",
        items,
        file,
    )


def _item(measure: Measure, place: int, row: Mapping[str, Any], common: object) -> PackItem:
    number = row.get("number")
    which = f"item {number}" if type(number) is int else f"item {place}"
    for key in row:
        if key not in ("number", "text", "answers"):
            raise Refused(f"{which}: “{shown_line(key)}” is none of number, text, answers.")
    if type(number) is not int or number != place:
        raise Refused(f"{which}: “number” should be {place}: items stand in their order, from 1.")
    if number > len(measure.items):
        raise Refused(
            f"{which}: {measure.title} has {len(measure.items)} items. Take whatever else is asked out of "
            "the file: it is not part of the score."
        )
    answers = row.get("answers", common)
    if not isinstance(answers, list) or not all(isinstance(one, dict) for one in answers):
        raise Refused(f"{which}: “answers” is a list of {{ value = …, text = … }}.")
    values = [one.get("value") for one in answers]
    wanted = measure.item(number).values
    if not all(type(value) is int for value in values) or tuple(values) != wanted:
        shown = ", ".join("nothing" if one is None else shown_line(str(one))[:20] for one in values[:20])
        should = ", ".join(map(str, wanted))
        raise Refused(f"{which}: its answers have the values {shown or 'nothing'}; they should be {should}.")
    texts = [_text(one.get("text"), f"{which}, answer {one['value']}", MAX_TEXT) for one in answers]
    if len({text.casefold() for text in texts}) < len(texts):
        raise Refused(f"{which}: two answers have the same words.")
    chosen = tuple(PackAnswer(value, words) for value, words in zip(wanted, texts, strict=True))
    return PackItem(number, _text(row.get("text"), which, MAX_TEXT), chosen)


def _text(value: object, which: str, most: int, *, one_line: bool = False) -> str:
    if not isinstance(value, str) or not without_unseen(value).strip() or len(value) > most:
        raise Refused(f"{which}: its words are missing, or longer than {most} characters.")
    if one_line and not is_line(value):
        raise Refused(f"{which}: it is one line.")
    try:
        return storable(value).strip()
    except Refused:
        raise Refused(f"{which}: its words hold a control character.") from None
