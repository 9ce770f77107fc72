"""The couple's policy: read it, and write it down for a therapist."""

import datetime as dt

from kapjournal import clock
from kapjournal.domain import policy as rules
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import JournalKind
from kapjournal.domain.policy import OF_AN_INTAKE, Policy, SecretsPolicy
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.records import Records
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.unit_of_work import DocumentChange

_MOMENT = dt.timedelta(milliseconds=1)


class Policies:
    """The use cases of a couple's policy."""

    def __init__(
        self, access: VaultAccess, records: Records | None = None, case: CaseId | None = None
    ) -> None:
        """With the `records` of the practice through which the couple's journal was opened, what an intake
        says is offered."""
        self._access = access
        self._records = records
        self._case = case

    def current(self) -> Policy:
        """What was written down last; where nothing ever was, no policy and the usual hour."""
        with self._access.exclusive() as vault:
            return vault.bring.policy()

    @property
    def dialogue_in_the_room(self) -> bool:
        """Whether the dialogue is kept for the room, without waiting for the vault."""
        return self._access.peek().bring.policy().dialogue_in_the_room

    def write(
        self, secrets: SecretsPolicy | None, hour: dt.time, *, dialogue_in_the_room: bool | None = None
    ) -> Policy:
        """Write down what the couple chose, for a therapist; everybody of the course reads it (`Refused`).
        Where the dialogue is kept stays as it is if nothing is said of it."""
        with self._access.exclusive() as vault:
            if vault.membership.kind is not JournalKind.COURSE:
                raise Refused(rules.ONLY_IN_A_COUPLES_JOURNAL)
            rules.check_may_set(vault.membership.me.role)
            with vault.unit_of_work() as unit:
                before, own = vault.bring.policy(), vault.bring.own_policies()
                kept = before.dialogue_in_the_room if dialogue_in_the_room is None else dialogue_in_the_room
                hour = hour.replace(second=0, microsecond=0)
                said = (before.secrets, before.hour, before.dialogue_in_the_room)
                if said == (secrets, hour, kept) and before.written:
                    return before
                now = clock.now()
                if before.written and now <= before.written and not rules.is_far_ahead(before.written, now):
                    now = before.written + _MOMENT  # by a clock that was ahead
                policy = Policy(secrets, hour, vault.me, now, kept)
                spec, first = registry.POLICY, own[0].version if own else None
                document = first.document if first else new_document_id()
                previous = tuple(vault.envelopes.standing(vault.me, document)) if first else ()
                readers = vault.membership.course_readers | {vault.me}
                unit.put(DocumentChange(document, spec.type, readers, spec.encode(policy, first), previous))
        return policy

    def suggested(self) -> SecretsPolicy | None:
        """What the last intake of this couple says in the practice, where it is open; None if nothing."""
        self._access.peek()
        if self._records is None or self._case is None:
            return None
        intakes = sorted(self._records.own(RecordKind.INTAKE, self._case), key=lambda one: one.order)
        said = intakes[-1].text.fields.get("secrets-policy", "") if intakes else ""
        return OF_AN_INTAKE.get(said)
