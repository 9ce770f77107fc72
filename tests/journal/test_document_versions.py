"""Bodies of envelopes: what is written is read to the byte, and no bytes at all do anything but that."""

import datetime as dt
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import DocumentId, EnvelopeId, JournalId, MemberId
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import (
    LAYOUT,
    DocumentType,
    DocumentVersion,
    forget_members,
    is_newer_layout,
)
from kapjournal.journal.trust.proofs import MAX_CLAIM_BYTES, Proof
from kapjournal.text import MAX_BODY_BYTES

JOURNAL = JournalId(bytes(range(16)))
FORM_AT, READERS_AT, NOTIFIED_AT, FOLLOWS_AT, NAME_AT = 57, 58, 59, 60, 61
WRITTEN = slice(49, 57)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
YEAR_2200 = 7258118400000

members = st.binary(min_size=32, max_size=32).map(MemberId)
moments = st.integers(0, YEAR_2200 - 1).map(lambda ms: EPOCH + dt.timedelta(milliseconds=ms))
words = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=200)
type_names = st.one_of(
    st.sampled_from(list(DocumentType)),
    st.text("abcdefghijklmnopqrstuvwxyz0123456789.-", min_size=1, max_size=31),
)
proofs = st.builds(
    Proof,
    members,
    st.integers(-(2**63), 2**63 - 1),
    st.binary(max_size=60),
    st.binary(min_size=64, max_size=64),
)
versions = st.builds(
    DocumentVersion,
    document=st.binary(min_size=16, max_size=16).map(DocumentId),
    type=type_names,
    author=members,
    readers=st.lists(members, max_size=9).map(tuple),
    written=st.none() | moments,
    data=st.binary(max_size=300),
    text=words,
    form=st.integers(0, 255),
    follows=st.lists(st.binary(min_size=16, max_size=16).map(EnvelopeId), max_size=5).map(tuple),
    notified=st.lists(members, max_size=3).map(tuple),
    proofs=st.lists(proofs, max_size=3).map(tuple),
    rest=st.binary(max_size=40),
)


def a_version(**changes: object) -> DocumentVersion:
    """A note of everyday, with as many fields as it can have."""
    version = DocumentVersion(
        document=DocumentId(b"d" * 16),
        type=DocumentType.NOTE,
        author=MemberId(b"a" * 32),
        readers=(MemberId(b"a" * 32), MemberId(b"b" * 32)),
        written=EPOCH + dt.timedelta(days=20_000, milliseconds=7),
        data=b'{"title":"t"}',
        text="Words.",
        follows=(EnvelopeId(b"e" * 16),),
        notified=(MemberId(b"c" * 32),),
    )
    return version._replace(**changes)  # type: ignore[arg-type]


def read_or_refused(body: bytes) -> DocumentVersion | None:
    """What a body says, or None where it is not genuine; anything else that is raised is a fault."""
    try:
        return DocumentVersion.from_bytes(body)
    except NotGenuine:
        return None


# --- there and back -----------------------------------------------------------------------------------


@given(versions)
def test_a_body_goes_there_and_back(version: DocumentVersion) -> None:
    body = version.to_bytes()
    again = DocumentVersion.from_bytes(body)
    assert again == version and again.to_bytes() == body
    assert again.content == version.content and again.digest(JOURNAL) == version.digest(JOURNAL)
    assert not is_newer_layout(body)
    assert type(again.type) is (DocumentType if version.type in set(DocumentType) else str)


@given(versions)
def test_unknown_types_forms_and_rest_survive_and_are_a_newer_programs(version: DocumentVersion) -> None:
    again = DocumentVersion.from_bytes(version.to_bytes())
    kept = again.type, again.form, again.rest
    assert kept == (version.type, version.form, version.rest)
    unknown = version.type not in registry.SPECS or version.form > registry.FORM or version.rest != b""
    assert registry.is_newer(again) is unknown


@given(versions, st.integers(0, 255).filter(lambda layout: layout != LAYOUT))
def test_another_layout_is_a_newer_programs_and_is_never_read_as_this_one(
    version: DocumentVersion, layout: int
) -> None:
    body = bytes([layout]) + version.to_bytes()[1:]
    assert is_newer_layout(body) and read_or_refused(body) is None


def test_a_body_never_grows_by_escapes() -> None:
    """Words lie outside the JSON: the longest note of nothing but quotation marks fits its envelope."""
    text = '"\\\n' * (MAX_BODY_BYTES // 3)
    body = a_version(text=text).to_bytes()
    assert len(body) < MAX_BODY_BYTES + 400 and DocumentVersion.from_bytes(body).text == text


def test_lists_of_readers_are_shared_until_the_journal_is_locked() -> None:
    one, other = (DocumentVersion.from_bytes(a_version().to_bytes()) for _ in range(2))
    assert one.readers is other.readers
    forget_members()
    anew = DocumentVersion.from_bytes(a_version().to_bytes())
    assert anew.readers == one.readers and anew.readers is not one.readers


# --- what is not whole --------------------------------------------------------------------------------


@given(versions)
def test_every_truncation_is_refused_or_is_another_body(version: DocumentVersion) -> None:
    """Only of the `rest`, which a newer program put there, can something be missing unseen: this program says
    so of no body that it knows, and the envelope does not open if it was cut."""
    body = version.to_bytes()
    for length in range(len(body)):
        cut = read_or_refused(body[:length])
        assert cut is None or (cut != version and cut.to_bytes() == body[:length])
        if length < len(body) - len(version.rest):
            assert cut is None or cut._replace(proofs=(), rest=b"") == version._replace(proofs=(), rest=b"")


@given(versions)
def test_without_proofs_and_rest_no_truncation_is_a_body_at_all(version: DocumentVersion) -> None:
    body = version._replace(proofs=(), rest=b"").to_bytes()
    assert all(read_or_refused(body[:length]) is None for length in range(len(body)))


@given(versions, st.data())
def test_every_changed_count_is_refused_or_is_another_body(
    version: DocumentVersion, data: st.DataObject
) -> None:
    body = version.to_bytes()
    name_ends = NAME_AT + 1 + len(version.type)
    data_at = name_ends + 32 * len(version.readers + version.notified) + 16 * len(version.follows)
    words_at = data_at + 4 + len(version.data)
    proofs_at = words_at + 4 + len(version.text.encode())
    singles = [FORM_AT, READERS_AT, NOTIFIED_AT, FOLLOWS_AT, NAME_AT, proofs_at]
    fours = [*range(data_at, data_at + 4), *range(words_at, words_at + 4)]
    for at in (*singles, *fours):
        count = data.draw(st.integers(0, 255))
        changed = body[:at] + bytes([count]) + body[at + 1 :]
        found = read_or_refused(changed)
        if count != body[at]:
            assert found is None or (found != version and found.to_bytes() == changed)


@given(versions, st.data())
def test_every_flipped_byte_is_refused_or_is_another_body(
    version: DocumentVersion, data: st.DataObject
) -> None:
    body = version.to_bytes()
    at = data.draw(st.integers(1, len(body) - 1))
    flipped = bytearray(body)
    flipped[at] ^= data.draw(st.integers(1, 255))
    found = read_or_refused(bytes(flipped))
    if found is not None and WRITTEN.start <= at < WRITTEN.stop:
        assert found.written != version.written or found.written is None
    elif found is not None:
        assert found != version and found.to_bytes() == bytes(flipped)


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_a_body_or_are_refused(body: bytes, begins_right: bool) -> None:
    found = read_or_refused(bytes([LAYOUT]) + body if begins_right else body)
    assert found is None or found.to_bytes()[57:] == (bytes([LAYOUT]) + body if begins_right else body)[57:]


@pytest.mark.parametrize(
    "name", [b"", b"Note", b"no te", b"n\0", b"\xff", b"note\n", b"a" * 32, "ñ".encode()]
)
def test_a_type_no_program_would_name_so_is_refused(name: bytes) -> None:
    body = a_version().to_bytes()
    assert body[NAME_AT : NAME_AT + 5] == b"\4note"
    assert read_or_refused(body[:NAME_AT] + bytes([len(name)]) + name + body[NAME_AT + 5 :]) is None


@pytest.mark.parametrize(
    "odd", [b"\0", b"\x1b[2J", b"\r", b"\x7f", b"\xc2\x85", b"\xff", b"\xed\xa0\x80", b"\xc0\x80"]
)
def test_words_that_no_note_can_hold_are_refused(odd: bytes) -> None:
    body = a_version(text="?").to_bytes()
    said = struct.pack(">I", 1) + b"?"
    assert body.count(said) == 1
    assert read_or_refused(body.replace(said, struct.pack(">I", len(odd)) + odd)) is None
    assert read_or_refused(body.replace(said, struct.pack(">I", 1) + b"\n")) == a_version(text="\n")


def test_words_longer_than_any_note_are_refused() -> None:
    assert read_or_refused(a_version(text="w" * MAX_BODY_BYTES).to_bytes()) is not None
    assert read_or_refused(a_version(text="w" * (MAX_BODY_BYTES + 1)).to_bytes()) is None


def test_a_claim_longer_than_any_is_refused() -> None:
    proof = Proof(MemberId(b"a" * 32), 0, b"c" * MAX_CLAIM_BYTES, bytes(64))
    assert read_or_refused(a_version(proofs=(proof,)).to_bytes()) == a_version(proofs=(proof,))
    assert read_or_refused(a_version(proofs=(proof._replace(claim=proof.claim + b"c"),)).to_bytes()) is None


# --- moments ------------------------------------------------------------------------------------------


def said_at(milliseconds: int) -> dt.datetime | None:
    body = bytearray(a_version().to_bytes())
    body[WRITTEN] = struct.pack(">q", milliseconds)
    return DocumentVersion.from_bytes(bytes(body)).written


@given(st.integers(-(2**63), 2**63 - 1))
def test_moments_outside_the_years_1970_to_2199_are_none(milliseconds: int) -> None:
    inside = 0 <= milliseconds < YEAR_2200
    assert said_at(milliseconds) == (EPOCH + dt.timedelta(milliseconds=milliseconds) if inside else None)


def test_the_edges_of_the_years_are_where_they_are_said_to_be() -> None:
    assert said_at(0) == EPOCH and said_at(-1) is None
    assert said_at(YEAR_2200 - 1) == dt.datetime(2199, 12, 31, 23, 59, 59, 999000, dt.UTC)
    for beyond in (YEAR_2200, 2**62, 2**63 - 1, -(2**63)):
        assert said_at(beyond) is None


def test_no_moment_stays_none_when_it_is_written_again() -> None:
    """As the version before is, that its author's program keeps."""
    assert DocumentVersion.from_bytes(a_version(written=None).to_bytes()) == a_version(written=None)


# --- digest -------------------------------------------------------------------------------------------


@given(versions, st.data())
def test_the_digest_depends_on_every_byte_of_the_content(
    version: DocumentVersion, data: st.DataObject
) -> None:
    def another(field: bytes) -> bytes:
        at = data.draw(st.integers(0, len(field) - 1))
        return field[:at] + bytes([field[at] ^ data.draw(st.integers(1, 255))]) + field[at + 1 :]

    changed = [
        version._replace(document=DocumentId(another(version.document))),
        version._replace(author=MemberId(another(version.author))),
        version._replace(form=version.form ^ 1),
        version._replace(type=version.type + "x"),
        version._replace(data=another(version.data) if version.data else b"\0"),
        version._replace(data=version.data + b"\0"),
        version._replace(text=version.text + "x"),
        version._replace(text="x" + version.text),
        version._replace(data=version.data + version.text.encode() + b"x", text=""),
        version._replace(type=version.type[1:] + "x", data=version.type[:1].encode() + version.data),
    ]
    digests = {one.digest(JOURNAL) for one in changed} | {version.digest(JournalId(another(JOURNAL)))}
    assert version.digest(JOURNAL) not in digests and {len(one) for one in digests} == {32}


@given(versions, versions)
def test_the_digest_depends_on_nothing_but_the_content_and_whose_it_is(
    version: DocumentVersion, other: DocumentVersion
) -> None:
    """Not on who reads it, when it was saved, what it took the place of, who signed it."""
    same = version._replace(
        readers=other.readers,
        notified=other.notified,
        written=other.written,
        follows=other.follows,
        proofs=other.proofs,
        rest=other.rest,
    )
    assert same.digest(JOURNAL) == version.digest(JOURNAL)
