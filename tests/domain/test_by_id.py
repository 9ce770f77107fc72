"""Naming one thing by a beginning of its id: enough of it, and that of no other."""

import pytest

from kapjournal.domain.by_id import one_by_id
from kapjournal.errors import NotFound, UsageError

IDS = ["abcd1234", "abcd5678", "ffff0000"]


def named(typed: str) -> str:
    return one_by_id(IDS, typed, "page of yours", lambda name: [name, f"{name[::-1]}"])


@pytest.mark.parametrize("typed", ["ffff", " FFFF0000 ", "0000ffff"])
def test_a_beginning_of_one_of_its_ids_names_it(typed: str) -> None:
    assert named(typed) == "ffff0000"


@pytest.mark.parametrize("typed", ["", "fff", "ffff00001", "eeee"])
def test_too_little_and_what_fits_nothing_are_not_found(typed: str) -> None:
    with pytest.raises(NotFound, match=f"There is no page of yours “{typed}”"):
        named(typed)


def test_what_fits_several_is_asked_for_in_full() -> None:
    with pytest.raises(UsageError, match="More than one page of yours begins with “abcd”"):
        named("abcd")
