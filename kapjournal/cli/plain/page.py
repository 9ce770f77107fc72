"""The page one writes on, a line at a time. Every line is in the journal before the next one is asked for."""

import time
from collections.abc import Callable
from dataclasses import replace

from kapjournal import signals
from kapjournal.cli.plain.seat import Kept, Seat
from kapjournal.cli.plain.talk import Locked
from kapjournal.domain.notes import Draft, Note
from kapjournal.errors import KapjournalError

_SAVE_AT_LEAST_EVERY = 1.0
"""Seconds between two saves while lines are coming faster than they can be typed."""


Command = Callable[["Page", str], bool]
"""What a line with a dot does, given what stands behind it; says whether one goes on writing."""


class Page:
    """One draft and its lines. A save seals the whole draft in the place of its state before.

    `prompt` is the one that was heard last, which can be taken as a heading.
    """

    def __init__(self, seat: Seat, draft: Draft) -> None:
        self.seat = seat
        self.draft = draft
        self.lines = _lines(draft.text.body)
        self.closed = False
        self.prompt = ""
        self._whose = (seat.journal.path, seat.journal.me.id)
        self._unsaved_from = len(self.lines)
        self._unsaved = self._rewritten = False
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

    def take_lines(self, command_of: Callable[[str], "Command | None"]) -> None:
        """Take lines until a command ends the page; how the rest of the talk ends, no line is lost.

        `command_of` says what a line does that is no line of the text.
        """
        while True:
            line = ""
            try:
                line = self.seat.talk.line()
                command = command_of(line)
                if command is not None and not command(self, line.partition(" ")[2].strip()):
                    return
            except Locked as locked:
                if locked.line and command_of(locked.line) is None:
                    self.lines.append(locked.line)
                self.seat.host.kept = self._kept()
                raise
            if command is None:
                is_escaped = line.startswith("..") and command_of(line[1:]) is not None
                self.add(line.removeprefix(".") if is_escaped else line)

    def add(self, text: str) -> None:
        """Put lines at the end, and save."""
        self.lines += text.split("\n")
        self._unsaved = True
        if not (
            self.seat.talk.more_is_waiting() and time.monotonic() - self._saved_at < _SAVE_AT_LEAST_EVERY
        ):
            self.save()

    def put(self, place: int, *lines: str) -> None:
        """Let other lines stand in the place of one, none to take it away, and save."""
        self.lines[place : place + 1] = lines
        self._unsaved = self._rewritten = True
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
            with signals.deferred():
                self.draft = self.seat.journal.drafts.save(self.current)
                self._unsaved_from = len(self.lines)
                self._unsaved = self._rewritten = False
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
        with signals.deferred():
            note = self.seat.journal.drafts.finish(self.current)
            self.closed = True
        return note

    def discard(self) -> None:
        """Throw the draft away."""
        with signals.deferred():
            if self.draft.id:
                self.seat.journal.drafts.discard(self.draft.id)
            self.closed = True

    def leave(self) -> None:
        """The page is left, however that came about: save what is not saved yet."""
        if self._unsaved and not self.closed and not self.seat.journal.is_closed and not self.is_empty:
            self.save()

    # coming back

    def _kept(self) -> Kept:
        where = (
            self.draft
            if self.draft.id == ""
            else replace(self.draft, text=replace(self.draft.text, body="", title=""))
        )
        lines = self.lines if self._rewritten else self.lines[self._unsaved_from :]
        return Kept(*self._whose, where, tuple(lines), whole=self._rewritten)


def _lines(body: str) -> list[str]:
    return body.removesuffix("\n").split("\n") if body else []
