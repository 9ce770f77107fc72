"""What is brought to the next session: mark a page or words of it, hear what is marked, take it back."""

from functools import partial

from kapjournal import config
from kapjournal.domain.bringing import PARTNERS_BRING
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.domain.parsing import number_from
from kapjournal.errors import Refused, UsageError
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import CLOSE, Entry, Menu, offer
from kapjournal.plain.phrasing import ended
from kapjournal.presentation import bringing as saying
from kapjournal.presentation import days
from kapjournal.presentation.bringing import BroughtLine
from kapjournal.presentation.sharing import beside_what_a_therapist_reads
from kapjournal.text import excerpt

_HELP = (
    "Here stands what is marked for the next session: whole pages, and words alone. Choose one to hear it "
    "and to take it back. In a note of yours, bring marks it."
)


def may_bring(unlocked: Unlocked) -> bool:
    """Whether this member marks anything."""
    return unlocked.journal.me.role is Role.PARTNER


def has_marks(unlocked: Unlocked) -> bool:
    """Whether there is a list for this member: partners and therapists have one."""
    return may_bring(unlocked) or unlocked.journal.me.role.is_therapist


def bring_note(unlocked: Unlocked, note: Note) -> None:
    """Ask what of the member's own note is brought, say what that means, and mark it."""
    if why := saying.why_not(unlocked.journal, note):
        raise Refused(why)
    lines = saying.lines_of(note)
    numbered = [f"{number}. {excerpt(line)}" for number, line in enumerate(lines, 1)]
    unlocked.console.say("Its lines:" if lines else "", *numbered)

    def read(answer: str) -> str:
        if not answer:
            return ""
        place = number_from(answer)
        if not 1 <= place <= len(lines):
            raise UsageError(f"There is no line {answer}.")
        return lines[place - 1]

    words = unlocked.console.ask_for(
        "Which line do you bring? A number, or Enter for the whole page:", read, "\n".join(numbered)
    )
    if words:
        bring_words(unlocked, words, note)
    elif _is_meant(unlocked, note):
        unlocked.console.say(saying.marked(unlocked.journal, unlocked.journal.bringing.page(note.id)))


def bring_words(unlocked: Unlocked, words: str, note: Note | None = None) -> None:
    """Say what it means to bring words alone, and mark them; `note` is the page they are from, if it is one
    already."""
    if not may_bring(unlocked):
        raise Refused(PARTNERS_BRING)
    if why := saying.why_not_words(unlocked.journal, words):
        raise Refused(why)
    unlocked.console.say(f"“{excerpt(words)}”")
    if _is_meant(unlocked, None):
        date = note.text.date if note else None
        unlocked.console.say(saying.marked(unlocked.journal, unlocked.journal.bringing.words(words, date)))


def _is_meant(unlocked: Unlocked, note: Note | None) -> bool:
    journal = unlocked.journal
    unlocked.console.say(
        saying.what_marking_does(journal, note),
        saying.reads_when(journal),
        *beside_what_a_therapist_reads(journal, config.load().settings.country),
    )
    if unlocked.console.yes("Bring it?"):
        return True
    unlocked.console.say("Nothing was marked.")
    return False


def marked(unlocked: Unlocked) -> None:
    """Offer what is marked; choosing one says all of it, and takes it back if that is wanted."""
    unlocked.console.say(saying.reads_when(unlocked.journal))

    def entries(unlocked: Unlocked) -> list[Entry[Unlocked]]:
        return [
            Entry("", _in_a_list(unlocked, line), partial(_hear, line=line))
            for line in saying.read_lines(unlocked.journal, earlier=True)
        ]

    menu = Menu("For the next session", _HELP, entries, nothing=saying.NOTHING_BROUGHT)
    offer(unlocked.console, menu, unlocked)


def _in_a_list(unlocked: Unlocked, line: BroughtLine) -> str:
    whose = "" if line.brought.author == unlocked.journal.me.id else f", of {line.who}"
    day = days.long_day(line.brought.date)
    when = saying.for_when(line)
    return f"{ended(excerpt(line.words))} {day}{whose}. {when[:1].upper()}{when[1:]}."


def _hear(unlocked: Unlocked, line: BroughtLine) -> object:
    unlocked.console.say("The whole page." if line.brought.note else "Words alone:", line.remark)
    unlocked.console.text(line.words)
    if line.brought.author != unlocked.journal.me.id:
        return None
    if not unlocked.console.yes("Take it back?"):
        return None
    is_page = unlocked.journal.bringing.take_back(line.brought.id)
    unlocked.console.say(saying.taken_back(is_page=is_page))
    return None if saying.read_lines(unlocked.journal, earlier=True) else CLOSE
