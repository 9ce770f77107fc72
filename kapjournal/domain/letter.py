"""A letter to a prescriber about one partner: whom it names, what may be typed into it, what of a record it
takes."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About
from kapjournal.domain.members import Role, folded
from kapjournal.domain.signing import MAX_NAME
from kapjournal.errors import NotSaid, Refused, UsageError
from kapjournal.text import QUESTION_MARKS, shown_line, storable, storable_line

MAX_RESPONSE = 300
"""Characters of the therapist's own words in a letter of one page."""

RESPONSE_FIELDS = ("response", "objective", "behaviour", "data", "assessment")
"""The fields of a progress note that hold the therapist's own words on how somebody responded."""

BY_THERAPISTS = "Therapists and co-therapists write the letter to a prescriber."
ONE_PARTNER = "The letter is about one partner. Say which of the two."
NAMES_FIRST = "Say first what you call the two partners: the letter names the one it is about."
NO_QUESTION = "The letter asks one question. Type it."
NO_QUESTION_MARK = "The question is one sentence, and ends with a question mark."
NOT_TO_THE_OTHER = "The letter is for the prescriber, and not for the other partner."
LEFT_OUT = "[name left out]"
"""What stands in the place of a name that the letter does not say."""


@dataclass(frozen=True, slots=True)
class Names:
    """Which names a letter says, and which it never does.

    `partner` is whom it is about. `hidden` are the other partner, by every name they have here, and the
    couple as the therapist calls them; each word of a partner's name counts too. `said` are others that stand
    in the letter, such as the prescriber: a hidden name within one of them is not taken for itself.
    """

    partner: str
    hidden: tuple[str, ...]
    said: tuple[str, ...] = ()

    def without(self, text: str) -> str:
        """A text from a record, on one line, with `LEFT_OUT` in the place of each hidden name."""
        pieces, end, text = [], 0, _line(text)
        for found in self._found(text):
            pieces += [text[end : found.start()], LEFT_OUT]
            end = found.end()
        return "".join([*pieces, text[end:]])

    def check(self, what: str, text: str) -> None:
        """Refuse a typed text that has a hidden name in it (`UsageError`); `what` begins the sentence."""
        if (found := next(self._found(_line(text)), None)) is not None:
            raise UsageError(
                f"{what}: “{shown_line(found.group())}” has no place in it. A letter about "
                f"{shown_line(self.partner)} says nothing of the other partner, and not what you call the "
                "couple."
            )

    def _found(self, text: str) -> Iterator[re.Match[str]]:
        shown = {folded(name) for name in (self.partner, *self.said)}
        names = {_line(name) for name in (self.partner, *self.said, *self.hidden)} - {""}
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        known = "|".join(map(_as_pattern, longest_first))
        for found in re.finditer(rf"(?<![^\W_])(?:{known})(?![^\W_])", text):
            if folded(found.group()) not in shown:
                yield found


def names_of(couple: Couple, about: About, labels: Iterable[str] = (), said: Iterable[str] = ()) -> Names:
    """The names of a letter about one partner of a couple. `labels` are what the other is called in their
    journal (`UsageError` for the couple as a whole and where the two have no names)."""
    if about is About.COUPLE:
        raise UsageError(ONE_PARTNER)
    if not couple.first:
        raise NotSaid(NAMES_FIRST)
    names = (couple.first, couple.second)
    partner, other = names if about is About.FIRST else names[::-1]
    own = {folded(word) for word in partner.split()}
    words = [word for name in (other, *labels) for word in name.split() if folded(word) not in own]
    return Names(partner, tuple(dict.fromkeys((other, *labels, couple.name, *words))), tuple(said))


def check_may_write(role: Role) -> None:
    """Refuse who writes no letter (`Refused`)."""
    if not role.is_therapist:
        raise Refused(BY_THERAPISTS)


def question_from(text: str, names: Names) -> str:
    """One sentence that ends with a question mark and has no hidden name in it (`UsageError`)."""
    question = storable_line(text, "question")
    if not question:
        raise UsageError(NO_QUESTION)
    if not question.endswith(QUESTION_MARKS):
        raise UsageError(NO_QUESTION_MARK)
    names.check("The question", question)
    return question


def response_from(text: str, names: Names) -> str:
    """The therapist's words for the letter, on one line without a hidden name; empty for none (`UsageError`,
    `Refused`)."""
    words = _line(storable(text))
    if len(words) > MAX_RESPONSE:
        raise UsageError(
            f"The response has at most {MAX_RESPONSE} characters in a letter of one page; this one has "
            f"{len(words)}."
        )
    names.check("The response", words)
    return words


def recipient_from(text: str, names: Names) -> str:
    """The prescriber's name; empty where it is not said (`UsageError`)."""
    name = storable_line(text, "name", MAX_NAME)
    if name and folded(name) in {folded(one) for one in names.hidden}:
        raise UsageError(NOT_TO_THE_OTHER)
    return name


def response_field_from(word: str) -> str:
    """Read which field the response is taken from (`UsageError` names those there are)."""
    if word.strip().lower() not in RESPONSE_FIELDS:
        known = ", ".join(RESPONSE_FIELDS)
        raise UsageError(f"“{shown_line(word)}” is no field the response is taken from; they are {known}.")
    return word.strip().lower()


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _as_pattern(name: str) -> str:
    """In whichever letters; a name of one letter only as it is written, or no text could have an article."""
    return re.escape(name) if len(name) == 1 else f"(?i:{re.escape(name)})"
