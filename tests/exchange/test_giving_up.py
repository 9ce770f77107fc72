"""An export that is given up in the middle."""

from pathlib import Path

import pytest

from kapjournal.errors import GivenUp
from kapjournal.exchange import export
from kapjournal.exchange.age import Sealing
from kapjournal.journal import NewNote

from .archived import fresh


@pytest.mark.parametrize("one_document", [True, False])
@pytest.mark.parametrize("sealing", [None, Sealing(passphrase="winter lantern of doors")])
def test_one_that_is_given_up_leaves_nothing(
    tmp_path: Path, one_document: bool, sealing: Sealing | None
) -> None:
    (tmp_path / "a.bin").write_bytes(bytes(300_000))
    with fresh(tmp_path / "ours") as ana:
        for number in range(3):
            made = ana.notes.add(NewNote(f"{number} words"))
            ana.attachments.attach(made.id, tmp_path / "a.bin")
        before = sorted(tmp_path.rglob("*"))
        told: list[tuple[int, int]] = []

        def follow(done: int, whole: int) -> None:
            told.append((done, whole))
            if done > whole // 2:
                raise GivenUp

        dest = tmp_path / ("out.md" if one_document else "out")
        with pytest.raises(GivenUp):
            export(ana, dest, ana.notes.all(), one_document=one_document, sealing=sealing, progress=follow)
        assert told == sorted(told) and sorted(tmp_path.rglob("*")) == before
        export(ana, dest, ana.notes.all(), one_document=one_document, progress=lambda *how: told.append(how))
        assert told[-1][0] == told[-1][1]
