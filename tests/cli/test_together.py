"""What two approve, on the command line: put to the other, approved by all, narrowed, taken back."""

import pytest

from kapjournal import clock

from .command_line import CommandLine, one_sentence

AGREEMENT = ("--field", "touch=Hands, if asked", "--field", "stop=Red")


def proposed(cli: CommandLine, *more: str) -> str:
    return cli.done("Ana", "together", "propose", "agreement", *AGREEMENT, *more).text.strip()


def held(cli: CommandLine, *more: str) -> str:
    joint = proposed(cli, *more)
    for who in ("Ben", "Dr Lee"):
        cli.done(who, "together", "approve", joint)
    return joint


def test_an_agreement_from_the_first_word_to_the_last(cli: CommandLine) -> None:
    made = cli.done("Ana", "together", "propose", "agreement", *AGREEMENT)
    joint = made.text.strip()
    assert "Ben and Dr Lee have still to say yes." in made.err and "can read this." in made.err
    assert cli.done("Ben", "together", "list").lines == [
        f"{joint}\t{clock.today().isoformat()}\tagreement\tAna\twaits for your yes\tHands, if asked"
    ]
    shown = cli.done("Ben", "together", "show", joint[:6])
    assert shown.lines == ["touch\tHands, if asked", "stop\tRed", "pictures\tNo."]
    assert "You and Dr Lee have still to say yes." in shown.err
    assert "Your yes is to these very words. You can take it back alone, at any time." in shown.err
    assert "Dr Lee has still to say yes." in cli.done("Ben", "together", "approve", joint).err
    assert "It holds. You may always ask for less." in cli.done("Dr Lee", "together", "approve", joint).err
    assert "It counts from now on." in cli.done("Ben", "together", "narrow", joint, "No hands today").err
    shown = cli.done("Dr Lee", "together", "show", joint)
    assert "This holds. The last yes was said on " in shown.err and ": No hands today" in shown.err
    refused = cli.as_("Dr Lee", "together", "narrow", joint, "mine")
    assert one_sentence(refused) and "What a partner asks less of is theirs to say." in refused.err
    assert (
        "Your yes is taken back. It holds no longer." in cli.done("Ana", "together", "take-back", joint).err
    )
    assert "Ana took the yes back. It held from" in cli.done("Ben", "together", "show", joint).err
    refused = cli.as_("Ben", "together", "approve", joint)
    assert one_sentence(refused) and "This was taken back" in refused.err


def test_json_has_all_of_it(cli: CommandLine) -> None:
    joint = held(cli, "--review", "2097-03-09")
    cli.done("Ben", "together", "narrow", joint, "-", stdin=b"No hands today\n")
    [fields] = cli.done("Ana", "together", "list", "--kind", "agreement", "--json").json
    [less] = fields["less"]
    assert fields == {
        "id": joint,
        "kind": "agreement",
        "by": "Ana",
        "date": clock.today().isoformat(),
        "review": "2097-03-09",
        "for_therapists": False,
        "standing": "holds",
        "fields": {"touch": "Hands, if asked", "stop": "Red", "pictures": "No."},
        "approved_by": ["Ana", "Ben", "Dr Lee"],
        "lacking": [],
        "less": [{"by": "Ben", "line": "No hands today", "written": less["written"]}],
        "held_from": fields["held_from"],
        "held_until": None,
    }
    assert cli.done("Ana", "together", "show", joint, "--json").json == fields
    assert cli.done("Ana", "together", "list", "--kind", "loop", "--json").json == []
    waits = cli.done("Ana", "together", "propose", "loop", "--field", "name=The fog", "--json").json
    assert (
        waits["lacking"] == ["Ben"] and cli.done("Dr Lee", "together", "list", "--kind", "loop").lines == []
    )


def test_what_held_before_is_named_and_never_comes_back(cli: CommandLine) -> None:
    held(cli)
    later = held(cli, "--field", "silence=Welcome")
    shown = cli.done("Ana", "together", "show", later)
    assert "Held from " in shown.err and ": Hands, if asked" in shown.err
    cli.done("Ben", "together", "take-back", later)
    rows = [line.split("\t")[4] for line in cli.done("Ana", "together", "list").lines]
    assert sorted(rows) == ["ended", "held before"]


def test_a_no_and_words_that_are_taken_back(cli: CommandLine) -> None:
    joint = proposed(cli)
    assert "You said no. Nobody is bound to it." in cli.done("Ben", "together", "take-back", joint).err
    assert "Ben said no to this." in cli.done("Ana", "together", "show", joint).err
    gone = cli.done("Ana", "together", "take-back", joint, "--json")
    assert gone.json is None and "It is gone." in gone.err
    assert cli.done("Ben", "together", "list").lines == []


@pytest.mark.parametrize("kind", ["agreement", "dialogue", "loop", "practice", "closing"])
def test_without_words_the_names_of_the_fields_are_printed(cli: CommandLine, kind: str) -> None:
    rows = [line.split("\t") for line in cli.done("Ana", "together", "propose", kind).lines]
    assert rows and all(len(row) == 3 for row in rows)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("treaty",), "“treaty” is none of agreement, dialogue, loop, practice, closing."),
        (("loop", "--field", "nmae=x"), "--field nmae: NAME=TEXT, with a NAME of name."),
        (("loop", "--field", "name"), "--field name: NAME=TEXT, with a NAME of name."),
        (("loop", "--field", "name=x", "--field", "name=y"), "--field name: given twice."),
        (("agreement", "--field", "pictures=No."), "Nothing is said yet: fill in one of its fields."),
    ],
)
def test_what_cannot_be_put_to_anybody_is_said(
    cli: CommandLine, words: tuple[str, ...], sentence: str
) -> None:
    refused = cli.as_("Ana", "together", "propose", *words)
    assert refused.code == 2 and sentence in refused.err
    assert cli.done("Ben", "together", "list").lines == []


def test_a_therapist_writes_nothing_for_the_two(cli: CommandLine) -> None:
    refused = cli.as_("Dr Lee", "together", "propose", "agreement", *AGREEMENT)
    assert one_sentence(refused) and "written down by one of the partners" in refused.err


def test_the_fields_of_a_closing_are_named_by_the_two(cli: CommandLine) -> None:
    said = cli.done("Ana", "together", "propose", "closing").text
    assert "Ana thanks Ben" in said and "Ben thanks Ana" in said and "{" not in said
