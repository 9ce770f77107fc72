"""What one's own program owes the others whenever it opens: papers, letters to newcomers, its sessions."""

from collections.abc import Iterator
from dataclasses import replace

from kapjournal.crypto.identity import PublicIdentity
from kapjournal.errors import KapjournalError
from kapjournal.journal.about import ABOUT, About
from kapjournal.journal.core import Core
from kapjournal.journal.desk import Writing
from kapjournal.journal.papers import PAPERS, Papers
from kapjournal.journal.people import Letter, Paper
from kapjournal.journal.version import DocumentKind


class Greeting(Core):
    """Pins newcomers, puts back one's own card, letters and tickets where they are missing, sends new
    letters, and re-seals what everybody of the course reads. Notes are never re-sealed."""

    def catch_up(self) -> bool:
        """Take in what other programs wrote, and greet whom they brought; True if anything changed."""
        changed = False
        if self.file.changed_by_others() or self._may_be_behind:
            with self.file.reading() as snapshot:
                changed = self._level(snapshot)
        if not (changed or self._greeting_is_due):
            return False
        with self.file.reading() as snapshot:
            self._call_roll(self._fetching(snapshot))
        self._greeting_is_due = False
        self._look_back()
        self.greet()
        return True

    def greet(self) -> None:
        """Write whatever is owed; where nothing can be written, say so and go on."""
        if self.file.read_only or self.me.removed or not (any(self._papers_owed()) or any(self._to_write())):
            return
        try:
            with self.sitting(by_hand=False) as at_work:
                self._call_roll(self._fetching(at_work.transaction))
                for paper in list(self._papers_owed()):
                    at_work.put_shared(paper.to_bytes())
                for writing in list(self._to_write()):
                    at_work.put(writing)
            self._call_roll(dict)
        except KapjournalError as error:
            self.trouble.append(f"Newcomers could not be greeted this time. {error}")

    def _papers_owed(self) -> Iterator[Paper]:
        shared, card = self.shelf.shared, self.papers.card
        if card not in shared.cards.values():
            yield card
        keys = {card.keys.hash: card.keys for card in shared.cards.values()}
        for member in self.members:
            if member.id == self.shelf.me or member.removed or member.id not in keys:
                continue
            if not any(self._is_mine(letter, member.id) for letter in shared.letters.values()):
                yield self._letter_to(keys[member.id])
        for ticket in self.papers.tickets:
            if ticket not in shared.tickets.values():
                yield ticket

    def _is_mine(self, letter: Letter, receiver: bytes) -> bool:
        return (
            letter.sender == self.shelf.me
            and letter.receiver == receiver
            and self.identity.wrote_key_message(self.file.journal_id, receiver, letter.sealed)
        )

    def _letter_to(self, receiver: PublicIdentity) -> Letter:
        secret = self._keyring.secret_for(receiver.hash)
        sealed = self.identity.write_key_message(self.file.journal_id, receiver, secret)
        return Letter(self.shelf.me, receiver.hash, sealed)

    def _to_write(self) -> Iterator[Writing]:
        """What has a head, and so would hide that something is missing: not where that is in doubt, until
        the person, who was told, writes something by hand."""
        return (writing for writing in self._owed() if self._went_on or self._is_sound(writing))

    def _is_sound(self, writing: Writing) -> bool:
        ends = writing.readers | set(writing.previous.version.readers if writing.previous else ())
        return all(
            (self.shelf.me, end) not in self.behind and self.shelf.channel_to(end).agrees() for end in ends
        )

    def _owed(self) -> Iterator[Writing]:
        if self.papers != self._papers_written():
            yield self._new_papers(self.papers)
        here = [member for member in self.members if not member.removed]
        if self.me.is_keeper:
            yield from self._about_owed(frozenset(member.id for member in here))
        course = frozenset(member.id for member in here if member.role.is_of_the_course) | {self.shelf.me}
        for (author, document), held in list(self.shelf.current.items()):
            version = held.version
            is_mine = author == self.shelf.me and version.kind is DocumentKind.SESSION
            if is_mine and version.data is not None and not course <= set(version.readers):
                yield Writing(document, version.kind, course, version.data, version.text, held)

    def _about_owed(self, everybody: frozenset[bytes]) -> Iterator[Writing]:
        """The keeper's word again, where a newcomer cannot read it or it forgot who is gone."""
        said = self.shelf.current.get((self.shelf.me, ABOUT))
        if said is None or not everybody <= set(said.version.readers) or self.about.gone != self.papers.gone:
            yield self._new_about(replace(self.about, gone=self.papers.gone), everybody)

    def _new_about(self, about: About, readers: frozenset[bytes]) -> Writing:
        """The next version of the keeper's word."""
        previous = self.shelf.current.get((self.shelf.me, ABOUT))
        return Writing(ABOUT, DocumentKind.ABOUT, readers, about.data(), previous=previous)

    def _new_papers(self, papers: Papers) -> Writing:
        """The next version of one's own papers."""
        previous = self.shelf.current.get((self.shelf.me, PAPERS))
        only_me = frozenset({self.shelf.me})
        return Writing(PAPERS, DocumentKind.PAPERS, only_me, papers.data(), previous=previous)
