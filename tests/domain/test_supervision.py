"""A write-up for supervision begins with a question, and says what is wanted of whoever reads it."""

import datetime as dt

import pytest

from kapjournal.content.forms import form_for
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.supervision import BASIS, WANTED, Basis, Pulled, basis_from, check_question
from kapjournal.domain.supervision_reply import Act, act_from
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


@pytest.mark.parametrize(
    ("word", "basis"),
    [
        ("A", Basis.OWN_PROGRAMME),
        (" b ", Basis.AUTHORISED),
        ("De-identified and reviewed", Basis.DEIDENTIFIED),
    ],
)
def test_a_basis_by_its_letter_or_its_words(word: str, basis: Basis) -> None:
    assert basis_from(word) is basis


@pytest.mark.parametrize("word", ["", "D", "they said yes"])
def test_no_other_basis(word: str) -> None:
    with pytest.raises(UsageError, match="on which basis"):
        basis_from(word)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("He said: THE LAMP, was warm.", True),
        ("the lamp is warm and low", True),
        ("The lamp was", True),
        ("Warm was the lamp", False),
        ("", False),
    ],
)
def test_a_line_stands_as_long_as_three_words_of_it_do(text: str, stands: bool) -> None:
    assert Pulled("loop", "The lamp was warm and low.", "page:ab").stands_in([text]) is stands


@pytest.mark.parametrize("line", ["Yes.", "Go away."])
def test_a_short_line_stands_whole(line: str) -> None:
    assert Pulled("loop", line, "page:ab").stands_in([f"She said {line.lower()}"])
    assert not Pulled("loop", line, "page:ab").stands_in(["Go on."])


def test_an_act_is_who_what_and_a_day_if_there_is_one() -> None:
    assert act_from(" I ; ask each; 2031-03-09") == Act("I", "ask each", dt.date(2031, 3, 9))
    assert act_from(";read it") == Act("", "read it")
    for bad in ("ask", "I;", "I;ask;soon", "a;b;2031-03-09;c"):
        with pytest.raises(UsageError):
            act_from(bad)
