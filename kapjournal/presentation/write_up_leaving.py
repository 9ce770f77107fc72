"""What is asked before a write-up leaves, and what each basis needs, in words."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.departures import DAYS_TO_KEEP
from kapjournal.domain.parsing import day_from
from kapjournal.domain.supervision import Basis

if TYPE_CHECKING:
    from kapjournal.journal import Journal

HEADING = "Let it leave"
MEANING = (
    "It leaves as a file, as it was reviewed for its recipient. Whether it may is looked at in that moment; "
    "that it did stands in the ledger. Nothing is written over."
)
RECIPIENT, BASIS, PURPOSE = "Who reads it", "On which basis", "What for"
DESTROY_BY, REVIEWER = "To be destroyed by", "How you sign"
KEY, PASSPHRASE, AGAIN = "Seal it to their age key, age1…", "Or with a passphrase", "Once more"
NOT_SEALED_WITHOUT = "empty: not sealed"
NOT_THE_SAME = "The two passphrases are not the same. Type them once more."
ONE_OF_BOTH = "A file is sealed to keys or with a passphrase, not both."
SHOWING = "This is the page as it will leave. Nothing is written yet."

NEEDS: Mapping[Basis, str] = {
    Basis.OWN_PROGRAMME: (
        "A: within your own programme. It needs a consent in the record that says both were told of it at "
        "intake."
    ),
    Basis.AUTHORISED: (
        "B: somebody outside. It needs an authorisation of each partner in their journal, for this recipient "
        "and this purpose, that has not ended."
    ),
    Basis.DEIDENTIFIED: (
        "C: somebody outside who is to know of nobody in it. Names and days are replaced, and you reviewed "
        "it."
    ),
}
CHOICES: Mapping[Basis, str] = {
    Basis.OWN_PROGRAMME: "A  own programme",
    Basis.AUTHORISED: "B  authorised by both",
    Basis.DEIDENTIFIED: "C  de-identified, reviewed",
}


def suggested_day() -> str:
    """The day by which it is to be destroyed unless another is said: “2027-02-28”."""
    return date.fromordinal(clock.today().toordinal() + DAYS_TO_KEEP).isoformat()


def day_typed(typed: str) -> date | None:
    """The day that was typed; None for nothing (`UsageError`)."""
    return day_from(typed.strip()) if typed.strip() else None


def case_word(practice: "Journal", record_id: str, recipient: str) -> str:
    """The word for the case once the review for a recipient began; else nothing."""
    known = practice.write_ups.recipients(record_id)
    return practice.write_ups.review(record_id, recipient).case_word if recipient in known else ""
