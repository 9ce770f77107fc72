"""What is said of members."""

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.presentation.people import others, remarks


def test_remarks_depend_on_who_reads_them() -> None:
    ana = Member(MemberId(b"a"), "Ana", Role.PARTNER, "Ana", is_keeper=True, verified=True)
    assert remarks(ana, MemberId(b"a")) == ["you", "keeper"]
    assert remarks(ana, MemberId(b"b")) == ["keeper", "verified"]


def test_the_others_are_those_still_here() -> None:
    ana, ben, max_ = (
        Member(MemberId(label.encode()), label, Role.PARTNER, label, removed=label == "Max")
        for label in ("Ana", "Ben", "Max")
    )
    assert others([ana, ben, max_], ana.id) == [ben]
