"""The main menu behind a door: what must be said first, and everything the member can do.

It is short enough to be held in mind when it is heard once: what is used every day, then lists of the rest.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from kapjournal.plain import (
    backups,
    booklet,
    brief,
    bringing,
    coming_back,
    copies,
    course,
    dialogue,
    drafts,
    imports,
    intentions,
    loop,
    maintenance,
    measures,
    people,
    policy,
    scribe,
    search,
    self_reports,
    sessions,
    settings,
    steps,
    together,
    waiting,
    writing,
)
from kapjournal.plain.console import Leave, ToCouples
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import Entry, Menu, group, offer
from kapjournal.plain.welcome import say_findings, welcome
from kapjournal.presentation import closing, couples, sentences
from kapjournal.presentation.drafts import name_of
from kapjournal.presentation.first_steps import spoken_first_steps
from kapjournal.presentation.joint_deeds import reminders as put_to_me
from kapjournal.presentation.waiting import reminders


def run(unlocked: Unlocked) -> None:
    """Run the menu of a couple's journal until `Leave` or `Locked` or, from within a practice, until the
    member goes back there."""
    welcome(unlocked)
    opened, console = unlocked.journal, unlocked.console
    if not opened.notes.all():
        console.say(spoken_first_steps(opened))
    measures.say_open_marks(unlocked)
    measures.say_requests(unlocked)
    intentions.say_now(unlocked)
    coming_back.say_if_wanted(unlocked)
    said = [*put_to_me(opened), *closing.reminders(opened), *reminders(opened)]
    console.say(*(_KEY.sub(r"Choose \1", one) for one in said))
    dialogue.say_reminders(unlocked)
    self_reports.say_reminders(unlocked)
    if not unlocked.within:  # a practice backs all of them up
        backups.say_due(unlocked)
    if unfinished := opened.drafts.all():
        console.say(f"A draft waits: “{name_of(opened, unfinished[0])}”. Choose drafts to go on with it.")
    console.say(scribe.hand_over_left(unlocked))
    drafts.resume(unlocked)
    offer(console, _WITHIN_PRACTICE if unlocked.within else _MAIN, unlocked)


def _entries(unlocked: Unlocked) -> Sequence[Entry[Unlocked]]:
    """All entries, after a look at what others wrote meanwhile."""
    unlocked.refresh()
    return _ENTRIES


def _to_couples(_: Unlocked) -> None:
    raise ToCouples


def lock(unlocked: Unlocked) -> None:
    """Lock all that is open."""
    unlocked.console.lock()


def leave(_: Unlocked) -> None:
    """Lock all that is open and leave the program."""
    raise Leave(asked=True)


def _is_of_the_clinic(unlocked: Unlocked) -> bool:
    return not steps.is_partner(unlocked)


_KEY = re.compile(r"Press \{([a-z-]+)\}")
"""How a sentence names what is done by a key on the screens."""

DEEPER = (
    "A line that names several things opens a list of them; each can be typed here as well, such as backup."
)
"""What help says of a menu that has lists below it."""

FINDINGS = (
    Entry[Unlocked](
        "findings",
        "Read what is not as its author left it.",
        say_findings,
        lambda unlocked: bool(unlocked.journal.findings),
    ),
    Entry[Unlocked](
        "let go", "Miss nothing any more of what is missing.", copies.let_go, copies.something_is_missing
    ),
)
"""Of a file that is not as it was left, whatever it is kept for."""

OWN_DOOR = (
    Entry[Unlocked]("passphrase", "Change your passphrase.", maintenance.passphrase),
    Entry[Unlocked]("recovery words", "Get new recovery words.", maintenance.recovery_words),
    Entry[Unlocked]("new keys", "Get new keys: your passphrase may be known.", maintenance.new_keys),
)
"""Of the member's own door."""

_DRAFTS = Entry[Unlocked](
    "drafts",
    "Go on with something unfinished.",
    drafts.drafts,
    lambda unlocked: bool(unlocked.journal.drafts.all()),
)
_CHECK_INS = Entry[Unlocked](
    "check-ins",
    "Check in with yourself, or say how it has been since a dose.",
    self_reports.self_reports,
    steps.is_partner,
    within=lambda _: self_reports.ENTRIES,
)
_MEASURES = Entry[Unlocked](
    "measures",
    "Answer a measure, or read what was answered.",
    measures.measures,
    within=lambda _: measures.ENTRIES,
)
PEOPLE = Entry[Unlocked](
    "people",
    "See who is in this journal, invite, compare.",
    people.people,
    within=lambda _: people.ENTRIES,
)
SETTINGS = Entry[Unlocked](
    "settings", "Lock time, and country of crisis lines.", settings.settings, within=settings.entries
)

_ENTRIES = (
    Entry[Unlocked]("write", "Write a new note.", writing.write),
    Entry[Unlocked]("read", "Read the course, and the notes along it.", course.read),
    group(
        "what waits",
        _DRAFTS,
        Entry[Unlocked]("waiting", "What of yours waits, and for whom.", waiting.waiting, waiting.is_offered),
    ),
    group(
        "how you are",
        _CHECK_INS,
        Entry[Unlocked]("parts", "Check in with a part of you, step by step.", steps.parts, steps.is_partner),
        Entry[Unlocked](
            "witness",
            "Look at a disagreement as a witness of good will.",
            steps.witness,
            steps.witness_is_offered,
        ),
        replace(_MEASURES, when=steps.is_partner),
    ),
    group(
        "how they are",
        replace(_CHECK_INS, sentence="Read what partners said of how they are.", when=_is_of_the_clinic),
        replace(_MEASURES, when=_is_of_the_clinic),
    ),
    group(
        "for the session",
        Entry[Unlocked](
            "sessions",
            "The sessions of the course, and what is planned.",
            sessions.sessions,
            within=lambda _: sessions.ENTRIES,
        ),
        Entry[Unlocked](
            "bring", "See what is marked for the next session.", bringing.marked, bringing.has_marks
        ),
        Entry[Unlocked](
            "your page", "Read your own page before the session.", brief.own_brief, steps.is_partner
        ),
        Entry[Unlocked](
            "talk", "Ask to talk without saying what, or hear who asks.", policy.talk, bringing.has_marks
        ),
        Entry[Unlocked](
            "scribe", "Type for a partner who cannot; it is theirs.", scribe.scribe, scribe.may_type
        ),
    ),
    group(
        "find",
        Entry[Unlocked]("search", "Search all you can read.", search.search),
        Entry[Unlocked](
            "loop", "See both halves of the loop, once they are released.", loop.loop, loop.has_a_loop
        ),
        Entry[Unlocked]("intentions", "Read the intentions, from the first on.", intentions.intentions),
        Entry[Unlocked](
            "look back", "Hear own words of earlier days.", coming_back.look_back, steps.is_partner
        ),
    ),
    group(
        "people and sharing",
        PEOPLE,
        Entry[Unlocked](
            "together",
            "Read what the two agree on or authorise, say yes, or ask for less.",
            together.together,
            together.is_offered,
        ),
        Entry[Unlocked](
            "dialogue",
            "Speak with each other, a step at a time, or read what you kept.",
            dialogue.dialogue,
            dialogue.is_offered,
            within=lambda _: dialogue.ENTRIES,
        ),
        Entry[Unlocked](
            "policy", "Read what the couple chose of secrets, and until when a pause lasts.", policy.policy
        ),
    ),
    group(
        "files",
        Entry[Unlocked]("export", "Take notes out, into files of your own.", maintenance.export),
        Entry[Unlocked]("import", "Bring in notes of another program.", imports.import_notes),
        Entry[Unlocked](
            "imported", "See what was imported, and take it out.", imports.imported, imports.has_imports
        ),
        Entry[Unlocked]("backup", "Make a sealed copy of the whole journal.", backups.backup),
        Entry[Unlocked]("copy", "Make a copy for another computer of yours.", copies.copy),
        Entry[Unlocked]("merge", "Bring in another copy of this journal.", copies.merge),
        Entry[Unlocked]("check", "Look whether all is as its author left it.", maintenance.check),
        Entry[Unlocked](
            "archive", "Put all you can read into files, to be read in again.", maintenance.archive
        ),
        Entry[Unlocked](
            "booklet", "Save a booklet of what you two approved.", booklet.booklet, steps.is_partner
        ),
        *FINDINGS,
    ),
    group(
        "door and settings",
        Entry[Unlocked](
            "couples", f"{couples.GO_BACK}.", _to_couples, lambda unlocked: bool(unlocked.within)
        ),
        Entry[Unlocked]("lock", "Lock the journal now.", lock),
        Entry[Unlocked]("quit", "Lock the journal and leave.", leave),
        SETTINGS,
        *OWN_DOOR,
    ),
)

_MAIN = Menu[Unlocked](
    "Main menu",
    f"This is the main menu of your journal. {sentences.YOURS_ALONE}. {DEEPER}",
    _entries,
    top="This is the main menu. Type lock to close the journal, or quit to leave.",
    way_out="help, lock or quit",
)

_WITHIN_PRACTICE = replace(
    _MAIN, help_text=f"{couples.IN_THEIR_JOURNAL} {DEEPER}", top="", way_out="help, couples, lock or quit"
)
