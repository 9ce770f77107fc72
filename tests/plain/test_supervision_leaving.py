"""A write-up that leaves line by line, its entry in the ledger, and what is answered and agreed."""

import datetime as dt

import pyrage
import pytest

from kapjournal.domain.departures import Departure
from kapjournal.domain.supervision_reply import Act
from kapjournal.presentation import supervision_brief as brief
from tests.journal.written_up import ROE
from tests.plain.test_practice import MORNING, at, filled, practice
from tests.plain.written_up import INTO, OUT, lees, reviewed, the_write_up, written

from .plain_conversation import Answer, PlainConversation

__all__ = ["filled", "practice", "reviewed", "written"]

PLAIN_FILE: tuple[Answer, ...] = ("", "", "not sealed")
"""The usual day, no name under the review, and the file not sealed."""


def departures(plain: PlainConversation) -> list[Departure]:
    with lees(plain) as lee:
        return lee.write_ups.departures()


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
            "",
            str(key.to_public()),
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


# answered


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


def test_the_brief_asks_once_what_came_of_it(written: PlainConversation) -> None:
    with lees(written) as lee:
        lee.write_ups.reply(the_write_up(lee), "Stay.", [Act("Dr Lee", "Ask each alone")])
    said = at(
        written, MORNING, "brief", "Ana and Ben", "They laughed.", "brief", "Ana and Ben", *INTO, "2", *OUT
    )
    assert said.count(f"{brief.WHAT_HAPPENED} Dr Lee: Ask each alone.") == 1
    assert "Dr Lee: Ask each alone. What happened: They laughed.\n" in said


def test_an_answer_goes_on_where_a_lock_ended_it(written: PlainConversation) -> None:
    """Each line is kept as a draft; a semicolon in what was agreed is asked about again."""
    begun = at(written, MORNING, *INTO, "2", "answer", "", "", "Stay.", "Look up.", ".lock", *OUT)
    with lees(written) as lee:
        [draft] = lee.reply_drafts.all()
        assert draft.words == "Stay.\nLook up." and lee.write_ups.replies(the_write_up(lee)) == []
    said = at(written, MORNING, *INTO, "2", "answer", "Slowly.", ".", "Ask; both", "Ask", "", "", "", *OUT)
    assert "Stay." not in begun.rsplit("Locked", 1)[-1]
    assert "You began this answer before" in said and "No semicolon" in said and "Look up." in said
    with lees(written) as lee:
        [reply] = lee.write_ups.replies(the_write_up(lee))
        assert (reply.words, [act.what for act in reply.acts]) == ("Stay.\nLook up.\nSlowly.", ["Ask"])
        assert lee.reply_drafts.all() == []
