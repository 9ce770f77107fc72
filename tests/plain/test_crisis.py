"""Whom to call, at every question and on the page."""

from tests.cli.command_line import ANA

from .plain_conversation import PlainConversation, opened

CALL = "988 (call or text) or 911.\nThat is for the country of your settings: United States"


def test_it_is_said_at_every_question_and_the_page_waits(plain: PlainConversation) -> None:
    said = plain.enters(
        "Ana",
        ANA,
        "Crisis",
        "people",
        "crisis",
        "back",
        "write",
        "crisis",
        "",
        "",
        "One.",
        ".crisis",
        "Two.",
        ".",
        "done",
        "quit",
    )
    assert said.count(CALL) == 4 and said.count("This journal is not monitored. Nobody is alerted") == 4
    with opened(plain, "Ana", ANA) as ana:
        assert ana.notes.all()[0].text.body == "One.\nTwo."


def test_it_is_said_before_a_door_is_open(plain: PlainConversation) -> None:
    assert CALL in plain.says("crisis", path=plain.file)
