"""What is attached to a note of which several versions may stand: all that any of them names."""

from collections.abc import Iterable
from contextlib import suppress

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.files import AttachedFile, RawFiles, files_of, raw_files_of
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.vault.pieces import is_removed
from kapjournal.store import Snapshot


def named_by(versions: Iterable[DocumentVersion]) -> tuple[AttachedFile, ...]:
    """Every file that these versions name, each once; of what is no note, or not of its form, none."""
    found: dict[AttachedFile, None] = {}
    for version in versions:
        if version.type == registry.NOTE.type:
            with suppress(NotGenuine):
                found |= dict.fromkeys(files_of(version))
    return tuple(found)


def joined(snapshot: Snapshot, versions: Iterable[DocumentVersion]) -> RawFiles:
    """The same as they stand in data, for the one version that takes the place of these; what its author
    removed on another computer is not among them."""
    raw: RawFiles = []
    known: set[AttachedFile] = set()
    for version in versions:
        if version.type != registry.NOTE.type:
            continue
        with suppress(NotGenuine):
            for file, as_it_stands in zip(files_of(version), raw_files_of(version), strict=True):
                if file not in known and not is_removed(snapshot, file):
                    known.add(file)
                    raw.append(as_it_stands)
    return raw
