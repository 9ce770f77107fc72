"""Pages that wait, on the command line."""

import datetime as dt
from collections.abc import Iterator

import pytest

from kapjournal import clock
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import unlock
from kapjournal.presentation import waiting as saying
from tests.wall_clock import in_zone

from .command_line import BEN, LEE, CommandLine

DAY = dt.date(2098, 3, 3)
NOON = dt.datetime(2098, 3, 3, 12, tzinfo=dt.UTC)
TEN = dt.datetime(2098, 3, 4, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with in_zone("UTC"), clock.at(NOON):
        yield


def read_by_ben(cli: CommandLine) -> set[str]:
    with unlock(cli.file, label="Ben", passphrase=BEN, record_folder=cli.memory) as ben:
        return {note.text.body for note in ben.notes.all()}


def dose(cli: CommandLine) -> None:
    with unlock(cli.file, label="Dr Lee", passphrase=LEE, record_folder=cli.memory) as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=DAY, time=dt.time(9))


def test_a_page_waits_until_its_moment(cli: CommandLine) -> None:
    note = cli.write("Ana", "for tomorrow")
    shared = cli.done("Ana", "note", "share", note, "--with", "all", "--until", "2098-03-04 10:00")
    sentence = "Ben and Dr Lee can read this the first time you open the journal after 10:00 tomorrow."
    assert shared.err.startswith(sentence) and "This journal is not monitored" in shared.err
    listed = cli.done("Ana", "waiting")
    assert listed.lines == [f"{note}\t2098-03-03\tpage\t{sentence}\tfor tomorrow"]
    [fields] = cli.done("Ana", "waiting", "--json").json
    assert fields["id"] == note and fields["stays"] == []
    until = "2098-03-04T10:00:00.000Z"
    assert fields["waits"] == [
        {"reader": label, "until": until, "next_session": None, "both_first": False}
        for label in ("Ben", "Dr Lee")
    ]
    assert cli.done("Ben", "waiting", "--json").json == [] and read_by_ben(cli) == set()
    with clock.at(TEN):
        nothing = cli.done("Ana", "waiting")
        assert nothing.text == "" and saying.NOTHING_WAITS in nothing.err
        assert read_by_ben(cli) == {"for tomorrow"}


def test_send_it_now_and_keep_it(cli: CommandLine) -> None:
    sent, kept = (
        cli.done(
            "Ana", "note", "add", "-", "--share", "all", "--until", "2098-03-05", stdin=body.encode()
        ).lines[0]
        for body in ("sent", "kept")
    )
    assert "on or after 5 March 2098." in cli.done("Ana", "waiting").text
    said = cli.done("Ana", "waiting", "send", sent, "--to", "Ben").err
    assert "You and Ben (not compared yet) can read this note." in said and "Dr Lee can read this the" in said
    assert saying.KEPT in cli.done("Ana", "waiting", "keep", kept).err
    assert cli.done("Ana", "waiting", "keep", sent, "--json").json["readers"] == ["Ana", "Ben"]
    assert cli.as_("Ana", "waiting", "send", kept).code == 6
    with clock.at(TEN + dt.timedelta(days=9)):
        assert cli.done("Ana", "waiting").text == "" and read_by_ben(cli) == {"sent"}


def test_with_the_next_session(cli: CommandLine) -> None:
    cli.done("Ana", "note", "add", "-", "--share", "Ben", "--next-session", stdin=b"to talk about")
    assert "after the next session has begun. None is in the course yet." in cli.done("Ana", "waiting").text
    with unlock(cli.file, label="Dr Lee", passphrase=LEE, record_folder=cli.memory) as lee:
        lee.sessions.add(kind=SessionKind.INTEGRATION, date=DAY + dt.timedelta(days=2), time=dt.time(14))
    said = cli.done("Ana", "waiting")
    assert "after the next session has begun: 5 March 2098 at 14:00." in said.text
    assert cli.done("Ana", "waiting", "--json").json[0]["waits"][0]["next_session"].startswith("2098-03-03")


def test_on_the_day_of_a_dose_it_waits_by_itself(cli: CommandLine) -> None:
    dose(cli)
    said = cli.done("Ana", "note", "add", "-", "--share", "all", stdin=b"waits").err
    assert "You and Dr Lee (not compared yet) can read this note." in said
    assert "Ben can read this the first time you open the journal after 10:00 tomorrow." in said
    cli.done("Ana", "note", "add", "-", "--share", "Ben", "--now", stdin=b"cannot wait")
    assert read_by_ben(cli) == {"cannot wait"}


def test_what_is_past_and_what_says_two_things(cli: CommandLine) -> None:
    note = cli.write("Ana", "words")
    past = cli.as_("Ana", "note", "share", note, "--with", "Ben", "--until", "2098-03-02")
    assert past.code == 2 and "today is 2098-03-03, 12:00" in past.err
    for odd in (["--now", "--next-session"], ["--until", "soon"]):
        assert cli.as_("Ana", "note", "share", note, "--with", "Ben", *odd).code == 2
    assert "Say with --share" in cli.as_("Ana", "note", "add", "-", "--next-session", stdin=b"w").err
    lees = cli.write("Dr Lee", "words")
    refused = cli.as_("Dr Lee", "note", "share", lees, "--with", "Ben", "--next-session")
    assert refused.code == 6 and "partners’ own" in refused.err
    assert read_by_ben(cli) == set()


def test_why_a_page_stays_is_said(cli: CommandLine) -> None:
    cli.done("Ana", "note", "add", "-", "--share", "Ben", "--until", "2098-03-05", stdin=b"words")
    with clock.at(NOON - dt.timedelta(days=30)):
        said = cli.done("Ana", "waiting")
    assert "words: The clock of this computer is behind" in said.err


def test_the_tray(cli: CommandLine) -> None:
    dose(cli)
    note, other = cli.write("Ana", "the hallway"), cli.write("Ana", "gone at once")
    assert cli.done("Ana", "note", "delete", note).err.startswith(saying.TRAYED)
    cli.done("Ana", "note", "delete", other, "--now")
    assert cli.done("Ana", "note", "list").text == cli.done("Ana", "search", "hallway").text == ""
    [line] = cli.done("Ana", "waiting").lines
    assert "You deleted this on 3 March 2098." in line and "the hallway" in line
    assert cli.done("Ana", "waiting", "--json").json[0]["tray"].startswith("2098-03-03T12:00")
    assert saying.TAKEN_BACK in cli.done("Ana", "waiting", "take-back", note[:6]).err
    assert cli.done("Ana", "note", "show", note, "--raw").text == "the hallway"
    cli.done("Ana", "note", "delete", note)
    cli.done("Ana", "note", "delete", note[:6], "--now")
    assert saying.NOTHING_WAITS in cli.done("Ana", "waiting").err


def test_letters_and_decisions(cli: CommandLine) -> None:
    letter = cli.done("Ana", "note", "add", "-", "--kind", "letter", stdin=b"dear me").lines[0]
    said = cli.done("Ana", "waiting", "close", letter, "--until", "2098-04-02")
    assert said.lines == [letter] and "It opens to you on 2 April 2098." in said.err
    assert "Opens on 2 Apr 2098" in cli.done("Ana", "note", "list").text
    assert cli.done("Ana", "note", "show", letter, "--raw").text == ""
    assert cli.as_("Ana", "note", "edit", letter, "-", stdin=b"other").code == 6
    assert cli.as_("Ana", "waiting", "close", letter, "--until", "2098-03-03").code == 2
    assert cli.done("Ana", "waiting", "open", letter, "--json").json["title"] == ""
    assert cli.done("Ana", "note", "show", letter, "--raw").text == "dear me"
    cli.done("Ana", "note", "add", "-", "--kind", "decision", stdin=b"we sell the house")
    said = cli.done("Ana", "note", "add", "-", "--kind", "letter", "--opens", "2098-05-01", stdin=b"to you")
    assert "It opens to you on 1 May 2098." in said.err and len(said.lines) == 1
    assert cli.done("Ana", "note", "show", said.lines[0], "--raw").text == ""
    past = cli.as_("Ana", "note", "add", "-", "--kind", "letter", "--opens", "2098-03-03", stdin=b"w")
    assert past.code == 2 and "It opens tomorrow at the earliest: today is 2098-03-03." in past.err
    assert cli.as_("Ana", "note", "add", "-", "--opens", "2098-05-01", stdin=b"w").code == 6
    cli.done("Ana", "waiting", "open", said.lines[0])
    assert "It opens to you on 13 March 2098." in cli.done("Ana", "waiting").text
    assert cli.done("Ana", "waiting", "--json").json[0]["opens"] == "2098-03-13"


def test_both_first(cli: CommandLine) -> None:
    mine = cli.write("Ana", "Ana's Sunday")
    offered = cli.done(
        *("Ana", "note", "share", mine, "--with", "Ben, Dr Lee", "--both-first", "--about", "Sunday")
    )
    assert "Ben can read this when you can read a page of Ben’s for it." in offered.err
    [fields] = cli.done("Ana", "waiting", "--json").json
    assert fields["waits"] == [{"reader": "Ben", "until": None, "next_session": None, "both_first": True}]
    assert cli.done("Ana", "waiting", "offers").text == ""

    listed = cli.done("Ben", "waiting", "offers")
    [[offer, day, who, about]] = [line.split("\t") for line in listed.lines]
    assert (day, who, about) == ("2098-03-03", "Ana", "Sunday")
    assert "Ana offers you a page about “Sunday”. You read it when Ana reads one of yours" in listed.err
    assert cli.done("Ben", "waiting", "offers", "--json").json == [
        {"id": offer, "by": "Ana", "about": "Sunday", "written": "2098-03-03T12:00:00.000Z"}
    ]
    assert read_by_ben(cli) == set()
    theirs = cli.write("Ben", "Ben's Sunday")
    cli.done("Ben", "note", "share", theirs, "--with", "Ana", "--in-return", offer)
    cli.done("Ana", "note", "list")
    assert read_by_ben(cli) == {"Ana's Sunday", "Ben's Sunday"}
    assert cli.done("Ana", "note", "show", theirs, "--raw").text.strip() == "Ben's Sunday"
    cli.done("Ana", "note", "edit", mine, "--title", "changed since")
    assert saying.NOT_AS_OFFERED in cli.done("Ben", "note", "show", mine).err


def test_what_is_wrong_with_an_offer_is_said(cli: CommandLine) -> None:
    note = cli.write("Ana", "words")
    ways = {
        ("--both-first", "--now"): "Say one thing of when",
        ("--about", "Sunday"): "said with an offer",
        ("--in-return", "0123"): "offer of theirs",
        ("--both-first", "--about", "a\nb"): "one line",
    }
    for options, said in ways.items():
        failed = cli.as_("Ana", "note", "share", note, "--with", "Ben", *options)
        assert failed.code != 0 and said in failed.err, failed.err
    assert (
        "between you and your partner"
        in cli.as_("Ana", "note", "share", note, "--with", "Dr Lee", "--both-first").err
    )
    cli.done("Ana", "note", "share", note, "--with", "Ben", "--both-first")
    assert "offered as it is" in cli.as_("Ana", "note", "edit", note, "--title", "x").err
