"""Known names in all the forms in which they turn up, and words that are none."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kapjournal.deidentify import (
    FindingKind,
    Known,
    Replacements,
    dictionary,
    find,
    find_each,
    known_from,
    places_of_names,
    replaced,
    words_to_look_at,
)
from kapjournal.deidentify.sentence import is_plain_word
from kapjournal.deidentify.words import form as compared

NAMES = """\
Ana Rossi, Annie
Ben Okafor
Will Grace
May Hope
Chris
Maria-José van der Berg
Siobhán O'Brien
Анна Петрова
李娜
김민지
آنا
נועה
place: Bristol
place: Reading
place: New York
employer: St Mary's Hospital, SMH
employer: Harrow & Finch LLP
employer: 3M
"""
KNOWN = known_from(NAMES)


def found(text: str, names: str = NAMES) -> list[str]:
    return [one.text for one in find(text, known_from(names), Replacements())]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Then Ana’s flat, Ana's and d’Ana", ["Ana", "Ana", "Ana"]),
        ("ANA, ana, Aná, A\u0301na", ["ANA", "ana", "Aná", "A\u0301na"]),
        ("ex-Ana and Ana-Lucia and the Anas", ["Ana", "Ana-Lucia", "Anas"]),
        (
            "**A**na, A**na**, _Ana_, A\u00adna, A\u200bn\u2060a",
            ["**A**na", "A**na**", "Ana", "A\u00adna", "A\u200bn\u2060a"],
        ),
        (
            "Ana Rossi, Rossi, Annie Rossi, Ana M. Rossi",
            ["Ana Rossi", "Rossi", "Annie Rossi", "Ana M. Rossi"],
        ),
        ("AnaRossi, ana_rossi, #anarossi", ["AnaRossi", "ana_rossi", "anarossi"]),
        (
            "Then Anan, Rosi, Rossii, Rsosi, Okafro and bristl",
            ["Anan", "Rosi", "Rossii", "Rsosi", "Okafro", "bristl"],
        ),
        ("Аna with a Cyrillic А", ["Аna"]),
        ("José, van der Berg, MariaJosé, Maria José", ["José", "van der Berg", "MariaJosé", "Maria José"]),
        ("O’Brien, OBrien, Siobhan O'Brien", ["O’Brien", "OBrien", "Siobhan O'Brien"]),
        ("Анны, Анной, с Петровым, АННА", ["Анны", "Анной", "Петровым", "АННА"]),
        ("李娜说她很累,李娜。 김민지는", ["李娜", "李娜", "김민지"]),
        ("قالت آنا، وآنا", ["آنا", "وآنا"]),
        ("אמרה נועה, ולנועה", ["נועה", "ולנועה"]),
        ("in bristol, Bristol-based, BRISTOL", ["bristol", "Bristol", "BRISTOL"]),
        ("St. Mary’s Hospital, Saint Mary's, St Marys", ["St. Mary’s Hospital", "Saint Mary's", "St Marys"]),
        ("Harrow & Finch, Harrow and Finch, H&F, 3M", ["Harrow & Finch", "Harrow and Finch", "H&F", "3M"]),
        ("New York, NEW YORK, new york; a new one", ["New York", "NEW YORK", "new york"]),
        ("😀Ana😀 \u202bAna\u202c", ["Ana", "Ana"]),
    ],
)
def test_a_name_is_found(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I think Will came with May", ["Will", "May"]),
        ("Will came. Grace is my sister.", ["Will", "Grace"]),
        ("Will you come? Hope to see you. May I? May the light hold.", []),
        ("They will, and may, with grace and hope.", []),
        ("will's car and grace's hand", ["will", "grace"]),
        ("WILL YOU? I told WILL so.", ["WILL"]),
        ("She was reading in Reading.", ["Reading"]),
        ("A hospital, the saints, a new one", []),
    ],
)
def test_a_name_that_is_a_word_needs_its_capital(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Then A.R. and AR and A. R. came", ["A.R.", "AR", "A. R."]),
        ("A. Rossi and Ana R. and B Okafor", ["A. Rossi", "Ana R.", "B Okafor"]),
        ("Then A. said to B.'s mother", ["A.", "B."]),
        ("A and B fought; A & B made up", ["A", "B", "A", "B"]),
        ("Dear A, she wrote. R. said no (B), said A: and O.", ["A", "R.", "B", "A"]),
        ("Plan A. worked at 10 A.M. with a B.", []),
        ("Vitamin B. helped, IM and IV did not", []),
    ],
)
def test_initials_never_stay(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_words_that_look_alike_are_left() -> None:
    text = "Bean soup and an annual banana; been there, ban it, anal, brisk; the chrism, benign, rosy."
    assert found(text) == []


def test_who_is_meant_says_what_stands_there() -> None:
    kinds = [one.kind for one in find("Chris left Bristol for SMH.", KNOWN, Replacements())]
    assert kinds == [FindingKind.NAME, FindingKind.PLACE, FindingKind.EMPLOYER]


letters = st.text(st.sampled_from("abcdefghijklmnoprstuvwyzéüñøЖдя"), min_size=5, max_size=12)
sentences = st.lists(
    st.sampled_from(
        ["we", "met", "and", "then", "home", "slowly", "Tuesday", "7/10", "–", "“so”", "*well*", "😀"]
    ),
    max_size=12,
)


@given(
    letters,
    sentences,
    sentences,
    st.sampled_from(["{}", "{}'s", "ex-{}", "**{}**", "({})", "“{}”", "{}.", "l’{}"]),
)
@example("false", [], ["we"], "{}")
def test_no_name_stays_in_any_sentence(name: str, before: list[str], after: list[str], around: str) -> None:
    known = (Known(FindingKind.PERSON, (name.title(),)),)
    small = [] if dictionary.is_everyday(name) else [name]
    for form in (*small, name.title(), name.upper(), unicodedata.normalize("NFD", name.title())):
        text = " ".join([*before, around.format(form), *after])
        at = text.index(form)
        if dictionary.is_everyday(name) and is_plain_word(text, at, at + len(form)):
            continue  # “Hope to”, as README says
        told = replaced(text, find(text, known, Replacements()))
        assert not re.search(rf"(?<!\w){re.escape(form)}(?!\w)", told)


@given(letters, st.integers(0, 11), st.sampled_from("xqk"))
def test_one_wrong_letter_is_forgiven(name: str, place: int, wrong: str) -> None:
    at = place % len(name)
    known = (Known(FindingKind.PERSON, (name.title(),)),)
    for misspelt in (name[:at] + wrong + name[at:], name[:at] + wrong + name[at + 1 :]):
        text = f"Then {misspelt.title()} came."
        assert [one.text for one in find(text, known, Replacements())] == [misspelt.title()]


pieces = st.sampled_from(
    (
        *(
            "Ana",
            "Rossi",
            " ",
            "-",
            "'s",
            "’",
            "*",
            "_",
            "\u00ad",
            "\u200b",
            "\n",
            ". ",
            "Will",
            "李娜",
            "Анны",
            "A.",
            "&",
        ),
        *(
            "3 March 2026",
            "2026-03-05",
            "ana@mail.example",
            "0117 496 0123",
            "Bristol",
            "BS6 5QT",
            "94",
            "e\u0301",
        ),
    )
)


@given(st.lists(pieces, max_size=25).map("".join))
@example("Ana3 March 2026Bristol")
@example("3.3.2026Bristol")
@example("0117 496 0123Bristol")
def test_findings_are_sorted_apart_and_slices(text: str) -> None:
    words = Replacements()
    findings = find(text, KNOWN, words)
    assert all(one.start < one.end and text[one.start : one.end] == one.text for one in findings)
    assert all(one.end <= other.start for one, other in pairwise(findings))
    told = replaced(text, findings)
    assert replaced(told, find(told, KNOWN, words)) == told or _is_new(told, text)


@pytest.mark.parametrize("form", ["{}", "**{}**", "\u200b{}"])
@pytest.mark.parametrize(
    "written", ["3 March 2026", "03/05/2026", "3.3.2026", "2026-03-05", "0117 496 0123", "3rd of March 2026"]
)
def test_what_a_name_is_written_together_with_is_found_whole(written: str, form: str) -> None:
    for around in (f"Ana{form}", f"{form}Bristol", f"Ana{form}Bristol"):
        text = around.format(written)
        found = find(text, KNOWN, Replacements())
        assert written in [one.text.strip("*\u200b") for one in found], text


def _is_new(told: str, text: str) -> bool:
    """Whether what is left may be read as a name only now: parts of words that stood beside a finding."""
    return any(sign in text for sign in ("_", "*", "\u00ad", "\u200b", "-", "&", "."))


def test_no_word_is_drawn_that_a_second_look_takes_for_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """One letter off a name that is listed, it would be replaced again; so would its plural."""
    monkeypatch.setattr("kapjournal.deidentify.replacements.words_of", lambda _: {"marjoran", "birch"})
    words, known = Replacements(), known_from("Marjoram\nAna")
    find("Marjoram and Ana", known, words)
    assert "Marjoran" not in words.dumped().values()


@pytest.mark.parametrize("name", ["Met", "We", "And", "We Met"])
def test_a_name_that_is_an_everyday_word_leaves_words_to_draw(name: str) -> None:
    words = Replacements()
    told = replaced(f"I saw {name} in town.", find(f"I saw {name} in town.", known_from(name), words))
    assert name not in told and len(words.dumped()) == 1


def test_nor_one_that_is_taken_for_a_name_within_a_sentence_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """At its beginning it may be an everyday word: “Yarrow, …”, but “we saw Yarrow”."""
    monkeypatch.setattr("kapjournal.deidentify.replacements.words_of", lambda _: {"yarrow", "birch"})
    words, known = Replacements(), known_from("employer: Harrow & Finch LLP\nplace: Bristol")
    find("Harrow & Finch in Bristol", known, words)
    assert "Yarrow" not in words.dumped().values()


def test_a_second_look_finds_nothing() -> None:
    text = "Ana Rossi and Ben met on 3 March 2026 in Bristol; call 0117 496 0123. May 5 was cold."
    words = Replacements()
    told = replaced(text, find(text, KNOWN, words))
    assert find(told, KNOWN, words) == []


def test_no_names_and_no_text_is_nothing() -> None:
    assert find("", KNOWN, Replacements()) == [] and find("Ana", (), Replacements()) == []
    assert replaced("Ana", []) == "Ana"


@pytest.mark.parametrize(
    ("mark", "text", "says"),
    [
        ("his sister", "They drive to his sister, His  Sister and sister.", "They drive to X, X and sister."),
        ("green van", "A green van, the green vans and the van.", "A X, the Xs and the van."),
        ("boat", "The boat, Boat and boats.", "The X, X and Xs."),
        ("at the", "They sat at the lake.", "They sat X lake."),
    ],
)
def test_what_somebody_marked_is_found_in_everyday_words_too(mark: str, text: str, says: str) -> None:
    known = [Known(FindingKind.MARKED, (mark,))]
    assert replaced(text, find(text, known, Replacements({mark: "X"}))) == says


def test_of_several_texts_each_is_looked_through_alone_with_the_same_words() -> None:
    texts = ["We met Ana", "Rossi is a wine. Ana likes it.", ""]
    replacements = Replacements()
    found = find_each(texts, known_from("Ana Rossi\n"), replacements)
    assert [[one.text for one in each] for each in found] == [["Ana"], ["Rossi", "Ana"], []]
    assert {one.replacement for each in found for one in each} == set(replacements.dumped().values())
    assert all(one.is_listed for each in found for one in each)


def test_what_is_found_by_its_form_is_listed_where_a_known_name_is_in_it_and_a_mark_is_not() -> None:
    text = "ana@mail.org, bob@mail.org and the potter"
    known = (*known_from("Ana Rossi\n"), Known(FindingKind.MARKED, ("the potter",)))
    listed = {one.text: one.is_listed for one in find(text, known, Replacements())}
    assert listed == {"ana@mail.org": True, "bob@mail.org": False, "the potter": False}


def test_no_word_stays_in_memory_once_it_was_compared() -> None:
    text, people = "Zan\u00eb asked Ana.", (Known(FindingKind.PERSON, ("Zan\u00eb", "Ana")),)
    for look in (
        lambda: find(text, people, Replacements()),
        lambda: places_of_names([text], people),
        lambda: words_to_look_at(text, []),
    ):
        look()
        assert compared.cache_info().currsize == 0
