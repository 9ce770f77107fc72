"""What a killed program left unsealed goes when its member opens the journal again; nobody is told where."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal import exchange
from kapjournal.journal import Journal, NewNote
from tests.internals import vault_of
from tests.shared_journal import SharedJournal, meet

WORDS = "the hallway again"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SharedJournal:
    return meet(tmp_path_factory.mktemp("made"))


@pytest.fixture
def shared(made: SharedJournal, tmp_path: Path) -> SharedJournal:
    return made.copied(tmp_path / "ours")


def killed(work: Callable[[], object]) -> None:
    """Do something in another program, which is killed in the middle of it."""
    if (child := os.fork()) == 0:
        try:
            work()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def _dies_with_words(place: Path, *_: object, **__: object) -> None:
    if not place.is_dir():
        place.write_text(WORDS)
    os._exit(1)


def left_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and WORDS.encode() in path.read_bytes()]


def export(shared: SharedJournal, dest: Path, monkeypatch: pytest.MonkeyPatch, *, one_document: bool) -> None:
    """Begin an export, and be killed when all of it is written and nothing has appeared."""
    with shared.open("Ana") as ana:
        ana.notes.add(NewNote(WORDS))

    def work() -> None:
        ana = shared.open("Ana")
        for name in ("markdown_folder._move", "markdown_document.write_private"):
            monkeypatch.setattr(f"kapjournal.exchange.{name}", _dies_with_words)
        exchange.export(ana, dest, ana.notes.all(), one_document=one_document)

    killed(work)


@pytest.mark.parametrize("one_document", [True, False])
def test_an_export_that_was_killed_leaves_nothing_after_the_next_opening(
    shared: SharedJournal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_document: bool
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    export(shared, away / "out", monkeypatch, one_document=one_document)
    assert left_in(away)
    with shared.open("Ben"):
        assert left_in(away), "Ben’s program does not know where Ana exports to"
    with shared.open("Ana") as ana:
        assert list(away.iterdir()) == []
        assert vault_of(ana).record.unfinished == ()
    with shared.open("Ana") as ana:
        assert vault_of(ana).record.unfinished == ()


def test_it_is_remembered_sealed_and_forgotten_when_it_is_done(shared: SharedJournal, tmp_path: Path) -> None:
    with shared.open("Ana") as ana:
        ana.notes.add(NewNote(WORDS))
        with ana.writing_unsealed(tmp_path / "secretly here"):
            assert vault_of(ana).record.unfinished
            assert all(b"secretly" not in file.read_bytes() for file in shared.memory.iterdir())
            with shared.open("Ana") as other:  # another program of hers, which finds nothing left over
                assert vault_of(other).record.unfinished == ()
        assert vault_of(ana).record.unfinished == ()
        exchange.export(ana, tmp_path / "out.md", ana.notes.all(), one_document=True)
        assert vault_of(ana).record.unfinished == ()
    assert left_in(tmp_path) == [tmp_path / "out.md"]


def test_a_journal_locked_during_an_export_removes_what_was_left_at_the_next_opening(
    shared: SharedJournal, tmp_path: Path
) -> None:
    def begin(ana: Journal) -> None:
        with ana.writing_unsealed(tmp_path):
            ana.close()

    begin(shared.open("Ana"))
    with shared.open("Ana") as ana:
        assert vault_of(ana).record.unfinished == ()
