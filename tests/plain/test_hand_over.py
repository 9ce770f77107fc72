"""Two people at one keyboard."""

import pytest

from kapjournal.journal.members import Members
from kapjournal.presentation import sentences
from tests.cli.command_line import ANA, LEE

from .plain_conversation import PlainConversation, opened, word_asked_back


def test_a_therapist_hands_the_keyboard_over_and_the_keys_meet(alone: PlainConversation) -> None:
    said = alone.says(
        *("start", "Dr Lee", "therapist", LEE, LEE, str(alone.file), word_asked_back),
        *("people", "invite", "Ana", "partner", "yes"),
        # Ana sits down
        *("", "and sees nothing of", "", ANA, ANA, ""),
        *(word_asked_back, "yes"),
        # Dr Lee again
        *(LEE, "people", "list", "quit"),
    )
    assert alone.code == 0
    turned = said.index("Turn the screen to Ana.")
    assert said.index("Locked.") < turned < said.index("Ana, you are in.")
    assert sentences.hand_back("Dr Lee", "Ana") in said
    assert "The passphrase of Dr Lee:" in said
    assert sentences.met("Ana") in said
    assert said.endswith("You have left kapjournal.\n")
    with opened(alone, "Dr Lee", LEE) as lee:
        assert lee.members.can_share_with("Ana")
        assert lee.members.invitations() == []


def test_the_six_words_are_never_asked_of_whom_the_keyboard_is_handed_to(alone: PlainConversation) -> None:
    said = alone.says(
        *("start", "Dr Lee", "therapist", LEE, LEE, str(alone.file), word_asked_back),
        *("people", "invite", "Ana", "partner", "yes", "", ANA, ANA, "dr lee", "Anna"),
        *(word_asked_back, "no", "quit"),
    )
    assert "The code, six words:" not in said
    assert "There is a “dr lee” in this journal already." in said
    assert "The door of Anna is open." in said


def test_who_goes_back_before_joining_comes_to_the_doors(plain: PlainConversation) -> None:
    said = plain.enters(
        *("Dr Lee", LEE, "people", "invite", "Max", "supervisor", "yes", "back", "Dr Lee", LEE),
        *("people", "invitations", "1", "yes", "list", "quit"),
    )
    assert said.index("Turn the screen to Max.") < said.rindex("Whose door. Choose")
    assert sentences.CANCELLING in said
    assert sentences.cancelled("Max") in said


def test_a_newcomer_hears_who_has_not_met_them(
    plain: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Members, "awaits_keeper", property(lambda _: True))
    assert plain.enters("Ana", ANA, "people", "quit").count(sentences.waits_for("Dr Lee")) == 2
