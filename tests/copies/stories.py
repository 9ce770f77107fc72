"""What the stories of several computers have in common."""

import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from kapjournal.domain.findings import FindingKind
from kapjournal.domain.notes import Draft, Note, draft_of

from .computers import Computer


def bring_together(*computers: Computer) -> None:
    """Merge these computers' files until all have the same and nobody has anything more to say."""
    for _ in range(8):
        for one, other in pairwise((*computers, computers[0])):
            one.program().copies.merge(other.path)
        for computer in computers:
            computer.program().refresh()
        files = [computer.rows() for computer in computers]
        if all(rows == files[0] for rows in files):
            return
    raise AssertionError("the copies do not come to rest")


def texts(computer: Computer) -> set[str]:
    """Every text that a person is shown at a computer."""
    shown = set()
    for note in computer.program().notes.all():
        shown |= {note.text.body, *(text.body for text in note.beside)}
    return shown


def versions(computer: Computer, note: Note) -> set[str]:
    """Every text of a note in its history."""
    return {version.text.body for version in computer.program().notes.history(note.id)}


def kinds(computer: Computer) -> set[FindingKind]:
    """What is found amiss at a computer."""
    return {finding.kind for finding in computer.program().findings}


def edit_begun(computer: Computer, note: Note, words: str) -> Draft:
    """An edit of a note that was begun and is not finished."""
    shown = computer.program().notes.get(note.id)
    return computer.program().drafts.save(draft_of(shown, replace(shown.text, body=words)))


def another_computer(of: Computer, folder: Path) -> Computer:
    """One more computer of the same person, with a copy of the file as it is now."""
    folder.mkdir()
    computer = Computer(of.label, 3, folder, of.held)
    of.program().backup(computer.path)
    return computer


def as_it_was(computer: Computer, folder: Path) -> Path:
    """A copy of the file as it is now, put aside."""
    folder.mkdir()
    computer.program().backup(folder / "ours.kap")
    return folder / "ours.kap"


def copied_again(path: Path) -> Path:
    """A merge writes both files; the one put aside is to stay as it was."""
    again = path.with_name("again.kap")
    shutil.copy(path, again)
    return again
