"""The registry of documents: every type stands in it, and only its writers and channels are believed."""

import datetime as dt

import pytest

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.journal.documents.registry import FORM, SPECS, ChannelKind, is_newer
from kapjournal.journal.documents.signing import CoSignature
from kapjournal.journal.documents.version import Content, DocumentType, DocumentVersion
from kapjournal.journal.trust.proofs import Proof
from kapjournal.journal.vault.opening import authenticate
from tests.journal.test_document_contents import SAID, SIGNED

ANA, BEN, LEE = (MemberId(letter * 32) for letter in (b"a", b"b", b"l"))
NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
UNKNOWN = ("of-tomorrow", "a", "9.x", "notes")
"""Types that only a newer program makes anything of."""
_SAID = {**dict(SAID), "signature": CoSignature(SIGNED, Proof(LEE, 1772442000007, b"{}", bytes(64)))}


def version(type_: str, author: MemberId) -> DocumentVersion:
    content = SPECS[type_].encode(_SAID[type_], None) if type_ in SPECS else Content(b"{}")
    return DocumentVersion(
        DocumentId(bytes(16)), type_, author, (ANA, LEE), NOW, content.data, content.text, content.form
    )


def test_every_type_of_document_is_registered() -> None:
    assert SPECS.keys() == set(DocumentType)
    assert all(spec.channels and spec.type == name for name, spec in SPECS.items())


@pytest.mark.parametrize("type_", SPECS)
@pytest.mark.parametrize("channel", ChannelKind)
def test_a_document_is_believed_on_channels_of_its_type_alone(type_: str, channel: ChannelKind) -> None:
    sent = version(type_, LEE)
    if channel in SPECS[type_].channels:
        assert authenticate(sent.to_bytes(), LEE, ANA, channel, keeper=LEE) == sent
    else:
        with pytest.raises(NotGenuine):
            authenticate(sent.to_bytes(), LEE, ANA, channel, keeper=LEE)


def test_what_no_other_member_may_send_is_on_no_channel_of_theirs() -> None:
    """Whoever sent address books, keys or earlier versions could otherwise put them among another's own."""
    from_others = {name for name, spec in SPECS.items() if ChannelKind.FROM_OTHERS in spec.channels}
    records, drafts = (
        set(RecordKind),
        {
            *("draft", "record-draft", "measure-draft", "check-in-draft", "after-effects-draft", "handed"),
            *("dialogue-draft", "reply-draft"),
        },
    )
    assert from_others == {
        *("note", "session", "journal-info", "signature", "addendum", "case", "measure", "measure-request"),
        *("check-in", "after-effects", "handed"),
        *("bring", "policy", "talk-request", "offer", "joint", "approval", "narrowing"),
        "page-consent",
        *records,
    }
    assert {name for name, spec in SPECS.items() if ChannelKind.DRAFTS in spec.channels} == drafts
    assert {name for name, spec in SPECS.items() if spec.keeps_earlier} == {
        *("note", "measure", "check-in", "after-effects"),
        *records,
    }


def test_what_the_keeper_writes_is_believed_of_the_keeper_alone() -> None:
    of_the_keeper = {name for name, spec in SPECS.items() if spec.keeper_only}
    assert of_the_keeper == {"journal-info"}
    for name in of_the_keeper:
        for channel in SPECS[name].channels:
            body = version(name, ANA).to_bytes()
            assert authenticate(body, ANA, LEE, channel, keeper=ANA)
            with pytest.raises(NotGenuine):
                authenticate(body, ANA, LEE, channel, keeper=LEE)


@pytest.mark.parametrize("type_", [*SPECS, *UNKNOWN])
def test_nobody_sends_in_anothers_name_or_to_somebody_who_is_no_reader(type_: str) -> None:
    channel = min(SPECS[type_].channels, key=str) if type_ in SPECS else ChannelKind.FROM_OTHERS
    body = version(type_, LEE).to_bytes()
    assert authenticate(body, LEE, ANA, channel, keeper=LEE), "the control"
    with pytest.raises(NotGenuine, match="another author"):
        authenticate(body, BEN, ANA, channel, keeper=LEE)
    with pytest.raises(NotGenuine, match="not among its readers"):
        authenticate(body, LEE, BEN, channel, keeper=LEE)
    told = version(type_, LEE)._replace(notified=(BEN,)).to_bytes()
    with pytest.raises(NotGenuine, match="not among its readers"):
        authenticate(told, LEE, BEN, channel, keeper=LEE)


@pytest.mark.parametrize("channel", ChannelKind)
def test_what_a_newer_program_wrote_is_kept_and_nothing_is_made_of_it(channel: ChannelKind) -> None:
    of_today = version("note", LEE)
    unknown = [version(name, LEE) for name in UNKNOWN]
    newer = [*unknown, of_today._replace(form=FORM + 1), of_today._replace(rest=b"\0")]
    for sent in newer:
        read = authenticate(sent.to_bytes(), LEE, ANA, channel, keeper=ANA)
        assert read == sent and is_newer(read) and read.to_bytes() == sent.to_bytes()
    laid_out_anew = b"\2" + of_today.to_bytes()[1:]
    assert authenticate(laid_out_anew, LEE, ANA, channel, keeper=ANA) is None
    assert not is_newer(of_today)
