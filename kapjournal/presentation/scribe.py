"""Pages typed for somebody, in words: before and while they are typed, and as their author finds them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Note
from kapjournal.domain.scribe import HandedPage, may_type
from kapjournal.presentation import days
from kapjournal.presentation.people import partners
from kapjournal.presentation.readers import listed
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

WHOSE = "Whose words are these?"
WHOSE_ASIDE = "You type; what you typed is theirs alone, and you keep nothing of it."
TAKE_BACK_CHOICE = "Take back"
CAN_BE_TAKEN_BACK = "A page can be taken back until they have opened the journal."
NOBODY = "There is nobody here for whom you could type."
NO_WORDS = "Nothing was typed, and nothing is kept."
THROWN_AWAY = "The page is gone. Nobody has it."
THROW_AWAY = "Throw this page away?"
TAKE_BACK = "Take this page back?"
TAKEN_BACK = "The page is taken back. Nobody has it."
LOST = "The last words you typed for somebody could not be saved, and are gone. {reason}"
LAST_LINE_LOST = (
    "The line that ended the silence is not kept: the words are not yours. What was typed before is handed "
    "over when you open the journal again."
)
YOURS_TO_CHANGE = "Change what is not as you said it."


def whose(journal: "Journal") -> list[Member]:
    """For whom the member at the screen can type: every partner here but themselves."""
    me = journal.me
    if not may_type(me.role) or journal.is_practice:
        return []
    return [one for one in partners(journal) if one.id != me.id]


def heading(name: str, scribe: str) -> str:
    """Whose words they are, and who types."""
    return f"{shown_line(name)}’s words, typed by {shown_line(scribe)}"


def for_one_alone(name: str) -> str:
    """What becomes of the words."""
    who = shown_line(name)
    return (
        f"They are sealed to {who} alone, as you type. Nobody else can open them, and nor can you afterwards."
    )


def hand_over(name: str) -> str:
    """The question before a page is handed over."""
    return f"Hand this page to {shown_line(name)}?"


def handing_over(name: str) -> str:
    """What handing it over does."""
    return f"Only {shown_line(name)} can open it then. You cannot."


def throwing_away(name: str) -> str:
    """What throwing a page away does."""
    return f"The words are gone then: neither you nor {shown_line(name)} can read them."


def taking_back(name: str) -> str:
    """What taking a page back does."""
    not_yet = f"{shown_line(name)} has not opened the journal since, as far as this copy knows."
    return f"{not_yet} {throwing_away(name)}"


def typed_here(name: str) -> str:
    """What the page says while it is empty."""
    return f"Type what {shown_line(name)} says…"


def sealed_at(name: str, time: str) -> str:
    """That what is on the page is in the journal."""
    return f"Sealed to {shown_line(name)} at {time}."


def handed(name: str) -> str:
    """That a page was handed over."""
    who = shown_line(name)
    return f"It is with {who} now, as a page of their own. You cannot open it."


def handed_later(journal: "Journal", pages: Iterable[HandedPage]) -> str:
    """That pages were handed over that a lock or a crash had left behind; empty without any."""
    names = {shown_line(journal.members.label_of(page.of)): None for page in pages}
    return f"What you were typing before is handed over now, to {listed(list(names))}." if names else ""


def handed_line(page: HandedPage, name: str) -> str:
    """One page that can be taken back."""
    return f"for {shown_line(name)}, {days.at(page.written)}"


def typed_by(note: Note, journal: "Journal") -> str:
    """Who typed a note for its author: “typed by Dr Lee”; empty if its author did."""
    if note.typed_by is None:
        return ""
    return f"typed by {shown_line(_name(journal, note.typed_by.scribe))}"


def about_typing(note: Note, journal: "Journal") -> str:
    """The same with its moment, and for its author, until they change it, that they can; empty without."""
    if note.typed_by is None:
        return ""
    said = f"Typed by {shown_line(_name(journal, note.typed_by.scribe))} on {days.at(note.typed_by.moment)}."
    mine = note.author == journal.me.id and note.revised is None
    return f"{said} {YOURS_TO_CHANGE}" if mine else said


def _name(journal: "Journal", scribe: MemberId) -> str:
    return "you" if scribe == journal.me.id else journal.members.label_of(scribe)
