"""Texts with identifiers at known places: written from how people write notes, not from what is looked for.

Each class has forms of its own, some of which nothing finds. `corpus` draws from them with a seed; the same
seed gives the same texts.
"""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

from kapjournal.deidentify import Known, known_from

NAMES_FILE = """\
person: Ana Rossi, Annie
person: Ben Okafor, Benny
person: Will Grace
person: May Hope
person: Maria-José van der Berg, Majo
person: Siobhán O'Brien
person: Анна Петрова
person: 李娜
place: Bristol
place: Reading
place: Stoke Newington
employer: St Mary's Hospital, SMH
employer: Target
employer: Harrow & Finch LLP
"""

KNOWN: tuple[Known, ...] = known_from(NAMES_FILE)


@dataclass(frozen=True, slots=True)
class Gold:
    """An identifier that a text holds: its class and its place."""

    what: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A text and the identifiers in it."""

    text: str
    gold: tuple[Gold, ...]


Draw = Callable[[random.Random], str]

FILLER = """\
We began with ten minutes of breathing and both said they slept badly.
The dose was 60 mg IM, about 0.8 mg/kg, and the blood pressure stayed near 128/82.
She rated closeness 7/10 and wanted it to be an 8 or 9 by the end.
He may come alone next time if that will help, and they hope to decide with grace.
Reading aloud to each other at night was the practice they chose in session 4.
PHQ-9 went from 14 to 9, GAD-7 from 11 to 6 and the CSI-16 rose by 12 points.
The first 20 minutes were quiet; at 35 minutes she asked for water and a blanket.
Their target is two evenings a week without phones, and a walk of 5 km on one of them.
I felt a pull to rescue her and marked it for supervision: what is mine here?
They have been together for nineteen years and married for twelve of them.
The ring of the loop: she asks, he goes silent, she asks louder, he leaves the room.
Nothing rose above mild nausea; ondansetron 4 mg was offered and not needed.
On the whole the alliance holds, with 3.2 of 4 from one and 3.6 from the other.
His mother is 71 and lives near, and hers died when she was 15.
It was 10:30 when the music began, with 1,500 people on the playlist's channel.
They paid 250 dollars for the room and drove 40 miles each way.
A wave of grief came, then it rose, crested and went; mark how she kept her hand open.
""".splitlines()

_PEOPLE: list[str] = [
    *(
        "Ana said no",
        "Rossi",
        "Annie",
        "ana",
        "ANA ROSSI",
        "Ana Rossi",
        "Rossi, Ana",
        "Ana-Lucia",
        "Án\u00e4",
        "Anna",
    ),
    *(
        "Ben",
        "benny",
        "B. Okafor",
        "Okafor",
        "Okafro",
        "Ben Okafor",
        "Ben O.",
        "**Ben**",
        "B\u00adenny",
        "BEN",
    ),
    *(
        "Siobhan O'Brien",
        "Siobhán",
        "O’Brien",
        "OBrien",
        "Siobahn",
        "siobhan",
        "Maria José",
        "van der Berg",
        "Majo",
    ),
    *(
        "Marie-José",
        "MariaJosé",
        "Анна",
        "Анну Петрову",
        "Петровой",
        "李娜",
        "A.R.",
        "B.O.",
        "MJ van der Berg",
    ),
]
_WORD_NAMES = [
    *(
        "Will",
        "May",
        "Grace",
        "Hope",
        "Will Grace",
        "May Hope",
        "WILL",
        "will",
        "may",
        "Wil",
        "W. Grace",
        "Mrs Hope",
    ),
]
_PLACES = [
    "Bristol",
    "bristol",
    "BRISTOL",
    "Bristle",
    "Bristoll",
    "Reading",
    "Stoke Newington",
    "Stoke-Newington",
    "stoke newington",
    "Newington",
]
_EMPLOYERS = [
    *(
        "St Mary's Hospital",
        "St. Mary’s",
        "SMH",
        "Saint Mary's Hospital",
        "Target",
        "Harrow & Finch",
        "Harrow and Finch",
    ),
    *("Harrow&Finch LLP", "HF", "harrow finch", "St Marys hospital"),
]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _day(chance: random.Random) -> dt.date:
    return dt.date(2023, 1, 1) + dt.timedelta(days=chance.randrange(1400))


def _ordinal(number: int) -> str:
    return f"{number}{'th' if 10 < number < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _date(chance: random.Random) -> str:
    day = _day(chance)
    month = _MONTHS[day.month - 1]
    return chance.choice(
        [
            day.isoformat(),
            f"{day.day} {month} {day.year}",
            f"{month} {_ordinal(day.day)}, {day.year}",
            f"{day:%a} {day.day} {month[:3]}",
            f"{_ordinal(day.day)} of {month}",
            f"{day.day}/{day.month}/{day.year}",
            f"{day.month}-{day.day}-{day:%y}",
            f"{day.day:02}.{day.month:02}.{day.year}",
            f"{month} {day.year}",
            f"{day:%A}, the {_ordinal(day.day)}",
            f"{day.day} {month[:3].upper()} {day:%y}",
            f"{month[:3]}. {day.day}",
            f"{day.day}-{month[:3]}-{day.year}",
            f"{day:%Y%m%d}",
            f"the {_ordinal(day.day)}",
            f"mid-{month}",
            chance.choice(
                [
                    "Christmas Eve",
                    "New Year's Day",
                    "my birthday",
                    "Thanksgiving",
                    "Easter Monday",
                    "her 50th",
                ]
            ),
            f"{day.day}ten {'Mai'}",
            f"{day:%d/%m}",
        ]
    )


def _digits(chance: random.Random, pattern: str) -> str:
    return "".join(str(chance.randrange(1, 10)) if one == "#" else one for one in pattern)


def _of(*patterns: str) -> Draw:
    return lambda chance: _digits(chance, chance.choice(patterns))


def _card(chance: random.Random) -> str:
    body = "4" + _digits(chance, "##############")
    total = sum(
        (int(one) * 2 - 9 if int(one) > 4 else int(one) * 2) if place % 2 == 0 else int(one)
        for place, one in enumerate(body)
    )
    number = body + str(-total % 10)
    return chance.choice(
        [
            number,
            " ".join(number[at : at + 4] for at in range(0, 16, 4)),
            "-".join(number[at : at + 4] for at in range(0, 16, 4)),
        ]
    )


CLASSES: dict[str, tuple[Draw, list[str]]] = {
    "person": (
        lambda c: c.choice(_PEOPLE).removesuffix(" said no"),
        [
            "Then {} cried.",
            "I asked {} about it.",
            "{}'s sister called.",
            "It was hard for {}.",
            "ex-{}",
            "«{}», she said",
            "d’{} again",
        ],
    ),
    "name that is a word": (
        lambda c: c.choice(_WORD_NAMES),
        [
            "Then {} cried.",
            "I asked {} about it.",
            "I think {}'s sister called.",
            "{} was late.",
            "It was hard for {}.",
        ],
    ),
    "place": (
        lambda c: c.choice(_PLACES),
        ["They moved to {}.", "a flat in {}", "the {} house", "{} is where they met."],
    ),
    "employer": (lambda c: c.choice(_EMPLOYERS), ["He works at {}.", "the job with {}", "{} let her go."]),
    "date": (
        _date,
        ["It was on {}.", "We met {} for the first time.", "since {} they sleep apart", "({})", "Born {}."],
    ),
    "age": (
        lambda c: c.choice(["94", "ninety-one", "a 90-year-old", "97 years old", "101", "92yo", "ninety"]),
        ["Her grandmother is {}.", "He is {}.", "Nan, {}, lives there.", "turned {} in spring", "aged {}"],
    ),
    "phone": (
        _of(
            "(415) ###-####",
            "0117 4## ####",
            "+44 7700 9#####",
            "07700 9#####",
            "###-###-####",
            "###.###.####",
            "555-####",
            "+1 (212) ###-####",
            "0049 30 ########",
            "02# #### ####",
            "five five five, #### ",
        ),
        ["Call {}.", "my number is {}", "tel: {}", "Text {} first."],
    ),
    "fax": (
        _of("(415) ###-####", "0117 4## ####", "+49 30 ######", "###-####"),
        ["Fax {}.", "fax: {}", "by fax to {}"],
    ),
    "e-mail": (
        _of(
            "ana.r##@mail.example",
            "ben+k#@sub.example.org",
            "a_rossi@example.co.uk",
            "ana at example dot com",
            "ana[at]example.com",
            "ANA@EXAMPLE.COM",
            "ana@localhost",
        ),
        ["Write to {}.", "<{}>", "mail {} today", "her address is {}"],
    ),
    "web": (
        _of(
            "https://example.com/u/##?x=#",
            "www.example.org/ana",
            "example.com",
            "anarossi.blog",
            "http://example.org:8080/",
            "facebook.com/ana.rossi.##",
            "hxxp://example.com",
        ),
        ["See {}.", "it was on {} for all", "({})"],
    ),
    "ip": (
        _of("192.168.1.##", "10.0.#.##", "2001:db8::#:##", "fe80::1%eth0", "203.0.113.#:8080"),
        ["from {}", "The address {} logged in.", "ip {}"],
    ),
    "ssn": (
        _of("###-##-####", "### ## ####", "SSN #########", "QQ ## ## ## C", "AB######C"),
        ["{} on the form", "Her number: {}."],
    ),
    "record": (
        _of(
            "MRN #######",
            "chart no. ####-##",
            "NHS ### ### ####",
            "patient id A####",
            "Case #2024-###",
            "ref. KX/####/#",
            "file ####",
        ),
        ["See {}.", "her {} is closed", "({})"],
    ),
    "account": (
        _of(
            "account ########",
            "sort code ##-##-##",
            "acct #####-###",
            "policy no. HX ######",
            "IBAN DE89 3704 0044 0532 0130 00",
            "member id W##########",
        ),
        ["paid from {}", "It is {}.", "{}"],
    ),
    "card": (_card, ["She paid with {}.", "card {}", "the {} one"]),
    "plate": (
        _of(
            "BD51 SMR", "licence plate 7ABC###", "reg KX## YZA", "plates: ABC-####", "B-MW ####", "AB-###-CD"
        ),
        ["The car, {}, was hers.", "he drove {}"],
    ),
    "device": (
        _of(
            "serial A##-K##",
            "S/N ########",
            "IMEI 490154203237518",
            "00:1B:44:11:3A:B#",
            "pump model X#####",
            "device id #####",
        ),
        ["It was {}.", "the {} stopped"],
    ),
    "address": (
        _of(
            "## Acacia Avenue",
            "###B Baker Street",
            "Flat #, ## Mill Lane",
            "12# N Main St, Apt #",
            "Hauptstraße ##",
            "## rue de la Paix",
            "P.O. Box ##",
            "Calle Mayor ##",
            "The Old Rectory, Church End",
            "## acacia avenue",
            "Gloucester Road",
        ),
        ["They live at {}.", "{} is for sale.", "the house, {}, burned"],
    ),
    "postcode": (
        _of("BS6 5QT", "SW1A 1AA", "9####", "#####-####", "K1A 0B1", "1017 AB", "IL 6####", "bs65qt", "SE1"),
        ["in {}", "Their postcode is {}.", "({})"],
    ),
    "handle": (
        _of(
            "@anarossi",
            "@ana_r##",
            "u/anarossi",
            "insta: ana.rossi##",
            "snapchat ana_r##",
            "@ana:example.org",
            "her handle is anar##",
        ),
        ["She posts as {}.", "find {}", "{} wrote back"],
    ),
}
"""For each class how an identifier of it is drawn, and sentences it stands in."""

HARDER: dict[str, tuple[str, ...]] = {
    "person": (
        "A n a",
        "Anushka",
        "Rossi-Okafor",
        "Anna R",
        "Ana & Ben",
        "Bens",
        "Mr. Okafor",
        "ben okafor",
        "Oкafor",
    ),
    "name that is a word": (
        "Willy",
        "willgrace",
        "Mr Will",
        "Grace's",
        "W.G.",
        "hope",
        "grace",
        "Wills",
        "M. Hope",
    ),
    "place": (
        "Brizzle",
        "Stokey",
        "Bristol-born",
        "Stoke N.",
        "Bristols",
        "BRS",
        "reading",
        "Newingtn",
        "Br\u00edstol",
    ),
    "employer": (
        "St Mary's",
        "Mary's",
        "the Target store",
        "Harrow & Finch's",
        "H&F",
        "target",
        "Harrow",
        "HARROW & FINCH LLP",
    ),
    "date": (
        *(
            "the twelfth of June",
            "12/6",
            "June '24",
            "Whitsun",
            "spring 2024",
            "2024-06",
            "12. 6. 2024",
            "last Tuesday",
        ),
        *(
            "12th inst.",
            "the Ides of March",
            "Sat 12/06/24",
            "half-term",
            "between 3 and 5 June",
            "6/24",
            "le 3 juin 2024",
        ),
    ),
    "age": (
        "born in 1929",
        "ninety odd",
        "95 y.o.",
        "her 93rd year",
        "a hundred and two",
        "96-yr-old",
        "XCII",
        "90+",
    ),
    "phone": (
        *(
            "0117-4960123",
            "+44(0)117 496 0123",
            "01 44 27 ## ##",
            "4155550143",
            "0800 FLOWERS",
            "x4471",
            "ext. 220",
        ),
        *("(0117) 4960123", "+91 98765 43210", "030/1234567", "0 1 1 7 4 9 6 0 1 2 3"),
    ),
    "fax": ("+1.415.555.0143", "0044 117 496 0124", "020-7946-0018"),
    "e-mail": (
        "ana (at) example (dot) com",
        "ana @ example.com",
        "ana.rossi@",
        "mailto:ana@example.com",
        "ana＠example.com",
    ),
    "web": (
        "example dot com",
        "ana-rossi.github.io",
        "https://bit.ly/#abC",
        "exämple.de",
        "example.com/ana rossi",
        "t.co/x#",
    ),
    "ip": ("192.168.001.1", "10.1.2.3/24", "::1", "[2001:db8::#]", "192 168 1 1"),
    "ssn": ("###-##-####.", "xxx-xx-####", "last four ####", "AB 12 34 56 C", "123.45.6789", "social ####"),
    "record": (
        "chart A-####",
        "record ##",
        "MRN:#######",
        "Patient ####/##",
        "hospital number X#####",
        "NHS: ##########",
        "#######",
    ),
    "account": (
        "GB29 NWBK 6016 1331 9268 19",
        "a/c ########",
        "BIC NWBKGB2L",
        "policy HX-####-##",
        "########",
        "##-##-## ########",
    ),
    "card": ("ending in ####", "4111-1111-1111-1112", "amex 378282246310005", "CVV ###", "exp 04/27"),
    "plate": ("BD51SMR", "7ABC###", "ABC ####", "WA 123-456", "M AB ####", "vanity plate LUV2SKI"),
    "device": (
        "SN: ####-####",
        "oximeter no. ###",
        "Ref ABC####",
        "model X#",
        "pacemaker ######",
        "AA:BB:CC:DD:EE:FF",
    ),
    "address": (
        *(
            "Rose Cottage",
            "1 The Green",
            "Acacia Ave.",
            "corner of 5th and Main",
            "Mill Lane ##",
            "via Roma, ##",
            "Apt #B",
        ),
        *(
            "Unit 4, Riverside Park",
            "Bahnhofstr. #",
            "c/o Hall, ## High St",
            "## Rue St-Jacques",
            "the house by the lighthouse",
        ),
    ),
    "postcode": (
        "BS6",
        "B S 6 5 Q T",
        "7500# Paris",
        "NSW 20##",
        "D-1011#",
        "H3Z 2Y7",
        "zip 9####",
        "110001",
    ),
    "handle": (
        "t.me/anarossi",
        "ana.rossi on Instagram",
        "ana_rossi##",
        "IG ana.r",
        "AnaR#1234",
        "signal: ana.##",
        "her tag ana#",
    ),
}
"""Forms that are met now and then. What nothing finds of them is the worst that is known of the engine."""


def corpus(seed: int = 15, each: int = 60, *, harder: bool = False) -> list[Page]:
    """Pages of filler sentences with five identifiers each, `each` of every class in all; `harder`: in the
    forms of `HARDER`."""
    chance = random.Random(seed)
    wanted = [what for what in CLASSES for _ in range(each)]
    chance.shuffle(wanted)
    pages = []
    while wanted:
        text, gold = "", []
        for _ in range(5):
            if not wanted:
                break
            what = wanted.pop()
            draw, sentences = CLASSES[what]
            name = (_digits(chance, chance.choice(HARDER[what])) if harder else draw(chance)).strip()
            before, after = chance.choice(sentences).split("{}")
            text += chance.choice(FILLER) + chance.choice([" ", "\n", "\n\n"]) + before
            gold.append(Gold(what, len(text), len(text) + len(name)))
            text += name + after + chance.choice([" ", "\n"])
        pages.append(Page(text + chance.choice(FILLER), tuple(gold)))
    return pages
