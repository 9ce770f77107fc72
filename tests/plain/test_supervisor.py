"""A whole conversation of a supervisor's names nobody of the couple."""

import pytest

from kapjournal.presentation.people import ROLES_INSTEAD
from tests.cli.command_line import PASSPHRASES
from tests.supervised import ROE, ROES, names_told, supervise

from .plain_conversation import PlainConversation, opened


@pytest.fixture
def supervised(plain: PlainConversation) -> PlainConversation:
    """The journal of three with a supervisor, to whom everybody shared something."""
    supervise(plain.file, plain.memory, lambda label: opened(plain, label, PASSPHRASES[label]))
    return plain


def test_a_supervisor_hears_roles_wherever_somebody_is_named(supervised: PlainConversation) -> None:
    dest = str(supervised.folder / "taken out")
    said = supervised.enters(
        *(ROE, ROES, "people", "compare", "First partner", "", "back"),
        *("read", "1", "1", "back", "2", "back", "3", "back", "back", "back"),
        *("search", "river", "1", "back", "back"),
        *("search", "", "person", "First partner", "back", "back", "check"),
        *("write", "", "A question.", ".done", "readers", "first partner", "done", "yes"),
        *("export", "2", "yes", dest, "", "yes", "quit"),
    )
    assert names_told(said) == []
    assert "First partner, partner, digits not compared yet." in said
    assert ROLES_INSTEAD in said
    assert "by Second partner. Readers: You, First partner and Second partner." in said
    assert "Then these can read it: You and First partner." in said
    assert "what Dr Lee, First partner and Second partner shared with you" in said
    assert supervised.not_typed == [] and "There is no choice" not in said
    taken_out = (supervised.folder / "taken out").read_text()
    assert names_told(taken_out) == [] and "Second partner" in taken_out


def test_who_compared_the_digits_is_named_from_then_on(supervised: PlainConversation) -> None:
    said = supervised.enters(ROE, ROES, "people", "compare", "second partner", "same", "list", "quit")
    assert "You and Second partner have compared the numbers: they are the same." in said
    [name] = names_told(said)
    assert f"{name}, partner, verified." in said and "First partner, partner, digits" in said
