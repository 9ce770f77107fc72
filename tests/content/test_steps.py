"""The pages in steps that come with the program, and the topics: body first, and no verdict."""

import re
from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.content import complaints, steps, topics
from kapjournal.content.prompts import MAX_LENGTH
from kapjournal.content.steps import KINDS, sheet_of
from kapjournal.content.topics import topic_of
from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind, kinds_offered

VERDICTS = re.compile(
    r"\b(score|should|fault|to blame|leave (him|her|them)|stay with|divorce|normal|always)\b", re.I
)


@pytest.fixture(autouse=True)
def read_anew() -> None:
    steps._read.cache_clear()
    topics._read.cache_clear()


def lay(name: str, text: str) -> Path:
    folder = paths.config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_half_has_six_fields_and_a_witness_three_stretches() -> None:
    fields = tuple(step.id for step in sheet_of(NoteKind.CYCLE).steps)
    assert fields == ("when", "show", "under", "believe", "do", "long")
    assert len(sheet_of(NoteKind.WITNESS).steps) == 3
    assert "afraid of your partner" in sheet_of(NoteKind.WITNESS).safety


def test_a_clinic_gives_a_field_other_words() -> None:
    lay("cycle.toml", '[when]\nquestion = "It begins when"\n')
    assert sheet_of(NoteKind.CYCLE).steps[0].question == "It begins when"
    assert sheet_of(NoteKind.PARTS).steps[0].id == "nearest"


@pytest.mark.parametrize("kind", KINDS)
def test_no_step_gives_a_verdict(kind: NoteKind) -> None:
    for step in sheet_of(kind).steps:
        assert not VERDICTS.search(f"{step.question} {step.help}")


def test_topics_are_short_lists_that_begin_with_the_body() -> None:
    assert list(topics.topics()) == ["ties", "aim", "money", "loyalty", "distance"]
    for topic in topics.topics().values():
        prompts = topic.prompts.prompts
        assert 2 <= len(prompts) <= 5 and all(len(one) <= MAX_LENGTH for one in prompts)
        assert re.search(r"\bbody\b|shoulders", prompts[0]), "the body first"
        assert not VERDICTS.search(" ".join((topic.sentence, topic.prompts.hint, *prompts)))


def test_an_aim_can_be_each_of_three_and_unsure() -> None:
    aim = topics.topics()["aim"].prompts
    assert "to make it better, to find out, to end it well" in aim.prompts[0]
    assert "unsure" in aim.hint and "Nothing here asks you to decide." in aim.hint


def test_a_topic_is_a_tag_of_a_page_or_of_one_on_values() -> None:
    assert topic_of(NoteKind.PAGE, ("hall", "Money", "ties")) == topics.topics()["money"]
    assert topic_of(NoteKind.VALUES, ("ties",)) == topics.topics()["ties"]
    assert topic_of(NoteKind.BODY, ("ties",)) is None and topic_of(NoteKind.PAGE, ("hall",)) is None


def test_a_clinics_topics_stand_beside_ours_and_what_is_wrong_is_named() -> None:
    file = lay(
        "topics.toml",
        '[money]\nsentence = "the common purse"\nprompts = ["Where is it felt?"]\n\n'
        '[garden]\nsentence = "the garden"\nprompts = ["What grows?"]\n\n[ties]\nprompts = ["x"]\n',
    )
    assert topics.topics()["money"].prompts.prompts == ("Where is it felt?",)
    assert list(topics.topics())[-1] == "garden" and topics.topics()["ties"].sentence.startswith("friends")
    [complaint] = topics.complaints()
    assert complaint.startswith(str(file)) and "“ties” needs “sentence”" in complaint
    assert complaint in complaints.complaints()


@pytest.mark.parametrize(
    "text",
    [
        "money = 3",
        '["Money"]\nsentence = "x"',
        "[money]\nsentence = 3",
        '[money]\nsentence = "x"\nscore = 3',
        '[money]\nsentence = "x"\nprompts = [""]',
    ],
)
def test_what_is_no_topic_is_left_out(text: str) -> None:
    ours = dict(topics.topics())
    topics._read.cache_clear()
    lay("topics.toml", text)
    assert topics.topics() == ours and len(topics.complaints()) == 1


def test_the_page_of_a_witness_is_not_offered_where_dialogue_is_kept_for_the_room() -> None:
    kept = kinds_offered(Role.PARTNER, is_kept_for_the_room=True)
    free = kinds_offered(Role.PARTNER, is_kept_for_the_room=False)
    assert set(free) - set(kept) == {NoteKind.WITNESS}
    assert NoteKind.WITNESS in kinds_offered(Role.PARTNER, NoteKind.WITNESS, is_kept_for_the_room=True)
    assert kinds_offered(Role.THERAPIST, is_kept_for_the_room=False) == (NoteKind.OBSERVATION,)
