"""All that the course shows, read in one go: the screens do so in a thread."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.course import Key, Stretch, in_sight, lay_out, where
from kapjournal.domain.doses import Doses
from kapjournal.domain.ids import MemberId
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.members import Member
from kapjournal.domain.next_page import ChosenPractice, NextPage
from kapjournal.domain.notes import Draft, Note
from kapjournal.domain.self_reports import SelfReportDraft
from kapjournal.domain.sessions import Session, may_add
from kapjournal.presentation import (
    closing,
    coming_back,
    intentions,
    joint_deeds,
    kept_dialogues,
    self_reports,
    waiting,
)
from kapjournal.presentation.answered_measures import asked_of_me, has_open_mark, request_in_words
from kapjournal.presentation.drafts import name_of
from kapjournal.presentation.findings import in_brief, sentences
from kapjournal.presentation.next_page import page_of, practice_of
from kapjournal.presentation.people import announced, of_people, sharing_ended
from kapjournal.presentation.sessions import ahead

if TYPE_CHECKING:
    from kapjournal.journal import Journal, LastBackup


@dataclass(frozen=True, slots=True)
class CourseView:
    """The course as it stood at one moment.

    `newcomers` are people to be announced; `notices` (of people), `findings` and what those come to are
    sentences, and some findings may say that `something_is_missing`.
    `notes` are by stretch, oldest first; `new` are the ids of those that came since the member was here.
    `present` is the stretch of today, and `ahead` says what is planned and not in the course yet.
    """

    today: dt.date
    sessions: list[Session]
    notes: dict[Key, list[Note]]
    order: tuple[str, ...]
    """The ids of all notes, as they follow each other along the course."""
    new: frozenset[str]
    with_new: frozenset[Key]
    """The stretches in which something is new."""
    stretches: list[Stretch]
    present: Stretch
    doses: Doses
    ahead: str
    drafts: list[Draft]
    draft_names: tuple[str, ...]
    """What lists call each of them."""
    answering: list[MeasureDraft]
    """Answers to measures that are not finished."""
    reporting: list[SelfReportDraft]
    """Check-ins and cards that are not finished."""
    reminded: tuple[str, ...]
    """Reminders of these, of a card that is due, and to the clinic of what one says; a sentence each."""
    asked: tuple[str, ...]
    """What this partner is asked for and has not answered yet, a sentence each."""
    dialogues: tuple[str, ...]
    """What is to be said of dialogues of the two, a sentence each, nothing as a rule."""
    waiting: tuple[str, ...]
    """What is to be said of what waits for this member's yes, of a closing that is near, and of pages of this
    partner's that wait."""
    last_backup: "LastBackup"
    has_open_mark: bool
    """Whether a safety mark of this therapist's is open."""
    newcomers: tuple[Member, ...]
    ended: str
    """That sharing has ended; empty while it goes on."""
    notices: tuple[str, ...]
    findings: tuple[str, ...]
    findings_in_brief: str
    something_is_missing: bool
    may_add_session: bool
    next_page: NextPage | None
    """The page that fits this partner now."""
    practice: ChosenPractice | None
    """What the two chose to do, to a partner; None if there is nothing."""
    intention: str
    """The intention of this partner that holds now, as it is said; empty without one."""
    came_back: tuple[str, ...]
    """Own words of earlier days, a line each; shown if they are wanted."""

    @property
    def latest(self) -> Stretch:
        """The last stretch with notes, to begin at; that of today if there is none."""
        return next((one for one in reversed(self.stretches) if self.notes[one.key]), self.present)

    @property
    def is_new(self) -> bool:
        """Whether there is nothing to read yet."""
        return not any(self.notes.values())

    def stretch(self, key: Key | None) -> Stretch | None:
        """The stretch with a key; None if it has no line."""
        return next((stretch for stretch in self.stretches if stretch.key == key), None)

    def authors_of(self, ids: Collection[str]) -> list[MemberId]:
        """Who wrote these notes, each once."""
        written = (note for notes in self.notes.values() for note in notes if note.id in ids)
        return list(dict.fromkeys(note.author for note in written))

    def by(self, author: MemberId) -> dict[str, Key]:
        """The stretch of each note of one author, by the id of the note."""
        return {note.id: key for key, notes in self.notes.items() for note in notes if note.author == author}


def read_course(journal: "Journal") -> CourseView:
    """Read the course as it stands."""
    sessions, doses, today = journal.sessions.all(), journal.sessions.doses, clock.today()
    every, found = journal.notes.all(), journal.findings
    notes, threads = lay_out(every, sessions), intentions.threads_of(journal, every, sessions)
    drafts = journal.drafts.all()
    new = {note.id: key for key, several in notes.items() for note in several if journal.notes.is_new(note)}
    stretches, practice = in_sight(notes, sessions, today), practice_of(journal, every)
    return CourseView(
        today=today,
        sessions=sessions,
        notes=notes,
        order=tuple([note.id for stretch in stretches for note in notes[stretch.key]]),
        new=frozenset(new),
        with_new=frozenset(new.values()),
        stretches=stretches,
        present=where(today, sorted(sessions, key=lambda session: session.order)),
        doses=doses,
        ahead=ahead(sessions, doses, journal.sessions.planned),
        drafts=drafts,
        draft_names=tuple(name_of(journal, draft) for draft in drafts),
        answering=journal.measure_drafts.all(),
        reporting=journal.self_report_drafts.all(),
        reminded=tuple(self_reports.reminders(journal)),
        asked=tuple(request_in_words(journal, one) for one in asked_of_me(journal)),
        dialogues=tuple(kept_dialogues.reminders(journal)),
        waiting=(
            *joint_deeds.reminders(journal),
            *closing.reminders(journal),
            *waiting.reminders(journal),
        ),
        last_backup=journal.backups.last(),
        has_open_mark=has_open_mark(journal),
        newcomers=tuple(announced(journal.members.all())),
        ended=sharing_ended(journal),
        notices=tuple(of_people(journal)),
        findings=tuple(sentences(found, journal)),
        findings_in_brief=in_brief(found),
        something_is_missing=any(finding.kind.says_missing for finding in found),
        may_add_session=may_add(journal.me, journal.members.all()),
        next_page=page_of(journal.me, sessions, practice),
        practice=practice,
        intention=intentions.now(journal, threads),
        came_back=tuple(coming_back.lines_of(journal, every, sessions, threads)),
    )
