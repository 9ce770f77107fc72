"""Check-ins and after-effects cards on the way: sealed for their author alone with every answer."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from kapjournal import clock
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain import self_reports as rules
from kapjournal.domain.self_reports import CheckIn, Report, SelfReport, SelfReportDraft
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.registry import CHECK_IN_DRAFT
from kapjournal.journal.vault import draft_writer, self_report_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.vault import Vault


class SelfReportDrafts:
    """The use cases of reports on the way. In a practice there are none, and none is saved."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(self) -> list[SelfReportDraft]:
        """This member's drafts, the one saved last first."""
        found: list[SelfReportDraft] = []
        with self._access.exclusive() as vault:
            for spec in registry.REPORT_DRAFTS.values():
                for stored in draft_writer.newest(vault, spec.type):
                    with suppress(NotGenuine):
                        found.append(spec.decode(stored.version))
        return sorted(found, key=lambda draft: (draft.saved is not None, draft.saved), reverse=True)

    def save(self, draft: SelfReportDraft) -> SelfReportDraft:
        """Seal a draft in the place of its state before; a new one (id "") gets an id (`Refused`). If another
        program went on with it since it was `saved`, both are kept: this one gets another id."""
        with self._course() as vault, vault.unit_of_work(remember=False) as unit:
            rules.check_may_report(vault.membership.me.role)
            checked = replace(draft, said=self_report_writer.checked_lines(draft.said))
            spec = registry.REPORT_DRAFTS[type(draft.said)]
            stored = draft_writer.save(vault, unit, spec, checked, draft.id, draft.saved)
        return spec.decode(stored.version)

    def finish(self, draft: SelfReportDraft) -> SelfReport[Report]:
        """Make it what it is on the way to be, with the day of today, and drop the draft (`Refused`,
        `UsageError`)."""
        with self._course() as vault:
            said = replace(draft.said, date=clock.today())
            # a check-in is shared once it is made: the screen says that nobody else reads it, whatever
            # a draft says that somebody put there with keys from before
            readers = None if isinstance(said, CheckIn) else draft.readers
            with vault.unit_of_work() as unit:
                stored = self_report_writer.add(vault, unit, said, readers)
                type_ = registry.REPORT_DRAFTS[type(said)].type
                draft_writer.drop_finished(vault, unit, type_, draft.id, draft.saved)
            return vault.self_reports.of(registry.REPORTS[type(said)], stored)

    def discard(self, draft_id: str, saved: dt.datetime | None = None) -> None:
        """Delete a draft (`NotFound`), but for what another program made of it since it was `saved`."""
        types = {one.id: registry.REPORT_DRAFTS[type(one.said)].type for one in self.all()}
        with self._course() as vault, vault.unit_of_work() as unit:
            draft_writer.drop(vault, unit, types.get(draft_id, CHECK_IN_DRAFT.type), draft_id, saved)

    @contextmanager
    def _course(self) -> Iterator[Vault]:
        with self._access.exclusive() as vault:
            vault.self_reports.check_course()
            yield vault
