"""Packs of a practice: note who asked for access to the record, gather what a pack may have, and keep what
left."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Protocol, TypeAlias

from kapjournal import clock
from kapjournal.content.practice import practice
from kapjournal.domain import access_requests as requests
from kapjournal.domain import packs as rules
from kapjournal.domain.access_requests import AccessRequest, Ground, PackLeft
from kapjournal.domain.authorisation import is_same
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.couples import Couple
from kapjournal.domain.findings import Finding
from kapjournal.domain.forms import About
from kapjournal.domain.giving import check_is_certain
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.joint_standing import has_held
from kapjournal.domain.members import Role
from kapjournal.domain.packs import Item, Pack, Source, fields_for, why_withheld
from kapjournal.domain.self_reports import AfterEffects, CheckIn, SelfReport
from kapjournal.domain.supervision import checked_recipient
from kapjournal.errors import Refused, UsageError
from kapjournal.journal.couples import Couples
from kapjournal.journal.couples_journal import CouplesJournal, looked_into
from kapjournal.journal.documents import registry
from kapjournal.journal.joint import Joints
from kapjournal.journal.kept import Kept
from kapjournal.journal.measures import Measures
from kapjournal.journal.records import Records
from kapjournal.journal.self_reports import SelfReports
from kapjournal.journal.signing import Signing
from kapjournal.journal.vault import own_documents as own
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault


class PartnersJournal(CouplesJournal, Protocol):
    """The open journal of a couple: what of it a pack needs."""

    measures: Measures
    check_ins: SelfReports[CheckIn]
    after_effects: SelfReports[AfterEffects]
    joints: Joints
    signing: Signing

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is not as its author left it."""


OpenCouple: TypeAlias = Callable[[CaseId], AbstractContextManager[PartnersJournal]]


class Packs:
    """The use cases of packs, for therapists. In a couple's own journal there are none. `theirs` is as of
    write-ups."""

    def __init__(
        self,
        access: VaultAccess,
        records: Records,
        couples: Couples,
        kept: Kept,
        signing: Signing,
        open_couple: OpenCouple,
    ) -> None:
        self._access = access
        self._records = records
        self._couples = couples
        self._kept = kept
        self._signing = signing
        self._open_couple = open_couple

    # --- requests -------------------------------------------------------------------------------------

    def ask(self, case: CaseId, about: About, asked: dt.date | None = None) -> AccessRequest:
        """Note that one partner asked for their own pack, or both for the joint one; it is due in the
        clinic's days (`UsageError`, `NotFound`)."""
        today = clock.today()
        request = requests.new_request(case, about, asked or today, practice().access_days, today)
        with self._writing() as (vault, unit):
            vault.records.check_couple(case)
            return replace(request, id=own.put_named(vault, unit, registry.ACCESS_REQUEST, "", request))

    def requests(self, case: CaseId | None = None) -> list[AccessRequest]:
        """All of a couple, or of all, by the day they are due."""
        with self._reading() as vault:
            found = [one for one in _requests(vault) if case in (None, one.case)]
        return sorted(found, key=lambda one: (one.due, one.asked, one.id))

    def open_requests(self, case: CaseId | None = None) -> list[AccessRequest]:
        """Those that wait for an answer."""
        return [one for one in self.requests(case) if one.answered is None]

    def left(self, case: CaseId | None = None) -> list[tuple[AccessRequest, PackLeft]]:
        """Every pack that left, of a couple or of all, with the request it answered: in the order in which
        they left."""
        found = [(request, left) for request in self.requests(case) for left in request.packs]
        return sorted(found, key=lambda pair: pair[1].left)

    def answered(self, request_id: str) -> AccessRequest:
        """Note that a request was answered without a pack (`NotFound`, `Refused` if that was noted)."""
        with self._writing() as (vault, unit):
            found = one_by_id(_requests(vault), request_id, "request", lambda one: [one.id])
            answered = found.noted_answered(clock.today())
            own.put_named(vault, unit, registry.ACCESS_REQUEST, found.id, answered)
        return answered

    def withhold(self, request: AccessRequest, item: str, ground: Ground | None) -> None:
        """Note that a thing is withheld of the pack for a request or, with None, goes in (`NotFound`,
        `Refused`). It is sealed, and holds for each pack that leaves for it."""
        self._change(request, lambda now: now.withheld(item, ground))

    # --- packs ----------------------------------------------------------------------------------------

    def gather(
        self, case: CaseId, about: About, recipient: str = "", theirs: PartnersJournal | None = None
    ) -> Pack:
        """The pack as it stands now, with all that can go in: one partner's own or, `about` the couple, the
        joint one for a recipient whom both authorise at this moment (`Refused`, `UsageError`)."""
        couple = self._couple(case)
        request = requests.request_for(self.requests(case), about)
        if about is About.COUPLE and not recipient.strip():
            raise UsageError(rules.SAY_TO_WHOM)
        recipient = checked_recipient(recipient) if about is About.COUPLE else ""
        with looked_into(self._open_couple, case, theirs) as journal:
            there = None if isinstance(journal, str) else journal
            authorisation = ""
            if about is About.COUPLE:
                if there is None:
                    raise Refused(f"{rules.NEEDS_THEIR_JOURNAL} {journal}")
                recipient, authorisation = _authorised(there, recipient)
            who = _who_is_who(couple, about, there)
            items = [*self._of_records(case, about), *self._of_kept(couple, about, who, there)]
            if there is not None:
                items += _of_their_journal(about, who, there)
            two = _two(there) if there is not None and about is About.COUPLE else {}
        items.sort(key=lambda one: one.order)
        return Pack(request, tuple(items), recipient, authorisation, there is not None, two)

    def recipients(self, case: CaseId, theirs: PartnersJournal | None = None) -> tuple[str, ...]:
        """Whom both authorise now to get the joint pack (`Refused` where their journal cannot be read)."""
        self._couple(case)
        with looked_into(self._open_couple, case, theirs) as journal:
            if isinstance(journal, str):
                raise Refused(f"{rules.NEEDS_THEIR_JOURNAL} {journal}")
            current = journal.authorisations.current()
        return tuple(one.recipient for one in current if is_same(one.purpose, rules.PURPOSE))

    def leave(self, pack: Pack, left: PackLeft, theirs: PartnersJournal | None = None) -> PackLeft:
        """Write down that a pack leaves, if all is still as it was made (`Refused`)."""
        now = self.gather(pack.request.case, pack.about, pack.recipient, theirs)
        request = replace(now.request, withholding=pack.request.withholding)  # `left` says what is withheld
        if replace(now, request=request) != pack:
            raise Refused(rules.CHANGED_MEANWHILE)
        self._change(pack.request, lambda now: now.with_pack(left, clock.today()))
        return left

    def did_not_leave(self, pack: Pack, left: PackLeft) -> None:
        """Take an entry back whose file could not be written."""
        self._change(pack.request, lambda now: now.without_pack(left))

    def _change(self, request: AccessRequest, change: Callable[[AccessRequest], AccessRequest]) -> None:
        with self._writing() as (vault, unit):
            now = one_by_id(_requests(vault), request.id, "request", lambda one: [one.id])
            own.put_named(vault, unit, registry.ACCESS_REQUEST, now.id, change(now))

    # --- what goes in ---------------------------------------------------------------------------------

    def _of_records(self, case: CaseId, pack: About) -> Iterator[Item]:
        labels = self._colleagues()
        for record in self._records.all(case):
            about, fields = record.text.about, fields_for(record.text, pack)
            is_part = about is About.COUPLE and pack is not About.COUPLE
            if why_withheld(record.kind, pack if is_part and fields else about, pack) is not None:
                continue
            if record.beside:
                raise Refused(rules.BOTH_STAND.format(day=record.text.date.isoformat()))
            if is_part:
                yield Item(record.id, Source.PART, record.text.date, record, record.written, fields)
            elif fields or record.text.rows:
                signed = self._signing.of(record.id) if record.is_signed else None
                by, day = labels.get(record.author, ""), record.text.date
                yield Item(record.id, record.kind, day, record, record.written, fields, signed, by)

    def _of_kept(
        self, couple: Couple, pack: About, who: dict[MemberId, About], there: PartnersJournal | None
    ) -> Iterator[Item]:
        now = {note.id: note.words for note in there.notes.all()} if there else {}
        for page in self._kept.all(couple.case):
            about = who.get(page.author) if there else rules.called(couple, page.label)
            if why_withheld(Source.KEPT, about, pack) is None and now.get(page.note) != page.body:
                yield Item(page.id, Source.KEPT, page.date, page, page.written)

    def _colleagues(self) -> dict[MemberId, str]:
        with self._reading() as vault:
            return {one.id: one.label for one in vault.membership.members if one.id != vault.me}

    def _couple(self, case: CaseId) -> Couple:
        couple = self._couples.of(case)
        if couple is None or not couple.first:
            raise Refused(rules.NAMES_FIRST)
        return couple

    @contextmanager
    def _reading(self) -> Iterator[Vault]:
        with self._access.practice() as vault:
            if not vault.membership.me.role.is_therapist:
                raise Refused(rules.BY_THERAPISTS)
            yield vault

    @contextmanager
    def _writing(self) -> Iterator[tuple[Vault, UnitOfWork]]:
        with self._reading() as vault, vault.unit_of_work() as unit:
            yield vault, unit


def _authorised(there: PartnersJournal, recipient: str) -> tuple[str, str]:
    """Whom both authorise now, by the name they gave, and the digest of those words (`Refused`)."""
    try:
        found = there.authorisations.check(recipient, rules.PURPOSE, rules.NOBODY_AUTHORISED)
    except Refused as why:
        raise Refused(f"{why} {rules.MAY_STILL_COME}") from None
    return found.recipient, found.digest


def _requests(vault: Vault) -> list[AccessRequest]:
    return [replace(one, id=name) for name, one in own.each(vault, registry.ACCESS_REQUEST)]


def _who_is_who(couple: Couple, pack: About, there: PartnersJournal | None) -> dict[MemberId, About]:
    """Which of the two each partner in their journal is; of whom the pack is, that has to be certain."""
    if there is None or pack is About.COUPLE:
        return {}
    members = there.members.all()
    who = rules.who_is_who(couple, members)
    asked = [one for one in members if who.get(one.id) is pack]
    if not asked:
        raise Refused(rules.WHO_IS_WHO.format(name=rules.name_of(couple, pack)))
    for one in asked:
        check_is_certain(one, there.findings)
    return who


def _of_their_journal(pack: About, who: dict[MemberId, About], there: PartnersJournal) -> Iterator[Item]:
    yield from _of_pages(pack, who, there)
    for answers in there.measures.all():
        about = who.get(answers.text.of)
        if why_withheld(Source.MEASURE, about, pack) is None:
            yield Item(answers.id, Source.MEASURE, answers.text.date, answers, answers.written)
    reports: list[SelfReport[CheckIn] | SelfReport[AfterEffects]] = [
        *there.check_ins.all(),
        *there.after_effects.all(),
    ]
    for report in reports:
        kind = Source.CHECK_IN if isinstance(report.said, CheckIn) else Source.AFTER_EFFECTS
        if why_withheld(kind, who.get(report.author), pack) is None:
            yield Item(report.id, kind, report.said.date, report, report.said.written)
    for joint in there.joints.all():
        if has_held(joint) and why_withheld(Source.TOGETHER, About.COUPLE, pack) is None:
            yield Item(joint.id, Source.TOGETHER, joint.text.date, joint, joint.written)


def _of_pages(pack: About, who: dict[MemberId, About], there: PartnersJournal) -> Iterator[Item]:
    members = {one.id: one for one in there.members.all()}
    partners = [one.id for one in members.values() if one.role is Role.PARTNER]
    me = there.members.me.id
    notes = there.notes.all()
    signed = there.signing.of_all(notes)
    for note in notes:
        is_page = note.author in partners
        kind = Source.PAGE if is_page else Source.OBSERVATION
        about = who.get(note.author) if is_page else rules.whose_observation(note.readers, partners, who)
        if why_withheld(kind, about, pack) is None:
            author = "" if is_page or note.author == me else there.members.label_of(note.author)
            yield Item(
                *(note.id, kind, note.text.date, note, note.written),
                signed=signed.get(note.id),
                author=author,
            )


def _two(there: PartnersJournal) -> dict[MemberId, str]:
    partners = sorted(one.id for one in there.members.all() if one.role is Role.PARTNER)
    return {one: there.members.label_of(one) for one in partners}
