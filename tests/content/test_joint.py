"""What two write down together: our own fields, and a clinic's file laid over them field by field."""

from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.content import complaints, joint
from kapjournal.domain.joint import MAX_FIELDS, JointKind, are_fields


def lay(text: str) -> Path:
    folder = paths.config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "joint.toml").write_text(text, encoding="utf-8")
    return folder / "joint.toml"


@pytest.fixture(autouse=True)
def read_anew() -> None:
    joint._read.cache_clear()


def names(kind: JointKind) -> list[str]:
    return [one.name for one in joint.form_of(kind).fields]


@pytest.mark.parametrize("kind", JointKind)
def test_every_kind_has_a_title_a_sentence_and_fields_that_can_be_stored(kind: JointKind) -> None:
    form = joint.form_of(kind)
    assert form.title and form.what.endswith(".") and form.fields
    assert are_fields([(name, "x") for name in names(kind)])
    assert all(one.label and one.prompt for one in form.fields)


def test_an_agreement_begins_without_pictures() -> None:
    assert [one.name for one in joint.form_of(JointKind.AGREEMENT).fields if one.begins] == ["pictures"]


def test_a_clinics_file_says_only_what_is_to_be_otherwise() -> None:
    ours = joint.form_of(JointKind.AGREEMENT)
    joint._read.cache_clear()
    lay(
        '[agreement]\ntitle = "House rules"\n\n[agreement.stop]\nprompt = ""\n\n'
        '[agreement.music]\nlabel = "Music"\nseveral = true\n'
    )
    clinics = joint.form_of(JointKind.AGREEMENT)
    assert joint.complaints() == () and (clinics.title, clinics.what) == ("House rules", ours.what)
    assert names(JointKind.AGREEMENT) == [*(one.name for one in ours.fields), "music"]
    stop, music = clinics.field("stop"), clinics.field("music")
    assert stop and stop.label == "Stop signal" and stop.prompt == ""
    assert music and music.several and clinics.field("dance") is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[treaty]\ntitle = "x"\n', "line 1: “treaty” is none of agreement,"),
        ('[loop]\ntitle = ""\n', "line 2: “title” is one line of text, of at most 36 characters."),
        ('[loop.Mood]\nlabel = "x"\n', "“Mood” is no name"),
        ('[loop.mood]\nprompt = "x"\n', "“mood” needs “label”"),
        ("[loop.name]\nseveral = 1\n", "line 2: “several” is true or false."),
        ("[loop.name]\ncolour = 1\n", "“colour” is none of label, prompt, several, begins."),
        ("[loop]\nname = 1\n", "“loop.name” is a table"),
        ('[authorisation.also]\nlabel = "And also"\n', "has no further fields."),
        ("loop = 1\n", "“loop” is a table"),
        (
            "".join(f'[loop.f{number}]\nlabel = "x"\n' for number in range(MAX_FIELDS)),
            f"“loop” has at most {MAX_FIELDS} fields.",
        ),
    ],
)
def test_what_is_wrong_is_named_and_ours_is_used(text: str, sentence: str) -> None:
    ours = joint.form_of(JointKind.LOOP)
    joint._read.cache_clear()
    lay(text)
    assert joint.form_of(JointKind.LOOP) == ours
    [complaint] = joint.complaints()
    assert sentence in complaint and complaints.complaints() == (complaint,)
