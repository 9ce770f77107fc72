"""What every face says of a card on after-effects."""

import datetime as dt

from kapjournal.domain.self_reports import AfterEffects
from kapjournal.presentation.self_reports import noticed_in_words

DAY = dt.date(2098, 3, 3)
NOON = dt.datetime(2098, 3, 3, 12, tzinfo=dt.UTC)


def test_a_line_beside_a_no_does_not_read_like_a_yes() -> None:
    said = AfterEffects(DAY, NOON).with_answer("headache", True).with_answer("anxiety", False)
    said = said.with_answer("nausea", False)
    said = said.with_line("headache", "since noon").with_line("anxiety", "only before").with_line("fog", "?")
    words = noticed_in_words(said)
    assert words == "Anxious, no: only before; Headache: since noon; Foggy, or forgetful, not answered: ?"


def test_a_no_without_a_line_is_not_named() -> None:
    said = AfterEffects(DAY, NOON).with_answer("headache", False)
    assert noticed_in_words(said) == "nothing noticed"
