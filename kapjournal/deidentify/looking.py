"""The words of a text that a human should look at: in no dictionary, or with a capital inside a sentence."""

import re
from collections.abc import Iterator, Sequence

from kapjournal.deidentify import dictionary
from kapjournal.deidentify.findings import Finding
from kapjournal.deidentify.lists import words_of
from kapjournal.deidentify.sentence import begins_sentence
from kapjournal.deidentify.words import Word, forgotten, words

_SHORTENED = frozenset({"s", "t", "d", "m", "ll", "re", "ve", "em", "n", "o", "y", "c", "l", "j", "qu"})
"""What stands before or after an apostrophe: “isn't”, “d'accord”."""

_APOSTROPHES = "'\u2019\u02bc"
_NOT = re.compile("['\u2019\u02bc][tT]\\b")
_ORDINAL = re.compile("(?:st|nd|rd|th|s)$")


def words_to_look_at(
    text: str, findings: Sequence[Finding], languages: Sequence[str] = (dictionary.ENGLISH,)
) -> list[str]:
    """The words in no dictionary or with a capital inside a sentence, each once, in order of appearance.

    What a finding reaches into is passed over. A given name is in no dictionary, even in small letters.
    `languages` are those of pyspellchecker, by their two letters: ar, de, en, es, eu, fa, fr, it, lv, nl, pt
    or ru; another is a `UsageError`.
    """
    dictionary.check(languages)
    seen: dict[str, str] = {}
    with forgotten():
        for word in _outside(text, findings):
            if word.form and word.form not in seen and _is_to_look_at(text, word, languages):
                seen[word.form] = word.text
    return list(seen.values())


def _outside(text: str, findings: Sequence[Finding]) -> Iterator[Word]:
    left = iter(findings)
    finding = next(left, None)
    for word in words(text):
        while finding and finding.end <= word.start:
            finding = next(left, None)
        if not finding or word.end <= finding.start:
            yield word


def _is_to_look_at(text: str, word: Word, languages: Sequence[str]) -> bool:
    if _is_part(text, word) or word.text == "I":
        return False
    if word.text.isupper() and word.form in words_of("abbreviations"):
        return False
    has_capital = word.text[0].isupper() or word.text[0].istitle()
    if has_capital and not begins_sentence(text, word.start):
        return True
    if len(word.form) == 1:
        return has_capital and word.form != "a"
    return not any(dictionary.is_word(one, languages) for one in (word.form, word.text.lower()))


def _is_part(text: str, word: Word) -> bool:
    """Whether it is a part of a shortened word or of an ordinal in digits: of “isn't”, “d'accord”, “2nd”."""
    before, after = text[word.start - 1 : word.start], text[word.end : word.end + 1]
    if word.form in _SHORTENED and ((before and before in _APOSTROPHES) or (after and after in _APOSTROPHES)):
        return True
    if word.form.endswith("n") and _NOT.match(text, word.end):
        return True
    return before.isdigit() and _ORDINAL.match(word.form) is not None
