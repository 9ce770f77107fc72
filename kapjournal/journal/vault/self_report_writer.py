"""How a new check-in or after-effects card of a partner is written."""

from dataclasses import replace

from kapjournal import clock
from kapjournal.domain import self_reports as rules
from kapjournal.domain.after_dose import own_doses, pause_in_words
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.notes import SessionRef
from kapjournal.domain.self_reports import MAX_DAY, AfterEffects, Report
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault
from kapjournal.text import shown_line, storable_line


def add(vault: Vault, unit: UnitOfWork, said: Report, readers: frozenset[MemberId] | None) -> StoredVersion:
    """Write a report for its author and these readers, None for the usual ones, of whom there are none once
    sharing has ended (`UsageError`, `Refused`)."""
    me, members = vault.membership.me, vault.membership.members
    rules.check_may_report(me.role)
    checked = checked_lines(said)
    rules.check_not_empty(checked)
    usual = frozenset() if vault.membership.sharing_has_ended else rules.usual_readers(said, members)
    chosen = usual if readers is None else readers
    rules.check_readers(said, chosen, members, me.id)
    spec = registry.REPORTS[type(said)]
    content = spec.encode(_about_a_dose(vault, replace(checked, written=clock.now())), None)
    present = vault.membership.without_removed(chosen) | {me.id}
    return unit.put(DocumentChange(new_document_id(), spec.type, present, content))


def checked_lines(said: Report) -> Report:
    """A report with each line as it is stored (`UsageError` for what is none)."""
    if isinstance(said, AfterEffects):
        lines = tuple((name, storable_line(line, "line")) for name, line in said.lines)
        return replace(said, lines=tuple(pair for pair in lines if pair[1]))
    return replace(said, line=storable_line(said.line, "line"))


def check_may_be_shared(vault: Vault, chosen: frozenset[MemberId], *, is_private: bool) -> None:
    """Refuse to share something with the other partner while what goes to them waits after a dose, and say
    from when on it can be; it `is_private` where nobody but its author can read it."""
    members = vault.membership.members
    partner = next((one for one in members if one.id in chosen and one.role is Role.PARTNER), None)
    until = vault.waiting.pause_until()
    if until and partner:
        now = clock.local(clock.now())
        name = shown_line(partner.label)
        raise Refused(pause_in_words(clock.local(until), now, name, is_private=is_private))


def _about_a_dose(vault: Vault, said: Report) -> Report:
    """A card with the last dose of its author's before its day, unless it names one, and the days since."""
    if not isinstance(said, AfterEffects):
        return said
    doses = own_doses(vault.sessions.all(), vault.me, said.date)
    if said.session is None and doses:
        said = replace(said, session=SessionRef(doses[-1].id, doses[-1].number))
    dose = next((one for one in doses if said.session and one.id == said.session.id), None)
    if dose is None:
        return replace(said, session=None, day=None)
    return replace(said, day=min((said.date - dose.date).days, MAX_DAY))
