"""Answered measures as FHIR: read back by the models of `fhir.resources`, and held to the rules of R4.

Its module R4B is the nearest it has to R4. The two differ in none of the elements of these resources.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kapjournal.content import measures
from kapjournal.domain.administered import Administered
from kapjournal.domain.measures import Measure
from kapjournal.exchange.fhir import LOINC, Resource, measures_bundle
from kapjournal.exchange.json_fields import as_json
from tests.answered import answered, any_answers

SUBJECT = UUID("6d1f9f0e-7a54-4e8e-9f1b-3c2f5a7d9e10")
NOW = dt.datetime(2026, 3, 5, 19, 30, tzinfo=dt.UTC)

DATE = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")

TOTALS = {
    "PHQ-9": "44261-6",
    "GAD-7": "70274-6",
    "PHQ-4": "70272-0",
    "PCL-5 (past month)": "101698-9",
}
"""The codes of totals, as LOINC has them. The CSI has none."""


def bundle(*answers: Administered) -> Resource:
    made = measures_bundle(answers, subject=SUBJECT, made=NOW)
    read: Resource = json.loads(as_json(made))
    assert read == made
    return read


def resources(made: Resource, kind: str) -> list[Any]:
    found = [entry["resource"] for entry in made.get("entry", [])]
    return [one for one in found if one["resourceType"] == kind]


def parts(value: Any) -> Iterator[Any]:
    """A value and all that is in it."""
    yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(part)


def test_a_complete_set_of_answers_is_a_response_and_a_total() -> None:
    made = bundle(answered("phq9", 5, 1, 2, 0, 3, 1, 0, 0, 1, 0))
    (response,) = resources(made, "QuestionnaireResponse")
    (observation,) = resources(made, "Observation")
    assert response["status"] == "completed" and response["authored"] == "2026-01-05"
    assert response["item"][1] == {"linkId": "2", "answer": [{"valueInteger": 2}]}
    assert observation["status"] == "final" and observation["effectiveDateTime"] == "2026-01-05"
    assert observation["code"] == {
        "coding": [{"system": LOINC, "code": "44261-6"}],
        "text": "PHQ-9, total",
    }
    assert observation["valueQuantity"]["value"] == 8
    assert observation["derivedFrom"] == [{"reference": made["entry"][0]["fullUrl"]}]


def test_incomplete_answers_are_in_progress_and_have_no_total() -> None:
    made = bundle(answered("gad7", 5, 1, 2, None, 3, 1, 0, 0))
    (response,) = resources(made, "QuestionnaireResponse")
    assert response["status"] == "in-progress"
    assert [item["linkId"] for item in response["item"]] == ["1", "2", "4", "5", "6", "7"]
    assert resources(made, "Observation") == []


def test_where_no_item_was_answered_there_is_no_empty_list() -> None:
    (response,) = resources(bundle(answered("csi4", 5, None, None, None, None)), "QuestionnaireResponse")
    assert "item" not in response
    assert "entry" not in bundle()


@pytest.mark.parametrize("measure", measures.all_measures(), ids=lambda measure: measure.id)
def test_a_total_has_its_code_in_loinc_or_none(measure: Measure) -> None:
    full = Administered(measure, NOW.date(), tuple(item.values[0] for item in measure.items))
    (observation,) = resources(bundle(full), "Observation")
    codes = [coding["code"] for coding in observation["code"].get("coding", [])]
    assert codes == ([TOTALS[measure.title]] if measure.title in TOTALS else [])
    assert observation["code"]["text"] == f"{measure.title}, total"


@given(st.lists(any_answers(), max_size=4))
def test_the_models_of_the_library_read_it(answers: list[Administered]) -> None:
    made = bundle(*answers)
    read = json.loads(Bundle.model_validate(made).model_dump_json())
    assert dt.datetime.fromisoformat(read.pop("timestamp")) == NOW
    assert read == {key: value for key, value in made.items() if key != "timestamp"}


@pytest.mark.parametrize(
    "wrong",
    [{"state": "final"}, {"status": None}, {"effectiveDateTime": "5 Jan"}, {"valueInteger": 8}],
    ids=str,
)
def test_the_models_of_the_library_would_notice(wrong: dict[str, object]) -> None:
    made = bundle(answered("csi4", 5, 6, 5, 5, 5))
    made["entry"][1]["resource"].update(wrong)
    with pytest.raises(ValidationError):
        Bundle.model_validate(made)


@given(st.lists(any_answers(), max_size=4))
def test_it_keeps_the_rules_of_r4(answers: list[Administered]) -> None:
    made = bundle(*answers)
    assert made["type"] == "collection" and INSTANT.fullmatch(made["timestamp"])
    assert all(part not in ([], {}, "", None) for part in parts(made)), "nothing is empty"
    urls = [entry["fullUrl"] for entry in made.get("entry", [])]
    assert len({*urls}) == len(urls), "bdl-7"
    assert all(UUID(url.removeprefix("urn:uuid:")).urn == url for url in urls)
    assert all("resource" in entry for entry in made.get("entry", [])), "bdl-5"
    for part in parts(made):
        if isinstance(part, dict) and "reference" in part:
            assert part["reference"] in urls
    for response in resources(made, "QuestionnaireResponse"):
        follows_its_questionnaire(response)
        assert DATE.fullmatch(response["authored"])
    for observation in resources(made, "Observation"):
        assert DATE.fullmatch(observation["effectiveDateTime"])
        assert len([key for key in observation if key.startswith("value")]) == 1, "value[x]"
    assert len(resources(made, "Observation")) == sum(None not in one.answers for one in answers)


def follows_its_questionnaire(response: Resource) -> None:
    """What a Questionnaire and its answers have to have in common, and what is asked of contained ones."""
    (asked,) = response["contained"]
    assert response["questionnaire"] == f"#{asked['id']}" and ID.fullmatch(asked["id"]), "dom-3"
    assert not {"contained", "meta"} & asked.keys(), "dom-2, dom-4, dom-5"
    options = {
        item["linkId"]: [option["valueInteger"] for option in item["answerOption"]] for item in asked["item"]
    }
    assert len(options) == len(asked["item"]), "que-2"
    assert {item["type"] for item in asked["item"]} == {"choice"}, "que-5"
    links = [item["linkId"] for item in response.get("item", [])]
    assert links == [link for link in options if link in links], (
        "each once, in the order of the questionnaire"
    )
    for item in response.get("item", []):
        (answer,) = item["answer"]
        assert answer["valueInteger"] in options[item["linkId"]]


@given(st.lists(any_answers(), min_size=1, max_size=4))
def test_there_are_no_words_in_it_but_the_name_of_the_measure(answers: list[Administered]) -> None:
    made = bundle(*answers)
    topics = {item.topic for one in answers for item in one.measure.items if item.topic}
    said = {part for part in parts(made) if isinstance(part, str)}
    assert not topics & said
    assert not any("display" in part or "name" in part for part in parts(made) if isinstance(part, dict))
    texts = {part["text"] for part in parts(made) if isinstance(part, dict) and "text" in part}
    assert texts <= {f"{one.measure.title}, total" for one in answers}


def test_whom_it_is_about_is_the_drawn_number_alone() -> None:
    made = bundle(answered("csi4", 5, 6, 5, 5, 5))
    subjects = [entry["resource"]["subject"] for entry in made["entry"]]
    assert (
        subjects
        == [{"type": "Patient", "identifier": {"system": "urn:ietf:rfc:3986", "value": SUBJECT.urn}}] * 2
    )


def test_two_bundles_have_nothing_by_which_to_put_them_together() -> None:
    one = [answered("csi4", 5, 6, 5, 5, 5)]
    other = UUID("0b8e3f5a-2f7c-4e0e-8a57-6a3f1d2c4b5e")
    made = [measures_bundle(one, subject=subject, made=NOW) for subject in (SUBJECT, other)]
    urls = [{entry["fullUrl"] for entry in one["entry"]} for one in made]
    assert not urls[0] & urls[1]
    assert SUBJECT.urn not in as_json(made[1])
