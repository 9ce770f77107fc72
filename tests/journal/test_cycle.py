"""The loop: two halves written alone, released half against half, and times it went otherwise."""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.domain.cycle import (
    ABOUT,
    CAN_READ_IT,
    FOR_PARTNERS,
    NO_HALF,
    NOT_A_HALF,
    NOT_JOINED,
    OTHERWISE,
    RELEASED,
)
from kapjournal.domain.joint import JointKind, JointText
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.waiting import When
from kapjournal.errors import Refused, UsageError
from kapjournal.journal import Journal, NewNote, NoteChange
from kapjournal.presentation.cycle import FREELY
from kapjournal.presentation.cycle_view import read_loop
from kapjournal.presentation.steps import kinds, witness_is_offered
from kapjournal.presentation.waiting import NOT_AS_OFFERED

from .open_journals import OpenJournals

DAY = dt.date(2026, 3, 9)


def half(journal: Journal, body: str = "") -> Note:
    words = body or f"## When\n\n{journal.me.label} hears the door."
    return journal.notes.add(NewNote(words, kind=NoteKind.CYCLE))


def halves(journal: Journal) -> list[str]:
    return [journal.members.label_of(note.author) for note in journal.cycle.loop().halves]


def released(three: OpenJournals) -> None:
    """Both write a half and release it."""
    for one in (three.ana, three.ben):
        half(one)
        one.refresh()
        one.cycle.release()
    for one in (three.ana, three.ben, three.ana):
        one.refresh()


def test_neither_half_is_out_before_both_are_and_then_both_see_the_same(three: OpenJournals) -> None:
    ana, ben = three.ana, three.ben
    first = half(ana)
    assert ana.cycle.release().id == first.id
    ben.refresh()
    assert [offer.about for offer in ben.cycle.offered()] == [ABOUT]
    for one in (ana, ben):
        assert one.cycle.loop().halves == ()
    assert ben.notes.all() == [], "and nothing else of it is here"

    half(ben)
    ben.cycle.release()
    assert halves(ben) == [] and ben.cycle.offered() == []
    ana.refresh()
    assert halves(ana) == [], "hers is given, his is on its way"
    ben.refresh()
    ana.refresh()
    assert halves(ana) == halves(ben) == ["Ana", "Ben"]
    assert ana.cycle.loop().own == ana.notes.get(first.id)


def test_who_began_makes_no_difference(three: OpenJournals) -> None:
    for one in (three.ben, three.ana):
        half(one)
        one.refresh()
        one.cycle.release()
    for one in (three.ben, three.ana, three.ben):
        one.refresh()
    assert halves(three.ana) == halves(three.ben) == ["Ana", "Ben"]


def at_once(three: OpenJournals) -> tuple[Journal, Journal]:
    """Ana here and Ben on a laptop of his have both released a half, and neither has seen it."""
    (three.folder / "laptop").mkdir()
    three.ana.backup(three.folder / "laptop" / "ours.kap")
    path, memory = three.folder / "laptop" / "ours.kap", three.folder / "laptop" / "memory"
    both = three.ana, three.open("Ben", path=path, memory=memory)
    for one in both:
        half(one)
        one.cycle.release()
    return both


def test_both_release_at_once_and_whoever_presses_again_answers(three: OpenJournals) -> None:
    ana, ben = at_once(three)
    for one in (ana, ben, ana):
        assert not halves(ana) and not halves(ben)
        one.copies.merge(ben.path if one is ana else ana.path)
        one.refresh()
    ana.cycle.release()
    for one in (ben, ana, ben):
        one.copies.merge(ben.path if one is ana else ana.path)
        one.refresh()
    assert halves(ana) == halves(ben) == ["Ana", "Ben"]


def test_both_at_once_twice_are_offered_anew(three: OpenJournals) -> None:
    """Each took their own offer back to answer the other's, which is gone by then."""
    ana, ben = at_once(three)
    for _ in range(2):
        ana.copies.merge(ben.path)
        for one in (ana, ben):
            one.refresh()
        for one in (ana, ben):
            one.cycle.release()
        assert not halves(ana) and not halves(ben)
    ana.copies.merge(ben.path)
    ana.refresh()
    ana.cycle.release()
    for one in (ben, ana, ben):
        one.copies.merge(ben.path if one is ana else ana.path)
        one.refresh()
    assert halves(ana) == halves(ben) == ["Ana", "Ben"]


def test_one_half_that_was_shared_as_any_note_is_no_loop(three: OpenJournals) -> None:
    three.ana.notes.share(half(three.ana).id, "Ben")
    half(three.ben)
    three.ben.refresh()
    assert halves(three.ana) == halves(three.ben) == []
    with pytest.raises(Refused, match=CAN_READ_IT):
        three.ana.cycle.release()


def test_the_therapist_sees_it_once_both_have_shared_theirs(three: OpenJournals) -> None:
    released(three)
    lee = three.lee
    lee.refresh()
    assert lee.cycle.loop().halves == () and lee.cycle.loop().own is None
    for one in (three.ana, three.ben):
        own = one.cycle.loop().own
        assert own is not None
        one.notes.share(own.id, "Dr Lee")
        lee.refresh()
        assert halves(lee) == ([] if one is three.ana else ["Ana", "Ben"])


def test_times_it_went_otherwise_go_to_whoever_reads_both_halves(three: OpenJournals) -> None:
    released(three)
    ana, ben, lee = three.ana, three.ben, three.lee
    line = ben.cycle.add_otherwise(" He asked for a minute. ", DAY)
    assert (line.text.body, line.text.date, line.text.tags) == ("He asked for a minute.", DAY, (OTHERWISE,))
    assert line.readers == {ana.me.id, ben.me.id}
    for one in (ana, ben):
        own = one.cycle.loop().own
        assert own is not None
        one.notes.share(own.id, "Dr Lee")
        for other in three.journals:
            other.refresh()
    earlier = ana.cycle.add_otherwise("She stayed.", DAY - dt.timedelta(1))
    assert earlier.readers == {ana.me.id, ben.me.id, lee.me.id}
    for one in three.journals:
        one.refresh()
    assert [n.id for n in ana.cycle.loop().otherwise] == [earlier.id, line.id]
    assert [n.id for n in ben.cycle.loop().otherwise] == [earlier.id, line.id]
    assert [n.id for n in lee.cycle.loop().otherwise] == [earlier.id]
    assert halves(ana) == ["Ana", "Ben"], "a line is no half"


def test_both_partners_are_shown_the_same_and_the_name_only_beside_both_halves(three: OpenJournals) -> None:
    ana, ben = three.ana, three.ben
    half(ana, "## When\n\nthe door\n\n## What I do next\n\nI knock.\n\n> Ben: as if he had said it")
    fog = JointText(JointKind.LOOP, (("name", "Sea fog"),), dt.date(2026, 3, 2))
    ana.joints.together(ben.joints, fog)
    assert read_loop(ana).title == "The loop"
    ana.cycle.release()
    half(ben, "All in one breath.")
    ben.refresh()
    ben.cycle.release()
    for one in (ana, ben, ana):
        one.refresh()
    hers, his = read_loop(ana), read_loop(ben)
    assert (hers.title, hers.fields, hers.otherwise) == (his.title, his.fields, his.otherwise)
    assert hers.title == "The loop: Sea fog" and hers.state == his.state == ()
    assert [(one.question, [said.who for said in one.said]) for one in hers.fields] == [
        ("When", ["Ana"]),
        ("What I do next", ["Ana"]),
        (FREELY, ["Ben"]),
    ]


def test_a_half_that_was_changed_after_both_were_released_says_so_to_the_other(three: OpenJournals) -> None:
    released(three)
    own = three.ana.cycle.loop().own
    assert own is not None
    three.ana.notes.edit(own.id, NoteChange("## When\n\nIt is all his doing."))
    three.ben.refresh()
    assert read_loop(three.ben).state == (f"Ana: {NOT_AS_OFFERED}",)
    assert read_loop(three.ana).state == ()


def test_a_newer_half_waits_and_the_two_that_are_out_stand(three: OpenJournals) -> None:
    released(three)
    newer = half(three.ana, "Quite another loop.")
    found = three.ana.cycle.loop()
    assert found.own is not None and found.own.id == newer.id
    assert newer.id not in {note.id for note in found.halves} and len(found.halves) == 2


def test_taking_a_half_back_takes_the_release_back(three: OpenJournals) -> None:
    ana, ben = three.ana, three.ben
    note = half(ana)
    ana.cycle.release()
    ana.waiting.keep(note.id)
    ben.refresh()
    assert ben.cycle.offered() == []
    half(ben)
    ben.cycle.release()
    ana.refresh()
    assert ana.cycle.loop().halves == () and ana.notes.get(note.id).is_private


def test_withdrawing_a_half_takes_the_loop_away_for_both(three: OpenJournals) -> None:
    released(three)
    own = three.ana.cycle.loop().own
    assert own is not None
    three.ana.notes.withdraw(own.id, "Ben")
    three.ben.refresh()
    assert halves(three.ana) == halves(three.ben) == []


def test_another_offer_is_not_answered_with_a_half(three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("Sunday", share="Ben", when=When(both_first=True, about="Sunday")))
    three.ben.refresh()
    assert three.ben.cycle.offered() == []
    half(three.ben)
    three.ben.cycle.release()
    for one in (three.ana, three.ben):
        one.refresh()
    assert three.ben.notes.all()[0].is_private and len(three.ana.offers.to_me()) == 1


def test_what_is_refused(three: OpenJournals) -> None:
    ana, lee = three.ana, three.lee
    with pytest.raises(Refused, match=FOR_PARTNERS):
        lee.cycle.release()
    with pytest.raises(Refused, match=FOR_PARTNERS):
        lee.cycle.add_otherwise("x")
    with pytest.raises(Refused, match=NO_HALF):
        ana.cycle.release()
    with pytest.raises(Refused, match=NOT_A_HALF):
        ana.cycle.release(ana.notes.add(NewNote("a page")).id)
    with pytest.raises(Refused, match=NOT_JOINED):
        ana.cycle.add_otherwise("too early")
    half(ana)
    ana.cycle.release()
    with pytest.raises(Refused, match=RELEASED):
        ana.cycle.release()


@pytest.mark.parametrize("line", ["", "two\nlines", "x" * 201, "a\x1b[2J"])
def test_a_line_is_one_line(three: OpenJournals, line: str) -> None:
    released(three)
    with pytest.raises(UsageError):
        three.ana.cycle.add_otherwise(line)
    assert three.ana.cycle.loop().otherwise == ()


def test_nothing_is_released_in_the_pause_after_a_dose(three: OpenJournals) -> None:
    today, me = clock.today(), frozenset({three.ana.me.id})
    three.lee.sessions.add(kind=SessionKind.DOSING, date=today, dosing=me)
    three.ana.refresh()
    note = half(three.ana)
    with pytest.raises(Refused):
        three.ana.cycle.release()
    assert three.ana.notes.get(note.id).is_private and not three.ana.waiting.of(note).holds


def test_where_dialogue_is_kept_for_the_room_no_witness_is_offered(three: OpenJournals) -> None:
    assert NoteKind.WITNESS in kinds(three.ana) and witness_is_offered(three.ana)
    three.lee.policies.write(None, dt.time(10), dialogue_in_the_room=True)
    three.look()
    for one in (three.ana, three.ben):
        assert NoteKind.WITNESS not in kinds(one) and not witness_is_offered(one)
