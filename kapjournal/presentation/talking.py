"""What every face says of a request to talk, which has no content."""

from typing import TYPE_CHECKING

from kapjournal.domain.bringing import TalkRequest
from kapjournal.presentation import days
from kapjournal.presentation.bringing import who_reads
from kapjournal.presentation.couples import ASKS
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

ONLY_ASK = "Only ask to talk"
ANOTHER_WAY = "{talk} on the course asks to talk without saying what about."
TAKEN_BACK = "You do not ask to talk any more."
NOBODY_ASKS = "Nobody asks to talk."


def what_it_does(journal: "Journal") -> str:
    """To a partner, before they ask."""
    who = who_reads(journal)
    sees = "see" if " and " in who else "sees"
    return (
        f"{who} {sees} that you ask to talk, and nothing else: not what about, and no page. Your partner is "
        "told nothing of it. Nobody is alerted: it stands on the page that is read before the next session."
    )


def asked(journal: "Journal") -> str:
    """That a partner has asked."""
    who = who_reads(journal)
    return f"{who} can see that you ask to talk, and not what about. Nobody is alerted."


def in_a_line(journal: "Journal", request: TalkRequest) -> str:
    """“Ana asks to talk, since 20 Mar”."""
    is_mine = request.author == journal.me.id
    who = "You ask to talk" if is_mine else f"{shown_line(journal.members.label_of(request.author))} {ASKS}"
    return f"{who}, since {days.short(days.of(request.written))}"


def fields(journal: "Journal", request: TalkRequest) -> dict[str, object]:
    """A request for a script."""
    return {
        "id": request.id,
        "of": journal.members.label_of(request.author),
        "asked": request.written.isoformat().replace("+00:00", "Z"),
    }
