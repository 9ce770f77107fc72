"""The couple's policy and asking to talk, line by line."""

from kapjournal.domain.policy import SecretsPolicy
from kapjournal.journal import NewNote
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened


def test_a_therapist_writes_it_down_and_partners_hear_it(plain: PlainConversation) -> None:
    said = plain.enters("Dr Lee", LEE, "policy", "yes", "no secrets", "9:30", "yes", "quit")
    assert "Secrets: not chosen yet." in said and "Secrets: no secrets." in said
    said = plain.enters("Ben", BEN, "policy", "quit")
    assert "Secrets: no secrets." in said and "until 09:30" in said and "Change it?" not in said
    assert "Dr Lee keeps dialogue for the room for now." in said


def test_three_ways_on_where_a_therapist_will_hear_it(plain: PlainConversation) -> None:
    with opened(plain, "Dr Lee", LEE) as lee:
        lee.policies.write(SecretsPolicy.DISCRETION, lee.policies.current().hour)
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("The hallway."))
    steps = ("share", "dr lee", "talk", "yes", "share", "dr lee", "no", "share", "dr lee", "yes")
    said = plain.enters("Ana", ANA, "read", "1", "1", *steps, "back", "back", "back", "talk", "no", "quit")
    assert plain.not_typed == []
    assert said.count("You two left this to Dr Lee: your therapist decides") == 3
    assert "not what about, and no page" in said and said.count("Nothing was shared.") == 2
    assert "It is shared." in said and "You ask to talk, since" in said
    assert "Ana asks to talk, since" in plain.enters("Dr Lee", LEE, "talk", "quit")
    said = plain.enters("Ana", ANA, "talk", "yes", "quit")
    assert "You do not ask to talk any more." in said
    assert "Nobody asks to talk." in plain.enters("Dr Lee", LEE, "talk", "quit")
