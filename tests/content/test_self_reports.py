"""The sliders and the rows of the card: our own words, and a clinic's file laid over them."""

import pytest

from kapjournal import paths
from kapjournal.content import self_reports as content
from kapjournal.domain.self_reports import is_name


def lay(name: str, text: str) -> None:
    folder = paths.config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def read_anew() -> None:
    content._sliders.cache_clear()
    content._effects.cache_clear()


def test_three_sliders_are_shown_and_four_on_demand() -> None:
    rows = content.sliders()
    assert [name for name, one in rows.items() if not one.on_demand] == ["mood", "fear", "understood"]
    assert [name for name, one in rows.items() if one.on_demand] == ["calm", "closeness", "openness", "hope"]
    assert all(is_name(name) and one.low and one.high for name, one in rows.items())


def test_pain_and_use_outside_the_plan_alone_are_for_the_clinic_today() -> None:
    rows = content.effects()
    assert {name for name, one in rows.items() if one.tells_clinic} == {"water-pain", "outside-plan"}
    assert all(map(is_name, rows)) and content.complaints() == ()


def test_a_clinics_file_is_laid_over_table_by_table_and_what_is_wrong_is_named() -> None:
    lay(
        "check_in.toml",
        '[mood]\nlabel = "Spirits"\nlow = "low"\nhigh = "high"\n[x]\nlabel = "X"\nlow = "a"\n',
    )
    lay(
        "after_effects.toml",
        '[itch]\nlabel = "Itching"\ntell-the-clinic = true\n[fog]\nlabel = "Fog"\nloud = 1\n',
    )
    assert content.sliders()["mood"].label == "Spirits" and next(iter(content.sliders())) == "mood"
    assert content.effects()["itch"].tells_clinic and content.effects()["fog"].label == "Foggy, or forgetful"
    wrong, loud = content.complaints()
    assert "check_in.toml, line 5: “x” needs “high”" in wrong and "“loud” is none of" in loud


@pytest.mark.parametrize(
    "table",
    [
        '["Mood"]\nlabel = "x"\nlow = "a"\nhigh = "b"',
        '[joy]\nlabel = ""\nlow = "a"\nhigh = "b"',
        '[joy]\nlabel = "a\\nb"\nlow = "a"\nhigh = "b"',
        f'[joy]\nlabel = "{"x" * 37}"\nlow = "a"\nhigh = "b"',
        f'[joy]\nlabel = "x"\nlow = "{"x" * 15}"\nhigh = "b"',
        '[joy]\nlabel = "x"\nlow = "a"\nhigh = "b"\non-demand = "yes"',
        "joy = 3",
        "[joy",
    ],
)
def test_what_is_no_slider_is_left_out_with_a_sentence(table: str) -> None:
    lay("check_in.toml", table)
    assert "joy" not in content.sliders() and "Mood" not in content.sliders()
    assert len(content.complaints()) == 1 and len(content.sliders()) == 7


def test_more_tables_than_a_report_can_name_are_left_out() -> None:
    lay("check_in.toml", "\n".join(f'[n{one}]\nlabel = "x"\nlow = "a"\nhigh = "b"' for one in range(40)))
    assert len(content.sliders()) == 40 and "more than 40 tables" in content.complaints()[0]


def test_what_is_not_here_any_more_is_called_by_its_name() -> None:
    assert content.label_of("of-tomorrow", content.sliders()) == "Of tomorrow"
