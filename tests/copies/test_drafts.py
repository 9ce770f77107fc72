"""A draft that was finished or discarded stays so, although a copy was made while it was being written."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.journal import Journal

from .computers import Computer


def draft(words: str, of: Draft | None = None) -> Draft:
    return Draft(of.id if of else "", None, NoteText(words, NoteKind.PAGE, dt.date(2026, 3, 1)))


def merged_by_another(ana: Computer, other: Computer) -> Path:
    other.program().copies.merge(ana.path)
    return other.path


def merged(ana: Computer, other: Computer) -> Path:
    ana.program().copies.merge(other.path)
    return other.path


def backed_up(ana: Computer, other: Computer) -> Path:
    ana.program().backup(other.folder / "backup.kap")
    return other.folder / "backup.kap"


def copied(ana: Computer, other: Computer) -> Path:
    ana.program().copies.for_own_computer(other.folder / "copy.kap")
    return other.folder / "copy.kap"


def finish(program: Journal, saved: Draft) -> None:
    program.drafts.finish(saved)


def discard(program: Journal, saved: Draft) -> None:
    program.drafts.discard(saved.id)


@pytest.mark.parametrize("copy", [merged, merged_by_another, backed_up, copied])
@pytest.mark.parametrize("end", [finish, discard])
def test_a_draft_that_ended_does_not_come_back_from_a_copy(
    six: list[Computer],
    copy: Callable[[Computer, Computer], Path],
    end: Callable[[Journal, Draft], None],
) -> None:
    ana, other = six[2], six[3]
    saved = ana.program().drafts.save(draft("half a thought"))
    path = copy(ana, other)
    saved = ana.program().drafts.save(draft("half a thought more", saved))
    end(ana.program(), saved)
    assert ana.program().drafts.all() == []
    ana.program().copies.merge(path)
    assert ana.program().drafts.all() == []
    if path == other.path:
        other.program().refresh()
        assert other.program().drafts.all() == []


def test_as_long_as_no_copy_is_made_saving_as_one_types_leaves_no_trace(six: list[Computer]) -> None:
    ana = six[2]
    ana.program()
    before = ana.rows()
    saved = draft("")
    for words in ("half", "half a", "half a thought"):
        saved = ana.program().drafts.save(draft(words, saved if saved.id else None))
    ana.program().drafts.discard(saved.id)
    assert ana.rows() == before
