"""Folders and files are their owner's alone, and a file is written wholly or not at all."""

import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.errors import UsageError


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True, params=[0o022, 0o000], ids=["umask 022", "umask 000"])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing here may depend on what the shell left the umask at."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_a_folder_is_made_for_its_owner_alone_with_those_above_it(tmp_path: Path) -> None:
    folder = paths.private_folder(tmp_path / "share" / "kapjournal")
    assert mode(folder) == 0o700
    assert mode(folder.parent) == 0o700


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    assert paths.private_folder(tmp_path) == tmp_path
    assert mode(tmp_path) == 0o750


@pytest.mark.parametrize("folder", [paths.data_folder, paths.state_folder, paths.config_folder])
def test_every_place_is_in_the_persons_own_home(folder: Callable[[], Path], own_places: Path) -> None:
    assert own_places in folder().parents
    assert "kapjournal" in folder().name


def test_asking_where_things_live_makes_nothing(own_places: Path) -> None:
    paths.data_folder(), paths.state_folder(), paths.config_folder()
    assert not list(own_places.iterdir())


@pytest.mark.parametrize("replace", [True, False])
def test_a_file_is_its_owners_alone(tmp_path: Path, replace: bool) -> None:
    target = tmp_path / "notes.md"
    paths.write_private(target, b"words", replace=replace)
    assert target.read_bytes() == b"words"
    assert mode(target) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_is_there_is_replaced_only_when_asked(tmp_path: Path) -> None:
    target = tmp_path / "notes.md"
    target.write_bytes(b"before")
    target.chmod(0o644)
    with pytest.raises(FileExistsError):
        paths.write_private(target, b"after", replace=False)
    assert target.read_bytes() == b"before"
    paths.write_private(target, b"after", replace=True)
    assert target.read_bytes() == b"after"
    assert mode(target) == 0o600
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("replace", [True, False])
def test_a_save_that_fails_leaves_what_stood_before_and_no_crumbs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    target = tmp_path / "notes.md"
    if replace:
        target.write_bytes(b"before")
    with pytest.raises(OSError, match="No space left"):
        paths.write_private(target, b"after", replace=replace)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == (
        [("notes.md", b"before")] if replace else []
    )


def test_a_file_by_this_name_that_leads_elsewhere_is_not_written_through(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"theirs")
    target = tmp_path / "notes.md"
    target.symlink_to(elsewhere)
    paths.write_private(target, b"mine", replace=True)
    assert elsewhere.read_bytes() == b"theirs"
    assert target.read_bytes() == b"mine"


def test_journals_here_are_named_with_those_of_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.journals_nearby() == []
    kept = paths.private_folder(paths.data_folder()) / "kept.kap"
    kept.touch()
    assert paths.journals_nearby() == [kept]
    for name in ("b.kap", "a.kap", "c.kap-wal", "d.txt"):
        (tmp_path / name).touch()
    assert paths.journals_nearby() == [tmp_path / "a.kap", tmp_path / "b.kap", kept]
    assert [paths.from_here(file) for file in paths.journals_nearby()] == ["a.kap", "b.kap", str(kept)]


def test_a_journal_that_both_folders_lead_to_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(paths.private_folder(paths.data_folder()))
    kept = paths.data_folder() / "kept.kap"
    kept.touch()
    assert paths.journals_nearby() == [kept]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.kap").symlink_to(kept)
    assert paths.journals_nearby() == [tmp_path / "link.kap"]


@pytest.mark.parametrize(
    "name",
    [
        "journal-backup.kap",
        "journal-copy-2.kap",
        "journal-apart.kap",
        "Backup of March.kap",
        "ours.kap.before-restore",
    ],
)
def test_a_backup_or_a_copy_is_not_taken_for_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    kept = paths.private_folder(paths.data_folder()) / "journal.kap"
    kept.touch()
    (tmp_path / name).touch()
    assert paths.journals_nearby() == [kept]


def test_a_copy_that_is_all_there_is_is_the_journal_of_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    copy = tmp_path / "journal-copy.kap"
    copy.touch()
    assert paths.journals_nearby() == [copy]


def test_what_is_suggested_for_a_backup_a_copy_and_an_archive_is_known_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    paths.free_backup().touch()
    paths.free_copy().touch()
    paths.free_archive().touch()
    kept = paths.private_folder(paths.data_folder()) / "journal.kap"
    kept.touch()
    assert paths.journals_nearby() == [kept]


def test_threads_that_write_one_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    target = tmp_path / "memory"
    with ThreadPoolExecutor(4) as pool:
        list(
            pool.map(lambda n: paths.write_private(target, b"x" * n, replace=True, durable=False), range(400))
        )
    assert [path.name for path in tmp_path.iterdir()] == ["memory"]


def test_a_synced_folder_is_known_by_its_name_and_through_a_link(tmp_path: Path) -> None:
    synced, plain = tmp_path / "Google Drive", tmp_path / "plain"
    synced.mkdir()
    plain.mkdir()
    (tmp_path / "link").symlink_to(synced)
    assert paths.is_synced(synced / "ours.kap")
    assert paths.is_synced(tmp_path / "link" / "ours.kap")
    assert not paths.is_synced(plain / "ours.kap")


def test_a_folder_that_is_gone_has_no_journals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert paths.journals_nearby() == []
    kept = paths.private_folder(paths.data_folder()) / "kept.kap"
    kept.touch()
    assert paths.journals_nearby() == [kept]


def test_a_folder_that_cannot_be_looked_into_keeps_nobody_from_starting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def shut(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    for look in ("exists", "is_dir", "glob"):
        monkeypatch.setattr(Path, look, shut)
    assert paths.journals_nearby() == []
    assert paths.free_file() == paths.data_folder() / "journal.kap"


@pytest.mark.parametrize("text", ["", "  ", "~nobodyhere/x", "a\0b", "a\ud800b"])
def test_what_is_no_path_is_told(text: str) -> None:
    for read in (paths.typed, paths.typed_journal):
        with pytest.raises(UsageError):
            read(text)


def test_a_typed_path_is_read_as_a_shell_would(own_places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(own_places))
    assert paths.typed(" ~/ours ") == own_places / "ours"
    assert paths.typed_journal("~/ours") == own_places / "ours.kap"
    assert paths.typed_journal("ours.db") == Path("ours.db")
    with pytest.raises(UsageError, match="name of the file"):
        paths.typed_journal("/")


@pytest.mark.parametrize("text", ["x" * 300, "a\0b"])
def test_what_cannot_be_looked_at_counts_as_not_synced(text: str, tmp_path: Path) -> None:
    assert not paths.is_synced(tmp_path / text)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert not paths.is_synced(loop)
