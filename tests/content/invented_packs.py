"""Packs of invented words in the numbers and values of the published measures: about pebbles alone."""

import json
from typing import Any

from kapjournal import paths
from kapjournal.content import measure_packs
from kapjournal.content.measures import measure

WEIGHT = "http://hl7.org/fhir/StructureDefinition/itemWeight"


def invented(measure_id: str, **said: Any) -> dict[str, Any]:
    """A Questionnaire of words about nothing, in the numbers and values of a measure."""
    one = measure(measure_id)
    items = [
        {
            "linkId": f"/{item.loinc}" if item.loinc else str(item.number),
            "code": [{"system": "http://loinc.org", "code": item.loinc}] if item.loinc else [],
            "type": "choice",
            "text": f"Pebble {item.number}?",
            "answerOption": [
                {
                    "valueCoding": {"code": str(value), "display": f"pebble {value}"},
                    "extension": [{"url": WEIGHT, "valueDecimal": float(value)}],
                }
                for value in item.values
            ],
        }
        for item in one.items
    ]
    group = {"linkId": "all", "type": "group", "text": "Of pebbles.", "item": items}
    head = {"resourceType": "Questionnaire", "language": "en", "item": [group]}
    code = [{"system": "http://loinc.org", "code": one.loinc}] if one.loinc else []
    return head | ({"code": code} if code else {"name": one.title}) | said


def lay_packs(*measure_ids: str) -> None:
    """Lay a pack for each of these into the settings folder of the test."""
    folder = paths.config_folder() / "packs"
    folder.mkdir(parents=True, exist_ok=True)
    for measure_id in measure_ids:
        text = json.dumps(invented(measure_id))
        (folder / f"{measure_id}.json").write_text(text, encoding="utf-8")
    measure_packs._read.cache_clear()
