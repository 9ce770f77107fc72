"""What the two authorise, and a page that may be used, line by line."""

from kapjournal.journal import NewNote
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened

SENTENCE = (
    "Dr Kern may be told about {}, for supervision, until 31 January 2097. Names and places "
    "are changed before."
)


def test_one_writes_it_down_the_other_says_yes_and_either_takes_it_back(plain: PlainConversation) -> None:
    words = ("Dr Kern", "", "soon", "2097-01-31", "yes")
    said = plain.enters("Ana", ANA, "together", "write together", "authorisation", *words, "back", "quit")
    assert plain.not_typed == []
    for sentence in (
        "Who may be told. One name, such as Dr Kern.",
        "Enter keeps: supervision",
        "“soon” is not a day",
        SENTENCE.format("you two"),
        "Once it holds, Dr Lee can too.",
        "Ben has still to say yes.",
    ):
        assert sentence in said, sentence
    said = plain.enters("Ben", BEN, "together", "1", "yes", "back", "back", "quit")
    assert "Ana put something to you: Authorisation." in said
    assert SENTENCE.format("you two") in said and "What left before cannot be called back." in said
    assert "It holds. You may always take a yes back." in said
    with opened(plain, "Ana", ANA):  # whose program seals the words to the therapist
        pass
    said = plain.enters("Dr Lee", LEE, "together", "1", "back", "back", "quit")
    assert SENTENCE.format("the two") in said
    assert "Either of the two can take it back alone, at any time, for what has not left." in said
    said = plain.enters("Ana", ANA, "together", "1", "no", "yes", "back", "quit")
    assert "Nobody is told anything more by it then. What left before cannot be called back." in said
    assert "It is taken back. What left before cannot be called back." in said
    said = plain.enters("Dr Lee", LEE, "together", "1", "back", "back", "quit")
    assert "It was taken back on " in said and "Ana took" not in said


def test_a_page_is_allowed_and_taken_back(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("By the car.", title="Hallway", share="Dr Lee"))
        ana.notes.add(NewNote("Mine alone.", title="Alone"))
    said = plain.enters(
        "Ana",
        ANA,
        "read",
        "1",
        "1",
        "supervision",
        "yes",
        "supervision",
        "no",
        "back",
        "back",
        "back",
        "quit",
    )
    assert plain.not_typed == []
    for sentence in (
        "Dr Lee may quote it to a supervisor. Names and places are changed before.",
        "Your partner is told nothing of it.",
        "This page may be used for supervision. You can take that back for what has not left.",
        "It may not be used any more. What left before cannot be called back.",
    ):
        assert sentence in said, sentence
    assert "May be used for supervision." in plain.enters(
        "Dr Lee", LEE, "read", "1", "1", "back", "back", "quit"
    )
    assert "May be used for supervision." in plain.enters(
        "Ana", ANA, "read", "1", "1", "supervision", "yes", "back", "back", "back", "quit"
    )
    with opened(plain, "Dr Lee", LEE) as lee:
        assert lee.page_consents.all() == []
