"""The measures of the program, a clinic's laid over them, and what no file can change."""

from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.content import measures
from kapjournal.domain.measures import CutOffSide, cut_off_side
from kapjournal.errors import NotFound


def own(name: str, text: str) -> Path:
    folder = paths.config_folder() / "measures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_there_are_six_and_an_example_that_is_none_of_them() -> None:
    assert [one.id for one in measures.all_measures() if not one.is_example] == list(measures.IDS[:6])
    assert measures.all_measures()[-1].is_example and measures.complaints() == ()


@pytest.mark.parametrize(("name", "wanted"), [("PHQ-9", "phq9"), ("csi 16", "csi16"), ("Pcl5", "pcl5")])
def test_a_measure_is_found_however_its_hyphen_is_written(name: str, wanted: str) -> None:
    assert measures.measure(name).id == wanted
    known = measures.known(wanted)
    assert known is not None and known.id == wanted


def test_a_measure_nobody_knows_is_not_found() -> None:
    with pytest.raises(NotFound, match="no measure “das”; they are phq9, gad7"):
        measures.measure("das")
    assert measures.known("PHQ-9") is None


def test_a_clinic_counts_cases_its_own_way_and_sets_a_change_for_the_csi() -> None:
    own("gad7.toml", '[cut-off]\nat = 8\nname = "caseness"\nsource = "NHS Talking Therapies"\n')
    own("csi16.toml", '[reliable-change]\npoints = 6.7\nsource = "Our own, from SD 17 and alpha .98"\n')
    assert cut_off_side(measures.measure("gad7"), 8) is CutOffSide.REACHED
    csi = measures.measure("csi16")
    assert csi.reliable_change is not None and csi.reliable_change.points == 6.7
    assert csi.cut_off is not None and csi.cut_off.low == 51.5 and measures.complaints() == ()


@pytest.mark.parametrize("name", ["csi4", "csi16"])
def test_no_reliable_change_is_made_up_for_the_csi(name: str) -> None:
    assert measures.measure(name).reliable_change is None


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("phq9.toml", "[safety]\nitem = 9\nat = 3\n", ", line 1: “safety” is none of cut-off, bands"),
        ("phq9.toml", 'direction = "higher-better"\n', "the rest is the instrument's own"),
        ("phq9.toml", "items = []\n", "the rest is the instrument's own"),
        ("phq9.toml", '[cut-off]\nat = 30\nname = "a"\nsource = "b"\n', ", line 1: The cut-off lies between"),
        ("phq9.toml", '[cut-off]\nat = 9\nname = "a"\n', ", line 1: “source” is one line"),
        ("phq9.toml", '[cut-off]\nat = "9"\nname = "a"\nsource = "b"\n', ", line 2: “at” is a number"),
        ("phq9.toml", '[cut-off]\nat = [1, 2, 3]\nname = "a"\nsource = "b"\n', "a range of two"),
        ("phq9.toml", '[cut-off]\nat = nan\nname = "a"\nsource = "b"\n', "“at” is a number"),
        ("phq9.toml", '[bands]\nsource = "a"\nlist = [[0, 26, "a"]]\n', "The last band ends at 27"),
        ("phq9.toml", '[bands]\nsource = "a"\nlist = [[0, "x", "a"]]\n', "“list” holds bands"),
        ("csi4.toml", "[reliable-change]\npoints = 3\n", "“source” is one line"),
        ("csi4.toml", '[reliable-change]\npoints = 0\nsource = "a"\n', "more than 0"),
        ("csi4.toml", "reliable-change = 3\n", "“reliable-change” is a table"),
        ("csi4.toml", "[reliable-change]\nscore = 3\n", ", line 2: “score” is none of points"),
        ("das.toml", "", "there is no measure of that name"),
        ("phq9.toml", "[cut-off", "could not be read"),
    ],
)
def test_a_broken_file_is_named_and_ours_is_used(name: str, text: str, said: str) -> None:
    before = measures.all_measures()
    measures._read.cache_clear()
    file = own(name, text)
    [complaint] = measures.complaints()
    assert complaint.startswith(str(file)) and said in complaint
    assert measures.all_measures() == before
