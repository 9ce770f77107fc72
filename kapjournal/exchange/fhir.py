"""Answered measures as FHIR R4 (4.0.1): a Bundle of the type `collection`, which is read and not processed.

Each set of answers is a QuestionnaireResponse and, if every item was answered, an Observation of the
total. There is no wording in it. What was asked is said by a Questionnaire inside the response: the
numbers of the items, the values of their answers, and codes. Those published at loinc.org have other
linkIds, so that it would be wrong to name one. Codes are those of LOINC where the measure has one; where
there is none, none is made up. Whom it is about is a UUID that the caller draws, and no name.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias
from uuid import UUID, uuid5

from kapjournal.domain.administered import Administered
from kapjournal.domain.measures import Item, Measure
from kapjournal.exchange.json_fields import iso_time
from kapjournal.text import shown_line

Resource: TypeAlias = dict[str, Any]
"""A resource of FHIR, or a part of one, as JSON has it."""

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
_CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
_URIS = "urn:ietf:rfc:3986"
_MEASURE = "measure"
"""The id of the Questionnaire inside a response."""


def measures_bundle(administered: Iterable[Administered], *, subject: UUID, made: dt.datetime) -> Resource:
    """All that one person answered, by day. `subject` stands for that person; a new one for each bundle keeps
    two of them from being put together. `made` is when the bundle is."""
    rows = sorted(administered, key=lambda one: one.date)
    entries = [entry for number, one in enumerate(rows, 1) for entry in _entries(one, number, subject)]
    bundle: Resource = {"resourceType": "Bundle", "type": "collection", "timestamp": iso_time(made)}
    return bundle | ({"entry": entries} if entries else {})


def _entries(one: Administered, number: int, subject: UUID) -> Iterator[Resource]:
    """One set of answers, and its total if it has one."""
    response = _url(subject, f"response {number}")
    yield {"fullUrl": response, "resource": _response(one, subject)}
    if (total := one.score.total) is not None:
        observation = _observation(one, total, response, subject)
        yield {"fullUrl": _url(subject, f"total {number}"), "resource": observation}


def _url(subject: UUID, name: str) -> str:
    return uuid5(subject, name).urn


def _response(one: Administered, subject: UUID) -> Resource:
    answered = [
        {"linkId": str(item.number), "answer": [{"valueInteger": value}]}
        for item, value in zip(one.measure.items, one.answers, strict=True)
        if value is not None
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "contained": [_questionnaire(one.measure)],
        "questionnaire": f"#{_MEASURE}",
        "status": "completed" if one.score.is_complete else "in-progress",
        "subject": _reference(subject),
        "authored": one.date.isoformat(),
        **({"item": answered} if answered else {}),
    }


def _questionnaire(measure: Measure) -> Resource:
    return {
        "resourceType": "Questionnaire",
        "id": _MEASURE,
        "title": shown_line(measure.title),
        "status": "active",
        **_code(measure.loinc),
        "item": [_item(item) for item in measure.items],
    }


def _item(item: Item) -> Resource:
    return {
        "linkId": str(item.number),
        **_code(item.loinc),
        "type": "choice",
        "answerOption": [{"valueInteger": value} for value in item.values],
    }


def _observation(one: Administered, total: int, response: str, subject: UUID) -> Resource:
    title = shown_line(one.measure.title)
    codes = {"coding": [_coding(one.measure.loinc_total)]} if one.measure.loinc_total else {}
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [{"system": _CATEGORIES, "code": "survey"}]}],
        "code": codes | {"text": f"{title}, total"},
        "subject": _reference(subject),
        "effectiveDateTime": one.date.isoformat(),
        "valueQuantity": {"value": total, "unit": "{score}", "system": UCUM, "code": "{score}"},
        "derivedFrom": [{"reference": response}],
    }


def _code(loinc: str) -> Resource:
    return {"code": [_coding(loinc)]} if loinc else {}


def _coding(loinc: str) -> Resource:
    return {"system": LOINC, "code": loinc}


def _reference(subject: UUID) -> Resource:
    return {"type": "Patient", "identifier": {"system": _URIS, "value": subject.urn}}
