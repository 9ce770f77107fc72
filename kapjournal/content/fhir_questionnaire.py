"""FHIR R4 Questionnaires in JSON, read as what a pack in TOML says: one place then checks both alike.

Of a Questionnaire are taken its items of the type `choice`, the words of groups and of `display` items, and
what the answers are worth. What would change what is asked is refused, never passed over.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kapjournal.content import measures
from kapjournal.domain.measures import Measure
from kapjournal.errors import Refused
from kapjournal.text import shown_line

LOINC = "http://loinc.org"
_WEIGHTS = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
)
"""The extensions by which FHIR gives an answer its value, in R4 and since."""

_UNKNOWN = ("modifierExtension", "enableWhen")
_NUMBER = re.compile(r"([0-9]{1,3})[.):]?")
_DEEPEST = 4
_LONGEST_ID = 60


def as_pack(text: str) -> dict[str, Any]:
    """What a Questionnaire says, under the names a pack has in TOML (`Refused` names the item)."""
    given = _json(text)
    if given.get("resourceType") != "Questionnaire":
        raise Refused("its “resourceType” is not “Questionnaire”.")
    if "modifierExtension" in given:
        raise Refused("it has a “modifierExtension”, which changes what it means and is not known here.")
    measure = _measure_of(given)
    words: list[str] = []
    items: list[dict[str, Any]] = []
    for one in _flat(given, "the questionnaire"):
        if one.get("type") in ("group", "display"):
            words += [str(one["text"])] if one.get("text") else []
        else:
            items.append(_item(one, len(items) + 1, measure))
    said = {name: given[name] for name in ("language", "title", "version") if name in given}
    return {"measure": measure.id, **said, "introduction": "\n".join(words), "items": items}


def _json(text: str) -> Mapping[str, Any]:
    def no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a key stands twice in one object")
        return found

    try:
        value = json.loads(text, object_pairs_hook=no_key_twice)
    except RecursionError:
        raise Refused("it is nested too deeply.") from None
    except ValueError as error:
        raise Refused(f"it is not JSON ({error}).") from None
    if not isinstance(value, dict):
        raise Refused("it is not a JSON object.")
    return value


def _measure_of(given: Mapping[str, Any]) -> Measure:
    """The measure that a Questionnaire says it is: by the LOINC code of its panel, or by its name."""
    codes = _codes(given)
    name = "".join(one for one in str(given.get("name", "")).casefold() if one.isalnum())
    for measure in measures.all_measures():
        if (measure.loinc and measure.loinc in codes) or measure.id == name:
            return measure
    raise Refused(
        f"it does not say which measure it is: “name” is one of {', '.join(measures.IDS)}, or “code” is that "
        "of the panel in LOINC."
    )


def _codes(given: Mapping[str, Any]) -> set[str]:
    codes = given.get("code")
    found = [one for one in codes if isinstance(one, dict)] if isinstance(codes, list) else []
    return {str(one.get("code")) for one in found if one.get("system") == LOINC}


def _flat(given: Mapping[str, Any], where: str, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """What is in a Questionnaire or a group, in the order of the page, each before what is in it."""
    inside = given.get("item")
    if not isinstance(inside, list) or not all(isinstance(one, dict) for one in inside) or depth > _DEEPEST:
        raise Refused(f"{where} has no list “item” with its items.")
    for one in inside:
        name = f"item “{_id(one)}”"
        for key in _UNKNOWN:
            if key in one:
                raise Refused(f"{name}: it has “{key}”, and is not always asked as it stands.")
        yield one
        if "item" in one and one.get("type") != "group":
            raise Refused(f"{name}: there are items inside it.")
        if "item" in one:
            yield from _flat(one, name, depth + 1)


def _item(one: Mapping[str, Any], place: int, measure: Measure) -> dict[str, Any]:
    which = f"item {_number(one, place, measure)}"
    if one.get("type") != "choice":
        kind = shown_line(str(one.get("type")))[:_LONGEST_ID]
        raise Refused(
            f"{which} (“{_id(one)}”): its “type” is {kind}, and not choice. Take it out of the file."
        )
    options = one.get("answerOption")
    if not isinstance(options, list) or not all(isinstance(option, dict) for option in options):
        raise Refused(f"{which}: it has no list “answerOption” with its answers.")
    number = _number(one, place, measure)
    return {"number": number, "text": one.get("text"), "answers": [_answer(option) for option in options]}


def _number(one: Mapping[str, Any], place: int, measure: Measure) -> int:
    """The number of an item: by its prefix, its linkId or its LOINC code, which have to agree."""
    which = f"item {place} (“{_id(one)}”)"
    said = [_NUMBER.fullmatch(str(one.get(key, "")).strip()) for key in ("prefix", "linkId")]
    known = {item.loinc: item.number for item in measure.items if item.loinc}
    codes = _codes(one)
    if codes and known and not codes & known.keys():
        raise Refused(
            f"{which}: its LOINC code is that of no item of {measure.title}. Take it out of the file."
        )
    numbers = {int(found[1]) for found in said if found} | {known[code] for code in codes & known.keys()}
    if len(numbers) > 1:
        raise Refused(f"{which}: “prefix”, “linkId” and “code” say different numbers.")
    if not numbers:
        raise Refused(f"{which}: it has no number in “prefix” or “linkId”, and no LOINC code that is known.")
    return numbers.pop()


def _answer(option: Mapping[str, Any]) -> dict[str, object]:
    """Value and words of one answer; None for what is not there."""
    coding = option.get("valueCoding")
    if not isinstance(coding, dict):
        return {"value": None, "text": None}
    value = None
    for holder in (option, coding):
        extensions = holder.get("extension")
        for one in extensions if isinstance(extensions, list) else ():
            if isinstance(one, dict) and one.get("url") in _WEIGHTS:
                value = one.get("valueDecimal", one.get("valueInteger"))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return {"value": value, "text": coding.get("display")}


def _id(one: Mapping[str, Any]) -> str:
    return shown_line(str(one.get("linkId", "?")))[:_LONGEST_ID]
