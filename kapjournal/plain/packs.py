"""Packs for requests for access to the record, line by line: who asked, what goes in, and the file."""

from functools import partial
from typing import TYPE_CHECKING

from kapjournal import clock, paths
from kapjournal.domain.access_requests import AccessRequest, Ground
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About
from kapjournal.domain.packs import NOBODY_AUTHORISED, Item, Pack, Withheld
from kapjournal.domain.parsing import past_day_from
from kapjournal.errors import Refused
from kapjournal.exchange.heard_words import heard
from kapjournal.exchange.leaving_file import FORMS
from kapjournal.exchange.pack import FILE_NAME, export_pack
from kapjournal.exchange.pack_page import words_of
from kapjournal.exchange.page_file import saved_as
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import CLOSE, Entry, Menu, find, offer, pick
from kapjournal.plain.of_couple import OfCouple, their_journal
from kapjournal.plain.sealing import ask_how_sealed
from kapjournal.presentation import access_requests as asking
from kapjournal.presentation import days
from kapjournal.presentation import packs as saying
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def packs(practice: Unlocked, couple: Couple) -> None:
    """Offer the requests of a couple that wait, to note one, and to make a pack."""
    if sentence := saying.why_not(practice.journal, couple):
        raise Refused(sentence)
    offer(practice.console, _PACKS, OfCouple(practice, couple))


def _entries(of: OfCouple) -> list[Entry[OfCouple]]:
    found = of.practice.journal.packs.requests(of.couple.case)
    waiting = [one for one in found if one.answered is None]
    return [
        *(
            Entry[OfCouple]("", asking.request_in_words(one, of.couple), partial(_open, request=one))
            for one in waiting
        ),
        Entry("asked", "Note who asked for a pack, and when.", _asked),
        Entry("make", _MAKING, _make_any),
        Entry("past", "Hear the requests that were answered.", _past, when=lambda _: found != waiting),
    ]


def _asked(of: OfCouple) -> None:
    about = _whose(of, "Who asked: one for their own, or both for the joint one?")
    day = of.console.ask_for(
        "On which day, YYYY-MM-DD? Enter for today:",
        lambda answer: past_day_from(answer) if answer else clock.today(),
    )
    request = of.practice.journal.packs.ask(of.couple.case, about, day)
    of.console.say(asking.request_in_words(request, of.couple))


def _past(of: OfCouple) -> None:
    """Each that was answered, the last first, with the packs that left for it."""
    for request in reversed(of.practice.journal.packs.requests(of.couple.case)):
        if request.answered is not None:
            answered = asking.due_or_answered_aloud(request)
            of.console.say(f"{asking.request_in_words(request, of.couple)} {answered}")
            for left in request.packs:
                of.console.say(*asking.ledger_entry(request, left, None))


def _open(of: OfCouple, request: AccessRequest) -> None:
    offer(of.console, Menu("This request", _REQUEST_HELP, lambda _: [_making(request), _noting(request)]), of)


def _making(request: AccessRequest) -> Entry[OfCouple]:
    def make(of: OfCouple) -> object:
        _make(of, request.about)
        return CLOSE

    return Entry("make", _MAKING, make)


def _noting(request: AccessRequest) -> Entry[OfCouple]:
    def note(of: OfCouple) -> object:
        answered = of.practice.journal.packs.answered(request.id)
        of.console.say(asking.noted_answered(answered, of.couple))
        return CLOSE

    return Entry("answered", "Note that it was answered without a pack.", note)


def _whose(of: OfCouple, question: str) -> About:
    return pick(of.console, question, saying.choices(of.couple))


def _make_any(of: OfCouple) -> None:
    _make(of, _whose(of, "Whose pack: one’s own, or the joint one?"))


def _make(of: OfCouple, about: About) -> None:
    console, practice = of.console, of.practice.journal
    with their_journal(of) as theirs:
        to = _recipient(of, theirs) if about is About.COUPLE else ""
        pack = practice.packs.gather(of.couple.case, about, to, theirs)
        _say(of, pack)
        withheld = _withheld(of, pack)
        sealing = ask_how_sealed(console)
        suggested = paths.free_in_home(FILE_NAME)
        console.say(FORMS)
        place, left = console.ask_for(
            f"A path for the file; Enter means {paths.from_here(suggested)}. Back makes none:",
            lambda answer: export_pack(
                *(practice, pack, withheld, paths.typed(answer) if answer else suggested),
                sealing=sealing,
                theirs=theirs,
                tell=console.say,
            ),
        )
    console.say(saved_as(place, sealing), asking.left_in_words(left))


def _recipient(of: OfCouple, theirs: "Journal | None") -> str:
    """One of those whom both authorise at this moment."""
    found = of.practice.journal.packs.recipients(of.couple.case, theirs)
    if not found:
        raise Refused(NOBODY_AUTHORISED)
    return pick(of.console, saying.WHO_GETS_IT, {shown_line(name): name for name in found})


def _say(of: OfCouple, pack: Pack) -> None:
    whole = "" if pack.is_whole else saying.NOT_WHOLE
    of.console.say(asking.due_or_answered_aloud(pack.request), whole, "In it would be:")
    of.console.say(*(f"{number}. {_heard(one)}" for number, one in enumerate(pack.items, 1)))
    of.console.say("Never in it, whether or not there is any:")
    of.console.say(*(f"{what}. {why}" for what, why in saying.always_withheld(pack.about)))
    of.console.say(saying.REVIEW)


def _heard(item: Item) -> str:
    return f"{saying.title_in_a_list(item)}, {days.long_day(item.date)}."


def _withheld(of: OfCouple, pack: Pack) -> list[Withheld]:
    """What the therapist leaves out, one by one, until Enter."""
    found = {one.item: one for one in pack.withheld}
    for one in pack.items:
        if one.id in found:
            of.console.say(saying.withheld_in_words(one, found[one.id].ground))
    lines = [_heard(one) for one in pack.items]

    def place_of(answer: str) -> Item | None:
        if not answer:
            return None
        place = find(answer, lines)
        if place is None:
            raise Refused("That is none of these. Say its number.")
        return pack.items[place]

    grounds: dict[str, Ground | None] = {saying.GO_IN: None, **{one.value: one for one in Ground}, "": None}
    while item := of.console.ask_for(saying.ASK_ONE, place_of):
        of.console.text("\n".join(heard(words_of(pack, item))))
        ground = pick(of.console, _IN_OR_NOT, grounds, _GROUNDS)
        of.practice.journal.packs.withhold(pack.request, item.id, ground)
        found.pop(item.id, None)
        if ground is not None:
            found[item.id] = Withheld(item.id, ground)
        of.console.say(saying.withheld_in_words(item, ground) if ground else saying.LEAVE_IT_IN)
    return list(found.values())


_GROUNDS = {ground.value: words for ground, words in saying.GROUNDS.items()}
_IN_OR_NOT = "Does it go in, or on which ground do you withhold it? Number or word; Enter: it goes in."
_MAKING = "Hear what goes in and what does not, and make a pack."
_REQUEST_HELP = "A request is answered by a pack, or it is noted here that it was answered otherwise."
_PACKS = Menu[OfCouple](
    saying.TITLE,
    "A pack answers a request for access to the record. Choose a request that waits to make its pack, or to "
    "note that it was answered otherwise.",
    _entries,
)
