"""Who a write-up is for, as far as that was said anywhere."""

import datetime as dt

from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.records import Record, RecordText
from kapjournal.presentation.write_up_standing import Looked, Standing

NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
BEGUN, REVIEWED = Looked("Dr Roe", 1, 9, False), Looked("Dr Nell", 9, 9, True)


def written(**fields: str) -> Record:
    text = RecordText(RecordKind.SUPERVISION, About.COUPLE, NOW.date(), tuple(sorted(fields.items())))
    return Record("ab", MemberId(bytes(32)), frozenset(), CaseId(bytes(16)), text, NOW, None)


def test_it_is_for_whom_it_says_else_for_whom_it_was_reviewed_else_for_whom_that_was_begun() -> None:
    assert Standing(written()).recipient == ""
    assert Standing(written(), (BEGUN,)).recipient == "Dr Roe"
    assert Standing(written(), (BEGUN, REVIEWED)).recipient == "Dr Nell"
    assert Standing(written(recipient="Dr Kern"), (BEGUN, REVIEWED)).recipient == "Dr Kern"
