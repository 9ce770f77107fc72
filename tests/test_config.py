from dataclasses import fields
from pathlib import Path

import pytest

from kapjournal import config
from kapjournal.config import Settings
from kapjournal.errors import CannotSave
from kapjournal.toml import at_line


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
        ('show_pictures = "yes"', "show_pictures"),
        ("show_pictures = 1", "show_pictures"),
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
    assert f"{file}, line 1: “{field}”" in complaint


DEEP = [
    pytest.param("theme = " + "[" * 5_000, id="lists"),
    pytest.param("theme = " + "{a = " * 5_000, id="tables"),
]


@pytest.mark.parametrize("text", ["theme = ", "\x00", *DEEP])
def test_a_file_that_is_not_toml_is_named(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, text)
    loaded = config.load(file)
    assert loaded.settings == Settings()
    assert str(file) in loaded.complaints[0]


def test_one_broken_key_is_named_and_the_others_are_loaded(tmp_path: Path) -> None:
    file = written(tmp_path, '[keys]\nwrite = "w"\nlock = 3\nsearch = "a b"\n')
    loaded = config.load(file)
    assert loaded.settings.keys == {"write": "w"}
    assert f"{file}, line 3: “keys.lock”" in loaded.complaints[0]
    assert f"{file}, line 4: “keys.search”" in loaded.complaints[1]


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "new" / "config.toml"
    chosen = Settings("dawn", 12, "DE", {"write": "w"})
    config.save(chosen, file)
    assert config.load(file) == config.Loaded(chosen)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [child.name for child in file.parent.iterdir()] == ["config.toml"]


BY_HAND = """\
# mine
theme = "dawn"  # for the mornings

future = [1, 2]
lock_minutes = 500
[keys]
# as in my mail program
write = "m"
search = "ctrl+f"
[other]
x = 1
"""


def test_saving_keeps_what_a_person_wrote_by_hand(tmp_path: Path) -> None:
    file = written(tmp_path, BY_HAND)
    before = config.load(file).settings
    config.save(Settings("lake", before.lock_minutes, "DE", {"search": "ctrl+f", "lock": "f9"}), file)
    text = file.read_text(encoding="utf-8")
    for kept in ("# mine", "# for the mornings", "future = [1, 2]", "lock_minutes = 500", "x = 1"):
        assert kept in text
    assert "# as in my mail program" in text
    loaded = config.load(file)
    assert loaded.settings == Settings("lake", 5, "DE", {"search": "ctrl+f", "lock": "f9"})
    assert ["future" in c or "lock_minutes" in c or "other" in c for c in loaded.complaints] == [True] * 3


@pytest.mark.parametrize("text", ["theme = ", *DEEP])
def test_a_file_that_is_not_toml_is_not_written_over(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(CannotSave, match=r"config\.toml was left as it is"):
        config.save(Settings(theme="lake"), file)
    assert file.read_text(encoding="utf-8") == text


def test_a_failed_save_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, BY_HAND)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CannotSave, match="No space left"):
        config.save(Settings(theme="lake"), file)
    assert file.read_text(encoding="utf-8") == BY_HAND
    assert [child.name for child in tmp_path.iterdir()] == ["config.toml"]


def test_a_linked_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    target = written(tmp_path / "dotfiles", 'theme = "dawn"\n')
    link = tmp_path / "config.toml"
    link.symlink_to(target)
    config.save(Settings(theme="lake"), link)
    assert link.is_symlink()
    assert 'theme = "lake"' in target.read_text(encoding="utf-8")


def test_every_setting_is_documented() -> None:
    assert all(len(field.metadata["help"]) > 10 for field in fields(Settings))


def test_the_line_of_a_field_is_that_of_its_own_table() -> None:
    text = 'line = 1\n[US]\nname = "x"\n["DE"]\n  line = 2\n[keys]\n'
    assert at_line(text, "line") == ", line 1"
    assert at_line(text, "DE.line") == ", line 5"
    assert at_line(text, "US.line") == ", line 2"
    assert at_line(text, "keys.search") == ", line 6"
    assert at_line(text, "nothing") == at_line(text, "no.thing") == ""
