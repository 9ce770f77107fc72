"""Check-ins and after-effects cards line by line: said, kept when left, shared and taken back."""

import datetime as dt

from kapjournal import clock
from kapjournal.domain.self_reports import CheckIn, Report
from kapjournal.domain.sessions import SessionKind
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened

TELL = "Tell the clinic today. If it cannot wait, call: 988 (call or text) or 911."


def said_by(plain: PlainConversation, label: str = "Ana", door: str = ANA) -> list[Report]:
    with opened(plain, label, door) as journal:
        found: list[Report] = [one.said for one in journal.check_ins.all()]
        return [*found, *(one.said for one in journal.after_effects.all())]


def test_a_partner_checks_in_a_slider_at_a_time(plain: PlainConversation) -> None:
    steps = ("check-ins", "check in", "7", "eleven", "", "10", "no", "The lake.", "read", "back", "back")
    said = plain.enters("Ana", ANA, *steps, "quit")
    assert plain.not_typed == [] and "The lake. Readers: Only you." in said
    assert "Mood, 0 heavy, 10 light:" in said and "A slider goes from 0 to 10" in said
    assert "It is kept." in said and "Readers: Only you." in said and "Closeness" not in said
    [made] = said_by(plain)
    assert isinstance(made, CheckIn)
    assert (made.values, made.line) == ((("mood", 7), ("understood", 10)), "The lake.")
    heard = plain.enters("Ben", BEN, "check-ins", "read", "back", "back", "quit")
    assert "There is none yet." in heard and "lake" not in heard


def test_what_is_said_so_far_is_sealed_at_once_and_goes_on(plain: PlainConversation) -> None:
    """A terminal that is closed takes no answer away, and neither does back."""
    plain.enters("Ana", ANA, "check-ins", "check in", "7")
    said = plain.enters("Ana", ANA, "check-ins", "check in", "2", "back", "back", "quit")
    assert "Not finished: check-in." in said and "It goes on where you stopped." in said
    assert "What you said so far is kept, for you alone." in said and said_by(plain) == []
    plain.enters("Ana", ANA, "check-ins", "check in", "", "yes", "5", "", "", "", "", "back", "quit")
    [made] = said_by(plain)
    assert isinstance(made, CheckIn) and made.values == (("calm", 5), ("fear", 2), ("mood", 7))
    said = plain.enters("Ana", ANA, "check-ins", "check in", "", "", "", "no", "", "back", "quit")
    assert "Nothing is said, so nothing is kept." in said and len(said_by(plain)) == 1


def test_a_card_goes_to_the_clinic_and_says_at_once_whom_to_tell(plain: PlainConversation) -> None:
    rows = ("n", "y", "low since", "", "", "", "", "y", "", "", "", "", "perhaps", "n")
    said = plain.enters("Ana", ANA, "check-ins", "after a dose", *rows, "yes", "back", "quit")
    assert plain.not_typed == []
    assert said.index("Pain when passing water?") < said.index(TELL) < said.index("Something frightening?")
    assert "Say y or n, or press Enter." in said and "Readers: You and Dr Lee." in said
    heard = plain.enters("Dr Lee", LEE, "check-ins", "read", "1", "back", "back", "quit")
    assert "says something the clinic is to know today." in heard
    assert "A drop in mood: yes · low since" in heard and TELL not in heard
    assert "says something the clinic" not in plain.enters("Ben", BEN, "quit")


def test_who_reads_a_card_is_chosen_and_never_the_partner(plain: PlainConversation) -> None:
    rows = ("y", "", *[""] * 10)
    said = plain.enters("Ana", ANA, "check-ins", "after a dose", *rows, "no", "ben", "back", "quit")
    assert "never shared with your partner" in said and said_by(plain) == []
    said = plain.enters("Ana", ANA, "check-ins", "after a dose", *[""] * 10, "no", "", "back", "quit")
    assert "Ben, partner" not in said and "Readers: Only you." in said
    assert len(said_by(plain)) == 1 and said_by(plain, "Dr Lee", LEE) == []


def test_one_is_shared_after_a_dose_only_if_it_is_to_be_now_and_taken_back(plain: PlainConversation) -> None:
    with opened(plain, "Dr Lee", LEE) as lee, opened(plain, "Ana", ANA) as ana:
        lee.sessions.add(kind=SessionKind.DOSING, date=clock.today())
        ana.check_ins.add(CheckIn(clock.today(), clock.now(), values=(("mood", 4),)))
    steps = ("check-ins", "read", "1", "share", "ben", "no", "share", "ben", "yes", "withdraw", "ben")
    said = plain.enters("Ana", ANA, *steps, "delete", "yes", "back", "back", "quit")
    assert plain.not_typed == []
    assert (
        "You can share this with Ben from 10:00 tomorrow. Until then it is yours alone" in said
        and "Nothing was shared." in said
    )
    assert "Readers: You and Ben." in said and "They may have read it already." in said
    assert said_by(plain) == []


def test_the_clinic_is_offered_to_read_alone(plain: PlainConversation) -> None:
    said = plain.enters("Dr Lee", LEE, "check-ins", "help", "back", "quit")
    assert "check in:" not in said and "read: Hear what was said" in said


def test_trends_are_heard_slider_by_slider(plain: PlainConversation) -> None:
    assert "There is nothing to show yet" in plain.enters("Ana", ANA, "check-ins", "trends", "back", "quit")
    with opened(plain, "Dr Lee", LEE) as lee, opened(plain, "Ana", ANA) as ana:
        lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 1))
        for day, mood in ((2, 3), (9, 6)):
            said = CheckIn(dt.date(2026, 3, day), clock.now(), values=(("mood", mood),))
            ana.check_ins.add(said, "Dr Lee")
    heard = "Mood, 0 heavy, 10 light.\n2 March 2026: 3.\n9 March 2026: 6.\n1 March 2026: session 1, dose 1."
    assert heard in plain.enters("Ana", ANA, "check-ins", "trends", "back", "quit")
    assert heard in plain.enters("Dr Lee", LEE, "check-ins", "trends", "Ana", "back", "quit")
    assert "3 March" not in plain.enters("Ben", BEN, "check-ins", "trends", "back", "quit")
