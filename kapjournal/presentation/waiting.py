"""What every face says of pages that wait: for whom, until when, and why one stays."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import folded
from kapjournal.domain.notes import Draft, Note
from kapjournal.domain.offers import Offer, about_from
from kapjournal.domain.policy import DEFAULT_HOUR
from kapjournal.domain.waiting import (
    AT_ONCE,
    BothFirst,
    Condition,
    Hold,
    NextSession,
    Obstacle,
    Until,
    Waiting,
    WaitingPage,
    When,
    day_chosen,
    moment_from,
    opens_first,
)
from kapjournal.presentation import days
from kapjournal.presentation.opening import opening_in_words
from kapjournal.presentation.people import named
from kapjournal.presentation.readers import listed
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

WAITING_IS_YOURS = "Nobody else can see that something of yours waits."
STUCK = "A page of yours cannot go by itself. Press {waiting} to read why."
NOTHING_WAITS = "Nothing of yours waits."
WAITS_FOR_NOBODY = "This waits for nobody else."
IN_TRAY = "Nobody else can read it. It lies here until you take it back or remove it."
TRAY_FIRST = (
    "This is the day of a dose. You can lay it in the tray, where nobody else can read it and from where you "
    "can take it back, or remove it now."
)
TRAYED = (
    "It lies in the tray, because this is the day of a dose. Nobody else can read it. Under what waits you "
    "can take it back, or remove it."
)
TRAY_ASKS = (
    "What you deleted on the day of a dose lies in the tray. Press {waiting} to take it back or remove it."
)
IS_OFFERED = "A page is offered to you. Press {waiting} to read what it is about."
HAS_OPENED = "Something you closed has opened. Press {waiting} to read it."
TAKEN_BACK = "It is yours again, and nobody else can read it."
CLOSED_HERE = (
    "This is closed until its day. {waiting} in the course opens it; {close-until} chooses another day."
)
CLOSED = "This is closed until its day. What waits, in the course, opens it."
NOT_IN_TRAY = "This does not lie in the tray."
NOT_CLOSED = "This is not closed."
NOT_AS_OFFERED = "This is not word for word what they offered you: it was changed since."
KEPT = "It is kept for you. Nobody gets it."

STAYS = {
    Obstacle.CLOCK_BEHIND: (
        "The clock of this computer is behind something you wrote, so nothing goes by itself. Set it right, "
        "or send the page now."
    ),
    Obstacle.SOMETHING_MISSING: (
        "Something you wrote is missing in this file, so nothing goes by itself. Bring in your other "
        "copy, or send the page now."
    ),
    Obstacle.TWO_TEXTS: (
        "This was written on two computers at once. Open it, save it as it should be, and it goes on."
    ),
    Obstacle.OFFER_GONE: (
        "The offer that this was for was taken back, or went to another page. Keep this for you, or send it "
        "now."
    ),
    Obstacle.SHARING_ENDED: "Sharing has ended in this journal, so this goes to nobody. Keep it for you.",
    Obstacle.NOT_AS_OFFERED: (
        "What came for this is not the page that was offered, so it does not go by itself. Keep it for you, "
        "or send it now."
    ),
}
"""Why a page stays although its time may have come."""


def moment_in_words(moment: dt.datetime) -> str:
    """What follows “the first time you open the journal”: “after 10:00 tomorrow”, “on or after 3 March
    2026”."""
    local, today = clock.local(moment), clock.today()
    near = {today: "today", today + dt.timedelta(days=1): "tomorrow"}
    day = near.get(local.date()) or f"on {days.long_day(local.date())}"
    if local.time() == dt.time.min:
        return f"on or after {days.long_day(local.date())}"
    return f"after {local:%H:%M} {day}"


def holds_in_words(journal: "Journal", holds: Iterable[Hold]) -> list[str]:
    """For whom a page waits and on what, a sentence for each time."""
    together: dict[Condition, list[MemberId]] = {}
    for hold in holds:
        together.setdefault(hold.condition, []).append(hold.reader)
    return [_in_words(journal, condition, readers) for condition, readers in together.items()]


def waits_for(journal: "Journal", waiting: Waiting) -> str:
    """Whom a page waits for: “Ben and Dr Lee”."""
    return _names(journal, waiting.readers)


def _names(journal: "Journal", readers: Iterable[MemberId]) -> str:
    labels = sorted(map(journal.members.label_of, readers), key=folded)
    return listed([shown_line(label) for label in labels])


def _in_words(journal: "Journal", condition: Condition, readers: Sequence[MemberId]) -> str:
    names = _names(journal, readers)
    begin = f"{names} can read this the first time you open the journal"
    match condition:
        case Until(moment):
            return f"{begin} {moment_in_words(moment)}."
        case NextSession():
            session = journal.waiting.next_session(Hold(readers[0], condition))
            if session is None:
                return f"{begin} after the next session has begun. None is in the course yet."
            time = f" at {session.time:%H:%M}" if session.time else ""
            return f"{begin} after the next session has begun: {days.long_day(session.date)}{time}."
        case BothFirst():
            return (
                f"{names} can read this when you can read a page of {names}’s for it. Once both are offered, "
                "each goes the next time its author opens the journal."
            )


def offered(journal: "Journal") -> list[str]:
    """What the partner offers, and for which pages given theirs is on its way; nothing as a rule."""
    lines = []
    for offer in journal.offers.to_me():
        name = shown_line(journal.members.label_of(offer.author))
        about = f"a page about “{shown_line(offer.about)}”" if offer.about else "a page"
        lines.append(
            f"{name} offers you {about}. You read it when {name} reads one of yours: share that with {name}, "
            "and choose at When that it is for theirs."
        )
    ended = journal.apart.has_ended
    return [*lines, *(under_way(note, has_ended=ended) for note in journal.offers.under_way())]


def under_way(note: Note, *, has_ended: bool = False) -> str:
    """That a page was given, and whether the partner's for it is on its way."""
    begin = f"“{shown_line(note.text.name)}” was given for a page of your partner’s"
    if has_ended:
        return f"{begin}. Sharing has ended in this journal, so theirs does not come."
    return f"{begin}, which comes the next time they open the journal."


def in_words(journal: "Journal", waiting: Waiting) -> list[str]:
    """All that is said of what of a page waits."""
    lines = []
    if waiting.tray:
        lines.append(f"You deleted this on {days.long_day(days.of(waiting.tray))}. {IN_TRAY}")
    return [*lines, *opening_in_words(waiting), *holds_in_words(journal, waiting.holds)]


def about_offer(note: Note, journal: "Journal") -> str:
    """That a page of the partner's is not the one they offered; nothing as a rule."""
    return "" if journal.offers.is_as_offered(note) else NOT_AS_OFFERED


def of_page(journal: "Journal", page: WaitingPage) -> list[str]:
    """When a page goes and to whom, and why it stays; of what never goes no time is said."""
    never = Obstacle.SHARING_ENDED in page.obstacles
    waiting = replace(page.waiting, holds=()) if never else page.waiting
    return [*in_words(journal, waiting), *why_it_stays(page)]


def why_it_stays(page: WaitingPage) -> list[str]:
    """Why a page stays although its time may have come; nothing as a rule."""
    return [STAYS[obstacle] for obstacle in page.obstacles]


def reminders(journal: "Journal") -> tuple[str, ...]:
    """What is to be said of what waits when its author comes in; nothing as a rule."""
    pages, is_offered = journal.waiting.all(), bool(journal.offers.to_me())
    if not pages and not is_offered:
        return ()
    today, is_paused = clock.today(), journal.waiting.pause_until() is not None
    said = {
        STUCK: any(page.obstacles for page in pages),
        TRAY_ASKS: not is_paused and any(page.waiting.tray for page in pages),
        IS_OFFERED: is_offered,
        HAS_OPENED: any(page.waiting.opens and not page.waiting.is_closed(today) for page in pages),
    }
    return tuple(sentence for sentence, true in said.items() if true)


def after_sharing(journal: "Journal", note: Note) -> list[str]:
    """Who can read a note now, and for whom it waits."""
    holds = holds_in_words(journal, journal.waiting.of(note).holds)
    now = f"{named(journal, note.readers)} can read this note."
    return holds if holds and note.is_private else [now, *holds]


def before_sharing(
    journal: "Journal",
    chosen: Collection[MemberId],
    when: When = AT_ONCE,
    opens: dt.date | None = None,
) -> list[str]:
    """For whom of the chosen a page would wait; nothing as a rule."""
    return holds_in_words(journal, journal.waiting.would_wait(chosen, when, opens)[1])


def of_a_new_page(journal: "Journal", draft: Draft) -> tuple[frozenset[MemberId], list[str]]:
    """Which others among the readers of a new page read it at once, and all that is said of what waits
    (`UsageError` where the day on which it opens is not to come any more)."""
    opens = opens_first(draft.text.kind, clock.today(), day_chosen(draft))
    at_once, holds = journal.waiting.would_wait(draft.readers, opens=opens)
    return at_once, in_words(journal, Waiting(holds, opens=opens))


AS_EVER, PAUSED, ALL_THE_SAME = "now", "paused", "all the same"
AT_TEN, ON_A_DAY, WITH_SESSION, BOTH_FIRST = "ten", "day", "session", "both"
"""The choices of when others may read a page; the id of an offer of the partner's is one too."""
ABOUT = "What it is about: they see this line"


def choices_of_when(pause: dt.datetime | None, offers: Iterable[Offer] = ()) -> dict[str, str]:
    """When a page can go, in words, by what is chosen; `pause` is until when the pause after a dose runs, and
    `offers` those of the partner."""
    later = {ON_A_DAY: "from a day on", WITH_SESSION: "with the next session"}
    if pause is None:
        theirs = {one.id: _for_theirs(one) for one in offers}
        both = {BOTH_FIRST: "both first: when I read one of theirs"}
        return {AS_EVER: "now", AT_TEN: "tomorrow at ten", **later, **both, **theirs}
    return {PAUSED: f"your partner {moment_in_words(pause)}", ALL_THE_SAME: "now, all the same", **later}


def _for_theirs(offer: Offer) -> str:
    return f"for theirs: “{shown_line(offer.about)}”" if offer.about else "for the page they offer"


def when_of(choice: str, typed: str = "") -> When:
    """What is meant by a choice; `typed` is the day, or the day and the hour, or what an offer is about
    (`UsageError`)."""
    if choice == ON_A_DAY:
        return When(until=moment_from(typed))
    if choice == BOTH_FIRST:
        return When(both_first=True, about=about_from(typed))
    ten = clock.moment_of(clock.today() + dt.timedelta(days=1), DEFAULT_HOUR)
    known = {AT_TEN: When(until=ten), WITH_SESSION: When(next_session=True), ALL_THE_SAME: When(now=True)}
    plain = (AS_EVER, PAUSED)
    return AT_ONCE if choice in plain else known.get(choice, When(in_return=choice))
