"""Who is in the journal: what the keeper does, and digits that differ."""

from kapjournal.presentation import sentences
from tests.cli.command_line import ANA, LEE

from .plain_conversation import PlainConversation


def test_what_only_the_keeper_can_do(plain: PlainConversation) -> None:
    said = plain.enters(
        *(
            "Dr Lee",
            LEE,
            "people",
            "invitations",
            "invite",
            "Max",
            "supervisor",
            "no",
            "invitations",
            "1",
            "yes",
            "invitations",
        ),
        *("remove", "Ben", "no", "remove", "Ben", "yes", "list", "back", "quit"),
    )
    assert plain.not_typed == []
    assert "There are no open invitations." in said
    assert "The invitation of Max is cancelled." in said
    assert "Nobody was removed." in said
    assert "Ben, partner, removed." in said


def test_digits_that_differ_say_what_to_do(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, "people", "compare", "Dr Lee", "different", "list", "quit")
    assert sentences.comparing("Dr Lee") in said
    assert sentences.not_the_same("Dr Lee", to_keeper=False, of_keeper=True) in said
    assert "Dr Lee, therapist, keeper, digits not compared yet." in said
