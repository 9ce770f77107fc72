"""A write-up for supervision begins with a question, and says what is wanted of whoever reads it."""

import pytest

from kapjournal.content.forms import form_for
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.supervision import BASIS, WANTED, Basis, check_question
from kapjournal.errors import UsageError


def test_a_question_and_what_is_wanted_are_enough() -> None:
    check_question({"question": "Whose fear am I following?", WANTED: "challenge me"})
    check_question({"question": "谁在害怕？", WANTED: "think with me"})


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "begins with it"),
        ({"question": "  "}, "begins with it"),
        ({"question": "I am stuck.", WANTED: "challenge me"}, "question mark"),
        ({"question": "Why am I stuck?"}, "What I want"),
        ({"question": "Why am I stuck?", WANTED: " "}, "What I want"),
    ],
)
def test_without_them_there_is_no_write_up(fields: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        check_question(fields)


def test_the_form_begins_with_the_question_and_knows_every_basis() -> None:
    form = form_for(RecordKind.SUPERVISION)
    assert all(ids[0] == "question" for ids in form.layouts.values())
    assert set(form.layouts["One page"]) < set(form.layouts["Two pages"]) == {one.id for one in form.fields}
    assert form.field(BASIS).answers == tuple(Basis)
    assert form.readers == ()
