"""The plan and what stands beside it: the therapist's own before a colleague's, whatever day that names."""

import datetime as dt

from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.records import Record, RecordText
from kapjournal.presentation.plan import consent_in_words, plan_view

ME, KIM = MemberId(b"m" * 32), MemberId(b"k" * 32)
NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


def record(author: MemberId, kind: RecordKind, day: dt.date, **fields: str) -> Record:
    text = RecordText(kind, About.COUPLE, day, tuple(sorted(fields.items())))
    return Record(f"{author[:1]!r}{day}", author, frozenset({author}), CaseId(bytes(16)), text, NOW, None)


def test_a_colleagues_intake_of_the_last_day_of_all_takes_no_ones_place() -> None:
    mine = record(ME, RecordKind.INTAKE, dt.date(2026, 3, 2))
    later = record(ME, RecordKind.INTAKE, dt.date(2026, 3, 9))
    theirs = record(KIM, RecordKind.INTAKE, dt.date.max)
    assert plan_view([theirs, mine, later], ME).intake == later
    assert plan_view([theirs], ME).intake == theirs and plan_view([], ME).plan is None


def test_a_consent_says_which_colleague_noted_it() -> None:
    day = dt.date(2026, 3, 2)
    consent = record(KIM, RecordKind.CONSENT, day, what="release", given="2026-03-01")
    assert plan_view([consent], ME).consents == (consent,)
    assert consent_in_words(consent, "both", day, "Kim") == (
        "release · both · given 2026-03-01 · stands · noted by Kim"
    )
