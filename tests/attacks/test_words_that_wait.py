"""The words of a page that waits: who learns that it does, and who could change them on the way."""

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.domain.waiting import Obstacle
from kapjournal.journal import NewNote
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.attacks.test_old_keys import renewed
from tests.attacks.test_waiting import LATER, NOON, TEN, opens_on
from tests.internals import vault_of


def test_a_reader_does_not_see_that_a_page_begins_to_wait_for_another(attacked: AttackedJournal) -> None:
    """The same words to the same readers once more would say so."""
    with clock.at(NOON), attacked.acting("Ana", "Lee") as (ana, lee):
        note = ana.notes.add(NewNote("words", share="Lee"))
        lee.refresh()
        before = attacked.rows()
        seen = lee.notes.get(note.id).versions
        ana.notes.share(note.id, "Ben", LATER)
        ana.waiting.keep(note.id)
        ana.notes.share(note.id, "Ben", LATER)
        lee.refresh()
        assert lee.notes.get(note.id).versions == seen
        assert before.items() <= attacked.rows().items(), "nothing of what was there is dropped"
        new = set(attacked.rows()) - set(before)
        assert len(new) == 3 and new <= vault_of(lee).envelopes.unaddressed
    assert opens_on(attacked, TEN) == {"words"}


def test_old_keys_put_no_other_words_into_a_page_that_waits(attacked: AttackedJournal) -> None:
    """They would go as if they were by the new keys, and nobody would be told."""
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("meant for him", share="Ben", when=LATER))
        later = ana.notes.add(NewNote("meant for him, said later"))
        was = [vault_of(ana).notes.stored(one.id) for one in (note, later)]
    with clock.at(NOON):
        thief = renewed(attacked, "Ana")
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        ana.notes.share(later.id, "Ben", LATER)
    for one in was:
        thief.writes(one.version._replace(text="forged", follows=(one.envelope,)), [MemberId(thief.id)])
    assert opens_on(attacked, TEN) == set(), "both texts stand: she decides"
    with clock.at(TEN), attacked.acting("Ana") as (ana,):
        assert [page.obstacles for page in ana.waiting.all()] == [(Obstacle.TWO_TEXTS,)] * 2
        assert {one.text.body for one in ana.notes.all()} == {"meant for him", "meant for him, said later"}


def test_pages_that_wait_come_along_to_new_keys(attacked: AttackedJournal) -> None:
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("meant for him", share="Lee,Ben", when=LATER))
        shared = ana.notes.add(NewNote("Lee has it", share="Lee"))
        ana.notes.share(shared.id, "Ben", LATER)
    with clock.at(NOON):
        renewed(attacked, "Ana")
    with clock.at(NOON), attacked.acting("Lee") as (lee,):
        assert bodies(lee) == {"Lee has it"} and lee.check().is_clean
    assert opens_on(attacked, TEN) == {"meant for him", "Lee has it"}
