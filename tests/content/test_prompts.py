import pytest

from kapjournal import paths
from kapjournal.content import prompts
from kapjournal.domain.notes import NoteKind
from kapjournal.toml import FieldError


@pytest.mark.parametrize("kind", NoteKind)
def test_every_kind_has_two_to_five_prompts(kind: NoteKind) -> None:
    assert 2 <= len(prompts.prompts_for(kind).prompts) <= 5


def test_capture_says_that_it_needs_no_sentences() -> None:
    assert "No sentences needed" in prompts.prompts_for(NoteKind.CAPTURE).hint


@pytest.mark.parametrize(
    ("name", "given", "field"),
    [
        ("poem", {"prompts": []}, "poem"),
        ("page", "one", "page"),
        ("page", {"prompts": "one"}, "page.prompts"),
        ("page", {"prompts": ["a\nb"]}, "page.prompts"),
        ("page", {"prompts": ["a", ""]}, "page.prompts"),
        ("page", {"prompts": ["a", 1]}, "page.prompts"),
        ("page", {"prompts": ["a" * 145]}, "page.prompts"),
        ("page", {"hint": ["a"]}, "page.hint"),
        ("page", {"score": 3}, "page.score"),
    ],
)
def test_prompts_that_are_not_of_their_form_are_refused(name: str, given: object, field: str) -> None:
    with pytest.raises(FieldError) as refused:
        prompts.read_prompts(name, given)
    assert refused.value.field == field


def test_a_clinics_own_prompts_take_the_place_of_ours_kind_by_kind() -> None:
    ours = prompts.FILE.read_text(encoding="utf-8")
    folder = paths.config_folder()
    folder.mkdir(parents=True)
    file = folder / "prompts.toml"
    file.write_text(
        '[page]\nprompts = ["What do you bring today?"]\n\n[weave]\nprompts = []\n\n'
        '[body]\nhint = "Slowly."\nprompts = [\n  "One",\n  2,\n]\n',
        encoding="utf-8",
    )
    assert prompts.prompts_for(NoteKind.PAGE).prompts == ("What do you bring today?",)
    assert prompts.prompts_for(NoteKind.WEAVE).prompts == ()
    assert "Slowly from feet to forehead" in prompts.prompts_for(NoteKind.BODY).prompts[0]
    [complaint] = prompts.complaints()
    assert complaint.startswith(f"{file}, line 9: “prompts” is a list of lines")
    assert complaint.endswith("“body” in it is left out.")
    assert "[capture]" in ours and prompts.prompts_for(NoteKind.CAPTURE).hint
