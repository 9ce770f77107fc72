"""What the two authorise, and which pages may be used, on the command line."""

from .command_line import CommandLine, one_sentence

FOR = ("--purpose", "supervision of our therapy", "--until", "2097-01-31")
SENTENCE = (
    "Dr Kern may be told about {}, for supervision of our therapy, until 31 January 2097. Names and places "
    "are changed before."
)


def put(cli: CommandLine, name: str = "Dr Kern") -> str:
    return cli.done("Ana", "authorise", "propose", "--to", name, *FOR).text.strip()


def test_an_authorisation_from_the_first_word_to_the_last(cli: CommandLine) -> None:
    made = cli.done("Ana", "authorise", "propose", "--to", "Dr Kern", *FOR)
    one = made.text.strip()
    assert "Ben has still to say yes." in made.err
    assert SENTENCE.format("you two") in made.err
    assert "You and Ben (not compared yet) can read this. Once it holds, Dr Lee can too." in made.err
    row = f"{one}\tDr Kern\tsupervision of our therapy\t2097-01-31\t"
    assert cli.done("Ben", "authorise", "list").lines == [f"{row}waits for your yes"]
    assert cli.done("Dr Lee", "authorise", "list").lines == []
    shown = cli.done("Ben", "together", "show", one)
    assert SENTENCE.format("you two") in shown.err and "What left before cannot be called back." in shown.err
    yes = cli.done("Ben", "authorise", "approve", one[:6])
    assert "It holds. You may always take a yes back." in yes.err
    cli.done("Ana", "people")  # whoever wrote it down seals it to the therapist
    assert cli.done("Dr Lee", "authorise", "list").lines == [f"{row}holds"]
    assert SENTENCE.format("the two") in cli.done("Dr Lee", "together", "show", one).err
    [fields] = cli.done("Dr Lee", "authorise", "list", "--json").json
    assert (fields["review"], fields["standing"], fields["approved_by"]) == (
        "2097-01-31",
        "holds",
        ["Ana", "Ben"],
    )
    back = cli.done("Ben", "authorise", "revoke", one)
    assert "It is taken back. What left before cannot be called back." in back.err
    assert cli.done("Dr Lee", "authorise", "list").lines == [f"{row}taken back"]
    shown = cli.done("Dr Lee", "together", "show", one)
    assert "It was taken back on " in shown.err
    [fields] = cli.done("Dr Lee", "authorise", "list", "--json").json
    assert (fields["standing"], fields["approved_by"]) == ("ended", [])
    for who in ("Ana", "Ben"):
        assert not [word for word in (shown.text, shown.err) if who in word]


def test_what_is_wrong_is_said_in_a_sentence(cli: CommandLine) -> None:
    for given, said in (
        (("--to", "", *FOR), "Say who may be told"),
        (("--to", "Dr Kern", "--purpose", " ", "--until", "2097-01-31"), "Say in one line what for."),
        (("--to", "Dr Kern", "--purpose", "x", "--until", "2020-01-31"), "2020-01-31 is past"),
        (("--to", "Dr Kern\nDr Weiss", *FOR), "A recipient is one line"),
    ):
        refused = cli.as_("Ana", "authorise", "propose", *given)
        assert one_sentence(refused) and refused.code == 2
        assert said in refused.err
    refused = cli.as_("Dr Lee", "authorise", "propose", "--to", "Dr Kern", *FOR)
    assert one_sentence(refused) and refused.code == 6
    refused = cli.as_("Ana", "together", "propose", "authorisation", "--field", "recipient=Dr Kern")
    assert one_sentence(refused) and "`authorise propose`" in refused.err and refused.code == 2


def test_what_is_no_authorisation_is_answered_elsewhere(cli: CommandLine) -> None:
    other = cli.done("Ana", "together", "propose", "practice", "--field", "sentence=Tea").text.strip()
    for deed in ("approve", "revoke"):
        refused = cli.as_("Ben", "authorise", deed, other)
        assert one_sentence(refused) and "That is no authorisation." in refused.err
    assert cli.as_("Ben", "authorise", "approve", "abcdef").code == 4


def test_it_is_among_what_two_approve_in_the_same_words_and_can_be_answered_there(cli: CommandLine) -> None:
    one = put(cli)
    assert "\tauthorisation\tAna\twaits for your yes\tDr Kern, until 31 January 2097" in (
        cli.done("Ben", "together", "list").text
    )
    cli.done("Ben", "together", "approve", one)
    assert "\tholds" in cli.done("Ana", "authorise", "list").text
    cli.done("Ana", "together", "take-back", one)
    assert "\ttaken back" in cli.done("Ben", "authorise", "list").text


def test_a_page_is_allowed_by_its_author_and_taken_back(cli: CommandLine) -> None:
    page = cli.done("Ana", "note", "add", "--share", "Dr Lee", "--title", "Hallway", stdin=b"By the car.\n")
    note = page.text.strip()
    given = cli.done("Ana", "authorise", "page", note)
    assert "This page may be used for supervision." in given.err
    for who in ("Ana", "Dr Lee"):
        [row] = cli.done(who, "authorise", "pages").lines
        assert row.startswith(f"{note}\t") and row.endswith("\tAna\tHallway")
    [fields] = cli.done("Dr Lee", "authorise", "pages", "--json").json
    assert (fields["note"], fields["by"]) == (note, "Ana")
    assert cli.done("Ben", "authorise", "pages").lines == []
    back = cli.done("Ana", "authorise", "page", note, "--withdraw", "--json")
    assert back.json == {"note": note, "may_be_used": False} and "no longer" in back.err
    assert cli.done("Dr Lee", "authorise", "pages").lines == []


def test_a_page_that_no_therapist_reads_is_to_be_shared_first(cli: CommandLine) -> None:
    note = cli.done("Ana", "note", "add", stdin=b"Mine.\n").text.strip()
    refused = cli.as_("Ana", "authorise", "page", note)
    assert one_sentence(refused) and "Share it first" in refused.err and refused.code == 6
    assert cli.as_("Ben", "authorise", "page", note).code == 4
