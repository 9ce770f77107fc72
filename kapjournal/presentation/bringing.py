"""What every face says of what partners mark to bring to a session."""

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.bringing import (
    NO_THERAPIST,
    ONLY_YOUR_OWN,
    PARTNERS_BRING,
    Brought,
    brought_to,
    counting_for,
    therapists_here,
)
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.errors import NotFound, UsageError
from kapjournal.presentation import days
from kapjournal.presentation.not_possible import CHOOSE_A_NOTE
from kapjournal.presentation.readers import listed
from kapjournal.text import shown, shown_line, without_unseen

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NOTHING_BROUGHT = "Nothing is marked for the next session."
HOW_TO_BRING = (
    "{bring} in a note marks it, or words of it. What you mark stands first on the page that is read before "
    "the session. Your partner is told nothing of it."
)
PAGE_GONE = "a page that is not here any more"
WHOLE_PAGE = "The whole page"
FINISH_FIRST = "A page is brought whole once it is a note."
NOT_YOURS = "Who marked it takes it back."
PAGE_GONE_SENTENCE = "This page is not here any more."
WORDS_HAVE_NO_PAGE = "These words were given alone: nothing says which page they are from."
NOTHING_THERE = "There are no words on this line. Go to a line, or select some words."
WORDS_ALONE = "{who} read{s} these words and nothing else of the page."
PAGE_IS_SHARED = "{who} can read this page already."
PAGE_WILL_BE_SHARED = "That lets {who} read the whole page."


@dataclass(frozen=True, slots=True)
class BroughtLine:
    """One thing that was marked, as it is shown: of whom, in which words, for which session, and what is said
    of it besides. `note` is the page where the whole page is meant and it is here."""

    brought: Brought
    who: str
    words: str
    session: Session | None
    is_current: bool
    note: Note | None = None
    remark: str = ""


def read_lines(journal: "Journal", *, earlier: bool = False) -> list[BroughtLine]:
    """What is marked for the session to come, with `earlier` also what was for one that is over."""
    sessions, members = journal.sessions.all(), journal.members.all()
    current = journal.bringing.current()
    found = journal.bringing.all() if earlier else current
    are_current = {one.id for one in current}
    counting = {one.id: counting_for(one.id, sessions, members) for one in members}
    lines = []
    for one in found:
        note, written = _page(journal, one), clock.local(one.written)
        words = shown(one.words) if one.words else shown_line(note.text.name) if note else PAGE_GONE
        lines.append(
            BroughtLine(
                one,
                shown_line(journal.members.label_of(one.author)),
                words,
                brought_to(written, counting[one.author]),
                one.id in are_current,
                note,
                _remark(journal, note),
            )
        )
    return lines


def who_reads(journal: "Journal") -> str:
    """Who reads what is brought: “Dr Lee”; empty where there is no therapist."""
    members = journal.members.all()
    here = therapists_here(members)
    names = [shown_line(one.label) for one in members if one.id in here]
    return listed(names) if names else ""


def reads_when(journal: "Journal") -> str:
    """To a partner, who reads what they mark now, and for which session: “Dr Lee reads what you mark,
    Thursday 3 Dec.” Empty where there is no therapist."""
    who = who_reads(journal)
    session = brought_to(clock.local(clock.now()), _counting(journal))
    if not who or journal.me.role is not Role.PARTNER:
        return ""
    verb = "read" if " and " in who else "reads"
    if session is None:
        return f"{who} {verb} what you mark, before the next session. None is in the course yet."
    return f"{who} {verb} what you mark, {day_of(session)}."


def day_of(session: Session) -> str:
    """The day of a session as it is said of what is brought to it: “Thursday 3 Dec”, “today”."""
    if session.date == clock.today():
        return "today"
    return f"{session.date:%A} {days.short(session.date)}"


def what_marking_does(journal: "Journal", note: Note | None) -> str:
    """To a partner before they mark: who reads what. Without a page words alone are marked."""
    who = who_reads(journal)
    if note is None:
        return WORDS_ALONE.format(who=who, s="" if " and " in who else "s")
    therapists = therapists_here(journal.members.all())
    return (PAGE_IS_SHARED if therapists <= note.readers else PAGE_WILL_BE_SHARED).format(who=who)


def why_not_at_all(journal: "Journal") -> str:
    """Why this member brings nothing, in a sentence; empty if they do."""
    if journal.me.role is not Role.PARTNER:
        return PARTNERS_BRING
    return "" if therapists_here(journal.members.all()) else NO_THERAPIST


def why_not(journal: "Journal", note: Note | None) -> str:
    """Why a note cannot be brought, in a sentence; empty if it can."""
    if why := why_not_at_all(journal):
        return why
    if note is None:
        return CHOOSE_A_NOTE
    return "" if note.author == journal.me.id else ONLY_YOUR_OWN


def why_not_words(journal: "Journal", words: str) -> str:
    """Why words of a page that is being written cannot be brought; empty if they can."""
    if not therapists_here(journal.members.all()):
        return NO_THERAPIST
    return "" if without_unseen(words).strip() else NOTHING_THERE


def lines_of(note: Note) -> list[str]:
    """The lines of a page of which each can be brought alone."""
    return [line.strip() for line in note.text.body.split("\n") if without_unseen(line).strip()]


def marked(journal: "Journal", brought: Brought) -> str:
    """That something was marked, and for when."""
    session = brought_to(clock.local(brought.written), _counting(journal))
    what, them = ("The page is", "it") if brought.note else ("The words are", "them")
    when = f"for {day_of(session)}" if session else "for the next session"
    return f"{what} marked {when}. {who_reads(journal)} can read {them}."


def taken_back(*, is_page: bool) -> str:
    """That something is not brought any more."""
    stays = " The page itself stays shared; stop that in the note." if is_page else ""
    return f"You do not bring it any more.{stays}"


def in_a_line(line: BroughtLine) -> str:
    """One thing on one line: its words, whether it is a page, and the remark."""
    what = "the whole page" if line.brought.note else ""
    return shown_line(" · ".join(part for part in (f"“{line.words}”", what, line.remark) if part))


def for_when(line: BroughtLine) -> str:
    """For which session: “for Thursday 3 Dec”, “for session 4”, once it is over."""
    if line.session is None:
        return "for the next session"
    if line.is_current:
        return f"for {day_of(line.session)}"
    return f"for {line.session.name}, {days.short(line.session.date)}"


def fields(line: BroughtLine) -> dict[str, object]:
    """One thing for a script."""
    one, session = line.brought, line.session
    return {
        "id": one.id,
        "of": line.who,
        "note": one.note or None,
        "words": one.words or None,
        "date": one.date.isoformat(),
        "marked": one.written.isoformat().replace("+00:00", "Z"),
        "session": {"number": session.number, "date": session.date.isoformat()} if session else None,
        "current": line.is_current,
    }


def _counting(journal: "Journal") -> list[Session]:
    """The sessions for which what this member marks can be."""
    return counting_for(journal.me.id, journal.sessions.all(), journal.members.all())


def _page(journal: "Journal", brought: Brought) -> Note | None:
    if brought.note:
        with suppress(NotFound, UsageError):
            return journal.notes.get(brought.note)
    return None


def _remark(journal: "Journal", note: Note | None) -> str:
    """To its author, that a page that is marked cannot be read any more by whom it is brought to."""
    if note is None or note.author != journal.me.id:
        return ""
    readers = therapists_here(journal.members.all())
    return "" if readers & note.readers else f"{who_reads(journal)} cannot read this page any more"
