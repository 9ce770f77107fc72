"""A write-up for supervision line by line: begun, reviewed, leaving, answered."""

import datetime as dt

import pyrage
import pytest

from kapjournal.domain.departures import Departure
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.members import Role
from kapjournal.domain.review import Review
from kapjournal.domain.supervision import NO_QUESTION_MARK
from kapjournal.domain.supervision_reply import Act
from kapjournal.domain.write_up_work import Choice
from kapjournal.idle import Inactivity
from kapjournal.journal import Journal
from kapjournal.presentation import supervision_brief as brief
from kapjournal.presentation.write_up_heard import NAMES_WHAT, OPEN_THEIRS
from tests.cast import joins
from tests.cli.command_line import LEE
from tests.journal.written_up import ROE, all_accepted, write_up
from tests.plain.test_practice import MORNING, at, behind, filled, practice

from .plain_conversation import Answer, PlainConversation

__all__ = ["filled", "practice"]

INTO: tuple[Answer, ...] = ("supervision", "Ana and Ben")
OUT: tuple[Answer, ...] = ("back", "back", "quit")
ALL_FOUND: tuple[Answer, ...] = ("accept", "all", "all", "accept", "accept")
"""Every finding accepted."""
PLAIN_FILE: tuple[Answer, ...] = ("", "", "not sealed")
"""The usual day, no name under the review, and the file not sealed."""


@pytest.fixture
def written(filled: PlainConversation) -> PlainConversation:
    """A write-up of Ana and Ben, whose town and clinic are listed."""
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        case = lee.couples.get("Ana and Ben").case
        lee.couples.name_partners(case, "Ana", "Ben")
        lee.write_ups.set_names(case, "Benjamin, Benji\nplace: Northgate")
        lee.write_ups.set_names(None, "employer: Hillside, Hillside Clinic")
        write_up(lee, case, recipient=ROE, basis="de-identified and reviewed")
    return filled


@pytest.fixture
def reviewed(written: PlainConversation) -> PlainConversation:
    """The same, reviewed for Dr Roe."""
    with lees(written) as lee:
        all_accepted(lee, the_write_up(lee))
    return written


def lees(plain: PlainConversation) -> Journal:
    return behind(plain, "practice.kap", "Dr Lee", MORNING)


def the_write_up(lee: Journal) -> str:
    return next(one.id for one in lee.records.all() if one.kind is RecordKind.SUPERVISION)


def review_of(plain: PlainConversation) -> Review:
    with lees(plain) as lee:
        return lee.write_ups.review(the_write_up(lee), ROE)


def departures(plain: PlainConversation) -> list[Departure]:
    with lees(plain) as lee:
        return lee.write_ups.departures()


# --- begun ------------------------------------------------------------------------------------------------


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


# --- names ------------------------------------------------------------------------------------------------


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


# --- reviewed ---------------------------------------------------------------------------------------------


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
    assert "Marked: at the.\nThey are everyday words" in said


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
    assert OPEN_THEIRS in said and "Their journal was not read, and the names in it are not known" in said
    said = at(filled, MORNING, *into, "yes", "", "wrong", LEE, "accept", "back", *OUT)
    assert "«Uma» rows." in said and "Their journal was not read" not in said


# --- leaving ----------------------------------------------------------------------------------------------


def test_nothing_leaves_before_its_review_is_done(written: PlainConversation) -> None:
    said = at(
        written, MORNING, *INTO, "2", "export", "", "", "", "export", "", "2", "", "export", "", "1", "", *OUT
    )
    assert "The review for Dr Roe is not complete: 13 things are still open." in said
    assert "The two have authorised nobody in their journal." in said
    assert "There is none that stands for Ana and Ben." in said and "By which day" not in said
    assert departures(written) == []


def test_it_leaves_into_a_file_and_the_ledger(reviewed: PlainConversation) -> None:
    dest, taken = reviewed.folder / "case.md", reviewed.folder / "taken.md"
    taken.write_text("here")
    said = at(
        reviewed,
        MORNING,
        *(*INTO, "2", "export", "", "", "", "2001-01-01", "2099-12-24", "Dr Mina Lee", "not sealed"),
        *("case.txt", str(taken), str(reviewed.folder / "ours.kap"), str(dest), "back"),
        *("ledger", "1", "destroyed", "1", "back", *OUT[1:]),
    )
    for sentence in (
        "2001-01-01 has come",
        "The name of the file ends in .md",
        "taken.md is there already",
        f"Saved as {dest}. It is not sealed there.\nLeft to Dr Roe, de-identified and reviewed; to be ",
        "destroyed by 24 December 2099. It stands in the ledger.",
        "Found 8, changed 8, kept 0.",
        "Noted: Dr Roe destroyed ",
    ):
        assert sentence in said, sentence
    page = dest.read_text()
    assert "Dr Mina Lee" in page and "Ana" not in page and "Ben" not in page and taken.read_text() == "here"
    [left] = departures(reviewed)
    assert left.destroyed is not None and left.sha256 in said and said.count("Choose by number or word") == 5


def test_of_two_that_left_alike_the_one_that_is_chosen_is_destroyed(reviewed: PlainConversation) -> None:
    files = [str(reviewed.folder / name) for name in ("one.md", "two.md")]
    exported = [("export", "", "", "", *PLAIN_FILE, file) for file in files]
    said = at(
        reviewed,
        MORNING,
        *INTO,
        "2",
        *exported[0],
        *exported[1],
        "back",
        "ledger",
        "1",
        "destroyed",
        "back",
        *OUT[1:],
    )
    assert "It stands in the ledger." in said
    assert [one.destroyed is None for one in departures(reviewed)] == [False, True]


def test_it_is_sealed_to_a_key_or_with_a_passphrase(reviewed: PlainConversation) -> None:
    key, sealed = pyrage.x25519.Identity.generate(), reviewed.folder / "case.md"
    typed = reviewed.folder / "typed.md.age.txt"
    said = at(
        reviewed,
        MORNING,
        *(
            *INTO,
            "2",
            "export",
            "",
            "",
            "",
            "",
            "",
            "to a key",
            str(key),
            str(key.to_public()),
            "",
            str(sealed),
        ),
        *("export", "", "", "", "", "", "with", "short", "long enough for this", "another that is long"),
        *("long enough for this", "long enough for this", str(typed), *OUT),
    )
    assert "A secret key stands where" in said and "at least 12 characters" in said
    assert "The two passphrases are not the same." in said
    opened = pyrage.decrypt((reviewed.folder / "case.md.age").read_bytes(), [key])
    assert opened.startswith(b"# Case ") and not sealed.exists()
    assert pyrage.passphrase.decrypt(typed.read_bytes(), "long enough for this").startswith(b"# Case ")
    assert [one.format for one in departures(reviewed)] == ["markdown, sealed with age"] * 2


def test_what_should_be_destroyed_by_now_is_said(
    reviewed: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(
        reviewed,
        MORNING,
        *INTO,
        "2",
        "export",
        "",
        "",
        "",
        *PLAIN_FILE,
        str(reviewed.folder / "case.md"),
        *OUT,
    )
    day = dt.date.today() + dt.timedelta(days=91)
    monkeypatch.setattr("kapjournal.clock.today", lambda: day)
    said = at(reviewed, MORNING, *INTO, *OUT[1:])
    assert "Dr Roe was to destroy " in said and "Ask, then choose ledger and note it." in said


# --- answered ---------------------------------------------------------------------------------------------


def test_an_answer_is_typed_with_what_was_agreed_and_what_happened(written: PlainConversation) -> None:
    said = at(
        written,
        MORNING,
        *(
            *INTO,
            "2",
            "answer",
            "",
            "",
            "Stay with him.",
            "Slip.",
            ".undo",
            ".nothing",
            "help",
            "..",
            ".read",
            ".",
        ),
        *(
            "Ask each alone",
            "Dr Lee",
            "soon",
            "2026-12-03",
            "Ask each alone",
            "Dr Lee",
            "2026-12-03",
            "",
            "again",
        ),
        *("back", "what happened", "2", "They laughed.", "1", "-", *OUT[1:]),
    )
    assert "Taken away: Slip." in said and "There is no command .nothing." in said
    assert "“soon” is not a day" in said and "What was agreed stands in the next brief." in said
    assert (
        "Answer of Dr Roe, " in said and "Stay with him.\nhelp\n.\nDr Lee: Ask each alone · by 3 Dec" in said
    )
    assert said.count(brief.KEPT) == 2 and "Nothing that was agreed is open." in said and "Answered." in said
    with lees(written) as lee:
        [reply] = lee.write_ups.replies(the_write_up(lee))
        assert reply.words == "Stay with him.\nhelp\n."
        assert [act.happened for act in reply.acts if act.closed] in (
            ["", "They laughed."],
            ["They laughed.", ""],
        )


def test_an_answer_comes_as_a_file_that_was_sealed(written: PlainConversation) -> None:
    key = pyrage.x25519.Identity.generate()
    answer, identity = written.folder / "answer.age", written.folder / "key.txt"
    answer.write_bytes(pyrage.encrypt(b"Slow down.\x1b[2J", [key.to_public()]))
    identity.write_text(f"{key}\n")
    open_answer = written.folder / "answer.txt"
    open_answer.write_text("In the open.")
    said = at(
        written,
        MORNING,
        *(*INTO, "2", "answer", "", "nowhere", str(answer), "", "wrong", str(answer), str(identity), ""),
        *("answer", "Dr Ito", str(open_answer), "", *OUT),
    )
    assert "There is no such file." in said and "sealed to a key, not with a passphrase" in said
    assert "Slow down.[2J\nEnd of the answer." in said
    with lees(written) as lee:
        replies = lee.write_ups.replies(the_write_up(lee))
    assert {one.recipient: one.words for one in replies} == {ROE: "Slow down.[2J", "Dr Ito": "In the open."}


def test_going_back_from_what_was_agreed_asks_whether_to_keep_the_answer(written: PlainConversation) -> None:
    typed = ("answer", "", "", "Stay.", ".")
    said = at(
        written,
        MORNING,
        *INTO,
        "2",
        *typed,
        "back",
        "no",
        *typed,
        "Wait",
        "back",
        "yes",
        "answer",
        "",
        "",
        ".",
        "",
        *OUT,
    )
    assert "Nothing was kept." in said and "Say what they answered, or what was agreed." in said
    with lees(written) as lee:
        assert len(lee.write_ups.replies(the_write_up(lee))) == 1


def test_the_end_of_the_input_keeps_an_answer_that_was_ended(written: PlainConversation) -> None:
    at(written, MORNING, *INTO, "2", "answer", "", "", "Stay.", ".", "Ask", "", "")
    with lees(written) as lee:
        [reply] = lee.write_ups.replies(the_write_up(lee))
        assert (reply.words, [act.what for act in reply.acts]) == ("Stay.", ["Ask"])


# --- interrupted ------------------------------------------------------------------------------------------


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


def test_the_brief_asks_once_what_came_of_it(written: PlainConversation) -> None:
    with lees(written) as lee:
        lee.write_ups.reply(the_write_up(lee), "Stay.", [Act("Dr Lee", "Ask each alone")])
    said = at(written, MORNING, "brief", "Ana and Ben", "They laughed.", "brief", "Ana and Ben", "quit")
    assert said.count(f"{brief.WHAT_HAPPENED} Dr Lee: Ask each alone.") == 1
