"""Behind a door: what must be said first, and everything one can do."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kapjournal.cli.plain import course, keeping, people, searching, sessions, settings, writing
from kapjournal.cli.plain.menus import Entry, Menu, offer
from kapjournal.cli.plain.seat import Host, Meeting, Seat
from kapjournal.cli.plain.talk import Leave
from kapjournal.domain import sentences
from kapjournal.errors import KapjournalError
from kapjournal.presentation import findings

if TYPE_CHECKING:
    from kapjournal.journal import Journal


_FIRST_STEPS = (
    "This journal is new. Choose people to invite the others: each of them gets a door of their own. Choose "
    "write for a note of your own; only you can read it, until you choose."
)
_EMPTY = "There is nothing to read here yet. Choose write to begin; only you can read it, until you choose."


def _nothing() -> None:
    pass


def live(host: Host, opened: "Journal", first: Callable[[], None] = _nothing) -> None:
    """Stay until one leaves or the journal locks: it never returns otherwise."""
    with opened:
        host.path = opened.path
        host.talk.opened(opened.close)
        try:
            first()
            seat = Seat(host, opened)
            _welcome(seat)
            writing.resume(seat)
            offer(host.talk, _MAIN, seat)
        finally:
            host.talk.closed()


def _welcome(seat: Seat) -> None:
    opened, talk = seat.journal, seat.talk
    talk.say(f"The door of {opened.me.label} is open.")
    _say_findings(seat)
    people.say_who_waits(seat)
    _say_who_met(seat)
    if not opened.notes.all():
        talk.say(_FIRST_STEPS if opened.me.is_keeper and not seat.others else _EMPTY)
    if drafts := opened.drafts.all():
        talk.say(f"A draft waits: “{drafts[0].text.name}”. Choose drafts to go on with it.")


def _say_who_met(seat: Seat) -> None:
    """To the keeper, who opened again for somebody who joined at this keyboard."""
    meeting, seat.host.turn = seat.host.turn, None
    if isinstance(meeting, Meeting) and seat.journal.me.label == meeting.keeper:
        seat.talk.say(
            sentences.met(meeting.newcomer) if seat.journal.members.can_share_with(meeting.newcomer) else ""
        )


def _say_findings(seat: Seat) -> None:
    if found := seat.journal.findings:
        seat.talk.say("Something is not as its author left it:", *findings.sentences(found, seat.journal))


def _entries(seat: Seat) -> "Sequence[Entry[Seat]]":
    """All of it, level with what others wrote meanwhile."""
    try:
        seat.journal.refresh()
    except KapjournalError as error:
        seat.talk.say(str(error))
    return _ENTRIES


def _lock(seat: Seat) -> None:
    seat.talk.lock()


def _leave(_: Seat) -> None:
    raise Leave(asked=True)


_ENTRIES = (
    Entry[Seat]("read", "Read the course, and the notes along it.", course.read),
    Entry[Seat]("write", "Write a new note.", writing.write),
    Entry[Seat](
        "drafts",
        "Go on with something unfinished.",
        writing.drafts,
        lambda seat: bool(seat.journal.drafts.all()),
    ),
    Entry[Seat]("search", "Search all you can read.", searching.search),
    Entry[Seat](
        "findings",
        "Read what is not as its author left it.",
        _say_findings,
        lambda seat: bool(seat.journal.findings),
    ),
    Entry[Seat]("people", "See who is in this journal, invite, compare.", people.people),
    Entry[Seat]("sessions", "The sessions of the course, and how many are planned.", sessions.sessions),
    Entry[Seat]("export", "Take notes out, into files of your own.", keeping.export),
    Entry[Seat]("backup", "Make a sealed copy of the whole journal.", keeping.backup),
    Entry[Seat]("check", "Look whether all is as its author left it.", keeping.check),
    Entry[Seat]("passphrase", "Change your passphrase.", keeping.passphrase),
    Entry[Seat]("recovery words", "Get new recovery words.", keeping.recovery_words),
    Entry[Seat]("settings", "Lock time, and country of crisis lines.", settings.settings),
    Entry[Seat]("lock", "Lock the journal now.", _lock),
    Entry[Seat]("quit", "Lock the journal and leave.", _leave),
)

_MAIN = Menu[Seat](
    "Main menu",
    f"This is the main menu of your journal. {sentences.YOURS_ALONE}.",
    _entries,
    top="This is the main menu. Type lock to close the journal, or quit to leave.",
)
