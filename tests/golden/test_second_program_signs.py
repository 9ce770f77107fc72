"""What either program signed the other one verifies."""

from pathlib import Path

import pytest

from kapjournal.domain.findings import FindingKind

from .both_programs import PASSPHRASES, Copies, refresh
from .second_reader_2 import read
from .second_signing_2 import add, cosign, sign
from .second_writer_2 import Member, join


def test_the_product_verifies_what_the_second_program_signed(couple: Path, copies: Copies) -> None:
    code = Member(couple, "Dr Löwe", PASSPHRASES["Dr Löwe"]).invite("Kim", "supervisor")
    join(couple, code, "Kim", PASSPHRASES["Kim"])
    refresh(couple, "Dr Löwe", "Ana", "Ben", "Kim")
    keeper, loewe = Member(couple, "Dr Löwe", PASSPHRASES["Dr Löwe"]), ("Löwe", "MD")
    seen = keeper.add("Seen", "Ana laughed.", "observation", ["Ana", "Kim"])
    sign(keeper, seen, loewe)
    for what, words, reason in (
        ("addendum", "Ben, too.", "Forgotten."),
        ("late entry", "Outside.", "Later."),
    ):
        add(Member(couple, "Dr Löwe", PASSPHRASES["Dr Löwe"]), seen, what, words, reason, loewe)
    cosign(Member(couple, "Kim", PASSPHRASES["Kim"]), seen, ("Kim", "LMFT"))
    for label in ("Ana", "Kim"):
        (note,) = copies.both_read(couple, label)["notes"]
        assert [one["signer"] for one in note["signed"]["signatures"]] == ["Dr Löwe", "Kim"]
        assert [one["body"] for one in note["signed"]["addenda"]] == ["Ben, too.", "Outside."]
    copies.opened(couple, "Dr Löwe").close()  # takes the second signature to the first
    with copies.opened(couple, "Dr Löwe") as journal:
        journal.notes.share(seen, "Ben")
    for label in ("Dr Löwe", "Ben", "Kim"):
        (note,) = copies.both_read(couple, label)["notes"]
        assert [one["signer"] for one in note["signed"]["signatures"]] == ["Dr Löwe", "Kim"]


def test_both_programs_see_a_signature_under_other_words(couple: Path, copies: Copies) -> None:
    keeper = Member(couple, "Dr Löwe", PASSPHRASES["Dr Löwe"])
    seen = keeper.add("Seen", "Ana laughed.", "observation", ["Ana"])
    sign(keeper, seen, ("Löwe", "MD"))
    keeper.edit(seen, "Ana cried.")
    with copies.opened(couple, "Ana") as journal:
        kinds = {one.kind for one in journal.check().findings}
        assert FindingKind.SIGNATURE_BROKEN in kinds
    with pytest.raises(AssertionError, match="signed by no key"):
        read(couple, "Ana", PASSPHRASES["Ana"])
