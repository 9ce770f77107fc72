"""Write-ups for supervision as they are heard: where they stand, what was found in them, what left."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kapjournal.domain.departures import Departure
from kapjournal.domain.members import folded
from kapjournal.domain.review import AROUND, Item, Review
from kapjournal.domain.supervision_reply import Act, Reply
from kapjournal.presentation import days
from kapjournal.presentation.supervision_brief import in_a_line
from kapjournal.presentation.write_up import title_of
from kapjournal.presentation.write_up_review import decided_in_words, in_its_line
from kapjournal.text import shown_line

NAMES_WHAT = (
    "One person, place or employer a line; further forms of a name after commas, such as “Benjamin, Benji”. "
    "A line may begin with person:, place: or employer:. The names of the couple and of members are known "
    "without it. These are replaced in every write-up."
)


def standing(left: Sequence[Departure], replies: Sequence[Reply]) -> str:
    """“Left to Dr Roe, 3 March 2026. Answered.”, or that it has not left."""
    if not left and not replies:
        return "Has not left."
    told = dict.fromkeys(f"{shown_line(one.recipient)}, {days.long_day(days.of(one.left))}" for one in left)
    return " ".join(
        (f"Left to {'; to '.join(told)}." if told else "", "Answered." if replies else "")
    ).strip()


def answer_heading(reply: Reply) -> str:
    """“Answer of Dr Roe, 3 March 2026”."""
    return f"Answer of {shown_line(reply.recipient) or 'somebody'}, {days.long_day(days.of(reply.written))}"


def agreed(acts: Iterable[Act]) -> Iterator[str]:
    """Each act in a line, with what came of it."""
    for act in acts:
        if act.closed is None:
            yield f"{in_a_line(act)}."
        else:
            happened = shown_line(act.happened) or "put aside"
            yield f"{in_a_line(act)}. What happened: {happened}"


# --- the review -------------------------------------------------------------------------------------------


def spoken(item: Item) -> tuple[str, ...]:
    """The same to be heard: where it stands and what it is with its line, what would stand in its place, and
    what was decided."""
    return (
        f"{item.heading}, {item.kind}: {in_its_line(_in_whole_words(item), '«', '»')}",
        f"In its place: {shown_line(item.replacement)}.",
        f"Decided: {decided_in_words(item.decided)}." if item.decided else "",
    )


def _in_whole_words(item: Item) -> Item:
    """The same without the half of a word at either end, in the place of which stands that it goes on."""
    before, after = item.before, item.after
    if len(before) == AROUND and "\n" not in before:
        before = f"… {before.partition(' ')[2]}"
    if len(after) == AROUND and "\n" not in after:
        after = f"{after.rpartition(' ')[0]} …"
    return replace(item, before=before, after=after)


def alike(review: Review, item: Item) -> list[Item]:
    """What is open and says the same: the same words, for which the same would stand, wherever they are."""
    same = folded(item.text), item.kind, item.replacement
    return [
        one
        for one in review.items
        if one.id == item.id
        or (one.decided is None and (folded(one.text), one.kind, one.replacement) == same)
    ]


# --- the ledger -------------------------------------------------------------------------------------------


def entry_in_a_list(left: Departure) -> str:
    """When, to whom, which case, in what form, and until when or that it is destroyed."""
    gone = left.destroyed
    until = f"destroyed on {days.long_day(gone)}" if gone else f"destroy by {days.long_day(left.destroy_by)}"
    to, day = shown_line(left.recipient), days.long_day(days.of(left.left))
    return f"{day}, for {to}: {title_of(left.case_word)}, {left.format}, {until}. {shown_line(left.question)}"


def entry(left: Departure) -> tuple[str, ...]:
    """All that the ledger keeps of it, a line each."""
    return (
        entry_in_a_list(left),
        f"Basis: {left.basis.value}. Purpose: {shown_line(left.purpose)}.",
        f"By the authorisation {left.authorisation[:16]}…." if left.authorisation else "",
        f"Found {left.found}, changed {left.changed}, kept {left.kept}.",
        f"SHA-256 {left.sha256}",
    )
