"""The practice will line by line."""

import datetime as dt
import re

from kapjournal import clock
from kapjournal.journal import generated_shares
from kapjournal.presentation import will as saying
from tests.plain.test_practice import MORNING, at, behind, practice

from .plain_conversation import Answer, PlainConversation

__all__ = ["practice"]

AFTER = "a custodian opens this door"
MAKE: tuple[Answer, ...] = ("will", "make", MORNING, "", "Kim", "her office")


def word_of_share(heard: str) -> str:
    """The word that was asked back, from the share that was said last."""
    number = re.findall(r"What is word (\d+) of share \d\?", heard)[-1]
    return str(re.findall(rf"Word {number} of 33: (\w+)", heard)[-1])


def shares_said(said: str) -> list[str]:
    pages = re.split(r"Share \d of 3\.", said)[1:]
    return [" ".join(re.findall(r"Word \d+ of 33: (\w+)", page)[:33]) for page in pages]


def custodian(plain: PlainConversation, *answers: Answer) -> str:
    return plain.says(*answers, path=plain.folder / "practice.kap")


def test_a_will_is_made_rehearsed_and_revoked(practice: PlainConversation) -> None:
    said = at(practice, MORNING, *MAKE, *[word_of_share] * 3, "back", "quit")
    assert said.index(saying.WHAT) < said.index("Share 1 of 3.") < said.index("Share 3 of 3.")
    for number in (1, 2, 3):
        assert saying.on_paper(number, "Kim") in said
    assert saying.holds("Kim", had_one=False) in said
    one, _, three = shares_said(said)
    said = at(practice, MORNING, "will", "rehearse", three, one, "revoke", "no", "back", "quit")
    assert "Your will is for Kim (her office)." in said and "Nothing was opened" in said
    said = at(practice, MORNING, "will", "revoke", "yes", "back", "quit")
    assert "Your will for Kim is revoked." in said
    with behind(practice, "practice.kap", "Dr Lee", MORNING) as lee:
        assert lee.will.standing() is None


def test_who_goes_back_keeps_the_will_before(practice: PlainConversation) -> None:
    with behind(practice, "practice.kap", "Dr Lee", MORNING) as lee:
        lee.will.make(shares := generated_shares(), "Noor")
    said = at(
        practice,
        MORNING,
        *("will", "make", "not hers", "make", MORNING, "Kim", "", word_of_share, "not it", "back", "back"),
        "quit",
    )
    assert "No will was made. The shares just shown are worth nothing" in said
    assert saying.LEFT in said and "That is not word" in said and "not the passphrase" in said
    with behind(practice, "practice.kap", "Dr Lee", MORNING) as lee:
        assert (will := lee.will.rehearse(shares[1:])) and will.custodian == "Noor"


def test_a_custodian_checks_the_shares_and_opens_the_practice(practice: PlainConversation) -> None:
    with behind(practice, "practice.kap", "Dr Lee", MORNING) as lee:
        lee.will.make(shares := generated_shares(), "Kim")
    said = custodian(
        practice,
        *("recover", shares[0], shares[0], "try", "recover", shares[0], shares[1], "try"),
        *("recover", shares[2], shares[1], "open", AFTER, AFTER, "quit"),
    )
    assert "That is one share twice." in said and saying.WOULD_OPEN in said
    assert saying.RECOVERED in said and "The door of Dr Lee is open." in said
    assert shares[0] not in said and AFTER not in said
    with behind(practice, "practice.kap", "Dr Lee", AFTER) as lee:
        assert (will := lee.will.standing()) and will.rehearsed is None


def test_after_a_year_a_quiet_line(practice: PlainConversation) -> None:
    with behind(practice, "practice.kap", "Dr Lee", MORNING) as lee:
        lee.will.make(generated_shares(), "Kim")
    assert "rehearse it when" not in at(practice, MORNING, "quit")
    with clock.at(clock.now() + dt.timedelta(days=370)):
        assert "rehearse it when you meet Kim" in at(practice, MORNING, "quit")
