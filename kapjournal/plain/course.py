"""Reading: the course by its stretches, a stretch by its notes, and a note with what can be done."""

from dataclasses import dataclass
from functools import partial

from kapjournal.domain.course import Stretch
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.domain.signing import SIGNED_IS_LOCKED, may_be_added_to, may_be_set_apart, may_be_signed
from kapjournal.plain import (
    attachments,
    bringing,
    history,
    opening,
    phrasing,
    printing,
    sharing,
    signing,
    writing,
)
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import CLOSE, Entry, Menu, offer
from kapjournal.presentation import authorising, days, sentences, waiting
from kapjournal.presentation import kept as keeping
from kapjournal.presentation import signing as wording
from kapjournal.presentation.course import CourseView, read_course
from kapjournal.presentation.drafts import draft_to_add
from kapjournal.presentation.people import others_in_words
from kapjournal.presentation.sessions import about_dose, added_by


def read(unlocked: Unlocked) -> None:
    """Say where the couple is and what is planned, then offer the course, a stretch a line."""
    help_text = "This is the course: each session, and the days after it. Choose a stretch to hear its notes."
    course = read_course(unlocked.journal)
    unlocked.console.say(
        f"Today is in this stretch: {course.present.name}." if course.sessions else "",
        f"Planned and not in the course yet: {course.ahead}." if course.ahead else "",
    )
    offer(unlocked.console, Menu("The course", help_text, _stretches), unlocked)


def _stretches(unlocked: Unlocked) -> list[Entry[Unlocked]]:
    unlocked.journal.refresh()
    course = read_course(unlocked.journal)
    return [
        Entry("", _stretch_in_words(unlocked, course, stretch), partial(_offer_notes, stretch=stretch))
        for stretch in course.stretches
    ]


def _stretch_in_words(unlocked: Unlocked, course: CourseView, stretch: Stretch) -> str:
    session, notes, when = stretch.session, course.notes[stretch.key], ""
    if session and not stretch.after:
        dose, added = about_dose(unlocked.journal, session, course.doses), added_by(unlocked.journal, session)
        when = "".join(f", {part}" for part in (session.kind.value, days.spoken(session.date), *dose, added))
    new = " Something new is here." if stretch.key in course.with_new else ""
    return f"{stretch.name}{when}.{new if notes else ' Nothing is written here yet.'}"


def _offer_notes(unlocked: Unlocked, stretch: Stretch) -> None:
    """Offer the notes of a stretch, oldest day first; choosing one reads it."""

    def entries(unlocked: Unlocked) -> list[Entry[Unlocked]]:
        notes = read_course(unlocked.journal).notes.get(stretch.key, [])
        return [
            Entry("", phrasing.in_a_list(unlocked, note), partial(read_note, note_id=note.id))
            for note in notes
        ]

    help_text = "Each line is a note, with its day, its author and its readers. Choose one to hear it."
    offer(
        unlocked.console,
        Menu(stretch.name, help_text, entries, nothing="Nothing is written here yet."),
        unlocked,
    )


def read_note(unlocked: Unlocked, note_id: str) -> None:
    """Say a note aloud, then offer what can be done with it."""
    chosen, me = ChosenNote(unlocked, note_id), unlocked.journal.me
    note = chosen.note
    _hear(chosen)
    if chosen.is_mine:
        if note.is_signed:
            unlocked.console.say(
                SIGNED_IS_LOCKED, wording.UNSIGNED_BESIDE if may_be_set_apart(note, me) else ""
            )
        elif note.beside:
            unlocked.console.say(sentences.SAVING_JOINS)
        offer(unlocked.console, _OWN, chosen)
    elif note.files or may_be_added_to(note, me) or unlocked.journal.keeping.may_keep(note):
        offer(unlocked.console, _THEIRS, chosen)


@dataclass(frozen=True, slots=True)
class ChosenNote:
    """A note the member chose; it is read anew each time it is asked for."""

    unlocked: Unlocked
    note_id: str

    @property
    def note(self) -> Note:
        """The note as it is now (`NotFound` if it is gone)."""
        return self.unlocked.journal.notes.get(self.note_id)

    @property
    def is_mine(self) -> bool:
        """Whether the member wrote it."""
        return self.note.author == self.unlocked.journal.me.id


def _hear(chosen: ChosenNote) -> None:
    note = chosen.note
    phrasing.say_note(chosen.unlocked, note)
    signing.say_signatures(chosen.unlocked, note)


def _is_open(chosen: ChosenNote) -> bool:
    return not chosen.note.is_signed


def _delete(chosen: ChosenNote) -> object:
    console, journal = chosen.unlocked.console, chosen.unlocked.journal
    if journal.waiting.pause_until() is not None:
        console.say(waiting.TRAY_FIRST)
        if console.yes("Lay it in the tray?"):
            journal.notes.delete(chosen.note_id)
            console.say(waiting.TRAYED)
            return CLOSE
    console.say(sentences.deleting(others_in_words(journal, chosen.note)))
    if not console.yes("Delete this note for good?"):
        console.say("Nothing was deleted.")
        return None
    journal.notes.delete(chosen.note_id, now=True)
    console.say(sentences.DELETED)
    return CLOSE


def _page_consent(chosen: ChosenNote) -> None:
    console, journal, note = chosen.unlocked.console, chosen.unlocked.journal, chosen.note
    allows = not journal.page_consents.is_given(note)
    question, consequence, *_ = authorising.asked_of(journal, allows=allows)
    console.say(consequence)
    if console.yes(question):
        console.say(authorising.answer(journal, note, allows=allows))


_HEAR = Entry[ChosenNote]("hear", "Hear it again.", _hear)
_SAVE_FILE = Entry[ChosenNote](
    "save file",
    "Save a file of this note.",
    lambda chosen: attachments.save(chosen.unlocked, chosen.note),
    lambda chosen: bool(chosen.note.files),
)
_PRINT = Entry[ChosenNote](
    "print",
    "Save this note as a page to print.",
    lambda chosen: printing.save(chosen.unlocked, chosen.note),
)
_ADD_TO = Entry[ChosenNote](
    "add to",
    "Add to what is signed.",
    lambda chosen: writing.add_to(
        chosen.unlocked, draft_to_add(chosen.unlocked.journal, chosen.note), chosen.note.text.name
    ),
    lambda chosen: may_be_added_to(chosen.note, chosen.unlocked.journal.me),
)
CLOSE_UNTIL = Entry[ChosenNote](
    "close",
    "Choose the day on which this letter or decision opens.",
    lambda chosen: opening.close(chosen.unlocked, chosen.note),
    lambda chosen: opening.may_close(chosen.unlocked, chosen.note),
)

_OWN_ENTRIES = (
    _HEAR,
    Entry[ChosenNote](
        "edit", "Change this note.", lambda chosen: writing.edit(chosen.unlocked, chosen.note), _is_open
    ),
    Entry[ChosenNote](
        "share", "Let someone read this note.", lambda chosen: sharing.share(chosen.unlocked, chosen.note)
    ),
    Entry[ChosenNote](
        "share later",
        "Let someone read this note from a day on, or with the next session.",
        lambda chosen: sharing.share_later(chosen.unlocked, chosen.note),
        lambda chosen: chosen.unlocked.journal.me.role is Role.PARTNER,
    ),
    Entry[ChosenNote](
        "withdraw",
        "Stop sharing this note with someone.",
        lambda chosen: sharing.withdraw(chosen.unlocked, chosen.note),
        lambda chosen: not chosen.note.is_private,
    ),
    Entry[ChosenNote](
        "bring",
        "Bring this note, or words of it, to the next session.",
        lambda chosen: bringing.bring_note(chosen.unlocked, chosen.note),
        lambda chosen: bringing.may_bring(chosen.unlocked),
    ),
    Entry[ChosenNote](
        "supervision",
        "Allow this page to be used for supervision, or take that back.",
        _page_consent,
        lambda chosen: not authorising.why_no_page(chosen.unlocked.journal, chosen.note),
    ),
    CLOSE_UNTIL,
    Entry[ChosenNote](
        "attach",
        "Attach a file to this note.",
        lambda chosen: attachments.attach(chosen.unlocked, chosen.note),
        lambda chosen: not chosen.note.is_signed,
    ),
    _SAVE_FILE,
    Entry[ChosenNote](
        "remove file",
        "Remove a file from this note, for all its readers.",
        lambda chosen: attachments.remove(chosen.unlocked, chosen.note),
        lambda chosen: bool(chosen.note.files) and not chosen.note.is_signed,
    ),
    Entry[ChosenNote](
        "history",
        "Go through the earlier versions of this note.",
        lambda chosen: history.history(chosen.unlocked, chosen.note),
    ),
    Entry[ChosenNote]("delete", "Delete this note, for all its readers.", _delete, _is_open),
    Entry[ChosenNote](
        "sign",
        "Sign and lock this.",
        lambda chosen: signing.sign(chosen.unlocked, chosen.note, chosen.note.text.name),
        lambda chosen: may_be_signed(chosen.note, chosen.unlocked.journal.me),
    ),
    _ADD_TO,
    Entry[ChosenNote](
        "set apart",
        "Make the unsigned words beside this signed note a note of their own.",
        lambda chosen: signing.set_apart(chosen.unlocked, chosen.note),
        lambda chosen: may_be_set_apart(chosen.note, chosen.unlocked.journal.me),
    ),
    _PRINT,
)


def _keep(chosen: ChosenNote) -> None:
    kept, is_new = chosen.unlocked.journal.keeping.keep(chosen.note_id)
    chosen.unlocked.console.say(*keeping.after_keeping(kept, is_new))


_THEIRS_ENTRIES = (
    _HEAR,
    Entry[ChosenNote](
        "keep",
        "Keep a copy of this page in your record.",
        _keep,
        lambda chosen: chosen.unlocked.journal.keeping.may_keep(chosen.note),
    ),
    _SAVE_FILE,
    Entry[ChosenNote](
        "co-sign",
        "Put your name under what a colleague signed.",
        lambda chosen: signing.cosign(chosen.unlocked, chosen.note, chosen.note.text.name),
        lambda chosen: signing.may_cosign(chosen.unlocked, chosen.note),
    ),
    _ADD_TO,
    _PRINT,
)

_OWN = Menu[ChosenNote](
    "This note",
    "This note is yours. You can change it, say who reads it, attach files, hear its history, or delete it.",
    lambda _: _OWN_ENTRIES,
)
_THEIRS = Menu[ChosenNote](
    "This note",
    "Somebody else wrote this note. You can save its files, which are then not sealed any more. If it is "
    "signed, you can put your name under it, and add to it.",
    lambda _: _THEIRS_ENTRIES,
)
