"""Pages that wait: what of this member's waits, and sending it now or keeping it."""

import datetime as dt
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace

from kapjournal import clock
from kapjournal.domain import audience
from kapjournal.domain import waiting as rules
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.domain.waiting import AT_ONCE, Hold, Waiting, WaitingPage, When
from kapjournal.errors import Damaged, Refused
from kapjournal.journal.vault import note_writer, signature_writer, waiting_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.vault import Vault

_WAITS_FOR_NOBODY = "This page does not wait for them."


class WaitingPages:
    """The use cases of pages that wait. Nobody but their author learns that one does."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(self) -> list[WaitingPage]:
        """Every page of this member's of which something waits, oldest day first."""
        with self._access.exclusive() as vault:
            found = []
            waiting = list(vault.waiting.all())
            of_all = vault.waiting.obstacles_of_all if any(one.waiting.holds for one in waiting) else ()
            for one in waiting:
                stored = vault.waiting.note_version(one.note)
                if one.waiting == Waiting() or stored is None:
                    continue
                obstacles = (*of_all, *vault.waiting.obstacles_of(one)) if one.waiting.holds else ()
                with suppress(Damaged):  # it is told as that
                    note = vault.notes.shown(vault.notes.note_of(stored))
                    found.append(WaitingPage(note, one.waiting, obstacles))
        return sorted(found, key=lambda page: (page.note.text.date, page.note.written, page.note.id))

    def of(self, note: Note) -> Waiting:
        """What of a note waits; nothing of another member's."""
        with self._access.exclusive() as vault:
            if note.author != vault.me:
                return Waiting()
            stored = vault.notes.find_own(note.id, in_tray=True)
            return vault.waiting.of(stored.version.document).waiting

    def is_waiting(self, note: Note) -> bool:
        """Whether a note of this member's waits for somebody, without waiting for the vault."""
        vault = self._access.peek()
        name = vault.notes.known_name(note.id)
        return name is not None and name[0] == vault.me and bool(vault.waiting.of(name[1]).waiting.holds)

    def would_wait(
        self, chosen: Collection[MemberId], when: When = AT_ONCE, opens: dt.date | None = None
    ) -> tuple[frozenset[MemberId], tuple[Hold, ...]]:
        """Which others among the `chosen` would read a page at once, and for whom it would wait (`Refused`,
        `UsageError`), also because it `opens` on a day; to be shown before it is shared."""
        with self._access.exclusive() as vault:
            return waiting_writer.shared(vault, frozenset(chosen) - {vault.me}, when, opens)

    def next_session(self, hold: Hold) -> Session | None:
        """The session that lets a page out, as the course has it today; None where there is none yet."""
        with self._access.exclusive() as vault:
            return rules.next_session(hold, vault.waiting.sessions(), vault.waiting.partners)

    def pause_until(self) -> dt.datetime | None:
        """Until when what this partner shares with the other waits after a dose (UTC); None if no pause
        runs."""
        with self._access.exclusive() as vault:
            return vault.waiting.pause_until()

    def take_back(self, note_id: str) -> Note:
        """Take a note of this member's out of the tray; it stays theirs alone."""
        return self._change(note_id, lambda waiting: replace(waiting, tray=None), in_tray=True)

    def close(self, note_id: str, opens: dt.date) -> Note:
        """Show this member the words of a letter or a decision of theirs again from a day on (`Refused`,
        `UsageError`)."""

        def closed(waiting: Waiting) -> Waiting:
            return replace(waiting, opens=opens)

        with self._access.exclusive() as vault:
            rules.check_may_wait(vault.membership.me.role)
            kind = vault.notes.find(note_id, own=True).text.kind
            rules.check_may_close(kind, opens, clock.today())
        return self._change(note_id, closed)

    def open_now(self, note_id: str) -> Note:
        """Show this member the words of what is closed, or was until today; whom it waits for, it goes on
        waiting for."""
        return self._change(note_id, lambda waiting: replace(waiting, opens=None))

    def _change(self, note_id: str, change: Callable[[Waiting], Waiting], *, in_tray: bool = False) -> Note:
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                stored = vault.notes.find_own(note_id, in_tray=in_tray)
                before = vault.waiting.of(stored.version.document).waiting
                waiting_writer.save(vault, unit, stored.version.document, change(before))
            return vault.notes.shown(vault.notes.note_of(stored))

    def send_now(self, note_id: str, who: str = "") -> Note:
        """Let those whom a note of this member's waits for, or some of them, read it at once."""
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                stored = vault.notes.find_own(note_id)
                chosen = _waited_for(vault, stored, who)
                written = note_writer.share(vault, unit, stored, chosen, When(now=True))
                signature_writer.share_addenda(vault, unit, written)
            return vault.notes.note_of(written)

    def keep(self, note_id: str, who: str = "") -> Note:
        """Let a note of this member's wait no longer: those whom it waits for, or some of them, do not get
        it."""
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                stored = vault.notes.find_own(note_id)
                chosen = _waited_for(vault, stored, who)
                waiting = vault.waiting.of(stored.version.document).waiting
                waiting_writer.save(vault, unit, stored.version.document, waiting.without(chosen))
            return vault.notes.note_of(stored)


def _waited_for(vault: Vault, stored: StoredVersion, who: str) -> frozenset[MemberId]:
    readers = vault.waiting.of(stored.version.document).waiting.readers
    if who:
        readers &= audience.resolve(who, vault.membership.members, vault.me)
    if not readers:
        raise Refused(_WAITS_FOR_NOBODY)
    return readers
