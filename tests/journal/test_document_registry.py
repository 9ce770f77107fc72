"""The registry of documents: every type stands in it, and only its writers and channels are believed."""

import datetime as dt

import pytest

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.journal.documents.registry import SPECS, ChannelKind, Writers, is_newer
from kapjournal.journal.documents.version import DocumentType, DocumentVersion
from kapjournal.journal.vault.opening import authenticate

ANA, LEE = MemberId(b"a" * 32), MemberId(b"l" * 32)
NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def body(type_: str, author: MemberId) -> bytes:
    return DocumentVersion(DocumentId(bytes(16)), type_, author, (ANA, LEE), NOW, b"{}").to_bytes()


def test_every_type_of_document_is_registered() -> None:
    assert SPECS.keys() == set(DocumentType)
    assert all(spec.channels for spec in SPECS.values())


@pytest.mark.parametrize("type_", DocumentType)
@pytest.mark.parametrize("channel", ChannelKind)
def test_a_document_is_believed_on_channels_of_its_type_alone(
    type_: DocumentType, channel: ChannelKind
) -> None:
    if channel in SPECS[type_].channels:
        version = authenticate(body(type_, LEE), LEE, ANA, channel, keeper=LEE)
        assert version is not None and version.type is type_
    else:
        with pytest.raises(NotGenuine):
            authenticate(body(type_, LEE), LEE, ANA, channel, keeper=LEE)


def test_what_the_keeper_writes_is_believed_of_the_keeper_alone() -> None:
    for type_, spec in SPECS.items():
        if spec.writers is Writers.KEEPER:
            with pytest.raises(NotGenuine):
                authenticate(body(type_, ANA), ANA, LEE, min(spec.channels, key=str), keeper=LEE)


@pytest.mark.parametrize("channel", ChannelKind)
def test_what_a_newer_program_wrote_is_kept_and_nothing_is_made_of_it(channel: ChannelKind) -> None:
    known = DocumentVersion(DocumentId(bytes(16)), DocumentType.NOTE, LEE, (ANA, LEE), NOW, b'{"x":1}', "w")
    for newer in (known._replace(type="sandtray"), known._replace(form=2), known._replace(rest=b"more")):
        version = authenticate(newer.to_bytes(), LEE, ANA, channel, keeper=LEE)
        assert version == newer and version is not None and is_newer(version)
        assert version.to_bytes() == newer.to_bytes()
    later_layout = b"\x07" + known.to_bytes()[1:]
    assert authenticate(later_layout, LEE, ANA, channel, keeper=LEE) is None


def test_a_newer_type_is_still_its_authors_and_for_its_readers() -> None:
    newer = DocumentVersion(DocumentId(bytes(16)), "sandtray", LEE, (LEE,), NOW, b"{}")
    with pytest.raises(NotGenuine):
        authenticate(newer.to_bytes(), ANA, LEE, ChannelKind.FROM_OTHERS, keeper=LEE)
    with pytest.raises(NotGenuine):
        authenticate(newer.to_bytes(), LEE, ANA, ChannelKind.FROM_OTHERS, keeper=LEE)
