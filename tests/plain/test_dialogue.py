"""A dialogue said aloud: both doors at one console, a step at a time, and what both approved."""

import datetime as dt

from kapjournal import clock
from kapjournal.domain.dialogue import DialogueDraft, Step
from kapjournal.domain.joint import JointKind
from kapjournal.domain.policy import DEFAULT_HOUR
from kapjournal.presentation import policy
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened

BEGIN = ("dialogue", "begin", BEN)
TO_MORE = ("Sundays", "", "", "", "", "")
"""From the topic to whether there is more."""
PAGE = ("", "Slow mornings", "Afraid to say it", "Tea in bed", "Sundays", "", "")


def test_an_evening_from_the_topic_to_thanks(plain: PlainConversation) -> None:
    said = plain.enters(
        *("Ana", ANA, *BEGIN, *TO_MORE, "other", "", "", "", "", "", "", "other", ""),
        *("", *PAGE, "yes", "yes", "read kept", "1", "back", "back", "quit"),
    )
    assert plain.not_typed == []
    assert "Ben, your passphrase opens your own door beside Ana’s" in said
    assert "neither sees the other’s pages" in said
    for large in ("Is now OK?", "Ana speaks", "Ben mirrors", "Any more?", "Pick one", "Thank you"):
        assert large in said
    assert said.count("Ana’s turn. Ana speaks") == 2, "there was more"
    assert "“Is now OK to talk about Sundays?”" in said
    assert "It is kept for both of you." in said and "A line from Ben: Afraid to say it" in said
    for label, passphrase in (("Ana", ANA), ("Ben", BEN)):
        with opened(plain, label, passphrase) as journal:
            [one] = journal.joints.all(JointKind.DIALOGUE)
            assert dict(one.text.fields)["summary-first"] == "Slow mornings"
            assert one.text.review == one.text.date + dt.timedelta(days=7)
            assert journal.dialogue_drafts.current() is None


def test_nothing_is_kept_of_what_one_did_not_approve(plain: PlainConversation) -> None:
    said = plain.enters(
        *("Ana", ANA, *BEGIN, "Sundays", "back", "no", "back", "yes", "quit"),
    )
    assert plain.not_typed == [] and "Nothing of it was kept." in said
    end = ("other", "other", "Sundays", "A line", "", "-", "yes", "back", "yes", "quit")
    plain.enters("Ana", ANA, *BEGIN, *TO_MORE, "", "", "", "", *end)
    with opened(plain, "Ana", ANA) as ana:
        assert ana.joints.all() == [] and ana.dialogue_drafts.current() is None


def test_the_end_of_input_is_an_interruption_and_it_goes_on_at_its_step(plain: PlainConversation) -> None:
    plain.enters("Ana", ANA, *BEGIN, *TO_MORE)
    with opened(plain, "Ana", ANA) as ana:
        draft = ana.dialogue_drafts.current()
        assert draft is not None and draft.step is Step.MORE
    with opened(plain, "Ben", BEN) as ben:
        assert ben.dialogue_drafts.current() is None
    said = plain.enters("Ana", ANA, *BEGIN, "lock", "quit")
    assert "A dialogue of you two stopped on its way" in said and "Choose dialogue for that." in said
    assert "It goes on where you were." in said and "Any more?" in said and "Locked." in said


def test_what_is_typed_in_the_place_of_speaking_is_kept_nowhere(plain: PlainConversation) -> None:
    said = plain.enters(
        *("Ana", ANA, *BEGIN, "Sundays", "", "", "", "typed", "the violet hallway", "what the violet said"),
        "quit",
    )
    assert plain.not_typed == [] and "No word of it is kept." in said and "Any more?" in said
    for label, passphrase in (("Ana", ANA), ("Ben", BEN)):
        with opened(plain, label, passphrase) as journal:
            assert "violet" not in repr((journal.joints.all(), journal.dialogue_drafts.current()))


def test_it_can_be_put_off_and_both_hear_of_it(plain: PlainConversation) -> None:
    hour = (clock.local(clock.now()) + dt.timedelta(hours=2)).strftime("%H:%M")
    said = plain.enters("Ana", ANA, *BEGIN, "Sundays", "other", hour, "back", "quit")
    assert "Put off until" in said
    for label, passphrase in (("Ana", ANA), ("Ben", BEN)):
        assert f"at {hour}." in plain.enters(label, passphrase, "quit")


def test_kept_for_the_room_it_is_offered_through_the_therapists_door_alone(plain: PlainConversation) -> None:
    with opened(plain, "Dr Lee", LEE) as lee:
        lee.policies.write(None, DEFAULT_HOUR, dialogue_in_the_room=True)
        sentence = policy.kept_for_the_room(lee.members.all())
    for label, passphrase in (("Ana", ANA), ("Ben", BEN)):
        said = plain.enters(label, passphrase, "dialogue", "begin", "back", "quit")
        assert sentence in said and "Begin a dialogue" not in said
    said = plain.enters("Dr Lee", LEE, "dialogue", "begin", ANA, BEN, "Sundays", "quit")
    assert plain.not_typed == [] and "Ana, your passphrase opens your own door here" in said
    assert "Is now OK?" in said


def test_three_wrong_passphrases_open_nothing(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, "dialogue", "begin", ANA, LEE, "nothing at all", "back", "quit")
    assert "That was the third time." in said and "About what?" not in said


def test_a_request_comes_back_and_is_looked_at_together(plain: PlainConversation) -> None:
    plain.enters("Ana", ANA, *BEGIN, *TO_MORE, "", "", "", "", "other", "", "", *PAGE, "yes", "yes", "quit")
    with clock.at(clock.now() + dt.timedelta(days=8)):
        for label, passphrase in (("Ana", ANA), ("Ben", BEN)):
            said = plain.enters(label, passphrase, "quit")
            assert "You two asked: Tea in bed, Sundays. Look at it together?" in said
        again = ("dialogue", "look again", "1", ANA, "", "", "", "", "", "", "", "yes", "yes", "back", "quit")
        said = plain.enters("Ben", BEN, *again)
        assert plain.not_typed == [] and "It is kept for both of you." in said
        with opened(plain, "Ana", ANA) as ana:
            senders = [one.text.field("sender") for one in ana.joints.all()]
            assert senders == ["Ana", "Ana"], "who sent first is not whoever opens the door first"
        for label, passphrase in (("Ana", ANA), ("Ben", BEN)):
            assert "You two asked" not in plain.enters(label, passphrase, "quit")


def test_two_draft_doors_show_the_one_that_was_saved_last(plain: PlainConversation) -> None:
    with opened(plain, "Ben", BEN) as ben:
        ben.dialogue_drafts.save(DialogueDraft(ben.me.id, Step.SUMMARY))
    said = plain.enters("Ana", ANA, *BEGIN, "quit")
    assert "Ana sums up" in said
