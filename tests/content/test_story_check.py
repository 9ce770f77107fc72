"""The questions of the story check, and a clinic's own."""

from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.content import story_check
from kapjournal.content.complaints import complaints
from kapjournal.deidentify import story_points


def test_the_last_question_is_for_the_reader_alone() -> None:
    questions = list(story_check.questions().values())
    assert [one.id for one in questions] == ["event", "place", "job", "children", "known"]
    assert questions[-1].question == "Would a colleague in this town know them?" and questions[-1].words == ()


def test_each_word_is_there_once() -> None:
    for question in story_check.questions().values():
        assert len(set(question.words)) == len(question.words)


def test_a_clinic_can_ask_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "config_folder", lambda: tmp_path)
    (tmp_path / "story_check.toml").write_text(
        '[place]\nquestion = "Is it the valley?"\nwords = ["Dale*"]\n\n[job]\nwords = ["vet"]\n', "utf-8"
    )
    assert [(one.question_id, one.text) for one in story_points("The vet of dalesfoot.")] == [
        ("job", "vet"),
        ("place", "dalesfoot"),
    ]
    (complaint,) = story_check.complaints()
    assert complaint in complaints()
    assert "story_check.toml" in complaint and "“job” in it is left out" in complaint
