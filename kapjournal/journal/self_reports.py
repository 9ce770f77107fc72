"""What a partner reports of themselves, check-ins or after-effects cards: make, share, take back, delete."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic

from kapjournal.domain import self_reports as rules
from kapjournal.domain.self_reports import R, SelfReport
from kapjournal.errors import Refused
from kapjournal.journal.documents.registry import DocumentSpec
from kapjournal.journal.vault import self_report_writer, version_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault


class SelfReports(Generic[R]):
    """The use cases of one sort of reports. In a practice there are none, and none is written."""

    def __init__(self, access: VaultAccess, spec: DocumentSpec[R]) -> None:
        self._access = access
        self._spec = spec

    def check_journal(self) -> None:
        """Refuse a practice (`Refused`): these are in the journals of its couples."""
        with self._access.exclusive() as vault:
            vault.self_reports.check_course()

    def all(self) -> list[SelfReport[R]]:
        """All that this member can read, by day."""
        with self._access.exclusive() as vault:
            found = [report for _, report in vault.self_reports.all(self._spec)]
        return sorted(found, key=lambda one: one.order)

    def get(self, report_id: str) -> SelfReport[R]:
        """The one of that id or beginning of one (at least four characters; `NotFound`)."""
        with self._access.exclusive() as vault:
            return vault.self_reports.find(self._spec, report_id)[1]

    def check_may_share(self, said: R, share: str) -> None:
        """Refuse to share a new one with those named by labels and roles (`Refused`), so that nobody fills
        one in first that is refused then."""
        with self._access.exclusive() as vault:
            chosen = rules.readers_from(said, share, vault.membership.members, vault.me)
            self_report_writer.check_may_be_shared(vault, chosen, is_private=True)

    def add(self, said: R, share: str | None = None, *, now: bool = False) -> SelfReport[R]:
        """Make one, for a partner. Its readers are those named by labels and roles, nobody else for an empty
        text, and the usual ones for None: of a check-in nobody, of after-effects the therapists and the
        prescriber (`Refused`, `UsageError`). `now` is as of `share`."""
        with self._writing() as (vault, unit):
            chosen = None
            if share is not None:
                members = vault.membership.members
                chosen = rules.readers_from(said, share, members, vault.me) if share else frozenset()
            if chosen and not now:
                self_report_writer.check_may_be_shared(vault, chosen, is_private=True)
            stored = self_report_writer.add(vault, unit, said, chosen)
        return self._now(stored)

    def share(self, report_id: str, who: str, *, now: bool = False) -> SelfReport[R]:
        """Let more members read one of this member's. With the other partner it waits while what goes to them
        waits after a dose, unless it is to be `now`; after-effects are never shared with them (`Refused`)."""
        with self._writing() as (vault, unit):
            stored, found = vault.self_reports.find(self._spec, report_id, own=True)
            chosen = rules.readers_from(found.said, who, vault.membership.members, vault.me)
            if not chosen <= found.readers:
                if not now:
                    alone = found.readers == {vault.me}
                    self_report_writer.check_may_be_shared(vault, chosen, is_private=alone)
                stored = version_writer.share(vault, unit, stored, chosen)
        return self._now(stored)

    def withdraw(self, report_id: str, who: str) -> SelfReport[R]:
        """Stop sharing one of this member's with some of its readers."""
        with self._writing() as (vault, unit):
            stored, found = vault.self_reports.find(self._spec, report_id, own=True)
            named = [vault.membership.get(word).id for word in filter(None, map(str.strip, who.split(",")))]
            lost = found.readers.intersection(named) - {vault.me}
            if not lost:
                raise Refused("They could not read it.")
            stored = version_writer.withdraw(vault, unit, stored, lost)
        return self._now(stored)

    def delete(self, report_id: str) -> None:
        """Delete one of this member's, for its readers too."""
        with self._writing() as (vault, unit):
            document = vault.self_reports.find(self._spec, report_id, own=True)[0].version.document
            standing = vault.envelopes.standing(vault.me, document)
            unit.delete(standing, vault.envelopes.versions.earlier.get(document, []))

    def _now(self, stored: StoredVersion) -> SelfReport[R]:
        with self._access.exclusive() as vault:
            return vault.self_reports.of(self._spec, stored)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Vault, UnitOfWork]]:
        with self._access.exclusive() as vault:
            vault.self_reports.check_course()
            with vault.unit_of_work() as unit:
                yield vault, unit
