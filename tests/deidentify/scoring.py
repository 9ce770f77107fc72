"""How much of what identifies somebody was found, and how much of what was found does."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kapjournal.deidentify import Finding, Replacements, find

from .corpus import CLASSES, KNOWN, Gold, Page

_CLASS_OF_KIND = {"name": "person", "email": "e-mail", "url": "web"}


@dataclass(frozen=True, slots=True)
class Score:
    """For one class: how many identifiers there are and were found whole, and how many findings are right."""

    what: str
    there: int
    found: int
    findings: int
    right: int

    @property
    def recall(self) -> float:
        return self.found / self.there if self.there else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.findings if self.findings else 1.0


def is_found(text: str, gold: Gold, findings: Sequence[Finding]) -> bool:
    """Whether each letter and digit of an identifier is inside findings; a word that explains it may stay."""
    said = {at for finding in findings for at in range(finding.start, finding.end)}
    told = [at for at in range(gold.start, gold.end) if text[at].isalnum() and at not in said]
    left = "".join(text[at] if at in told else " " for at in range(gold.start, gold.end)).lower().split()
    return all(word in _EXPLAINING for word in left)


_EXPLAINING_WORDS = (
    "ssn mrn chart no nhs patient id case ref file account sort code acct policy iban member licence "
    "plate plates reg serial s n imei pump model device insta snapchat her handle is a il mrs the late of "
    "mr cvv amex exp c o store born le on instagram signal tag ig number hospital record oximeter "
    "pacemaker vanity social last four ending in zip postcode nsw paris xxx xx between and year"
)
_EXPLAINING = frozenset(_EXPLAINING_WORDS.split())
"""Words of an identifier that tell nobody by themselves."""


def scores(pages: Sequence[Page]) -> list[Score]:
    """A score for each class. A finding is right if it reaches into an identifier of any class."""
    there, found, findings_of, right = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for page in pages:
        findings = find(page.text, KNOWN, Replacements())
        for gold in page.gold:
            there[gold.what] += 1
            found[gold.what] += is_found(page.text, gold, findings)
        for finding in findings:
            of = next(
                (one.what for one in page.gold if one.start < finding.end and finding.start < one.end), ""
            )
            kind = _CLASS_OF_KIND.get(finding.kind.value, finding.kind.value)
            findings_of[of or kind] += 1
            right[of or kind] += bool(of)
    return [Score(what, there[what], found[what], findings_of[what], right[what]) for what in CLASSES]


def missed(pages: Sequence[Page]) -> Counter[tuple[str, str]]:
    """What was not found whole, by class."""
    return Counter(
        (gold.what, page.text[gold.start : gold.end])
        for page in pages
        for findings in [find(page.text, KNOWN, Replacements())]
        for gold in page.gold
        if not is_found(page.text, gold, findings)
    )
