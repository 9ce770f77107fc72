"""What a new passphrase must be. Doors that have one already open with it, whatever it is."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from threading import Lock

from kapjournal.errors import UsageError
from kapjournal.text import character_name, unseen_place

MIN_PASSPHRASE = 12
MIN_GUESSES = 10**11
"""As many as a fast graphics card tries in ten years: each guess moves over 2 GB through its memory (Argon2id
with 256 MiB and three passes), so that it manages some three hundred a second."""

_JUDGED = 40
"""Characters that are looked at: the time that takes grows faster than their number."""

_FAMILIAR = 200
"""Familiar words that are looked for: doors can be planted, and each has a label."""

_BETWEEN_WORDS = re.compile(r"[\W_]?\s+[\W_]?|(?<=[^\W\d_]{2})[\W_](?=[^\W\d_]{2})")
_HERE = ("kapjournal", "journal", "ketamine")

_WHY = {
    "repeat": "it says the same thing over and over",
    "sequence": "its characters follow each other in their order",
    "spatial": "its keys lie side by side on the keyboard",
    "date": "it has a date or a year in it",
    "regex": "it has a date or a year in it",
    "user_inputs": "it is built on a name or a word of this journal",
    "passwords": "it is built on words that many people take as a password",
    "surnames": "it is built on a name",
    "male_names": "it is built on a name",
    "female_names": "it is built on a name",
}
_TOO_FEW = "it is only a few common words, or a short one"
_INSTEAD = "Take words that have nothing to do with each other, or let six words be drawn for you."

_one_at_a_time = Lock()


def check_passphrase(passphrase: str, familiar: Iterable[str] = ()) -> str:
    """Take a new passphrase of twelve characters or more, each of which can be seen, that somebody who has
    the file does not soon guess (`UsageError` says what is wrong with it).

    What comes along unseen, from a file or a paste, would be asked for at the door, and nobody could type it.
    `familiar` are labels, a title, the name of a file: what would be tried first.
    """
    if (place := unseen_place(passphrase)) is not None:
        raise UsageError(
            f"Character {place + 1} of this passphrase is {character_name(passphrase[place])}: it cannot be "
            "seen, and not be typed on every keyboard. Leave it out."
        )
    if len(passphrase) < MIN_PASSPHRASE:
        raise UsageError(f"A passphrase has at least {MIN_PASSPHRASE} characters.")
    words = list(islice(_familiar_words(familiar), _FAMILIAR))
    for form in dict.fromkeys(_forms(passphrase)):
        if why := _weakness(form, words):
            raise UsageError(f"That passphrase would be guessed: {why}. {_INSTEAD}")
    if passphrase != passphrase.strip():
        raise UsageError("This passphrase begins or ends with a space, which nobody sees. Leave it out.")
    return passphrase


def _forms(passphrase: str) -> Iterator[str]:
    """As it is typed, and without what stands between its words: guessing that costs nothing."""
    typed = unicodedata.normalize("NFKC", passphrase)
    yield typed[:_JUDGED]
    yield _BETWEEN_WORDS.sub("", typed)[:_JUDGED]


def _weakness(form: str, familiar: list[str]) -> str:
    if not form:
        return "it is made of spaces"
    # it takes long to import and is wanted when a door is made, and at no other time
    from zxcvbn import zxcvbn  # noqa: PLC0415
    from zxcvbn.matching import RANKED_DICTIONARIES  # noqa: PLC0415

    with _one_at_a_time:
        try:
            result = zxcvbn(form, familiar)
        finally:
            RANKED_DICTIONARIES.pop("user_inputs", None)  # where it keeps them
    if result["guesses"] >= MIN_GUESSES:
        return ""
    known = [match for match in result["sequence"] if match["pattern"] != "bruteforce"]  # type: ignore[comparison-overlap]
    if not known:
        return _TOO_FEW
    longest = max(known, key=lambda match: len(match["token"]))
    kinds = [match.get("dictionary_name", match["pattern"]) for match in known]
    kind = "user_inputs" if "user_inputs" in kinds else longest.get("dictionary_name", longest["pattern"])
    return _WHY.get(kind, _TOO_FEW)


def _familiar_words(texts: Iterable[str]) -> Iterator[str]:
    yield from _HERE
    for text in texts:
        parts = re.findall(r"[^\W_]{2,}", unicodedata.normalize("NFKC", text).casefold())
        yield from parts
        if len(parts) > 1:
            yield "".join(parts)
