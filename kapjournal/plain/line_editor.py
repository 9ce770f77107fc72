"""The page, written a line at a time; every line is in the journal before the next is asked for."""

import time
from collections.abc import Callable
from dataclasses import replace

from kapjournal import signals
from kapjournal.domain.notes import Draft, Note
from kapjournal.errors import KapjournalError, of_the_system
from kapjournal.plain.console import Locked, ToCouples
from kapjournal.plain.conversation_state import InterruptedPage, Unlocked
from kapjournal.presentation.drafts import DRAFT_BESIDE, PageOwner, written_meanwhile

_SAVE_AT_LEAST_EVERY = 1.0
"""Seconds between two saves while lines are coming faster than they can be typed."""


END = object()
"""What a command returns that ends the page."""

LineCommand = Callable[["LineEditor", str], object]
"""What a dot command does with the page and the words behind it."""


class LineEditor:
    """A draft and its lines. A save seals the whole draft in the place of its state before.

    `prompt` is the prompt that was said last, which can be taken as a heading.
    """

    def __init__(self, unlocked: Unlocked, draft: Draft) -> None:
        self.unlocked = unlocked
        self.console = unlocked.console
        self.draft = draft
        self.lines = _lines(draft.text.body)
        self.closed = False
        self.prompt = ""
        self._owner = PageOwner.of(unlocked.journal)
        self._unsaved_from = len(self.lines)
        self._unsaved = self._rewritten = False
        self._saved_at = 0.0

    @property
    def body(self) -> str:
        """All lines as one text; to the letter what the draft held, until a line is changed."""
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

    def take_lines(self, command_of: Callable[[str], "LineCommand | None"]) -> None:
        """Take lines until a command ends the page; a lock loses none of them, nor does the way to the
        practice.

        `command_of` gives the command a line is, None for a line of the text.
        """
        while True:
            line = ""
            try:
                line = self.console.line()
                command = command_of(line)
                if command is not None and command(self, line.partition(" ")[2].strip()) is END:
                    return
            except Locked as locked:
                if locked.line and command_of(locked.line) is None:
                    self.lines.append(locked.line)
                self._wait()
                raise
            except ToCouples:
                if not self.is_empty:
                    self._wait()
                raise
            if command is None:
                is_escaped = line.startswith("..") and command_of(line[1:]) is not None
                self.add(line.removeprefix(".") if is_escaped else line)

    def add(self, text: str) -> None:
        """Put lines at the end, and save."""
        self.lines += text.split("\n")
        self._unsaved = True
        if not (self.console.more_is_waiting() and time.monotonic() - self._saved_at < _SAVE_AT_LEAST_EVERY):
            self.save()

    def put(self, place: int, *lines: str) -> None:
        """Put other lines in the place of one, or none to take it away, and save."""
        self.lines[place : place + 1] = lines
        self._unsaved = self._rewritten = True
        self.save()

    def change(self, draft: Draft) -> None:
        """Give the draft another title, kind, session, day, tags or readers."""
        self.draft = replace(draft, text=replace(draft.text, body=self.draft.text.body))
        self._unsaved = True
        if not self.is_empty:
            self.save()

    def save(self) -> bool:
        """Put the page into the journal as a draft, whatever signal comes meanwhile.

        False, after a sentence, if the journal does not take it.
        """
        try:
            with signals.deferred():
                before, self.draft = self.draft, self.unlocked.journal.drafts.save(self.current)
                self._unsaved_from = len(self.lines)
                self._unsaved = self._rewritten = False
                self._saved_at = time.monotonic()
        except (KapjournalError, OSError, MemoryError) as error:
            told = error if isinstance(error, KapjournalError) else of_the_system(error)
            said = str(told or f"The computer said: {getattr(error, 'strerror', None)}.")
            self.console.say(f"This could not be saved. {said} Every word is still on the page.")
            return False
        if before.id and before.id != self.draft.id:
            self.console.say(DRAFT_BESIDE)
        return True

    def finish(self) -> tuple[Note, str]:
        """Make the draft a note, or a new version of its note; with it comes what another program wrote
        meanwhile, in a sentence, or nothing."""
        draft = self.current
        with signals.deferred():
            note = self.unlocked.journal.drafts.finish(draft)
            self.closed = True
        return note, written_meanwhile(self.unlocked.journal, draft, note)

    def use_up(self, deed: Callable[[], object]) -> None:
        """Do something with the words that gives them another place, then throw the draft away."""
        with signals.deferred():
            deed()
            self.discard()

    def discard(self) -> None:
        """Throw the draft away."""
        with signals.deferred():
            if self.draft.id:
                self.unlocked.journal.drafts.discard(self.draft.id, self.draft.saved)
            self.closed = True

    def leave(self) -> None:
        """Save what is not saved yet, however the page comes to be left."""
        if self._unsaved and not self.closed and not self.unlocked.journal.is_closed and not self.is_empty:
            self.save()

    # coming back

    def _wait(self) -> None:
        """Wait behind the author's door, with the lines the journal does not have."""
        where = (
            self.draft
            if self.draft.id == ""
            else replace(self.draft, text=replace(self.draft.text, body="", title=""))
        )
        lines = self.lines if self._rewritten else self.lines[self._unsaved_from :]
        page = InterruptedPage(where, tuple(lines), whole=self._rewritten)
        self.unlocked.conversation.interrupted[self._owner] = page


def _lines(body: str) -> list[str]:
    return body.removesuffix("\n").split("\n") if body else []
