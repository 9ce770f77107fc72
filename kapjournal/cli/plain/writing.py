"""Writing a note: its page, what goes with it, and what becomes of it."""

from collections.abc import Callable
from dataclasses import replace

from kapjournal import clock
from kapjournal.cli.plain import dots, sayings, sharing
from kapjournal.cli.plain.menus import CLOSE, Entry, Menu, offer, pick
from kapjournal.cli.plain.page import Page
from kapjournal.cli.plain.seat import Seat
from kapjournal.domain import sentences
from kapjournal.domain.notes import (
    ABOUT,
    Draft,
    Note,
    NoteText,
    SessionRef,
    draft_of,
    kinds_of,
    new_draft,
    tags_from,
    title_from,
)
from kapjournal.domain.values import day_from
from kapjournal.text import shown_line


def write(seat: Seat) -> None:
    """A new note: kind and title if one likes, then the page."""
    me = seat.journal.me
    page = Page(seat, new_draft(me.id, me.role, clock.today()))
    if len(kinds_of(me.role)) > 1:
        _kind(page)
    _title(page)
    _at(page)


def edit(seat: Seat, note: Note) -> None:
    """Change a note: its unfinished draft, if there is one, or its words as they are."""
    unfinished = (draft for draft in seat.journal.drafts.all() if draft.of == note.id)
    go_on(seat, next(unfinished, draft_of(note)))


def go_on(seat: Seat, draft: Draft) -> None:
    """Write on at the end of a page."""
    page = Page(seat, draft)
    last = page.lines[-1] if page.lines else ""
    seat.talk.say(
        f"The page “{draft.text.name}”. What you type is put at its end. Dot read reads it to you.",
        f"Its last line is: {last}" if last.strip() else "",
    )
    _say_readers(page)
    _at(page)


def use_again(seat: Seat, note: Note, wording: NoteText) -> None:
    """Put an earlier wording into a draft of its own; the note changes only when that is finished."""
    text = replace(note.text, body=wording.body, title=wording.title)
    page = Page(seat, Draft("", note.id, text, note.readers))
    page.save()
    seat.talk.say("The earlier wording is in a draft now. The note changes when you choose done.")
    _say_readers(page)
    _at(page)


def _say_readers(page: Page) -> None:
    """Of a change: who gets it, and what stands beside that if one of them is a therapist."""
    note = _note_of(page)
    if note is not None and not note.is_private:
        page.seat.talk.say(
            f"Readers: {sayings.readers(page.seat, note)}. They get the change, once it is done."
        )
        sharing.say_not_monitored(page.seat, note.readers)


def resume(seat: Seat) -> None:
    """Go on with the page a lock interrupted, if it is this person's; its last line may be here and nowhere
    else."""
    kept = seat.host.kept
    if kept is None or (kept.path, kept.author) != (seat.journal.path, seat.journal.me.id):
        return
    seat.host.kept = None
    found = [draft for draft in seat.journal.drafts.all() if draft.id and draft.id == kept.draft.id]
    page = Page(seat, found[0] if found else kept.draft)
    if kept.whole:
        page.lines.clear()
    if kept.lines:
        page.add("\n".join(kept.lines))
    seat.talk.say("This is the page you were writing. Every line of it is kept.")
    _at(page)


def drafts(seat: Seat) -> None:
    """One's own drafts; choosing one goes on with it."""

    def entries(seat: Seat) -> list[Entry[Seat]]:
        return [Entry("", _in_a_list(seat, draft), _going_on(draft)) for draft in seat.journal.drafts.all()]

    offer(
        seat.talk, Menu("Drafts", sentences.DRAFTS_ARE_YOURS, entries, nothing="There are no drafts."), seat
    )


def _going_on(draft: Draft) -> Callable[[Seat], None]:
    return lambda seat: go_on(seat, draft)


def _in_a_list(seat: Seat, draft: Draft) -> str:
    readers = seat.readers(draft.readers)
    return f"{draft.text.name}. For {readers[0].lower()}{readers[1:]}."


def _at(page: Page) -> None:
    try:
        dots.write(page)
        if page.is_empty and not page.draft.id:
            page.seat.talk.say("There is nothing on the page, so nothing is kept.")
        else:
            offer(page.seat.talk, _END, page)
    finally:
        page.leave()


# what becomes of it


def _done(page: Page) -> object:
    seat, draft = page.seat, page.draft
    if page.is_empty:
        seat.talk.say("There is nothing on the page yet.")
        return None
    changes = _note_of(page)
    if changes is None and not sharing.is_meant(seat, draft.readers):
        return None
    note = page.finish()
    done = "The note is changed" if changes else "It is a note now"
    seat.talk.say(f"{done}. Readers: {sayings.readers(seat, note)}.")
    return CLOSE


def _keep(page: Page) -> object:
    if not page.save():
        return None
    page.seat.talk.say("Kept as a draft, which only you can read.")
    return CLOSE


def _discard(page: Page) -> object:
    what = sentences.throwing_away(of_a_note=bool(page.draft.of))
    if not page.seat.talk.yes(f"Throw this draft away? {what}"):
        return None
    page.discard()
    page.seat.talk.say("The draft is thrown away.")
    return CLOSE


def _hear(page: Page) -> None:
    page.seat.talk.text(sayings.aloud(page.body))
    page.seat.talk.say("End of the page.")


def _end_entries(page: Page) -> tuple[Entry[Page], ...]:
    note = _note_of(page)
    readers = page.seat.readers(note.readers if note else page.draft.readers)
    return (
        Entry("done", "Finish: the draft becomes a note.", _done),
        Entry("readers", f"Choose who can read it, once it is a note. Now: {readers}.", _readers, _is_new),
        Entry("details", "Kind, session, day, tags, readers.", offer_details),
        Entry("more", "Write on.", dots.write),
        Entry("hear", "Hear the page.", _hear),
        Entry("keep", "Keep it as a draft and go back.", _keep),
        Entry("discard", "Throw this draft away.", _discard),
    )


def _note_of(page: Page) -> Note | None:
    """The note this draft changes, which has its readers already; None for a new one."""
    return next((note for note in page.seat.journal.notes.all() if note.id == page.draft.of), None)


def _is_new(page: Page) -> bool:
    return _note_of(page) is None


_END = Menu[Page](
    "The page",
    "Your page is a draft that only you can open. Done makes it a note for the readers you chose, and only "
    "for you if you chose nobody. Back keeps the draft.",
    _end_entries,
)


# what goes with it


def offer_details(page: Page) -> None:
    """Change what goes with the words."""
    here = "Nothing of this has to be chosen. Back returns to the page."
    offer(page.seat.talk, Menu("Details", here, _detail_entries), page)


def _detail_entries(page: Page) -> tuple[Entry[Page], ...]:
    text = page.draft.text
    session = f"session {text.session.number}" if text.session else "none, it lies by its day"
    readers = page.seat.readers(page.draft.readers)
    return (
        Entry("title", f"now {shown_line(text.title) or 'none'}.", _title),
        Entry("kind", f"now {text.kind.value}.", _kind, lambda p: len(kinds_of(p.seat.journal.me.role)) > 1),
        Entry("session", f"now {session}.", _session),
        Entry("day", f"now {sayings.day(text.date)}.", _day),
        Entry("tags", f"now {', '.join(text.tags) or 'none'}.", _tags),
        Entry("readers", f"now {readers}.", _readers, _is_new),
    )


def _set(page: Page, **changed: object) -> None:
    page.change(replace(page.draft, text=replace(page.draft.text, **changed)))  # type: ignore[arg-type]


def _title(page: Page) -> None:
    here = "A title is one line. Without one, a list shows the first words."
    now = page.draft.text.title
    taking = ". A hyphen takes it away, Enter leaves it as it is:" if now else ", or press Enter for none:"
    title = page.seat.talk.ask_for(f"Title{taking}", title_from, here)
    if title:
        _set(page, title="" if title == sayings.NOTHING else title)


def _kind(page: Page) -> None:
    kinds = {kind.value: kind for kind in kinds_of(page.seat.journal.me.role)}
    now = page.draft.text.kind
    chosen = pick(
        page.seat.talk,
        f"Kind of note; help lists the kinds, Enter means {now.value}:",
        {**kinds, "": now},
        {kind.value: f"{ABOUT[kind]}." for kind in kinds.values()},
        aloud=False,
    )
    if chosen is not now:
        _set(page, kind=chosen)


def _session(page: Page) -> None:
    sessions = page.seat.journal.sessions.all()
    refs: dict[str, SessionRef | None] = {s.name: SessionRef(s.id, s.number) for s in sessions}
    chosen = pick(
        page.seat.talk,
        "Which session it belongs to, number or word. Enter leaves it:",
        {**refs, "none, by its day": None, "": page.draft.text.session},
    )
    _set(page, session=chosen)


def _day(page: Page) -> None:
    read = page.seat.talk.ask_for(
        "The day it is about, as year, month, day, such as 2026-11-24. Enter leaves it:",
        lambda answer: day_from(answer) if answer else page.draft.text.date,
    )
    _set(page, date=read)


def _tags(page: Page) -> None:
    now = page.draft.text.tags
    taking = "A hyphen takes them away, Enter leaves them:" if now else "Enter for none:"
    answer = page.seat.talk.ask_for(
        f"Tags, with commas between them. {taking}",
        lambda answer: tags_from(tag for tag in answer.split(",") if tag.strip()),
    )
    if answer:
        _set(page, tags=() if answer == (sayings.NOTHING,) else answer)


def _readers(page: Page) -> None:
    chosen = sharing.choose(page.seat, "Who can read it besides you? Enter for nobody:", page.seat.others)
    page.change(replace(page.draft, readers=chosen | {page.seat.journal.me.id}))
