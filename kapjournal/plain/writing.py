"""Writing a note: its page, what goes with it, and what becomes of it."""

from contextlib import suppress
from dataclasses import replace

from kapjournal.content.topics import Topic
from kapjournal.domain.notes import (
    Draft,
    Note,
    NoteText,
    SessionRef,
    kinds_of,
    tags_from,
    title_from,
)
from kapjournal.domain.parsing import day_from
from kapjournal.domain.waiting import CLOSED_KINDS
from kapjournal.errors import NotFound
from kapjournal.plain import dot_commands, intentions, phrasing, sharing, signing
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.line_editor import LineEditor
from kapjournal.plain.menus import CLOSE, Entry, Menu, offer, pick
from kapjournal.plain.opening import ask_when_it_opens
from kapjournal.presentation import days, next_page, opening, sentences, steps, waiting
from kapjournal.presentation import prompts as saying
from kapjournal.presentation.drafts import draft_to_edit, draft_to_use_again
from kapjournal.presentation.notes import KIND_IN_WORDS
from kapjournal.presentation.signing import PAGE_ADDS, adds_to
from kapjournal.text import shown_line


def write(unlocked: Unlocked) -> None:
    """Begin a note: kind and title, which Enter passes over, then the page. The kind is the one that fits
    now, until another is chosen."""
    me, fits = unlocked.journal.me, next_page.page_now(unlocked.journal)
    page = LineEditor(unlocked, next_page.draft_for(me, fits))
    unlocked.console.say(next_page.why(fits) if fits else "")
    intentions.say_now(unlocked)
    if len(kinds_of(me.role)) > 1:
        _kind(page)
    unlocked.console.say(steps.step_by_step(page.draft.text.kind))
    _title(page)
    be_at(page)


def edit(unlocked: Unlocked, note: Note) -> None:
    """Change a note: go on with its unfinished draft or, without one, with its words."""
    go_on(unlocked, draft_to_edit(unlocked.journal, note))


def add_to(unlocked: Unlocked, draft: Draft, name: str) -> None:
    """Write what is to be added to something signed, which lists call by this name, or go on with it."""
    page = LineEditor(unlocked, draft)
    unlocked.console.say(f"{adds_to(name)}. {PAGE_ADDS}")
    if page.draft.id:
        go_on(unlocked, page.draft)
    else:
        be_at(page)


def go_on(unlocked: Unlocked, draft: Draft) -> None:
    """Write on at the end of a page."""
    page = LineEditor(unlocked, draft)
    last = page.lines[-1] if page.lines else ""
    unlocked.console.say(
        f"The page “{draft.text.name}”. What you type is put at its end. Dot read reads it to you.",
        f"Its last line is: {last}" if last.strip() else "",
    )
    _say_readers(page)
    be_at(page)


def use_again(unlocked: Unlocked, note: Note, wording: NoteText) -> None:
    """Put an earlier wording into a draft of its own; the note changes only when that is finished."""
    page = LineEditor(unlocked, draft_to_use_again(unlocked.journal, note, wording))
    page.save()
    unlocked.console.say("The earlier wording is in a draft now. The note changes when you choose done.")
    _say_readers(page)
    be_at(page)


def _say_readers(page: LineEditor) -> None:
    """Say who gets a change of a shared note, with the crisis notice if one of them is a therapist."""
    note = _note_of(page)
    if note is not None and not note.is_private:
        page.console.say(
            f"Readers: {phrasing.readers(page.unlocked, note)}. They get the change, once it is done."
        )
        sharing.say_not_monitored(page.unlocked, note.readers)


def be_at(page: LineEditor) -> None:
    """Take lines until the page ends, then ask what becomes of it."""
    try:
        dot_commands.write(page)
        if page.is_empty and not page.draft.id:
            page.console.say("There is nothing on the page, so nothing is kept.")
        else:
            offer(page.console, _END, page)
    finally:
        page.leave()


# what becomes of it


def _done(page: LineEditor) -> object:
    unlocked, draft = page.unlocked, page.draft
    if page.is_empty:
        unlocked.console.say("There is nothing on the page yet.")
        return None
    if _adds(page):
        return CLOSE if signing.add(page, draft.of or "") else None
    changes = _note_of(page)
    waits = [] if changes else waiting.of_a_new_page(unlocked.journal, page.current)[1]
    if changes is None and not sharing.is_meant(unlocked, draft.readers, waits):
        return None
    note, meanwhile = page.finish()
    done = "The note is changed" if changes else "It is a note now"
    unlocked.console.say(f"{done}. Readers: {phrasing.readers(unlocked, note)}.", *waits, meanwhile)
    return CLOSE


def _keep(page: LineEditor) -> object:
    if not page.save():
        return None
    page.console.say("Kept as a draft, which only you can read.")
    return CLOSE


def _discard(page: LineEditor) -> object:
    what = sentences.throwing_away(of_a_note=bool(page.draft.of))
    if not page.console.yes(f"Throw this draft away? {what}"):
        return None
    page.discard()
    page.console.say("The draft is thrown away.")
    return CLOSE


def _hear(page: LineEditor) -> None:
    page.console.text(phrasing.aloud(page.body))
    page.console.say("End of the page.")


def _end_entries(page: LineEditor) -> tuple[Entry[LineEditor], ...]:
    note = _note_of(page)
    readers = page.unlocked.readers(note.readers if note else page.draft.readers)
    return (
        Entry("done", "Finish: say what it adds, sign it and add it.", _done, _adds),
        Entry("done", "Finish: the draft becomes a note.", _done, lambda page: not _adds(page)),
        Entry("readers", f"Choose who can read it, once it is a note. Now: {readers}.", _readers, _is_new),
        Entry("details", "Kind, session, day, tags, readers.", offer_details, lambda page: not _adds(page)),
        Entry("more", "Write on.", dot_commands.write),
        Entry("hear", "Hear the page.", _hear),
        Entry("keep", "Keep it as a draft and go back.", _keep),
        Entry("discard", "Throw this draft away.", _discard),
    )


def _note_of(page: LineEditor) -> Note | None:
    """The note this draft changes, which has its readers already; None for a new note."""
    with suppress(NotFound):
        return page.unlocked.journal.notes.get(page.draft.of) if page.draft.of else None
    return None


def _adds(page: LineEditor) -> bool:
    """Whether the words of the page are to be added to what is signed; in a practice no others are."""
    note = _note_of(page)
    return page.unlocked.journal.is_practice or (note is not None and note.is_signed)


def _is_new(page: LineEditor) -> bool:
    return not page.unlocked.journal.is_practice and _note_of(page) is None


_END = Menu[LineEditor](
    "The page",
    "Your page is a draft that only you can open. Done makes it a note for the readers you chose, and only "
    "for you if you chose nobody. Back keeps the draft.",
    _end_entries,
)


# what goes with it


def offer_details(page: LineEditor) -> None:
    """Change what goes with the words."""
    help_text = "Nothing of this has to be chosen. Back returns to the page."
    offer(page.console, Menu("Details", help_text, _detail_entries), page)


def _detail_entries(page: LineEditor) -> tuple[Entry[LineEditor], ...]:
    text = page.draft.text
    session = f"session {text.session.number}" if text.session else "none, it lies by its day"
    readers = page.unlocked.readers(page.draft.readers)
    return (
        Entry("title", f"now {shown_line(text.title) or 'none'}.", _title),
        Entry(
            "kind", f"now {text.kind.value}.", _kind, lambda p: len(kinds_of(p.unlocked.journal.me.role)) > 1
        ),
        Entry("session", f"now {session}.", _session),
        Entry("day", f"now {days.spoken(text.date)}.", _day),
        Entry("tags", f"now {', '.join(text.tags) or 'none'}.", _tags),
        Entry("opens", f"now {_when_it_opens(page)}.", _opens, _can_be_closed),
        Entry("readers", f"now {readers}.", _readers, _is_new),
        Entry("prompts", "Keep prompts of your own for this kind of page.", _own_prompts, _is_new),
    )


def _own_prompts(page: LineEditor) -> None:
    """Say the member's own prompts of the kind, and add one or take one away."""
    kind, prompts, console = page.draft.text.kind, page.unlocked.journal.own_prompts, page.console
    own = prompts.all().of(kind)
    console.say(*(f"{number}. {one}" for number, one in enumerate(own, 1)), saying.ABOUT)
    answer = console.ask("A new prompt; the number of one takes it away, Enter leaves them:")
    if answer.isdecimal() and 1 <= int(answer) <= len(own):
        prompts.put(kind, (*own[: int(answer) - 1], *own[int(answer) :]))
        console.say("It is taken away.")
    elif answer:
        prompts.put(kind, (*own, answer))
        console.say("It stands among the prompts now.")


def _set(page: LineEditor, **changed: object) -> None:
    page.change(replace(page.draft, text=replace(page.draft.text, **changed)))  # type: ignore[arg-type]


def _title(page: LineEditor) -> None:
    help_text = "A title is one line. Without one, a list shows the first words."
    now = page.draft.text.title
    taking = ". A hyphen takes it away, Enter leaves it as it is:" if now else ", or press Enter for none:"
    title = page.console.ask_for(f"Title{taking}", title_from, help_text)
    if title:
        _set(page, title="" if title == phrasing.NOTHING else title)


def _kind(page: LineEditor) -> None:
    journal, now = page.unlocked.journal, page.draft.text.kind
    kinds = {kind.value: kind for kind in steps.kinds(journal, now)}
    topics = {one.name: one for one in saying.topics_for(journal.me.role) if one.name not in kinds}
    chosen = pick(
        page.console,
        f"Kind of note; help lists the kinds, Enter means {now.value}:",
        {**kinds, **topics, "": now},
        {
            **{kind.value: f"{KIND_IN_WORDS[kind]}." for kind in kinds.values()},
            **{one.name: f"a page on {one.sentence}." for one in topics.values()},
        },
        aloud=False,
    )
    if isinstance(chosen, Topic):
        page.change(replace(page.draft, text=saying.on_topic(page.draft.text, chosen)))
    elif chosen is not now:
        _set(page, kind=chosen)
        if _can_be_closed(page):
            _opens(page)


def _can_be_closed(page: LineEditor) -> bool:
    return page.draft.text.kind in CLOSED_KINDS and _is_new(page)


def _when_it_opens(page: LineEditor) -> str:
    return opening.day_in_short(page.draft) or "it stays open"


def _opens(page: LineEditor) -> None:
    """Ask on which day a letter or a decision opens."""
    kind, opens = page.draft.text.kind, page.draft.opens
    page.change(replace(page.draft, opens=ask_when_it_opens(page.unlocked, kind, is_new=True, now=opens)))


def _session(page: LineEditor) -> None:
    sessions = page.unlocked.journal.sessions.all()
    refs: dict[str, SessionRef | None] = {s.name: SessionRef(s.id, s.number) for s in sessions}
    chosen = pick(
        page.console,
        "Which session it belongs to, number or word. Enter leaves it:",
        {**refs, "none, by its day": None, "": page.draft.text.session},
    )
    _set(page, session=chosen)


def _day(page: LineEditor) -> None:
    read = page.console.ask_for(
        "The day it is about, as year, month, day, such as 2026-11-24. Enter leaves it:",
        lambda answer: day_from(answer) if answer else page.draft.text.date,
    )
    _set(page, date=read)


def _tags(page: LineEditor) -> None:
    now = page.draft.text.tags
    taking = "A hyphen takes them away, Enter leaves them:" if now else "Enter for none:"
    answer = page.console.ask_for(
        f"Tags, with commas between them. {taking}",
        lambda answer: tags_from(tag for tag in answer.split(",") if tag.strip()),
    )
    if answer:
        _set(page, tags=() if answer == (phrasing.NOTHING,) else answer)


def _readers(page: LineEditor) -> None:
    chosen = sharing.choose(
        page.unlocked, "Who can read it besides you? Enter for nobody:", page.unlocked.others
    )
    page.change(replace(page.draft, readers=chosen | {page.unlocked.journal.me.id}))
