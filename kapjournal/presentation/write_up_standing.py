"""The write-ups of a couple as they stand: what left, what was answered, and what was agreed."""

from collections.abc import Iterable, Iterator, Sequence

from kapjournal.domain.departures import Departure
from kapjournal.domain.supervision_reply import Act, Reply
from kapjournal.presentation import days
from kapjournal.presentation.supervision_brief import in_a_line
from kapjournal.text import shown_line

NAMES = (
    "These must not leave. One person, place or employer a line, further forms of the name after commas; a "
    "line may begin with person:, place: or employer:. The names of the couple, of members and of the "
    "recipient are known without it."
)
OPEN_THEIRS = "Open it, so that the names in it are known here?"


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
            yield f"{in_a_line(act)}. What happened: {happened}."
