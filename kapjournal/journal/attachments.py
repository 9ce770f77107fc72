"""Attachments: attach a file to a note, list what is attached, give it out again, remove it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kapjournal import pictures, signals
from kapjournal.domain import attachments
from kapjournal.domain.attachments import Attachment, Chosen
from kapjournal.domain.notes import Note
from kapjournal.journal import outside_files
from kapjournal.journal.documents.files import AttachedFile
from kapjournal.journal.outside_files import Source
from kapjournal.journal.vault import note_writer, version_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.pieces import read_file
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.vault import Vault
from kapjournal.pictures import Detail
from kapjournal.progress import Progress, in_silence


class Attachments:
    """The use cases of attachments. A file is read and sealed piece by piece: whatever its size, a few MiB of
    memory are enough."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def of(self, note_id: str) -> tuple[Attachment, ...]:
        """What is attached to a note this member can read (`NotFound`)."""
        with self._access.exclusive() as vault:
            return vault.notes.find(note_id).files

    def attach(
        self,
        note_id: str,
        path: Path,
        progress: Progress = in_silence,
        *,
        keep_metadata: bool = False,
        told: Callable[[Collection[Detail]], None] | None = None,
    ) -> Note:
        """Attach a file of 1 byte to 64 MiB to a note this member wrote; its readers have it with the note.

        All or nothing, in one transaction. From a picture goes what it says of place, device, moment and the
        like, unless `keep_metadata`; afterwards `told` is called with the kinds of what was taken out."""
        with self._access.exclusive() as vault, outside_files.opened(path, vault.file.path) as source:
            taken_out: Collection[Detail] = ()
            with vault.unit_of_work() as unit:
                stored = vault.notes.find_own(note_id)
                version_writer.check_unlocked(vault.notes.standing(stored))
                attachments.check_room(vault.notes.files(stored))
                chunks: Iterable[bytes] = source
                if not keep_metadata and (cleaned := pictures.without_details(source.file)):
                    chunks, taken_out = cleaned, cleaned.taken_out
                file = unit.seal_file(source.name, _followed(chunks, source, progress))
                source.check_unchanged()
                written = note_writer.attach(vault, unit, stored, file)
            note = vault.notes.note_of(written)
        progress(source.size, source.size)
        if told and taken_out:
            told(taken_out)
        return note

    def save(self, note_id: str, which: str | Chosen, dest: Path, progress: Progress = in_silence) -> Path:
        """Write a file of a note this member can read to a new file, mode 0600, and return its path.

        `which` is its name, its number from 1, or what was picked from a list; in a folder it gets its own
        name, if that is harmless. It appears whole and only if every byte is what was attached; nothing is
        ever written over."""
        with self._access.exclusive() as vault:
            file = _chosen(vault, vault.notes.stored(note_id), which)
            place = outside_files.place_for(file.name, dest)
            vault.remember_unsealed(place.parent)
            try:
                with outside_files.appearing(place) as into:
                    _give_out(vault, file, into, progress)
            finally:
                vault.remove_unsealed()
        return place

    def write(
        self, note_id: str, which: str | Chosen, into: BinaryIO, progress: Progress = in_silence
    ) -> None:
        """Write a file of a note into an open one. Only once this returns is it certain that the bytes are
        what was attached (`Damaged`, and `NotFound` where they are not all here)."""
        with self._access.exclusive() as vault:
            _give_out(vault, _chosen(vault, vault.notes.stored(note_id), which), into, progress)

    def remove(self, note_id: str, which: str | Chosen) -> Note:
        """Remove a file from a note this member wrote, for its readers too; who saved it still has it."""
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                stored = vault.notes.find_own(note_id)
                version_writer.check_unlocked(vault.notes.standing(stored))
                written = note_writer.detach(vault, unit, stored, _chosen(vault, stored, which))
            return vault.notes.note_of(written)


def _chosen(vault: Vault, stored: StoredVersion, which: str | Chosen) -> AttachedFile:
    files = vault.notes.files(stored)
    return files[attachments.place_of([file.attachment for file in files], which)]


def _give_out(vault: Vault, file: AttachedFile, into: BinaryIO, progress: Progress) -> None:
    done = 0
    with vault.file.reading() as snapshot:
        for piece in read_file(snapshot, file):
            signals.give_way()
            into.write(piece)
            done += len(piece)
            progress(done, file.size)


def _followed(chunks: Iterable[bytes], source: Source, progress: Progress) -> Iterator[bytes]:
    """The same chunks, with a word to whoever waits and an ear for whoever stops it."""
    for chunk in chunks:
        yield chunk
        signals.give_way()
        progress(min(source.file.tell(), source.size), source.size)
