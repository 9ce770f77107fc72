"""What was kept of dialogues, on the command line."""

import datetime as dt

from kapjournal.domain.joint import JointKind, JointText
from kapjournal.journal import unlock

from .command_line import ANA, BEN, CommandLine, one_sentence

FIELDS = (("topic", "Sundays"), ("sender", "Ana"), ("summary-first", "Slow mornings"), ("request", "Tea"))


def keep(cli: CommandLine, *, for_therapists: bool = False) -> str:
    with (
        unlock(cli.file, label="Ana", passphrase=ANA, record_folder=cli.memory) as ana,
        unlock(cli.file, label="Ben", passphrase=BEN, record_folder=cli.memory) as ben,
    ):
        day = dt.date(2026, 3, 2)
        text = JointText(JointKind.DIALOGUE, FIELDS, day, dt.date(2026, 3, 9), for_therapists)
        return ana.joints.together(ben.joints, text).id


def test_both_partners_read_what_was_kept_and_a_therapist_what_is_for_them(cli: CommandLine) -> None:
    assert cli.done("Ana", "dialogue", "list").lines == []
    kept = keep(cli)
    for label in ("Ana", "Ben"):
        listed = cli.done(label, "dialogue", "list")
        assert listed.lines == [f"{kept}\t2026-03-02\tSundays\tTea\t2026-03-09"]
        assert "You two asked: Tea. Look at it together?" in listed.err
        shown = cli.done(label, "dialogue", "show", kept[:6])
        assert "A line from Ana: Slow mornings" in shown.lines and "Only you two read it." in shown.lines
        assert cli.done(label, "dialogue", "show", kept, "--json").json["fields"] == dict(FIELDS)
        assert cli.done(label, "dialogue", "list", "--json").json[0]["review"] == "2026-03-09"
    assert cli.done("Dr Lee", "dialogue", "list").lines == []
    theirs = keep(cli, for_therapists=True)
    cli.done("Ben", "dialogue", "list")
    assert [line.split("\t")[0] for line in cli.done("Dr Lee", "dialogue", "list").lines] == [theirs]


def test_what_is_no_dialogue_is_none(cli: CommandLine) -> None:
    outcome = cli.as_("Ana", "dialogue", "show", "abcd")
    assert outcome.code == 4 and one_sentence(outcome)
    with (
        unlock(cli.file, label="Ana", passphrase=ANA, record_folder=cli.memory) as ana,
        unlock(cli.file, label="Ben", passphrase=BEN, record_folder=cli.memory) as ben,
    ):
        text = JointText(JointKind.LOOP, (("name", "The storm"),), dt.date(2026, 3, 2))
        loop = ana.joints.together(ben.joints, text).id
    assert cli.as_("Ana", "dialogue", "show", loop).code == 4
