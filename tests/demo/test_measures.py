"""The measures of the demo: eight weeks of them, and one mark of item 9 that was answered."""

import datetime as dt
from pathlib import Path

from kapjournal import clock
from kapjournal.content import measures as content
from kapjournal.demo import build
from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.domain.measures import Certainty, beyond_chance
from kapjournal.journal import unlock
from kapjournal.presentation.answered_measures import score_of


def totals(found: list[AnsweredMeasure], measure: str) -> list[int | None]:
    scores = [score_of(one.text) for one in found if one.text.measure == measure]
    return [score[1].total for score in scores if score is not None]


def test_eight_weeks_of_measures_and_one_mark_that_was_answered(tmp_path: Path) -> None:
    demo = build(tmp_path / "demo", record_folder=tmp_path / "memory")
    lee, ana, _ = demo.doors
    with unlock(
        demo.path, label=lee.label, passphrase=lee.passphrase, record_folder=tmp_path / "memory"
    ) as journal:
        anas, bens = (journal.measures.all(of=name) for name in ("Ana", "Ben"))
        days = [one.text.date for one in (*anas, *bens)]
        assert clock.today() - min(days) == dt.timedelta(days=56)
        for found, measure in ((anas, "phq9"), (bens, "gad7")):
            scored = [total for total in totals(found, measure) if total is not None]
            known = content.measure(measure)
            assert known.reliable_change is not None
            change = scored[-1] - scored[0]
            assert beyond_chance(known.reliable_change.points, change) is Certainty.YES
        assert None in totals(anas, "phq9"), "one is not complete"
        [mark] = journal.measures.marks()
        assert not mark.is_open and mark.item == 9 and "Knows whom to call" in mark.contacts[0].outcome
        assert journal.check().is_clean
    with unlock(
        demo.path, label=ana.label, passphrase=ana.passphrase, record_folder=tmp_path / "memory"
    ) as journal:
        [asked] = journal.measures.requests()
        assert asked.measure == "example" and not asked.answered
        assert {one.text.of for one in journal.measures.all()} == {journal.me.id}
        assert journal.measures.marks() == []
