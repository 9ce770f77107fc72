"""Documents that a member writes for themselves alone, found and written by their names."""

from collections.abc import Iterator
from contextlib import suppress
from typing import TypeVar

from kapjournal.crypto.primitives import NotGenuine, document_name
from kapjournal.domain.ids import DocumentId
from kapjournal.journal.documents.registry import DocumentSpec
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault

V = TypeVar("V")


def put_named(vault: Vault, unit: UnitOfWork, spec: DocumentSpec[V], name: str, value: V) -> str:
    """Write a document in the place of the one of that name, or a new one; returns its name."""
    document = next((one for one in documents(vault, spec) if document_name(vault.me, one) == name), None)
    document = document or new_document_id()
    put(vault, unit, spec, document, value)
    return document_name(vault.me, document)


def put(vault: Vault, unit: UnitOfWork, spec: DocumentSpec[V], document: DocumentId, value: V) -> None:
    """Write a document in the place of all that stands of it."""
    previous = tuple(vault.envelopes.standing(vault.me, document))
    content = spec.encode(value, previous[0].version if previous else None)
    unit.put(DocumentChange(document, spec.type, frozenset({vault.me}), content, previous))


def each(vault: Vault, spec: DocumentSpec[V]) -> Iterator[tuple[str, V]]:
    """Every document of a type by its name."""
    for document in documents(vault, spec):
        value = said(vault, spec, document)
        if value is not None:
            yield document_name(vault.me, document), value


def said(vault: Vault, spec: DocumentSpec[V], document: DocumentId, since: int = 0) -> V | None:
    """What stands of a document, from several computers of the author as one; with `since` only what is by
    keys of that generation or later."""
    found: V | None = None
    for stored in vault.envelopes.standing(vault.me, document):
        if stored.version.type == spec.type and stored.generation >= since:
            with suppress(NotGenuine):
                value = spec.decode(stored.version)
                found = spec.joined(value, found) if found is not None and spec.joined else value
    return found


def documents(vault: Vault, spec: DocumentSpec[V]) -> list[DocumentId]:
    """The ids of this member's documents of a type."""
    stored = vault.envelopes.of_type(spec.type)
    return [one.version.document for one in stored if one.version.author == vault.me]
