from dataclasses import fields
from pathlib import Path

import pytest

from kapjournal import config
from kapjournal.config import Settings


def written(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_every_setting_has_its_default(tmp_path: Path) -> None:
    assert config.load(tmp_path / "none.toml") == config.Loaded(Settings())
    assert config.load().settings == Settings(theme="dusk", lock_minutes=5, country="US")


def test_what_is_set_is_read(tmp_path: Path) -> None:
    loaded = config.load(written(tmp_path, 'theme = "dawn"\nlock_minutes = 12\ncountry = "de"\n'))
    assert loaded == config.Loaded(Settings("dawn", 12, "DE"))


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("lock_minutes = 0", "lock_minutes"),
        ("lock_minutes = true", "lock_minutes"),
        ('lock_minutes = "5"', "lock_minutes"),
        ("theme = 3", "theme"),
        ('theme = "../x"', "theme"),
        ('country = "Deutschland"', "country"),
        ('colour = "red"', "colour"),
    ],
)
def test_a_broken_field_is_named_and_the_rest_is_loaded(tmp_path: Path, line: str, field: str) -> None:
    other = 'country = "FR"' if field != "country" else "lock_minutes = 9"
    file = written(tmp_path, f"{line}\n{other}\n")
    loaded = config.load(file)
    assert loaded.settings in (Settings(country="FR"), Settings(lock_minutes=9))
    (complaint,) = loaded.complaints
    assert str(file) in complaint
    assert f"“{field}”" in complaint


@pytest.mark.parametrize("text", ["theme = ", "\x00"])
def test_a_file_that_is_not_toml_is_named(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, text)
    loaded = config.load(file)
    assert loaded.settings == Settings()
    assert str(file) in loaded.complaints[0]


def test_every_setting_is_documented() -> None:
    assert all(len(field.metadata["help"]) > 10 for field in fields(Settings))
