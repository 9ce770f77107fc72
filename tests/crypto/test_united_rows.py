"""Files of rows brought together: in any order, any number of times, they become the same file.

What a newer program wrote comes along, and takes the place of nothing."""

from hashlib import sha256
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.crypto.envelope import drop_token
from kapjournal.crypto.primitives import NotGenuine, purpose
from kapjournal.crypto.row import DROPPED, STANDING, Row, dropped, front_of, read_row, row_from, supersedes
from kapjournal.domain.ids import EnvelopeId, RowId

from .sample_rows import ME, sealed_for, wrap_of


def both_states(body: bytes) -> tuple[RowId, tuple[bytes, bytes]]:
    """A row as it stands, and as its author drops it."""
    made = sealed_for(body)
    token = drop_token(ME, wrap_of(ME, made.sealed).key or b"")
    return made.id, (made.sealed, dropped(row_from(made.sealed), token))


STATES = dict(both_states(bytes([number])) for number in range(3))
NEWER = {row_from(sealed).id: (sealed, sealed) for sealed in (b"\x01 from before", b"\x04 from tomorrow")}
files = st.fixed_dictionaries({}, optional={i: st.sampled_from(both) for i, both in (STATES | NEWER).items()})


def united(*files: dict[RowId, bytes]) -> dict[RowId, bytes]:
    """What somebody has who has brought these files together, one after the other."""
    whole: dict[RowId, bytes] = {}
    for file in files:
        for row_id, state in file.items():
            if read_row(row_id, state) and (row_id not in whole or supersedes(state, whole[row_id])):
                whole[row_id] = state
    return whole


@given(st.lists(files, max_size=4))
def test_files_unite_in_any_order_any_number_of_times(copies: list[dict[RowId, bytes]]) -> None:
    whole = united(*copies)
    assert all(united(*order) == whole for order in permutations(copies))
    assert united(*copies, *copies) == whole == united(whole, *copies)
    for at in range(len(copies) + 1):
        assert united(united(*copies[:at]), united(*copies[at:])) == whole
    assert whole.keys() == {row_id for copy in copies for row_id in copy}
    for row_id, state in whole.items():
        found = {copy[row_id] for copy in copies if row_id in copy}
        assert state in found
        assert (state[:1] == DROPPED) is any(one[:1] == DROPPED for one in found), "what was dropped stays so"


def test_a_dropped_state_counts_before_a_standing_one_and_none_before_itself() -> None:
    standing, gone = both_states(b"words")[1]
    assert supersedes(gone, standing) and not supersedes(standing, gone)
    for state in (standing, gone, b"\x01", b"\x04"):
        assert not supersedes(state, state)
    for newer in (b"\x01 of a newer program", b"\x04"):
        assert not supersedes(newer, standing) and not supersedes(newer, gone)
        assert not supersedes(standing, newer) and not supersedes(gone, newer)


# --- what a newer program wrote -----------------------------------------------------------------------


@given(st.binary(min_size=1, max_size=5000).filter(lambda sealed: sealed[:1] not in (STANDING, DROPPED)))
def test_a_row_of_a_newer_program_is_kept_under_an_id_of_its_own(sealed: bytes) -> None:
    row = row_from(sealed)
    assert row == Row(row.id, EnvelopeId(b""), b"", b"", b"") and row.is_newer and not row.is_standing
    assert read_row(row.id, sealed) == row and front_of(sealed) is None
    assert row.id == sha256(b"kapjournal/2 newer row\0" + sealed).digest()[:16]
    with pytest.raises(NotGenuine):
        read_row(row.id, sealed + b"\0")


def test_a_newer_row_cannot_take_the_id_of_a_known_row() -> None:
    """Its bytes are chosen to be just what the known row's id is the hash of."""
    made = sealed_for(b"words")
    row = row_from(made.sealed)
    hashed = b"".join((purpose("row"), row.envelope, row.author_mac, row.slots, row.body_hash))
    assert sha256(hashed).digest()[:16] == made.id, "the control"
    for sealed in (hashed, hashed.removeprefix(b"kapjournal/2 ")):
        assert row_from(b"\x05" + sealed).is_newer and row_from(sealed).id != made.id
        with pytest.raises(NotGenuine):
            read_row(made.id, sealed)
    assert row_from(hashed).is_newer
