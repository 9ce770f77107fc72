"""Nobody can be called what a face says, or is told, in the place of a label."""

from collections.abc import Iterator
from typing import Any

import pytest

from kapjournal.cli.app import command
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import RESERVED, Member, Role, valid_label
from kapjournal.errors import Refused
from kapjournal.plain.console import RESERVED_WORDS
from kapjournal.plain.doors import offer_doors
from kapjournal.presentation.readers import ALL_OF_YOU, ONLY_YOU, in_words

ANA, BEN = (
    Member(MemberId(name.encode() * 16), name, Role.PARTNER, name, is_keeper=name == "A")
    for name in ("AA", "BB")
)


def said_by_all_faces() -> Iterator[str]:
    yield from (ALL_OF_YOU, ONLY_YOU, "You", "you", "somebody", "Nobody else")
    yield in_words([ANA.id, BEN.id], [ANA, BEN], ANA.id).replace("BB", "Ben")
    yield in_words([MemberId(b"?" * 32)], [ANA, BEN], ANA.id)


def told_on_the_command_line() -> Iterator[str]:
    groups: Any = command()
    yield from groups.commands["invite"].commands


def told_in_plain() -> Iterator[str]:
    yield from RESERVED_WORDS
    constants = [one for one in offer_doors.__code__.co_consts if isinstance(one, str)]
    yield from (word for word in constants if word.isalpha() and word.islower())


@pytest.mark.parametrize(
    "word", sorted({*said_by_all_faces(), *told_on_the_command_line(), *told_in_plain()})
)
def test_no_label_is_a_word_of_a_face(word: str) -> None:
    with pytest.raises(Refused):
        valid_label(word)


def test_the_words_are_in_the_form_they_are_compared_in() -> None:
    assert all(word == " ".join(word.casefold().split()) for word in RESERVED)
