"""Every connection has our settings, whatever SQLite was built with."""

from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.store import connection as module
from kapjournal.store.connection import connect

from .sample_files import make_file, some_rows


@pytest.mark.parametrize("mode", ["rw", "ro", "immutable"])
@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("trusted_schema", 0),
        ("temp_store", 2),
        ("secure_delete", 1),
        ("synchronous", 2),
        ("cell_size_check", 1),
    ],
)
def test_a_connection_is_set_as_it_should_be(
    tmp_path: Path,
    mode: str,
    setting: str,
    value: int,
    settings_of_a_connection: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_PRAGMAS", settings_of_a_connection)
    make_file(tmp_path / "ours.kap", some_rows(1))
    with closing(connect(tmp_path / "ours.kap", mode)) as connection:
        assert connection.execute(f"PRAGMA {setting}").fetchone() == (value,)
