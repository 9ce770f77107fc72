"""What partners reported of themselves, as far as this member can read it."""

from collections.abc import Iterator
from contextlib import suppress

from kapjournal.crypto.primitives import NotGenuine, document_name
from kapjournal.domain import self_reports as rules
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import JournalKind
from kapjournal.domain.self_reports import R, SelfReport
from kapjournal.errors import NotFound, Refused
from kapjournal.journal.documents.registry import DocumentSpec
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.standing_versions import StoredVersion


class SelfReportRepository:
    """Finds reports. It is the reader's to judge which count: those of partners, and to a partner no card on
    after-effects of the other's. Nothing is kept: each is made when asked for."""

    def __init__(self, envelopes: OpenedEnvelopes, membership: Membership) -> None:
        self._envelopes = envelopes
        self._membership = membership

    def check_course(self) -> None:
        """Refuse whatever has to do with reports in a practice."""
        if self._membership.kind is not JournalKind.COURSE:
            raise Refused(rules.ONLY_IN_A_COUPLES_JOURNAL)

    def all(self, spec: DocumentSpec[R]) -> Iterator[tuple[StoredVersion, SelfReport[R]]]:
        """Every report of a type with the version shown first, in no order."""
        if self._membership.kind is not JournalKind.COURSE:
            return
        for stored in self._envelopes.of_type(spec.type):
            found = self._report(spec, stored)
            if found is not None:
                yield stored, found

    def find(
        self, spec: DocumentSpec[R], report_id: str, *, own: bool = False
    ) -> tuple[StoredVersion, SelfReport[R]]:
        """The report whose id begins so (`NotFound`, `UsageError` for several). With `own`, of another's and
        of none the answer is the same."""
        mine = (pair for pair in self.all(spec) if not (own and pair[1].author != self._envelopes.me))
        what = f"{_WHAT[spec.type]}{' of yours' if own else ''}"
        return one_by_id(mine, report_id, what, lambda pair: [pair[1].id])

    def of(self, spec: DocumentSpec[R], stored: StoredVersion) -> SelfReport[R]:
        """The report in a version (`NotFound` if there is none)."""
        found = self._report(spec, stored)
        if found is None:
            raise NotFound("It is not here any more.")
        return found

    def _report(self, spec: DocumentSpec[R], stored: StoredVersion) -> SelfReport[R] | None:
        version = stored.version
        if not rules.counts(version.author, self._membership.members):
            return None
        with suppress(NotGenuine):
            said = spec.decode(version)
            if rules.may_be_shown(said, version.author, self._membership.me):
                standing = self._envelopes.standing(version.author, version.document)
                each = (frozenset(one.version.readers) for one in standing if not one.is_deletion)
                readers = frozenset[MemberId](version.readers).union(*each)
                return SelfReport(
                    document_name(version.author, version.document), version.author, readers, said
                )
        return None


_WHAT = {"check-in": "check-in", "after-effects": "card"}
