"""A write-up that leaves, and the ledger of what left, line by line."""

from functools import partial

from kapjournal import clock, paths
from kapjournal.domain import departures as rules
from kapjournal.domain.access_requests import AccessRequest, PackLeft
from kapjournal.domain.departures import Departure
from kapjournal.domain.parsing import day_from
from kapjournal.domain.supervision import BASIS, PURPOSE, Basis
from kapjournal.exchange.leaving_file import FORMS
from kapjournal.exchange.page_file import saved_as
from kapjournal.exchange.write_up import ToLeave, export_write_up
from kapjournal.plain.menus import CLOSE, Entry, Menu, offer, pick
from kapjournal.plain.of_couple import OfCouple, their_journal
from kapjournal.plain.sealing import ask_how_sealed
from kapjournal.plain.supervision_write_up import WriteUp, ask_recipient
from kapjournal.presentation import access_requests as asking
from kapjournal.presentation import days, write_up
from kapjournal.presentation import write_up_heard as heard
from kapjournal.presentation import write_up_ledger as saying


def let_leave(one: WriteUp) -> None:
    """Ask to whom, on which basis and what else is said of it, and write the file and its entry."""
    console, write_ups, journal = one.of.console, one.of.write_ups, one.of.practice.journal
    recipient = ask_recipient(one, "Who reads it?")
    basis = _basis(one)
    purpose = console.ask(f"What for? Enter for {PURPOSE}:") or PURPOSE
    with their_journal(one.of) as theirs:
        leaving = write_ups.leaving(one.record_id, recipient, basis, purpose, theirs)
        usual = rules.destroy_by(None, clock.today())
        until = console.ask_for(
            f"By which day is it to be destroyed, YYYY-MM-DD? Enter for {days.long_day(usual)}:",
            lambda answer: rules.destroy_by(day_from(answer), clock.today()) if answer else usual,
        )
        reviewer = console.ask_for(
            f"How do you sign as the reviewer? Enter for “{write_up.NOBODY_SIGNED}”:",
            write_up.checked_reviewer,
        )
        asked, sealing = ToLeave(recipient, basis, purpose, until, reviewer), ask_how_sealed(console)
        suggested = paths.free_in_home(write_up.suggested_name(leaving.case_word))
        console.say(FORMS)
        place, left = console.ask_for(
            f"A path for the file; Enter means {paths.from_here(suggested)}. Back lets nothing leave:",
            lambda answer: export_write_up(
                *(journal, one.record_id, asked, paths.typed(answer) if answer else suggested),
                sealing=sealing,
                theirs=theirs,
            ),
        )
    console.say(saved_as(place, sealing), f"{saying.has_left(left)} It stands in the ledger.")


def _basis(one: WriteUp) -> Basis:
    known: dict[str, Basis] = {basis.value: basis for basis in Basis}
    named = one.now.text.fields.get(BASIS, "")
    if named in known:
        question = f"On which basis, number or word? Enter for {named}:"
        return pick(one.of.console, question, {**known, "": known[named]})
    return pick(one.of.console, "On which basis, number or word?", known)


def ledger(of: OfCouple) -> None:
    """Offer what left of this couple, and to note that it was destroyed."""
    offer(of.console, _LEDGER, of)


def say_due(of: OfCouple) -> None:
    """Say what should be destroyed by now."""
    due = [saying.is_due(one) for one in of.write_ups.destroy_due() if one.case == of.couple.case]
    of.console.say(*due, "Ask, then choose ledger and note it." if due else "")


def _entries(of: OfCouple) -> list[Entry[OfCouple]]:
    found = of.write_ups.departures(of.couple.case)
    packs = of.practice.journal.packs.left(of.couple.case)
    return [
        *(Entry[OfCouple]("", heard.entry_in_a_list(one), partial(_hear, left=one)) for one in found),
        *(Entry[OfCouple]("", asking.heard_in_a_list(*one), partial(_hear_pack, pack=one)) for one in packs),
    ]


def _hear_pack(of: OfCouple, pack: tuple[AccessRequest, PackLeft]) -> None:
    of.console.say(*asking.ledger_entry(*pack, None), "End of the entry.")


def _hear(of: OfCouple, left: Departure) -> None:
    of.console.say(*heard.entry(left), "End of the entry.")
    if left.destroyed is None:
        offer(of.console, Menu("This entry", _HELP, lambda _: [_destroyed(left)]), of)


def _destroyed(left: Departure) -> Entry[OfCouple]:
    def note(of: OfCouple) -> object:
        of.console.say(saying.noted_destroyed(of.write_ups.destroyed(left.id)))
        return CLOSE

    return Entry("destroyed", "Note that the recipient destroyed what they got.", note)


_HELP = "The entry stays in the ledger, also once what left is destroyed."
_LEDGER = Menu[OfCouple](
    "What left",
    "To whom, on which basis, until when. Choose one to hear all of it, of a pack also what was withheld, "
    "and to note that a write-up was destroyed.",
    _entries,
    nothing="Nothing of this couple has left.",
)
