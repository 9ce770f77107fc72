"""A write-up for supervision line by line: begun, its names, its review, and what interrupts it."""

import pytest

from kapjournal.domain.members import Role
from kapjournal.domain.supervision import NO_QUESTION_MARK
from kapjournal.domain.write_up_work import Choice
from kapjournal.idle import Inactivity
from kapjournal.presentation.couple_journal import OPEN_IT
from kapjournal.presentation.write_up_heard import NAMES_WHAT
from tests.cast import joins
from tests.cli.command_line import LEE
from tests.journal.written_up import ROE, write_up
from tests.plain.test_practice import MORNING, at, filled, practice
from tests.plain.written_up import INTO, OUT, lees, review_of, written

from .plain_conversation import Answer, PlainConversation

__all__ = ["filled", "practice", "written"]

ALL_FOUND: tuple[Answer, ...] = ("accept", "all", "all", "accept", "accept")
"""Every finding accepted."""


def test_it_begins_with_the_question_and_goes_on_in_the_form(filled: PlainConversation) -> None:
    said = at(
        filled,
        MORNING,
        *(*INTO, "new", "I am stuck", "Why am I stuck?", "challenge", "recipient", "Dr Roe", "done"),
        *("1", "back", "2", "back", *OUT),
    )
    assert NO_QUESTION_MARK in said and "My question: One sentence" in said
    assert "Why am I stuck? Has not left." in said
    assert "What I want:\nchallenge me\nRecipient:\nDr Roe\nEnd of the write-up." in said
    with lees(filled) as lee:
        [record] = lee.records.all()
        assert record.text.fields["question"] == "Why am I stuck?"


def test_what_was_begun_waits_as_a_draft_from_its_question_on(filled: PlainConversation) -> None:
    at(filled, MORNING, *INTO, "new", "Why am I stuck?", "1")
    said = at(filled, MORNING, *INTO, "2", "the loop", "They go quiet.", ".", "keep", *OUT[1:])
    assert "Supervision write-up" in said and "Now: Why am I stuck?\n" in said
    with lees(filled) as lee:
        [draft] = lee.record_drafts.all()
        assert draft.fields["loop"] == "They go quiet."


def test_it_is_changed_and_heard_again_with_where_its_lines_are_from(written: PlainConversation) -> None:
    said = at(written, MORNING, *INTO, "2", "change", "why", "Now.", ".", "done", "again", *OUT)
    heard = said.split("Why now:\n")[-1]
    assert heard.startswith("They missed a dose at Hillside.\nNow.\n")


def test_who_writes_no_write_ups_is_offered_none(filled: PlainConversation) -> None:
    with lees(filled) as lee:
        code = lee.members.invite("Dr Ito", Role.PRESCRIBER)
    joins(filled.folder / "practice.kap", "Dr Ito", code, filled.memory)
    said = filled.says(
        "Dr Ito opens this door", "supervision", "quit", path=filled.folder / "practice.kap", label="Dr Ito"
    )
    assert "There is no choice “supervision” here." in said


# names


def test_names_are_added_and_taken_away_line_by_line(written: PlainConversation) -> None:
    said = at(
        written,
        MORNING,
        *(*INTO, "names", "place:", "Vera, Verochka", "1", "", "names of the practice", "place: Orne", ""),
        *OUT[1:],
    )
    assert said.count(NAMES_WHAT) == 2 and "an empty entry" in said
    assert "1. Benjamin, Benji\n2. place: Northgate\n" in said
    assert "Taken away: Benjamin, Benji\n1. place: Northgate\n2. Vera, Verochka\n" in said
    with lees(written) as lee:
        case = lee.couples.get("Ana and Ben").case
        assert lee.write_ups.names(case) == "place: Northgate\nVera, Verochka"
        assert lee.write_ups.names(None) == "employer: Hillside, Hillside Clinic\nplace: Orne"


# its review


def test_each_finding_is_heard_in_its_line_and_decided(written: PlainConversation) -> None:
    found = {one.text: one.replacement for one in review_of(written).items}
    said = at(
        written,
        MORNING,
        *(*INTO, "2", "review", "", "accept", "all", "change", "Ben", "the other", "keep", ""),
        *("accept", "accept", "before", "change", "the one", "accept", "No.", "", "No.", "No.", "no", "yes"),
        *OUT,
    )
    assert "The review for Dr Roe is not complete. Still open: 13." in said
    assert "2 of 8. The loop, and my hypothesis, person: «Ana» asks, Ben leaves the room for …\n" in said
    assert f"In its place: {found['Ana']}.\nAccept, all like it, change, mark, before or later: " in said
    assert "Accepted: 2.\n" in said
    assert "“Ben”: That stays in no write-up" in said, "nor do other words name somebody"
    assert said.count("4 of 8. The loop, and my hypothesis, place: ") == 2, "keep was refused"
    assert "Decided: accepted.\n" in said and "In the text: " not in said
    assert "Still open: 2." in said, "the one that was left, and a question"
    assert f"0 min: {found['Ana']} said {found['Ben']} never asks." in said and "End of the text." in said
    decided = [one.decided.choice if one.decided else None for one in review_of(written).items]
    accept, change = Choice.ACCEPT, Choice.CHANGE
    assert decided == [accept, accept, change, None, accept, accept, change, accept]


def test_what_is_marked_and_the_words_to_look_at(written: PlainConversation) -> None:
    with lees(written) as lee:
        case = lee.couples.get("Ana and Ben").case
        write_up(
            lee, case, wrong="They like Zorblat and the Qwyx.", moment="", loop="", **{"why-now": "He rows."}
        )
    said = at(
        written,
        MORNING,
        *(
            *INTO,
            "3",
            "review",
            ROE,
            "x",
            "9",
            "mark 2",
            "keep",
            "",
            "keep",
            "the name of a film",
            "1",
            *[""] * 5,
        ),
        *("no", "review", ROE, *[""] * 5, "no", *OUT),
    )
    assert "1. Zorblat. In: They like Zorblat and the Qwyx." in said
    assert "“x” is no number of a line" in said and "numbered from 1 to 2" in said
    assert "Marked: Qwyx.\n" in said and "1 of 1. What would prove me wrong, marked: " in said
    assert "means nobody" not in said and "Still open: 5." in said
    assert said.count("1 of 1. ") == 2, "once more after its reason was left, and not in the second review"


def test_a_name_that_was_marked_at_a_finding_is_a_finding_too(written: PlainConversation) -> None:
    with lees(written) as lee:
        case = lee.couples.get("Ana and Ben").case
        write_up(
            lee, case, wrong="At the regatta of the boats.", moment="", loop="", **{"why-now": "At Hillside."}
        )
    marks = ("mark", "not there", "regatta of the boats", "mark", "at the")
    said = at(written, MORNING, *INTO, "3", "review", ROE, *marks, "back", *OUT)
    assert "so there is nothing to mark" in said and "Marked: regatta of the boats.\n1 of 2. " in said
    assert "Marked: at the.\n1 of 3. " in said


def test_who_would_be_known_is_asked_again(written: PlainConversation) -> None:
    said = at(
        written,
        MORNING,
        *(*INTO, "2", "review", "", *ALL_FOUND, "no", "no", "no", "no", "yes, by the boat", "no"),
        *("review", "", "no", "no", *OUT),
    )
    assert "A colleague would know them: change the text first" in said
    assert said.count("Would a colleague in this town know them?") == 2
    assert "The review is complete: this text may leave to Dr Roe" in said


def test_a_text_that_hides_and_runs_from_the_right_is_heard_on_one_line(written: PlainConversation) -> None:
    with lees(written) as lee:
        case = lee.couples.get("Ana and Ben").case
        lee.write_ups.set_names(case, "מרים")
        write_up(
            lee,
            case,
            moment="",
            loop="אמרה מרים \N{RIGHT-TO-LEFT OVERRIDE}txt.exe",
            **{"why-now": "He rows."},
        )
    said = at(written, MORNING, *INTO, "3", "review", ROE, "back", *OUT)
    assert "«מרים» \N{REPLACEMENT CHARACTER}txt.exe" in said
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in said


def test_a_journal_that_asks_for_its_passphrase_is_opened_for_its_names(filled: PlainConversation) -> None:
    with lees(filled) as lee:
        write_up(lee, lee.couples.get("Uma").case, loop="Uma rows.", moment="", **{"why-now": ""})
    into = ("supervision", "Uma", "2", "review", ROE)
    said = at(filled, MORNING, *into, "no", "", "back", *OUT)
    assert OPEN_IT in said and "Their journal was not read, and the names in it are not known" in said
    said = at(filled, MORNING, *into, "yes", "", "wrong", LEE, "accept", "back", *OUT)
    assert "«Uma» rows." in said and "Their journal was not read" not in said


# interrupted


def test_a_lock_in_the_review_keeps_what_was_decided(
    written: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = at(
        written, MORNING, *INTO, "2", "review", "", "accept", "lock", "Dr Lee", MORNING, *INTO, "2", *OUT
    )
    assert "Locked." in said and review_of(written).open == 12
    over = iter([False] * 7 + [True] * 99)
    monkeypatch.setattr(Inactivity, "is_over", lambda _: next(over))
    typed = (*INTO, "2", "review", "", "all", "accept", "accept")
    said = written.says(MORNING, *typed, path=written.folder / "practice.kap", label="Dr Lee")
    assert "minutes without a line." in said and review_of(written).open == 9


def test_the_end_of_the_input_ends_cleanly_everywhere(written: PlainConversation) -> None:
    walk: tuple[Answer, ...] = (
        *(
            *INTO,
            "new",
            "Why?",
            "1",
            "loop",
            "x",
            ".",
            "keep",
            "names",
            "Vera",
            "",
            "names of",
            "",
            "3",
            "review",
        ),
        *("", "accept", "mark", "a dose", "all", "change", "it", "later", "before", "accept", "back"),
        *(
            "answer",
            "",
            "",
            "Words",
            ".",
            "what",
            "who",
            "",
            "",
            "export",
            "",
            "",
            "",
            "back",
            "ledger",
            "what h",
        ),
        *("1", "It went.", "back", "back", "quit"),
    )
    for length in range(len(walk)):
        said = at(written, MORNING, *walk[:length])
        assert written.code == 0 and said.endswith("You have left kapjournal.\n"), (length, said[-500:])
