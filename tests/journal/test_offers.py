"""Both first: a page goes to the partner when one of theirs comes for it, and neither before."""

import datetime as dt
from collections.abc import Callable

import pytest

from kapjournal import clock
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.offers import ANSWERED, BOUND, NOT_IN_A_PAUSE, ONE_PARTNER
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.waiting import Obstacle, When
from kapjournal.errors import KapjournalError, NotFound, Refused, UsageError
from kapjournal.journal import Journal, NewNote, NoteChange

from .open_journals import OpenJournals

OFFER = When(both_first=True, about="About Sunday")


def bodies(journal: Journal) -> set[str]:
    return {note.text.body for note in journal.notes.all()}


def offered(ana: Journal, body: str = "Ana's Sunday") -> Note:
    return ana.notes.add(NewNote(body, share="Ben", when=OFFER))


def answered(ben: Journal, body: str = "Ben's Sunday") -> Note:
    ben.refresh()
    [offer] = ben.offers.to_me()
    return ben.notes.add(NewNote(body, share="Ana", when=When(in_return=offer.id)))


def test_each_goes_when_the_other_comes(three: OpenJournals) -> None:
    ana, ben = three.ana, three.ben
    page = offered(ana)
    assert page.is_private and bodies(ana) == {"Ana's Sunday"}
    ben.refresh()
    [offer] = ben.offers.to_me()
    assert (offer.author, offer.about) == (ana.me.id, "About Sunday")
    assert bodies(ben) == set()

    answered(ben)
    assert bodies(ben) == {"Ben's Sunday"}, "nothing goes before Ana's program was there"

    ana.refresh()
    assert ana.notes.get(page.id).readers == {ana.me.id, ben.me.id}
    assert bodies(ana) == {"Ana's Sunday"}
    assert [note.id for note in ana.offers.under_way()] == [page.id]

    ben.refresh()
    assert bodies(ben) == {"Ana's Sunday", "Ben's Sunday"}
    ana.refresh()
    assert bodies(ana) == {"Ana's Sunday", "Ben's Sunday"}
    for one in (ana, ben):
        assert not (one.waiting.all() or one.offers.to_me() or one.offers.under_way())
        assert one.check().is_clean
        assert all(one.offers.is_as_offered(note) for note in one.notes.all())


def test_a_page_written_long_ago_can_be_offered_and_answered_with(three: OpenJournals) -> None:
    ana, ben = three.ana, three.ben
    old, other = ana.notes.add(NewNote("old")), ben.notes.add(NewNote("older"))
    ana.notes.share(old.id, "Ben", When(both_first=True))
    ben.refresh()
    [offer] = ben.offers.to_me()
    assert offer.about == ""
    ben.notes.share(other.id, "Ana", When(in_return=offer.id[:6]))
    ana.refresh()
    ben.refresh()
    ana.refresh()
    assert bodies(ana) == bodies(ben) == {"old", "older"}


def test_therapists_get_theirs_at_once_and_learn_nothing_of_the_offer(three: OpenJournals) -> None:
    ana, lee = three.ana, three.lee
    page = ana.notes.add(NewNote("for both of you", share="Ben, Dr Lee", when=OFFER))
    assert page.readers == {ana.me.id, lee.me.id}
    lee.refresh()
    assert bodies(lee) == {"for both of you"} and lee.offers.to_me() == []


def test_an_offer_is_taken_back_by_keeping_the_page(three: OpenJournals) -> None:
    ana, ben = three.ana, three.ben
    page = offered(ana)
    ben.refresh()
    [offer] = ben.offers.to_me()
    ana.waiting.keep(page.id)
    ben.refresh()
    assert ben.offers.to_me() == []
    with pytest.raises(NotFound):
        ben.notes.add(NewNote("too late", share="Ana", when=When(in_return=offer.id)))
    assert bodies(ben) == set(), "nothing of it was saved"
    ana.notes.edit(page.id, NoteChange("changed"))


@pytest.mark.parametrize("way", ["keep", "delete", "withdraw", "send"])
def test_who_answered_an_offer_that_is_gone_is_told_and_keeps_the_page(three: OpenJournals, way: str) -> None:
    ana, ben = three.ana, three.ben
    page = offered(ana)
    answer = answered(ben)
    ways: dict[str, Callable[[], object]] = {
        "keep": lambda: ana.waiting.keep(page.id),
        "delete": lambda: ana.notes.delete(page.id),
        "withdraw": lambda: ana.notes.withdraw(page.id, "Ben"),
        "send": lambda: ana.waiting.send_now(page.id),
    }
    ways[way]()
    ben.refresh()
    ana.refresh()
    assert bodies(ana) <= {"Ana's Sunday"}
    [waiting] = ben.waiting.all()
    assert waiting.note.id == answer.id and waiting.obstacles == (Obstacle.OFFER_GONE,)
    ben.waiting.keep(answer.id)
    ben.notes.edit(answer.id, NoteChange("mine again"))
    assert ben.waiting.all() == []


def test_an_offered_page_stays_as_it_was_offered(three: OpenJournals) -> None:
    ana, ben = three.ana, three.ben
    page = offered(ana)
    change = NoteChange("something else")
    with pytest.raises(Refused, match=BOUND[:40]):
        ana.notes.edit(page.id, change)
    assert ana.notes.edit(page.id, NoteChange("Ana's Sunday")).id == page.id, "nothing was changed"
    answered(ben)
    ana.refresh()
    with pytest.raises(Refused, match=BOUND[:40]):
        ana.notes.edit(page.id, change)
    ben.refresh()
    ana.refresh()
    ana.notes.edit(page.id, change)
    ben.refresh()
    [theirs] = [note for note in ben.notes.all() if note.author == ana.me.id]
    assert theirs.text.body == "something else" and not ben.offers.is_as_offered(theirs)


def test_what_is_refused(three: OpenJournals) -> None:
    ana, ben, lee = three.ana, three.ben, three.lee
    refused: list[tuple[Callable[[], object], str]] = [
        (lambda: ana.notes.add(NewNote("x", share="Dr Lee", when=OFFER)), ONE_PARTNER),
        (lambda: lee.notes.add(NewNote("x", share="Ben", when=OFFER)), "partners’ own"),
    ]
    for deed, words in refused:
        with pytest.raises(KapjournalError, match=words):
            deed()
    with pytest.raises(UsageError):
        When(both_first=True, now=True)
    with pytest.raises(UsageError):
        When(about="Sunday")
    with pytest.raises(UsageError, match="200"):
        ana.notes.add(NewNote("x", share="Ben", when=When(both_first=True, about="a" * 201)))
    offered(ana)
    ben.refresh()
    [offer] = ben.offers.to_me()
    answered(ben)
    for one in (ben, ana, ben):
        assert ben.offers.to_me() == []
        with pytest.raises(Refused, match=ANSWERED):
            ben.notes.add(NewNote("again", share="Ana", when=When(in_return=offer.id)))
        one.refresh()
    assert bodies(ana) == {"Ana's Sunday"} and bodies(ben) == {"Ana's Sunday", "Ben's Sunday"}


def test_nothing_is_offered_and_nothing_goes_in_the_pause_after_a_dose(three: OpenJournals) -> None:
    noon = dt.datetime(2098, 3, 3, 12, tzinfo=dt.UTC)
    ana, ben = three.ana, three.ben
    with clock.at(noon - dt.timedelta(days=1)):
        page = offered(ana)
        answered(ben)
        three.lee.sessions.add(kind=SessionKind.DOSING, date=noon.date(), dosing=frozenset({ana.me.id}))
    with clock.at(noon):
        ana.refresh()
        assert ana.notes.get(page.id).is_private
        with pytest.raises(Refused, match=NOT_IN_A_PAUSE[:40]):
            offered(ana, "in the glow")
    with clock.at(noon + dt.timedelta(days=1)):
        ana.refresh()
        assert not ana.notes.get(page.id).is_private


def test_a_closed_page_is_not_offered(three: OpenJournals) -> None:
    ana = three.ana
    note = ana.notes.add(NewNote("sure of it", kind=NoteKind.DECISION))
    with pytest.raises(Refused):
        ana.notes.share(note.id, "Ben", OFFER)


def test_both_offer_at_once_and_one_answers(three: OpenJournals) -> None:
    ana, ben = three.ana, three.ben
    offered(ana)
    mine = ben.notes.add(NewNote("Ben's own offer", share="Ana", when=OFFER))
    ben.refresh()
    [offer] = ben.offers.to_me()
    ben.notes.share(mine.id, "Ana", When(in_return=offer.id))
    for one in (ana, ben, ana):
        one.refresh()
    assert bodies(ana) == bodies(ben) == {"Ana's Sunday", "Ben's own offer"}
    assert ana.offers.to_me() == ben.offers.to_me() == []
