"""What the page of a dialogue says: a step each, our own words, and a clinic's laid over them."""

from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.content import complaints, dialogue
from kapjournal.domain.dialogue import STEPS


def lay(text: str) -> Path:
    folder = paths.config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "dialogue.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def read_anew() -> None:
    dialogue._read.cache_clear()


def test_every_step_says_something_short() -> None:
    assert list(dialogue.prompts()) == [step.value for step in STEPS] and dialogue.complaints() == ()
    for prompt in dialogue.prompts().values():
        assert prompt.large and len(prompt.large) <= dialogue.MAX_LARGE
        assert 0 < len(prompt.lines) <= 3


def test_names_are_put_in_and_nothing_else_in_braces_is_read() -> None:
    named = {"sender": "Ana {topic}", "receiver": "Ben", "topic": "{sender}"}
    said = dialogue.prompts()["more"].about(named)
    assert said.lines[0].startswith("Ben asks") and said.lines[1] == "Ana {topic} says when it is all."
    assert "“Is now OK to talk about {sender}?”" in dialogue.prompts()["now"].about(named).lines


def test_a_clinics_file_says_only_what_is_to_be_otherwise() -> None:
    ours = dialogue.prompts()
    dialogue._read.cache_clear()
    lay('[mirror]\nlarge = "{receiver} says it back"\n\n[thanks]\nlines = ["Thank you."]\n')
    clinics = dialogue.prompts()
    assert dialogue.complaints() == ()
    assert clinics["mirror"].large == "{receiver} says it back"
    assert clinics["mirror"].lines == ours["mirror"].lines
    assert clinics["thanks"].lines == ("Thank you.",) and clinics["sender"] == ours["sender"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[bed]\nlarge = "x"', "“bed” is none of topic"),
        ("mirror = 3", "“mirror” is a table"),
        ('[mirror]\nbig = "x"', "“big” is none of large, lines"),
        ('[mirror]\nlarge = ""', "“large” is text in lines of at most 24"),
        (f'[mirror]\nlarge = "{"x" * 25}"', "“large” is text"),
        ('[mirror]\nlarge = "{label} mirrors"', "“{label}” is none of sender"),
        ("[mirror]\nlines = []", "“lines” is a list of 1 to 4"),
        ('[mirror]\nlines = "one"', "“lines” is a list"),
        ('[mirror]\nlines = ["a", "b", "c", "d", "e"]', "“lines” is a list"),
        ('[mirror]\nlines = ["a\\u001b[2J"]', "“lines” is text"),
        ("[mirror]\nlines = [3]", "“lines” is text"),
    ],
)
def test_what_is_wrong_is_named_and_ours_stays(text: str, said: str) -> None:
    ours = dialogue.prompts()
    dialogue._read.cache_clear()
    file = lay(text)
    [complaint] = dialogue.complaints()
    assert said in complaint and str(file) in complaint
    assert dialogue.prompts() == ours and complaint in complaints.complaints()
