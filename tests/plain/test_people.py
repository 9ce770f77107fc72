"""Who is in the journal: what the keeper does, and digits that differ."""

from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR
from kapjournal.presentation import sentences
from tests.cast import joins
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened


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


def test_new_keys_of_somebody_compared_are_said_on_entering_and_in_the_list(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.members.mark_verified("Ben")
    with opened(plain, "Ben", BEN) as ben:
        ben.keys.replace("quite another passphrase", None, strength=FLOOR)
    notice = "you had compared the digits of the old ones. Ask Ben by voice, and compare again."
    said = plain.enters("Ana", ANA, "people", "compare", "Ben", "same", "list", "quit")
    assert said.count(notice) == 2, "on entering, and with the people"
    assert "digits to compare again." in said
    assert "Ben, partner, verified." in said


def test_who_joined_is_said_on_entering_until_acknowledged(plain: PlainConversation) -> None:
    with opened(plain, "Dr Lee", LEE) as lee:
        code = lee.members.invite("Tom", Role.CO_THERAPIST, strength=FLOOR)
    joins(plain.file, "Tom", code, plain.memory)
    with opened(plain, "Dr Lee", LEE):
        pass
    announcement = "Tom joined this journal, as co-therapist. “All of you” now means Tom too."
    said = plain.enters("Ana", ANA, "people", "acknowledge", "yes", "list", "quit")
    assert plain.not_typed == []
    assert said.count(announcement) == 3, "on entering, with the people, and before one says so"
    assert "You know of Tom; you will not be told again." in said
    assert announcement not in plain.enters("Ana", ANA, "quit")
