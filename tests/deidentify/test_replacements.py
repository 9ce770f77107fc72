"""The words that stand for names: random, distinct, of no text, and kept."""

import re

from kapjournal.deidentify import FindingKind, Known, Replacements, find, known_from, replaced
from kapjournal.deidentify.lists import words_of

ANA = Known(FindingKind.PERSON, ("Ana",))
LEEDS = Known(FindingKind.PLACE, ("Leeds",))


def test_every_recipient_gets_other_words() -> None:
    drawn = set()
    for _ in range(40):
        words = Replacements()
        words.prepare([ANA], "")
        drawn.add(words.of(ANA))
    assert len(drawn) > 20


def test_no_two_have_the_same_word_even_if_the_list_runs_out() -> None:
    known = [Known(FindingKind.PERSON, (f"Ana{number}",)) for number in range(700)]
    words = Replacements()
    words.prepare(known, "")
    assert len({words.of(one) for one in known}) == 700


def test_no_word_is_of_the_text_or_of_a_name() -> None:
    names = sorted(words_of("replacement_words"))
    free, taken = names[:3], names[3:]
    words = Replacements()
    words.prepare([ANA, LEEDS], " ".join(taken).upper(), [Known(FindingKind.PERSON, (free[0].title(),))])
    drawn = {words.of(ANA).lower(), words.of(LEEDS).removeprefix("[place ").removesuffix("]").lower()}
    assert drawn == set(free[1:])


def test_a_word_is_kept_when_it_is_dumped_and_loaded() -> None:
    words = Replacements()
    words.prepare([ANA, LEEDS], "Ana")
    again = Replacements(words.dumped())
    again.prepare([ANA, LEEDS], words.of(ANA))
    assert (again.of(ANA), again.of(LEEDS)) == (words.of(ANA), words.of(LEEDS))
    assert set(words.dumped()) == {"Ana", "Leeds"}


def test_what_stands_there_fits_what_it_was() -> None:
    words = Replacements({"Ana": "Birch", "Leeds": "Kettle"})
    assert words.of(ANA) == "Birch" and words.of(LEEDS) == "[place Kettle]"
    assert words.of(ANA, is_plural=True) == "Birches"
    known = (ANA, LEEDS)
    text = "Ana’s flat in Leeds, the Anas’ flat."
    assert replaced(text, find(text, known, words)) == "Birch’s flat in [place Kettle], the Birches’ flat."


def test_a_family_name_gets_a_word_of_its_own() -> None:
    known = known_from("Ana Rossi\nBen Rossi")
    text = "Ana and Ben; Ana Rossi, Ben Rossi; the Rossis."
    words = Replacements()
    told = replaced(text, find(text, known, words))
    ana, ben = words.dumped()["Ana Rossi"], words.dumped()["Ben Rossi"]
    assert told.startswith(f"{ana} and {ben}; {ana}, {ben}; the ")
    assert words.dumped()["Ana Rossi & Ben Rossi"] in told


def test_no_word_is_a_name_of_people() -> None:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415

    names = set(FREQUENCY_LISTS["female_names"]) | set(FREQUENCY_LISTS["male_names"])
    assert not words_of("replacement_words") & names
    assert not words_of("replacement_words") & words_of("names_that_are_words")
    assert not words_of("replacement_words") & set(FREQUENCY_LISTS["surnames"][:500])
    assert len(words_of("replacement_words")) > 400
    assert all(re.fullmatch("[a-z]{3,}", word) for word in words_of("replacement_words"))


def test_no_word_is_a_people_a_place_or_an_insult_or_weighs_in_a_therapy() -> None:
    """Some of the kinds that are not wanted in the place of a person, by one of each at least."""
    unwanted = "moor creek cork spade coconut rake honey flask chalice grass kite oven cradle spring mirror"
    assert not words_of("replacement_words") & set(unwanted.split())
