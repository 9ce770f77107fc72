import re
import tomllib
from pathlib import Path

import pytest
from textual.color import Color

import kapjournal
from kapjournal.errors import UsageError
from kapjournal.tui import theme

SHIPPED = sorted(theme.shipped_folder().glob("*.toml"))
GROUNDS = ("background", "surface", "panel", "highlight")
WORDS = ("foreground", "muted", "primary", "secondary", "accent", "success", "warning", "error")


def colours(file: Path) -> dict[str, str]:
    read: dict[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))["colours"]
    return read


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = Color.parse(colour).normalized
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("words", WORDS)
def test_words_meet_wcag_aa_on_every_ground(file: Path, ground: str, words: str) -> None:
    colour = colours(file)
    assert contrast(colour[words], colour[ground]) >= 4.5


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_words_meet_wcag_aa_on_a_pressed_button(file: Path) -> None:
    colour = colours(file)
    assert contrast(colour["background"], colour["primary"]) >= 4.5
    assert contrast(colour["background"], colour["foreground"]) >= 4.5


def test_the_shipped_themes_load() -> None:
    loaded = theme.load_all([theme.shipped_folder()])
    assert set(loaded.by_name) >= {"dusk", "dawn"}
    assert loaded.complaints == ()
    assert loaded.by_name["dusk"].dark
    assert not loaded.by_name["dawn"].dark


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


def test_a_broken_theme_is_named_and_left_out(tmp_path: Path) -> None:
    whole = SHIPPED[0].read_text(encoding="utf-8")
    (tmp_path / "a.toml").write_text(whole.replace('name = "', 'name = "my-', 1), encoding="utf-8")
    (tmp_path / "b.toml").write_text(re.sub(r'primary = "#.', 'primary = "', whole), encoding="utf-8")
    (tmp_path / "c.toml").write_text("name =", encoding="utf-8")
    loaded = theme.load_all([tmp_path])
    assert len(loaded.by_name) == 1
    assert len(loaded.complaints) == 2
    assert "b.toml" in loaded.complaints[0]
    assert "“primary”" in loaded.complaints[0]
    assert "c.toml" in loaded.complaints[1]


@pytest.mark.parametrize(
    "change",
    [
        ("dark = true", 'dark = "yes"'),
        ('name = "dusk"', 'name = "../dusk"'),
        ("[colours]", "font = 3\n[colours]"),
        ("muted = ", "muffled = "),
        ('error = "#e0938a"', 'error = "red"'),
    ],
)
def test_every_field_is_checked(change: tuple[str, str]) -> None:
    whole = (theme.shipped_folder() / "dusk.toml").read_text(encoding="utf-8")
    with pytest.raises(UsageError):
        theme.from_toml(whole.replace(*change))


def test_no_colour_stands_outside_the_themes() -> None:
    tui = Path(theme.__file__).parent
    for file in [*tui.rglob("*.tcss"), *tui.rglob("*.py")]:
        assert not re.search(r"#[0-9a-fA-F]{6}\b", file.read_text(encoding="utf-8")), file
