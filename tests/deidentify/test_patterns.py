"""Identifiers found by their form, class by class, and numbers that are none."""

from datetime import date

import pytest

from kapjournal.deidentify import FindingKind, Replacements, find, replaced

SESSIONS = [(1, date(2026, 3, 2)), (2, date(2026, 3, 16)), (3, date(2026, 4, 6))]


def found(text: str, kind: FindingKind) -> list[str]:
    return [one.text for one in find(text, (), Replacements()) if one.kind is kind]


def told(text: str) -> str:
    return replaced(text, find(text, (), Replacements(), SESSIONS))


@pytest.mark.parametrize(
    "written",
    [
        *(
            "3 March 2026",
            "March 3rd, 2026",
            "3rd of March",
            "the third of March",
            "Tue 3 Mar '26",
            "2026-03-05",
        ),
        *(
            "2026-03-05T10:00Z",
            "03/04/26",
            "17.3.2026",
            "20260404",
            "3. März 2026",
            "3 mars 2026",
            "3-Mar-2026",
        ),
        *(
            "March 2026",
            "mid-August",
            "03/2026",
            "2026-03",
            "Christmas Eve",
            "my birthday",
            "her 40th birthday",
        ),
        *(
            "Friday, the 25th",
            "between 3 and 5 June",
            "New Year's Day",
            "3 марта",
            "spring 2024",
            "Ana's birthday",
        ),
        *(
            "3\\. **M**arch 2026",
            "3\u00a0March\u00a02026",
            "３ March 2026",
            "3 March\n2026",
            "3 Mar\u00adch 2026",
        ),
        *("12 May", "May 12", "2026年3月5日", "Eid al-Fitr", "4th of July", "9/11/2001", "12-31-99"),
    ],
)
def test_a_date_is_found_whole(written: str) -> None:
    assert found(f"It was so ({written}), they said.", FindingKind.DATE) == [written]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "in 2024",
            "7/10 and 8/10",
            "120/80",
            "on Tuesday",
            "yesterday",
            "3 may come",
            "the second of three",
        ),
        *("10:30", "session 3 of 6", "1.5 mg", "they march on", "0.8 mg/kg", "24/7", "the 3rd session"),
    ],
)
def test_what_is_no_date_stays(written: str) -> None:
    assert found(f"It was {written} for both.", FindingKind.DATE) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("on 2 March 2026", "on the day of session 1"),
        ("on 4 March 2026", "on two days after session 1"),
        ("on 15 March", "on one day before session 2"),
        ("on 2026-05-04", "on four weeks after session 3"),
        ("on 8 May 2026", "on about five weeks after session 3"),
        ("on 12 May 1985", "on about 41 years before session 1"),
        ("on 1 January 1901", "on [date]"),
        ("on 10/03/2026", "on six days before session 2"),
        ("on 03/04/2026", "on [date]"),
        ("in March 2026", "in [date]"),
        ("on 31 June 2026", "on [date]"),
    ],
)
def test_a_date_is_told_from_the_nearest_session(text: str, says: str) -> None:
    assert told(text) == says


def test_without_sessions_no_time_is_made_up() -> None:
    assert replaced("on 2 March 2026", find("on 2 March 2026", (), Replacements())) == "on [date]"


@pytest.mark.parametrize(
    ("text", "kind", "identifier"),
    [
        ("He is 94.", FindingKind.AGE, "94"),
        ("a 91-year-old man", FindingKind.AGE, "91-year-old"),
        ("ninety-two years old", FindingKind.AGE, "ninety-two years old"),
        ("Nan, ninety-one, lives", FindingKind.AGE, "ninety-one"),
        ("call (415) 555-0143 now", FindingKind.PHONE, "(415) 555-0143"),
        ("on 0117 496 0123.", FindingKind.PHONE, "0117 496 0123"),
        ("+44 7700 900123", FindingKind.PHONE, "+44 7700 900123"),
        ("Fax: 020 7946 0018", FindingKind.FAX, "020 7946 0018"),
        ("<ana.r+k@mail.example>", FindingKind.EMAIL, "ana.r+k@mail.example"),
        ("ana (at) example (dot) com", FindingKind.EMAIL, "ana (at) example (dot) com"),
        ("see https://example.com/ana?x=1.", FindingKind.URL, "https://example.com/ana?x=1"),
        ("www.example.org/ana,", FindingKind.URL, "www.example.org/ana"),
        ("from 192.168.1.20:80", FindingKind.IP, "192.168.1.20:80"),
        ("at 2001:db8::1 again", FindingKind.IP, "2001:db8::1"),
        ("SSN 078-05-1120", FindingKind.SSN, "078-05-1120"),
        ("NI no. QQ 12 34 56 C", FindingKind.SSN, "QQ 12 34 56 C"),
        ("MRN: 00449123", FindingKind.RECORD, "00449123"),
        ("account no. 12345678", FindingKind.ACCOUNT, "12345678"),
        ("GB29 NWBK 6016 1331 9268 19", FindingKind.ACCOUNT, "GB29 NWBK 6016 1331 9268 19"),
        ("with 4111 1111 1111 1111", FindingKind.CARD, "4111 1111 1111 1111"),
        ("the car BD51 SMR", FindingKind.PLATE, "BD51 SMR"),
        ("pump S/N A93-K22.", FindingKind.DEVICE, "A93-K22"),
        ("00:1B:44:11:3A:B7", FindingKind.DEVICE, "00:1B:44:11:3A:B7"),
        ("at 221B Baker Street", FindingKind.ADDRESS, "221B Baker Street"),
        ("Hauptstraße 12", FindingKind.ADDRESS, "Hauptstraße 12"),
        ("12 rue de la Paix", FindingKind.ADDRESS, "12 rue de la Paix"),
        ("in BS6 5QT", FindingKind.POSTCODE, "BS6 5QT"),
        ("K1A 0B1", FindingKind.POSTCODE, "K1A 0B1"),
        ("Springfield, IL 62704", FindingKind.POSTCODE, "62704"),
        ("as @anarossi_7 there", FindingKind.HANDLE, "@anarossi_7"),
        ("insta: ana.rossi87.", FindingKind.HANDLE, "ana.rossi87"),
    ],
)
def test_an_identifier_is_found(text: str, kind: FindingKind, identifier: str) -> None:
    assert found(text, kind) == [identifier]


@pytest.mark.parametrize(
    "text",
    [
        "60 mg IM, 0.8 mg/kg, 128/82, 98% and 72 bpm",
        "PHQ-9 was 14, GAD-7 11, CSI-16 rose by 12; DSM-5 296.32, ICD-10 F33.1",
        "1,234 steps, $12,345.60, 40 miles and 250 dollars",
        "He is 45, she is 71 and the cat is 9.",
        "From 10:30:15 to 11:05 they were silent. And so on... e.g. this, i.e. that.",
        "home.It was late. We talked, and/or walked. #gratitude",
        "a text of 10 lines, a call at 9 and a visit in 3 weeks",
    ],
)
def test_numbers_of_a_note_stay(text: str) -> None:
    assert find(text, (), Replacements()) == []


def test_a_number_of_seven_digits_is_found_whatever_it_is() -> None:
    assert [one.text for one in find("It said 4471903 on it.", (), Replacements())] == ["4471903"]


def test_a_name_inside_an_address_goes_with_it() -> None:
    text = "12 Rossi Street and ana.rossi@mail.example"
    assert told(text) == "[address] and [e-mail]"
