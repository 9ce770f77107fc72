"""What a write-up says where it leaves: its head, its sections, the lines for the answer, and its foot."""

from collections.abc import Mapping
from dataclasses import dataclass

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.domain.departures import Leaving
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.review import Section
from kapjournal.domain.supervision import QUESTION, WANTED, Basis
from kapjournal.presentation import days
from kapjournal.text import MAX_LINE, storable_line

MINUTES = "minutes"
ANSWER = "Your answer"
LINES, FEW_LINES = 8, 4
"""So many blank lines are left for it, and where all is to stand on one page."""

ONE_PAGE = "One page"

NOBODY_SIGNED = "the therapist"
METHOD = (
    "Names and places are replaced by random words, and dates by how far they are from a session. A person "
    "reviewed it. It is not anonymous: it tells a story that somebody who knows them may know."
)
_IN_HEAD = (QUESTION, WANTED, MINUTES)

BASES: Mapping[Basis, str] = {
    Basis.OWN_PROGRAMME: "supervision within the own programme, of which they were told at intake",
    Basis.AUTHORISED: "authorised by each partner",
    Basis.DEIDENTIFIED: "de-identified and reviewed",
}


@dataclass(frozen=True, slots=True)
class WriteUpPage:
    """The page as words: `head` and `foot` line by line, the question, and the other sections."""

    title: str
    head: tuple[str, ...]
    question: str
    sections: tuple[Section, ...]
    foot: tuple[str, ...]


def title_of(case_word: str) -> str:
    """What the page is called: by the word for the case alone."""
    return f"Case {case_word}"


def suggested_name(case_word: str, ending: str = ".docx") -> str:
    """A name for the file, which says nothing but the word for the case."""
    return f"{case_word.lower()}{ending}"


def page_of(leaving: Leaving) -> WriteUpPage:
    """The page but for its foot."""
    said = {section.id: section for section in leaving.sections}
    heads = (said[one] for one in (WANTED, MINUTES) if one in said)
    head = [f"{one.heading}: {one.text}" for one in heads]
    return WriteUpPage(
        title_of(leaving.case_word),
        (*head, f"Basis: {BASES[leaving.basis]}", f"For: {leaving.recipient}"),
        leaving.question,
        tuple(one for one in leaving.sections if one.id not in _IN_HEAD),
        (),
    )


def foot_of(
    leaving: Leaving, reviewer: str, destroy_by: str, sha256: str, *, is_markdown: bool
) -> tuple[str, ...]:
    """The foot; `sha256` is that of the markdown above it, by which a file is found in the ledger. Only in
    markdown can a reader check it, so that only there it is said what it is of."""
    of = ", the SHA-256 of all that stands above the line “---”" if is_markdown else ""
    found, changed, kept = leaving.counts
    return (
        f"Basis: {BASES[leaving.basis]}; for {leaving.recipient}; purpose: {leaving.purpose}.",
        f"Method: {METHOD}",
        f"Identifiers found: {found}, changed: {changed}, kept: {kept}.",
        f"Reviewed for identifiers by {reviewer or NOBODY_SIGNED}, {days.long_day(clock.today())}.",
        f"To be destroyed by {destroy_by}.",
        f"In the therapist’s ledger this page is {sha256}{of}.",
    )


def lines_for_answer(page: WriteUpPage) -> int:
    """How many blank lines are left for the answer."""
    ids = form_for(RecordKind.SUPERVISION).layouts.get(ONE_PAGE, ())
    return FEW_LINES if all(one.id in ids for one in page.sections) else LINES


def checked_reviewer(reviewer: str) -> str:
    """How the reviewer signs, on one line (`UsageError`); empty for no name."""
    line = storable_line(reviewer.strip(), "name", MAX_LINE)
    return line
