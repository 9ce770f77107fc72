import re
import tomllib
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem

import kapjournal
import kapjournal.tui
from kapjournal.errors import UsageError
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.contrast import ratio
from kapjournal.tui.shell.theme import GROUNDS, WORDS

TUI = Path(kapjournal.tui.__file__).parent

SHIPPED = sorted(theme.shipped_folder().glob("*.toml"))
each_theme = pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
each_depth = pytest.mark.parametrize("colours_left", ["all", "256"])


def colours(file: Path, left: str = "all") -> dict[str, str]:
    """The colours of a theme as a terminal shows them that has all of them, or 256."""
    read: dict[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))["colours"]
    return read if left == "all" else {name: reduced(colour) for name, colour in read.items()}


def reduced(colour: str) -> str:
    return Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex


def wanted(file: Path) -> float:
    return 7.0 if file.stem == "contrast" else 4.5


def test_contrast_is_measured_as_wcag_says() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#ffffff", "#ffffff") == pytest.approx(1)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the well-known pair around AA
    assert ratio("#ffffff", "#767676") == pytest.approx(4.54, abs=0.005)


@each_theme
@each_depth
def test_words_can_be_read_on_every_ground(file: Path, colours_left: str) -> None:
    colour = colours(file, colours_left)
    hard = {(w, g): ratio(colour[w], colour[g]) for w in WORDS for g in GROUNDS}
    assert {pair: apart for pair, apart in hard.items() if apart < wanted(file)} == {}


@each_theme
@each_depth
def test_words_can_be_read_on_a_pressed_button(file: Path, colours_left: str) -> None:
    colour = colours(file, colours_left)
    assert ratio(colour["background"], colour["primary"]) >= wanted(file)
    assert ratio(colour["background"], colour["foreground"]) >= wanted(file)


@each_theme
@each_depth
def test_where_one_is_can_be_seen(file: Path, colours_left: str) -> None:
    colour = colours(file, colours_left)
    for ground in ("background", "surface", "panel"):
        assert ratio(colour["primary"], colour[ground]) >= 3  # the border of what has the focus
        assert ratio(colour["highlight"], colour[ground]) >= 1.09
        assert ratio(colour["border"], colour[ground]) >= (3 if file.stem == "contrast" else 1.25)


def test_the_row_with_the_cursor_is_bold_too() -> None:
    for loaded in theme.load_all([theme.shipped_folder()]).by_name.values():
        assert loaded.variables["block-cursor-text-style"] == "bold"


def test_readers_are_told_apart_without_colour() -> None:
    symbols = {readers_line.ONLY_YOU_SYMBOL, readers_line.SOME, readers_line.ALL}
    assert len(symbols) == 3
    assert len({readers_line.tone(symbol) for symbol in symbols}) == 3


@each_theme
def test_every_variable_our_words_use_is_a_colour_of_the_theme(file: Path) -> None:
    """What Textual derives by itself is held to nothing, so nothing is written in it."""
    own = colours(file).values()
    made = theme.from_toml(file.read_text(encoding="utf-8")).to_color_system().generate()
    for source in [*TUI.rglob("*.tcss"), *TUI.rglob("*.py")]:
        for name in re.findall(r"\$([a-z]+(?:-[a-z0-9]+)*)", source.read_text(encoding="utf-8")):
            if not name.endswith("-style"):
                assert min(ratio(made[name], colour) for colour in own) < 1.02, f"{source.name}: ${name}"


def test_the_shipped_themes_load() -> None:
    loaded = theme.load_all([theme.shipped_folder()])
    assert set(loaded.by_name) == {"dusk", "dawn", "sage", "lake", "candle", "paper", "contrast"}
    assert loaded.complaints == ()
    assert {name for name, one in loaded.by_name.items() if not one.dark} == {"dawn", "paper"}


def test_themes_are_found_beside_the_package_and_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "lib" / "kapjournal"
    beside, inside = package.parent / "themes", package / "themes"
    beside.mkdir(parents=True)
    monkeypatch.setattr(kapjournal, "__file__", str(package / "__init__.py"))
    assert theme.shipped_folder() == beside
    inside.mkdir(parents=True)
    assert theme.shipped_folder() == inside


DUSK = (theme.shipped_folder() / "dusk.toml").read_text(encoding="utf-8")
MINE = DUSK.replace('"dusk"', '"mine"')


def line_of(text: str, field: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith(field))


def test_a_theme_of_ones_own_is_found_in_the_config_folder(own_places: Path) -> None:
    folder = own_places / "config" / "kapjournal" / "themes"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(MINE, encoding="utf-8")
    loaded = theme.load_all()
    assert "mine" in loaded.by_name
    assert loaded.complaints == ()


@pytest.mark.parametrize(
    ("change", "field", "has_line"),
    [
        (("dark = true", 'dark = "yes"'), "dark", True),
        (('name = "mine"', 'name = "../mine"'), "name", True),
        (("[colours]", "font = 3\n[colours]"), "font", True),
        (("[colours]", "[colors]"), "colors", True),
        (("muted = ", "muffled = "), "muted", False),
        (('border = "', 'frame = "#000000"\nborder = "'), "frame", True),
        (('error = "#ec9a8f"', 'error = "red"'), "error", True),
        (('error = "#ec9a8f"', "error = 3"), "error", True),
        (('name = "mine"', 'name = "dusk"'), "name", True),
    ],
)
def test_a_broken_theme_is_named_with_line_and_field_and_left_out(
    tmp_path: Path, change: tuple[str, str], field: str, has_line: bool
) -> None:
    file = tmp_path / "mine.toml"
    broken = MINE.replace(*change)
    assert broken != MINE
    file.write_text(broken, encoding="utf-8")
    loaded = theme.load_all([theme.shipped_folder(), tmp_path])
    assert len(loaded.by_name) == len(SHIPPED)
    (complaint,) = loaded.complaints
    assert str(file) in complaint
    where = f"{field}" if field != "colors" else "[colors"
    assert not has_line or f", line {line_of(broken, where)}:" in complaint
    assert f"“{field}”" in complaint or "already" in complaint
    assert complaint.endswith("It is left out.")


DEEP = pytest.param(b"name = " + b"[" * 5_000, id="deep")


@pytest.mark.parametrize("data", [b"name =", b"\xff\xfe", MINE.encode() + b"\n[colours]\n", DEEP])
def test_a_file_that_is_no_toml_is_named_and_left_out(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.toml").write_bytes(data)
    (tmp_path / "b.toml").write_text(MINE, encoding="utf-8")
    loaded = theme.load_all([tmp_path])
    assert set(loaded.by_name) == {"mine"}
    (complaint,) = loaded.complaints
    assert "a.toml could not be read" in complaint


def test_a_theme_that_is_hard_to_read_is_named_and_used(tmp_path: Path) -> None:
    faint = re.sub(r'muted = "#......"', 'muted = "#605f62"', MINE)
    (tmp_path / "mine.toml").write_text(faint, encoding="utf-8")
    loaded = theme.load_all([tmp_path])
    assert "mine" in loaded.by_name
    (complaint,) = loaded.complaints
    assert f"mine.toml, line {line_of(faint, 'muted')}: “muted” is hard to read on “highlight”" in complaint
    assert "It can be used all the same." in complaint


def test_only_the_words_of_usage_errors_reach_a_person() -> None:
    with pytest.raises(UsageError, match="dark"):
        theme.from_toml(MINE.replace("dark = true", ""))


def test_no_colour_stands_outside_the_themes() -> None:
    for file in [*TUI.rglob("*.tcss"), *TUI.rglob("*.py")]:
        assert not re.search(r"#[0-9a-fA-F]{6}\b", file.read_text(encoding="utf-8")), file
