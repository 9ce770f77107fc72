"""The page one writes on, a line at a time. Every line is in the journal before the next one is asked for."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from kapjournal import paths, stopping
from kapjournal.cli import reading
from kapjournal.cli.plain.seat import Kept, Seat
from kapjournal.cli.plain.talk import Locked
from kapjournal.domain.notes import Draft, Note
from kapjournal.errors import KapjournalError
from kapjournal.text import without_controls

_SAVE_AT_LEAST_EVERY = 1.0
"""Seconds between two saves while lines are coming faster than they can be typed."""


class Page:
    """One draft and its lines. A save seals the whole draft in the place of its state before."""

    def __init__(self, seat: Seat, draft: Draft) -> None:
        self.seat = seat
        self.draft = draft
        self.lines = _lines(draft.text.body)
        self.closed = False
        self._whose = (seat.journal.path, seat.journal.me.id)
        self._unsaved_from = len(self.lines)
        self._unsaved = False
        self._saved_at = 0.0

    @property
    def body(self) -> str:
        """All lines as one text; to the letter what the draft held, while nothing was changed."""
        held = self.draft.text.body
        return held if self.lines == _lines(held) else "\n".join(self.lines)

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a word nor a title."""
        return not self.body.strip() and not self.draft.text.title

    @property
    def current(self) -> Draft:
        """The draft with the lines as they are now."""
        last = (len(self.lines) - 1, len(self.lines[-1])) if self.lines else (0, 0)
        return replace(self.draft, text=replace(self.draft.text, body=self.body), cursor=last)

    # writing

    def write(self) -> None:
        """Take lines until a dot alone ends the page; how the rest of the talk ends, no line is lost."""
        self.seat.talk.say(
            "Write now, a line at a time. A dot alone on a line ends the page. .help says more."
        )
        while True:
            try:
                line = self.seat.talk.line()
            except Locked as locked:
                if locked.line and _command(locked.line) is None:
                    self.lines.append(locked.line)
                self.seat.host.kept = self._kept()
                raise
            command = _command(line)
            if command is None:
                self.add(line.removeprefix(".") if _is_escaped(line) else line)
            elif not command.does(self, line.partition(" ")[2].strip()):
                return

    def add(self, text: str) -> None:
        """Put lines at the end, and save."""
        self.lines += text.split("\n")
        self._unsaved = True
        if not (
            self.seat.talk.more_is_waiting() and time.monotonic() - self._saved_at < _SAVE_AT_LEAST_EVERY
        ):
            self.save()

    def change(self, draft: Draft) -> None:
        """Let the draft have another title, kind, session, day, tags or readers."""
        self.draft = replace(draft, text=replace(draft.text, body=self.draft.text.body))
        self._unsaved = True
        if not self.is_empty:
            self.save()

    def save(self) -> bool:
        """Put the page into the journal as a draft, whatever signal comes meanwhile; False, with a sentence,
        if the journal does not take it."""
        try:
            with stopping.held():
                self.draft = self.seat.journal.save_draft(self.current)
                self._unsaved_from, self._unsaved = len(self.lines), False
                self._saved_at = time.monotonic()
        except (KapjournalError, OSError) as error:
            said = (
                str(error) if isinstance(error, KapjournalError) else f"The computer said: {error.strerror}."
            )
            self.seat.talk.say(f"This could not be saved. {said} Every word is still on the page.")
            return False
        return True

    def finish(self) -> Note:
        """Make the draft a note, or a new version of its note."""
        with stopping.held():
            note = self.seat.journal.finish_draft(self.current)
            self.closed = True
        return note

    def discard(self) -> None:
        """Throw the draft away."""
        with stopping.held():
            if self.draft.id:
                self.seat.journal.discard_draft(self.draft.id)
            self.closed = True

    def leave(self) -> None:
        """The page is left, however that came about: save what is not saved yet."""
        if self._unsaved and not self.closed and not self.seat.journal.closed and not self.is_empty:
            self.save()

    # coming back

    def _kept(self) -> Kept:
        where = (
            self.draft
            if self.draft.id == ""
            else replace(self.draft, text=replace(self.draft.text, body="", title=""))
        )
        lines = tuple(self.lines[self._unsaved_from :])
        return Kept(*self._whose, where, lines)


@dataclass(frozen=True, slots=True)
class Command:
    """What a line that begins with a dot does; `does` says whether one goes on writing."""

    sentence: str
    does: Callable[[Page, str], bool]


def _help(page: Page, _: str) -> bool:
    page.seat.talk.say(
        "You are writing. Every line you type is kept as a draft that only you can open, as soon as you "
        "press Enter. Words such as help or quit are words here. These lines are commands:",
        *(command.sentence for command in COMMANDS.values()),
        "To write such a line itself, put one more dot before it.",
    )
    return True


def _read(page: Page, _: str) -> bool:
    page.seat.talk.text(page.body)
    page.seat.talk.say("That is the end of the page so far.")
    return True


def _undo(page: Page, _: str) -> bool:
    if not page.lines:
        page.seat.talk.say("There is no line to take away.")
        return True
    page.seat.talk.say(f"Taken away: {page.lines.pop()}")
    page.save()
    return True


def _file(page: Page, path: str) -> bool:
    try:
        text, dropped = without_controls(reading.body(str(paths.typed(path))))
    except KapjournalError as error:
        page.seat.talk.say(str(error))
        return True
    page.add(text.removesuffix("\n"))
    page.seat.talk.say(
        "The text of the file is at the end of the page now.",
        "Control characters in it were left out." if dropped else "",
    )
    return True


COMMANDS = {
    ".": Command("A dot alone on a line: end the page, then choose what becomes of it.", lambda *_: False),
    ".read": Command("Dot read, typed .read: hear the page so far.", _read),
    ".undo": Command("Dot undo, typed .undo: take the last line away.", _undo),
    ".file": Command(
        "Dot file, typed .file and the path of a file: put its text at the end of the page.", _file
    ),
    ".help": Command("Dot help, typed .help: hear this.", _help),
}


def _command(line: str) -> Command | None:
    return COMMANDS.get(line.partition(" ")[0].rstrip())


def _is_escaped(line: str) -> bool:
    return line.startswith("..") and _command(line[1:]) is not None


def _lines(body: str) -> list[str]:
    return body.removesuffix("\n").split("\n") if body else []
