"""The registry of documents: every type stands in it, and only its writers and channels are believed."""

import datetime as dt

import pytest

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import DocumentId, MemberId, ReplicaId
from kapjournal.journal.documents.registry import SPECS, ChannelKind, Writers
from kapjournal.journal.documents.version import DocumentType, DocumentVersion
from kapjournal.journal.vault.opening import authenticate

ANA, LEE = MemberId(b"a" * 32), MemberId(b"l" * 32)
NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def body(type_: DocumentType, author: MemberId) -> bytes:
    document, replica = DocumentId(bytes(16)), ReplicaId(bytes(16))
    return DocumentVersion(document, type_, author, (ANA, LEE), NOW, replica, {}).to_bytes()


def test_every_type_of_document_is_registered() -> None:
    assert SPECS.keys() == set(DocumentType)
    assert all(spec.channels for spec in SPECS.values())


@pytest.mark.parametrize("type_", DocumentType)
@pytest.mark.parametrize("channel", ChannelKind)
def test_a_document_is_believed_on_channels_of_its_type_alone(
    type_: DocumentType, channel: ChannelKind
) -> None:
    if channel in SPECS[type_].channels:
        assert authenticate(body(type_, LEE), LEE, ANA, channel, keeper=LEE).type is type_
    else:
        with pytest.raises(NotGenuine):
            authenticate(body(type_, LEE), LEE, ANA, channel, keeper=LEE)


def test_what_the_keeper_writes_is_believed_of_the_keeper_alone() -> None:
    for type_, spec in SPECS.items():
        if spec.writers is Writers.KEEPER:
            with pytest.raises(NotGenuine):
                authenticate(body(type_, ANA), ANA, LEE, min(spec.channels, key=str), keeper=LEE)
