"""Words that one program seals to somebody, and the other takes in."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from .both_programs import PASSPHRASES, Copies, parts
from .second_handed_2 import hand_over, handed_to, note_of, words_of
from .second_reader_2 import Person
from .second_writer_2 import Member

WORDS = "The light in the hallway.\nGrün."


def test_the_second_program_reads_what_the_product_hands_over(couple: Path, copies: Copies) -> None:
    with copies.opened(couple, "Dr Löwe") as lowe:
        lowe.scribe.hand_over(replace(lowe.scribe.begin("Ana"), words=WORDS))
    ana = Person(couple, "Ana", PASSPHRASES["Ana"])
    [(scribe, page)] = handed_to(ana)
    assert words_of(ana, scribe, page) == WORDS
    assert handed_to(Person(couple, "Ben", PASSPHRASES["Ben"])) == []
    with pytest.raises(InvalidTag):
        words_of(Person(couple, "Dr Löwe", PASSPHRASES["Dr Löwe"]), scribe, page)
    with copies.opened(couple, "Ana") as product:
        assert [note.text.body for note in product.notes.all()] == [WORDS]
    [taken_in] = Member(couple, "Ana", PASSPHRASES["Ana"]).mine("note")
    assert taken_in.document == note_of(scribe, page)
    assert taken_in.data["typed_by"] == [scribe.hex(), page.data["written"]]
    assert [row[0] for row in parts(couple)] == [3]


def test_the_product_takes_in_what_the_second_program_hands_over(couple: Path, copies: Copies) -> None:
    hand_over(Member(couple, "Dr Löwe", PASSPHRASES["Dr Löwe"]), "Ana", WORDS, os.urandom(16))
    with copies.opened(couple, "Ana") as ana:
        [note] = ana.notes.all()
        assert note.text.body == WORDS and note.typed_by is not None
        assert ana.members.label_of(note.typed_by.scribe) == "Dr Löwe"
        assert ana.check().is_clean
    assert [row[0] for row in parts(couple)] == [3]
    with copies.opened(couple, "Dr Löwe") as lowe:
        assert lowe.scribe.handed() == [] and lowe.check().is_clean
