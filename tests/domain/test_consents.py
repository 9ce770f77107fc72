"""Whether a couple agreed to supervision: for each of the two the last that was noted counts."""

import datetime as dt

from kapjournal.domain.consents import without_supervision
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.records import Record, RecordText

TODAY = dt.date(2026, 3, 2)
BOTH = (About.FIRST, About.SECOND)


def consent(about: About, day: int, kind: RecordKind = RecordKind.CONSENT, **fields: str) -> Record:
    values = {"what": "Supervision", "given": "2026-01-01", **fields}
    text = RecordText(kind, about, dt.date(2026, 1, day), tuple(sorted(values.items())))
    written = dt.datetime(2026, 1, day, tzinfo=dt.UTC)
    return Record(f"{day:020x}", MemberId(bytes(32)), frozenset(), CaseId(bytes(16)), text, written, None)


def test_one_for_both_or_one_for_each() -> None:
    assert without_supervision([], TODAY) == BOTH
    assert without_supervision([consent(About.COUPLE, 1)], TODAY) == ()
    assert without_supervision([consent(About.FIRST, 1)], TODAY) == (About.SECOND,)
    assert without_supervision([consent(About.FIRST, 1), consent(About.SECOND, 2)], TODAY) == ()


def test_what_one_took_back_later_is_not_given_by_what_both_said_before() -> None:
    later = consent(About.SECOND, 2, revoked="2026-02-01")
    assert without_supervision([later, consent(About.COUPLE, 1)], TODAY) == (About.SECOND,)
    assert without_supervision([later, consent(About.COUPLE, 3)], TODAY) == ()


def test_something_else_is_no_consent_to_supervision() -> None:
    assert without_supervision([consent(About.COUPLE, 1, what="recording")], TODAY) == BOTH
    assert without_supervision([consent(About.COUPLE, 1, RecordKind.CONTACT)], TODAY) == BOTH
    assert without_supervision([consent(About.COUPLE, 1, given="2026-03-03")], TODAY) == BOTH
    assert without_supervision([consent(About.COUPLE, 1, until="2026-03-01")], TODAY) == BOTH
    assert without_supervision([consent(About.COUPLE, 1, until="2026-03-02")], TODAY) == ()
