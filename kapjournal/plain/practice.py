"""A practice behind its door: the couples, whose journals open from here, and what keeps the file."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kapjournal.domain.couples import Couple
from kapjournal.errors import KapjournalError
from kapjournal.plain import (
    backups,
    copies,
    couples,
    course,
    main_menu,
    maintenance,
    phrasing,
    records,
    supervision,
    will,
)
from kapjournal.plain.brief import brief
from kapjournal.plain.console import Back, ToCouples
from kapjournal.plain.conversation_state import FromPractice, KeeperTurn, Unlocked, unlocked
from kapjournal.plain.drafts import resume
from kapjournal.plain.menus import Entry, Menu, group, offer
from kapjournal.plain.welcome import say_who_met, welcome
from kapjournal.presentation import access_requests, days
from kapjournal.presentation import couples as wording
from kapjournal.presentation import search as finding
from kapjournal.presentation.drafts import PageOwner
from kapjournal.presentation.glances import look, unsigned
from kapjournal.progress import each
from kapjournal.stdio.lazy_imports import journal
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import FoundAcross, SearchedCouple


def run(practice: Unlocked) -> None:
    """Offer the couples until `Leave` or `Locked`."""
    turn = practice.conversation.turn
    welcome(practice)
    practice.console.say(access_requests.reminder(practice.journal))
    if not practice.journal.couples.all():
        practice.console.say(wording.NO_COUPLES)
    if isinstance(turn, KeeperTurn):
        _go_on_after(practice, turn)
    backups.say_due(practice)
    resume(practice)
    try:
        offer(practice.console, _COUPLES, practice)
    finally:
        practice.conversation.seen_couples.clear()


def _go_on_after(practice: Unlocked, turn: KeeperTurn) -> None:
    """Open the journal that somebody joined at this keyboard, so that their keys meet the keeper's."""
    for couple in practice.journal.couples.all():
        if _way_to(practice, couple) == turn.within:
            try:
                _enter(practice, couple, turn)
            except Back:
                return
            except KapjournalError as error:
                practice.console.say(str(error))


def _enter(
    practice: Unlocked, couple: Couple, handed_back: KeeperTurn | None = None, note_id: str = ""
) -> None:
    """Be in the journal of a couple, at a note if one is named, until the member goes back to the practice,
    where nothing of it is in sight: the next couple may be in the room."""
    opened = couples.open_journal(practice, couple)
    if opened is None:
        return
    owner = PageOwner.of(opened)
    practice.console.say(wording.is_open(couple))
    with suppress(ToCouples), unlocked(practice.conversation, opened, _way_to(practice, couple)) as theirs:
        if handed_back:
            say_who_met(theirs, handed_back)
        if note_id:
            course.read_note(theirs, note_id)
        main_menu.run(theirs)
    practice.console.move_out_of_sight()
    waits = owner in practice.conversation.interrupted
    practice.console.say(wording.is_closed(couple), "The page you were writing waits there." if waits else "")


def _way_to(practice: Unlocked, couple: Couple) -> FromPractice:
    return FromPractice(practice.journal.path, practice.journal.me.label, couple.case)


def _entries(practice: Unlocked) -> Sequence[Entry[Unlocked]]:
    """The couples, then what can be done, after a look at what was written elsewhere meanwhile."""
    practice.refresh()
    opened, waiting = practice.journal, unsigned(practice.journal)
    couples = each(opened.couples.all(), wording.couple_by_couple(practice.console.say))
    seen = {one.case: look(opened, one, practice.conversation.seen_couples) for one in couples}
    return [
        *(
            Entry(
                couple.name,
                f"{wording.beside(couple, seen[couple.case], is_unsigned=couple.case in waiting)}.",
                partial(_enter, couple=couple),
            )
            for couple in opened.couples.all()
        ),
        *_ENTRIES,
    ]


def _search(practice: Unlocked) -> None:
    """Search the record and the journals of all couples, then offer what was found."""
    query = practice.console.ask(
        "Search for, words or beginnings of words; Enter leaves it:",
        "They are looked for in the record and in the journals that open with your practice, one after the "
        "other. All the words must be in the note or the record.",
    )
    if not query:
        return
    practice.console.say(finding.GOES_ON)
    follow = wording.couple_by_couple(practice.console.say)
    searched = list(journal.search_across(practice.journal, query, most=finding.FEW_EACH, follow=follow))
    practice.console.say(finding.how_much_across(searched), finding.none_searched(searched))
    entries = [_found(one, found) for one in searched for found in one.found]
    if entries:
        help_text = "Choose one to open the couple’s journal there, or back for your couples."
        offer(practice.console, Menu[Unlocked]("Found", help_text, lambda _: entries), practice)


def _found(searched: "SearchedCouple", found: "FoundAcross") -> Entry[Unlocked]:
    head = f"{found.kind}, {found.heading}" if found.is_record else f"by {found.author}"
    line = f"{finding.couple_of(searched)}, {days.short(found.date)}, {shown_line(head)}."
    couple, note_id = searched.couple, found.id

    def read(practice: Unlocked) -> None:
        if found.is_record or couple is None:
            records.read_found(practice, couple, found)
        else:
            _enter(practice, couple, note_id=note_id)

    words = finding.unmarked(found.excerpt) or finding.words_in(found)
    return Entry("", f"{line} Found: {phrasing.aloud(words)}", read)


def _has_couples(practice: Unlocked) -> bool:
    return bool(practice.journal.couples.all())


def _has_write_ups(practice: Unlocked) -> bool:
    return practice.journal.me.role.is_therapist and _has_couples(practice)


_ENTRIES = (
    group(
        "record and brief",
        Entry[Unlocked]("brief", "What you need before a session of a couple.", brief, _has_couples),
        Entry[Unlocked](
            "record",
            "The clinical record of a couple: read, fill in a form, the dose pad.",
            records.records,
            _has_couples,
        ),
        Entry[Unlocked](
            "supervision",
            "Write up a couple for supervision, and see where each write-up stands.",
            supervision.supervision,
            _has_write_ups,
        ),
        Entry[Unlocked](
            "unsigned",
            "The records of every couple that wait for your signature.",
            records.unsigned,
            _has_couples,
        ),
        Entry[Unlocked]("search", "Find words in the record and in all journals.", _search, _has_couples),
    ),
    group(
        "add or change",
        Entry[Unlocked]("add", "Add a couple whose journal you are in.", couples.add),
        Entry[Unlocked](
            "change",
            "Call a couple something else, move it, say where its journal lies or how it opens.",
            couples.change,
            _has_couples,
        ),
    ),
    replace(main_menu.PEOPLE, sentence="See who is in this practice, invite staff, compare."),
    group(
        "files",
        Entry[Unlocked]("backup", "Make a sealed copy of the practice, with its couples.", backups.backup),
        Entry[Unlocked]("copy", "Make a copy for another computer of yours.", copies.copy),
        Entry[Unlocked]("merge", "Bring in another copy of this practice.", copies.merge),
        Entry[Unlocked](
            "check", "Look whether all in the practice is as its author left it.", maintenance.check
        ),
        Entry[Unlocked]("archive", "Put the record into files, to be read.", maintenance.archive),
        *main_menu.FINDINGS,
    ),
    group(
        "door and settings",
        Entry[Unlocked]("lock", "Lock the practice now.", main_menu.lock),
        Entry[Unlocked]("quit", "Lock the practice and leave.", main_menu.leave),
        main_menu.SETTINGS,
        *main_menu.OWN_DOOR,
        Entry[Unlocked](
            "will",
            "A way into the practice for a custodian, in three shares.",
            will.will,
            within=will.entries,
        ),
    ),
)

_COUPLES = Menu[Unlocked](
    "Your couples",
    f"{wording.YOUR_COUPLES} {main_menu.DEEPER}",
    _entries,
    top="These are your couples. Type lock to close the practice, or quit to leave.",
    way_out="help, lock or quit",
)
