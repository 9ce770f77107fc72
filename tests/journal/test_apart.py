"""Going apart: sharing ends for everybody, and each goes on writing for themselves."""

import pytest

from kapjournal.domain.members import Role
from kapjournal.errors import Refused
from kapjournal.journal import FLOOR, NewNote, NoteChange
from tests.journal.open_journals import OpenJournals


def test_once_one_ends_it_nobody_gives_anything_more(three: OpenJournals) -> None:
    shared = three.ana.notes.add(NewNote("Read at home.", share="Ben"))
    three.look()
    three.ana.apart.end()
    three.look()
    for journal in three.journals:
        assert journal.apart.has_ended
        with pytest.raises(Refused, match="Sharing has ended"):
            journal.notes.add(NewNote("For all.", share="all"))
        assert journal.notes.add(NewNote("For me.")).is_private
    assert three.ben.notes.get(shared.id).text.body == "Read at home."
    with pytest.raises(Refused, match="Sharing has ended"):
        three.ana.notes.edit(shared.id, NoteChange(body="And more."))
    three.ana.notes.withdraw(shared.id, "Ben")
    three.ana.notes.edit(shared.id, NoteChange(body="And more."))
    with pytest.raises(Refused, match="nobody more joins"):
        three.lee.members.invite("Max", Role.SUPERVISOR, strength=FLOOR)
    for journal in three.journals:
        assert not journal.findings
