"""The main menu behind a door: what must be said first, and everything the member can do."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kapjournal.errors import KapjournalError
from kapjournal.plain import copies, course, maintenance, people, search, sessions, settings, writing
from kapjournal.plain.console import Leave
from kapjournal.plain.conversation_state import Conversation, KeeperTurn, Unlocked
from kapjournal.plain.menus import Entry, Menu, offer
from kapjournal.presentation import findings, sentences
from kapjournal.presentation.first_steps import spoken_first_steps
from kapjournal.presentation.people import keys_met

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def _nothing() -> None:
    pass


def run(conversation: Conversation, opened: "Journal", first: Callable[[], None] = _nothing) -> None:
    """Run the menu of an open journal until `Leave` or `Locked`; `first` is done before anything is said."""
    with opened:
        conversation.path = opened.path
        conversation.console.opened(opened.close)
        try:
            first()
            unlocked = Unlocked(conversation, opened)
            _welcome(unlocked)
            writing.resume(unlocked)
            offer(conversation.console, _MAIN, unlocked)
        finally:
            conversation.console.closed()


def _welcome(unlocked: Unlocked) -> None:
    opened, console = unlocked.journal, unlocked.console
    console.say(f"The door of {opened.me.label} is open.")
    _say_findings(unlocked)
    people.say_notices(unlocked)
    people.say_who_waits(unlocked)
    _say_who_met(unlocked)
    if not opened.notes.all():
        console.say(spoken_first_steps(opened))
    if drafts := opened.drafts.all():
        console.say(f"A draft waits: “{drafts[0].text.name}”. Choose drafts to go on with it.")


def _say_who_met(unlocked: Unlocked) -> None:
    """Tell the keeper who opened again that the newcomer of this keyboard can share now."""
    turn, unlocked.conversation.turn = unlocked.conversation.turn, None
    if isinstance(turn, KeeperTurn):
        unlocked.console.say(keys_met(unlocked.journal, turn.keeper, turn.newcomer))


def _say_findings(unlocked: Unlocked) -> None:
    if found := unlocked.journal.findings:
        unlocked.console.say(
            "Something is not as its author left it:", *findings.sentences(found, unlocked.journal)
        )


def _entries(unlocked: Unlocked) -> "Sequence[Entry[Unlocked]]":
    """All entries, after a look at what others wrote meanwhile."""
    try:
        unlocked.journal.refresh()
    except KapjournalError as error:
        unlocked.console.say(str(error))
    return _ENTRIES


def _lock(unlocked: Unlocked) -> None:
    unlocked.console.lock()


def _leave(_: Unlocked) -> None:
    raise Leave(asked=True)


_ENTRIES = (
    Entry[Unlocked]("read", "Read the course, and the notes along it.", course.read),
    Entry[Unlocked]("write", "Write a new note.", writing.write),
    Entry[Unlocked](
        "drafts",
        "Go on with something unfinished.",
        writing.drafts,
        lambda unlocked: bool(unlocked.journal.drafts.all()),
    ),
    Entry[Unlocked]("search", "Search all you can read.", search.search),
    Entry[Unlocked](
        "findings",
        "Read what is not as its author left it.",
        _say_findings,
        lambda unlocked: bool(unlocked.journal.findings),
    ),
    Entry[Unlocked](
        "let go", "Miss nothing any more of what is missing.", copies.let_go, copies.something_is_missing
    ),
    Entry[Unlocked]("people", "See who is in this journal, invite, compare.", people.people),
    Entry[Unlocked]("sessions", "The sessions of the course, and what is planned.", sessions.sessions),
    Entry[Unlocked]("export", "Take notes out, into files of your own.", maintenance.export),
    Entry[Unlocked]("backup", "Make a sealed copy of the whole journal.", maintenance.backup),
    Entry[Unlocked]("merge", "Bring in another copy of this journal.", copies.merge),
    Entry[Unlocked]("copy", "Make a copy for another computer of yours.", copies.copy),
    Entry[Unlocked]("check", "Look whether all is as its author left it.", maintenance.check),
    Entry[Unlocked]("passphrase", "Change your passphrase.", maintenance.passphrase),
    Entry[Unlocked]("recovery words", "Get new recovery words.", maintenance.recovery_words),
    Entry[Unlocked]("new keys", "Get new keys: your passphrase may be known.", maintenance.new_keys),
    Entry[Unlocked]("settings", "Lock time, and country of crisis lines.", settings.settings),
    Entry[Unlocked]("lock", "Lock the journal now.", _lock),
    Entry[Unlocked]("quit", "Lock the journal and leave.", _leave),
)

_MAIN = Menu[Unlocked](
    "Main menu",
    f"This is the main menu of your journal. {sentences.YOURS_ALONE}.",
    _entries,
    top="This is the main menu. Type lock to close the journal, or quit to leave.",
)
