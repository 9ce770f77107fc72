"""Packs of official words: what is read from FHIR and from TOML, and what is refused, with the item named."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from kapjournal import paths
from kapjournal.content import measure_packs
from kapjournal.content.measure_packs import FOLDER, MAX_BYTES, pack_for, packs, read_pack
from kapjournal.content.measures import measure
from kapjournal.errors import NotFound, Refused
from tests.content.invented_packs import invented

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
QUESTIONNAIRE = json.loads((FOLDER / "example.json").read_text(encoding="utf-8"))
TOML = (FOLDER / "example.toml").read_text(encoding="utf-8")


def own(name: str, text: str | bytes) -> Path:
    folder = paths.config_folder() / "packs"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder / name


def questionnaire(**changed: Any) -> dict[str, Any]:
    return {**deepcopy(QUESTIONNAIRE), **changed}


def test_the_example_says_the_same_in_both_formats() -> None:
    of_toml, of_json = read_pack(FOLDER / "example.toml"), read_pack(FOLDER / "example.json")
    assert of_toml.items == of_json.items and of_toml.fingerprint == of_json.fingerprint
    assert of_toml.introduction == of_json.introduction != ""
    assert [one.number for one in of_toml.items] == [1, 2, 3]
    assert [answer.value for answer in of_toml.items[1].answers] == [3, 2, 1, 0], "as it is printed"
    assert packs() == (of_toml,) and measure_packs.complaints() == ()


@pytest.mark.parametrize("name", ["phq9", "gad7", "phq4", "csi4", "csi16", "pcl5"])
def test_every_measure_can_have_a_pack_in_fhir(name: str) -> None:
    file = own("a.json", json.dumps(invented(name)))
    assert measure_packs.complaints() == ()
    pack = pack_for(name)
    assert pack is not None and pack.file == file and pack.introduction == "Of pebbles."
    values = [tuple(answer.value for answer in item.answers) for item in pack.items]
    assert values == [item.values for item in measure(name).items]
    assert pack.version == "-" and pack.title == measure(name).title


def test_a_pack_of_ours_may_say_its_answers_once() -> None:
    items = "".join(f'[[items]]\nnumber = {n}\ntext = "Pebble {n}?"\n' for n in range(1, 8))
    answers = ", ".join(f'{{ value = {value}, text = "pebble {value}" }}' for value in range(4))
    own("g.toml", f'measure = "gad7"\nlanguage = "de-CH"\ntitle = "G"\nanswers = [{answers}]\n{items}')
    assert measure_packs.complaints() == ()
    pack = pack_for("gad7", "DE-ch")
    assert pack is not None and len(pack.items) == 7
    with pytest.raises(NotFound, match="no pack in “fr” for this measure; there are de-CH"):
        pack_for("gad7", "fr")
    assert pack_for("phq9", "fr") is None


def test_of_two_packs_of_one_language_the_second_is_named() -> None:
    own("a.json", json.dumps(invented("gad7")))
    second = own("b.json", json.dumps(invented("gad7")))
    own("c.json", json.dumps(invented("gad7", language="fr")))
    [complaint] = measure_packs.complaints()
    assert complaint == f"{second} is not used: a.json is a pack of the same measure and language."
    assert [one.language for one in packs() if one.measure == "gad7"] == ["en", "fr"]


def test_a_changed_word_is_another_mark() -> None:
    changed = invented("gad7")
    first = read_pack(own("a.json", json.dumps(changed)))
    changed["item"][0]["item"][2]["text"] = "Stone?"
    second = read_pack(own("b.json", json.dumps(changed)))
    assert first.fingerprint != second.fingerprint and first.fingerprint.split()[:2] == ["en", "-"]


def test_the_example_of_the_clinic_takes_the_place_of_ours() -> None:
    file = own("tea.json", json.dumps(questionnaire(version="2")))
    assert [one.file for one in packs()] == [file] and measure_packs.complaints() == ()


def item(place: int, **changed: Any) -> dict[str, Any]:
    """The example with something else in one item; None takes a field out."""
    whole = questionnaire()
    whole["item"][place] |= changed
    whole["item"][place] = {key: value for key, value in whole["item"][place].items() if value is not None}
    return whole


def options(*values: object) -> list[dict[str, Any]]:
    return [
        {"valueCoding": {"display": f"a{n}", "extension": [{"url": ORDINAL, "valueDecimal": value}]}}
        for n, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (item(2, prefix="3."), "item 2 (“2”): “prefix”, “linkId” and “code” say different numbers"),
        (item(2, prefix="3.", linkId="x"), "item 3: “number” should be 2"),
        (item(2, prefix=None, linkId="x"), "item 2 (“x”): it has no number"),
        (item(2, type="string"), "item 2 (“2”): its “type” is string"),
        (
            item(2, answerOption=options(0, 1, 2, 3)),
            "item 2: its answers have the values 0, 1, 2, 3; they sho",
        ),
        (
            item(2, answerOption=options(3, 2, 1)),
            "item 2: its answers have the values 3, 2, 1; they should be 3",
        ),
        (
            item(2, answerOption=options(3, 2, 1, None)),
            "item 2: its answers have the values 3, 2, 1, nothing",
        ),
        (item(2, answerOption=options(3, 2, 1, 0.5)), "item 2: its answers have the values 3, 2, 1, 0.5"),
        (item(2, answerOption=options(3, 2, True, 0)), "item 2: its answers have the values 3, 2, True, 0"),
        (item(2, answerOption=None), "item 2: it has no list “answerOption”"),
        (item(2, text=""), "item 2: its words are missing"),
        (item(2, text="x" * 1001), "item 2: its words are missing, or longer than 1000"),
        (item(2, text="a\x1b[2J"), "item 2: its words hold a control character"),
        (item(2, text="\u200b"), "item 2: its words are missing"),
        (item(2, enableWhen=[]), "item “2”: it has “enableWhen”"),
        (item(2, modifierExtension=[]), "item “2”: it has “modifierExtension”"),
        (item(2, item=[]), "item “2”: there are items inside it"),
        (questionnaire(item=QUESTIONNAIRE["item"][:3]), "item 3 is missing"),
        (
            questionnaire(
                item=[*QUESTIONNAIRE["item"], QUESTIONNAIRE["item"][3] | {"prefix": "4", "linkId": "4"}]
            ),
            "item 4: Example",
        ),
        (questionnaire(item=3), "the questionnaire has no list “item”"),
        (questionnaire(name="das"), "it does not say which measure it is"),
        (questionnaire(language="English please"), "“language” is a short code"),
        (questionnaire(resourceType="Bundle"), "its “resourceType” is not"),
        (questionnaire(modifierExtension=[]), "it has a “modifierExtension”"),
        (questionnaire(title="a\nb"), "title: it is one line"),
        (questionnaire(version=3), "version: its words are missing"),
    ],
)
def test_a_questionnaire_with_one_thing_wrong_is_refused_whole(given: dict[str, Any], said: str) -> None:
    file = own("tea.json", json.dumps(given))
    [complaint] = measure_packs.complaints()
    assert complaint.startswith(f"{file} is not used: {said}"), complaint
    assert [one.file.name for one in packs()] == ["example.toml"], "ours is still there"


def test_an_item_with_the_code_of_another_panel_is_named() -> None:
    given = invented("phq9")
    given["item"][0]["item"][4]["code"][0]["code"] = "99999-9"
    own("a.json", json.dumps(given))
    [complaint] = measure_packs.complaints()
    assert "item 5 (“/44251-7”): its LOINC code is that of no item of PHQ-9" in complaint
    given["item"][0]["item"][4]["code"][0]["code"] = "44260-8"
    with pytest.raises(Refused, match="item 9: “number” should be 5"):
        read_pack(own("a.json", json.dumps(given)))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("number = 2", "number = 3", "item 3: “number” should be 2"),
        ("number = 2", 'number = "2"', "item 2: “number” should be 2"),
        (
            '{ value = 3, text = "Not long" }',
            '{ value = 4, text = "Not long" }',
            "item 2: its answers have the",
        ),
        ("Not long", "A little while", "item 2: two answers have the same words"),
        ("Not long", "", "item 2, answer 3: its words are missing"),
        ('measure = "example"', 'measure = "das"', "“measure” is one of phq9"),
        ('version = "1"', 'score = "1"', "“score” is none of measure, language"),
        ('language = "en"', "", "“language” is a short code"),
        ("[[items]]\nnumber = 3", "[[more]]\nnumber = 3", "“more” is none of"),
        ("[[items]]", "[items", "it is not TOML"),
    ],
)
def test_a_pack_of_ours_with_one_thing_wrong_is_refused_whole(before: str, after: str, said: str) -> None:
    file = own("tea.toml", TOML.replace(before, after))
    [complaint] = measure_packs.complaints()
    assert complaint.startswith(f"{file} is not used: {said}"), complaint


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.json", b"[]", "it is not a JSON object"),
        ("a.json", b"{", "it is not JSON"),
        ("a.json", b"[" * 200_000, "it is nested too deeply"),
        ("a.json", b'{"name": "x", "name": "y"}', "it is not JSON (a key stands twice"),
        ("a.json", b"\xff{}", "it is not UTF-8: byte 1"),
        ("a.toml", b"x" * (MAX_BYTES + 1), "it is longer than 512 KiB"),
    ],
)
def test_a_file_that_is_no_pack_is_named(name: str, data: bytes, said: str) -> None:
    file = own(name, data)
    [complaint] = measure_packs.complaints()
    assert complaint.startswith(f"{file} is not used: {said}"), complaint


def test_a_folder_in_the_place_of_a_file_and_a_hundred_and_one_files() -> None:
    (paths.config_folder() / "packs" / "a.json").mkdir(parents=True)
    [complaint] = measure_packs.complaints()
    assert "it could not be read (Is a directory)" in complaint
    measure_packs._read.cache_clear()
    for number in range(100):
        own(f"b{number}.json", "{}")
    assert "holds more than 100 packs; the rest is left out" in measure_packs.complaints()[0]
    assert len(measure_packs.complaints()) == 101
