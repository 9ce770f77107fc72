"""The steps of the parts check-in: our own words, and a clinic's file laid over them step by step."""

from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.content import complaints, steps
from kapjournal.content.steps import Sheet
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.parts import SPEAK, YES
from kapjournal.domain.steps import page, read

OURS = ("nearest", "towards", "fear", "knows", "here", "speak")


def lay(text: str) -> Path:
    folder = paths.config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "parts.toml").write_text(text, encoding="utf-8")
    return folder / "parts.toml"


@pytest.fixture(autouse=True)
def read_anew() -> None:
    steps._read.cache_clear()


def sheet() -> Sheet:
    return steps.sheet_of(NoteKind.PARTS)


def complained() -> tuple[str, ...]:
    return steps.complaints(NoteKind.PARTS)


def names() -> tuple[str, ...]:
    return tuple(step.id for step in sheet().steps)


def test_ours_are_six_and_the_last_asks_for_leave() -> None:
    assert names() == OURS and complained() == ()
    last = sheet().steps[-1]
    assert last.id == SPEAK and last.one and YES in last.words


def test_a_clinics_file_says_only_what_is_to_be_otherwise() -> None:
    ours = {step.id: step for step in sheet().steps}
    steps._read.cache_clear()
    lay(
        'safety = "Stop, and call us."\n\n[towards]\nquestion = "How are you with it?"\n\n'
        '[fear]\nhelp = ""\n\n[body]\nquestion = "Where in the body is it?"\n\n'
        '[speak]\nwords = ["yes", "later"]\n'
    )
    clinics = {step.id: step for step in sheet().steps}
    assert complained() == () and sheet().safety == "Stop, and call us."
    assert names() == ("nearest", "towards", "fear", "knows", "here", "body", "speak"), "its own before leave"
    assert clinics["towards"].question == "How are you with it?"
    assert clinics["towards"].help == ours["towards"].help and clinics["fear"].help == ""
    assert (clinics["nearest"], clinics["here"]) == (ours["nearest"], ours["here"])
    assert clinics["speak"].words == ("yes", "later") and clinics["speak"].one
    answers = {"towards": "Kindly.", "body": "The throat."}
    assert read(sheet().steps, page(sheet().steps, answers)) == answers


def test_what_is_wrong_is_named_with_its_line_and_the_rest_is_used() -> None:
    file = lay('[towards]\nquestion = "How now?"\n\n[fear]\nhelp = "Slowly."\nquestion = 3\n')
    by_id = {step.id: step for step in sheet().steps}
    assert by_id["towards"].question == "How now?"
    assert by_id["fear"].help == "In its own words, if it has some."
    [complaint] = complained()
    assert complaint.startswith(f"{file}, line 6: “question” is one line of text")
    assert complaint.endswith("“fear” in it is left out.")
    assert complaint in complaints.complaints(), "and every face names it as it begins"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('safety = ""', 1),
        ("safety = 3", 1),
        (f'safety = "{"x" * 241}"', 1),
        ("fear = 3", 1),
        ('[fear]\nquestion = "a\\nb"', 2),
        (f'[fear]\nquestion = "{"x" * 145}"', 2),
        ('[fear]\nquestion = " "', 2),
        ('[fear]\nquestion = "How do I feel towards it?"', 2),
        ("[fear]\none = true", 2),
        ("[fear]\nscore = 3", 2),
        ('[fear]\nhelp = "x\\u001b[2J"', 2),
        ('[here]\nwords = "calm"', 2),
        ('[here]\nwords = ["calm", "calm"]', 2),
        ('[here]\nwords = ["calm, and more"]', 2),
        ('[here]\nwords = ["Calm"]', 2),
        ('[here]\none = "yes"', 2),
        ('[speak]\nwords = ["no", "never"]', 1),
        ("[speak]\none = false", 1),
        ('[body]\nhelp = "A question is missing."', 1),
        ('["Body"]\nquestion = "Where?"', 1),
    ],
)
def test_what_is_no_step_is_left_out_with_a_sentence(text: str, line: int) -> None:
    ours = sheet()
    steps._read.cache_clear()
    file = lay(text)
    assert sheet() == ours
    [complaint] = complained()
    assert complaint.startswith(f"{file}, line {line}: “") or f"{file}, line {line}: " in complaint


def test_more_steps_than_can_be_asked_are_left_out() -> None:
    lay("\n".join(f'[n{number}]\nquestion = "Number {number}?"' for number in range(8)))
    assert names() == (*OURS[:-1], *(f"n{number}" for number in range(6)), SPEAK)
    assert len(complained()) == 2 and "at most 12 steps" in complained()[0]


def test_a_file_that_is_no_toml_is_named_and_ours_is_used() -> None:
    lay("[fear")
    assert names() == OURS and "ours is used" in complained()[0]
