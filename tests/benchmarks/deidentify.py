"""What is found of what identifies somebody, by class, and how long that takes: run it as a module itself.

The corpus is drawn with a seed, in everyday forms and in harder ones; the hard pages were written by hand.
How long it takes stands beside a plain search for the same names and nothing else, in the same run.
"""

import re

from kapjournal.deidentify import Replacements, find, words_to_look_at
from tests.benchmarks.measures import Figure, side_by_side
from tests.deidentify.corpus import FILLER, KNOWN, corpus
from tests.deidentify.pages import PAGES
from tests.deidentify.scoring import Score, scores

EACH = 200

NOTE = "\n".join(page.text for page in corpus(each=20))
"""A text in which a sentence of two holds an identifier."""

PLAIN = "\n".join(FILLER) * 8
"""A text of as many words without any."""


def main() -> None:
    """Print recall and precision, then the time."""
    for title, harder in (("everyday forms", False), ("harder forms", True)):
        print(f"\nA corpus in {title}, {EACH} identifiers of each class")
        _show(scores(corpus(each=EACH, harder=harder)))
    print("\nHard pages, written by hand")
    _show(
        [_of_page(title=page.title, found=page.found, missed=page.missed, wrong=page.wrong) for page in PAGES]
    )
    print("\nTime, beside a plain search for the names alone")
    for figure in finding():
        print(f"  {figure.name:<44} {figure.value * 1000:9.1f} ms {figure.ratio or 0:8.1f}x")


def finding() -> list[Figure]:
    """Each text, the median of five; the dictionary is read before."""
    words_to_look_at("warm", [])
    names = [form for one in KNOWN for form in one.forms]
    plain = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    texts = {"with identifiers": NOTE, "without any": PLAIN}
    return [
        Figure(f"find, in {len(text):,} characters {what}", *_side_by_side(text, plain))
        for what, text in texts.items()
    ]


def _side_by_side(text: str, plain: re.Pattern[str]) -> tuple[float, float]:
    return side_by_side(lambda: find(text, KNOWN, Replacements()), lambda: plain.sub("X", text), 5)


def _of_page(title: str, found: tuple[str, ...], missed: tuple[str, ...], wrong: tuple[str, ...]) -> Score:
    """The score of a page as its test asserts it."""
    return Score(title, len(found) + len(missed), len(found), len(found) + len(wrong), len(found))


def _show(table: list[Score]) -> None:
    print(f"  {'':<44} {'there':>6} {'recall':>7} {'precision':>10}")
    for score in table:
        print(f"  {score.what:<44} {score.there:>6} {score.recall:>7.0%} {score.precision:>10.0%}")


if __name__ == "__main__":
    main()
