"""After the lock: whoever gets hold of the program's memory by way of a closed journal finds no key."""

import datetime as dt
import gc
import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

import pytest

from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.identity import Identity
from kapjournal.crypto.keyring import Keyring
from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.access_requests import AccessRequest, PackLeft
from kapjournal.domain.answered_measures import Met, SafetyMark
from kapjournal.domain.departures import Departure, Leaving
from kapjournal.domain.dialogue import DialogueDraft
from kapjournal.domain.dosing import Row
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.incoming import IncomingNote, IncomingSource
from kapjournal.domain.joint import JointKind, JointText
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.members import Member, Role
from kapjournal.domain.notes import Draft, Note, NoteKind, NoteText
from kapjournal.domain.packs import Pack
from kapjournal.domain.policy import DEFAULT_HOUR
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import SessionNamed
from kapjournal.domain.reply_drafts import ReplyDraft
from kapjournal.domain.review import Section
from kapjournal.domain.scribe import ScribePage
from kapjournal.domain.self_reports import AfterEffects, CheckIn, SelfReportDraft
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.domain.signing import AddendumKind, Signer
from kapjournal.domain.supervision import Basis
from kapjournal.domain.waiting import Hold, Until
from kapjournal.errors import JournalLocked
from kapjournal.journal import (
    FLOOR,
    AnswersChange,
    NewAnswers,
    NewNote,
    NoteChange,
    SessionChange,
    generated_recovery_words,
    generated_shares,
)
from kapjournal.journal.documents.journal_info import JournalInfo
from kapjournal.journal.documents.keys import OwnKeys
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.journal import Journal
from kapjournal.journal.records import NewRecord, RecordChange
from kapjournal.journal.trust.address_book import AddressBook
from kapjournal.journal.trust.certificates import MemberCertificate
from kapjournal.journal.trust.pin import Pin
from kapjournal.journal.vault.channel import Channel
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.rollback_record import ChannelMemory, RollbackRecord
from kapjournal.journal.vault.shared_channel import SharedChannel
from kapjournal.journal.vault.standing_versions import StoredEarlier, StoredVersion
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal
from tests.internals import vault_of

WORDS = "the hallway again, but the light was on"
DAY = dt.date(2026, 11, 20)
CASE = CaseId(bytes(16))
ROW = Row("ab" * 8, "line", dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC))
HOLDS_KEYS = (
    MemberCertificate,
    Channel,
    ChannelKey,
    ChannelMemory,
    StoredVersion,
    StoredEarlier,
    Identity,
    Keyring,
    Note,
    Pin,
    Secrets,
    OpenedEnvelopes,
    DocumentVersion,
    Vault,
    UnitOfWork,
    AddressBook,
    Membership,
    OwnKeys,
    SharedChannel,
    JournalInfo,
    Member,
    Session,
    RollbackRecord,
)
OLD = Path(__file__).parents[1] / "golden" / "format-1.kap"
NOTE = Note(
    id="abcd",
    author=MemberId(bytes(32)),
    readers=frozenset(),
    text=NoteText("", NoteKind.PAGE, dt.date(2026, 3, 2)),
    written=dt.datetime(2026, 3, 2, tzinfo=dt.UTC),
    revised=None,
    session=None,
)
RECORD_DRAFT = RecordDraft("", None, CASE, RecordKind.PROGRESS)
SCRIBE_PAGE = ScribePage(MemberId(bytes(32)), DAY, words=WORDS)
JOINT = JointText(JointKind.PRACTICE, (("sentence", "Tea"),), dt.date(2026, 3, 2))
REPLY_DRAFT = ReplyDraft(CaseId(bytes(16)), "abcd", words=WORDS)
DIALOGUE_DRAFT = DialogueDraft(MemberId(bytes(32)))
MEASURE_DRAFT = MeasureDraft("example", MemberId(bytes(32)), (0, 0, 0), "en 1 0123456789ab")
MARK = SafetyMark(
    "ab" * 10, MemberId(bytes(32)), MemberId(bytes(32)), "phq9", DAY, 9, 1, (Met(ROW.at, 1, bytes(8)),)
)
INCOMING = IncomingSource("text", "notes", lambda: [IncomingNote("a.md", WORDS, DAY)])
HOLD = Hold(MemberId(bytes(32)), Until(ROW.at))
CHECK_IN = CheckIn(DAY, ROW.at, line=WORDS)
CARD = AfterEffects(DAY, ROW.at, answers=(("nausea", True),))
REPORT_DRAFT = SelfReportDraft(CHECK_IN)
NUMBER, PLANNED = 4711, 83
"""A session's number and the number planned, found nowhere by chance."""
NOT_HELD = (type, ModuleType, FunctionType, BuiltinFunctionType)


def use_case(group: str, name: str, given: tuple[object, ...]) -> Callable[[Journal, Path], object]:
    return lambda journal, _: getattr(getattr(journal, group), name)(*given)


def reports(group: str) -> Iterator[tuple[str, Callable[[Journal, Path], object]]]:
    """The use cases of check-ins, or of after-effects cards."""
    said = {"check_ins": CHECK_IN, "after_effects": CARD}[group]
    arguments: dict[str, tuple[object, ...]] = {
        **{"add": (said,), "all": (), "check_journal": (), "delete": ("abcd",), "get": ("abcd",)},
        **{"share": ("abcd", "Lee"), "withdraw": ("abcd", "Lee"), "check_may_share": (said, "Lee")},
    }
    for name, given in arguments.items():
        yield name, use_case(group, name, given)


LEAVING = Leaving(
    *(CASE, "ab" * 10, "Roe", Basis.DEIDENTIFIED, "supervision", "", "Heron"),
    sections=(Section("loop", "Loop", WORDS),),
    counts=(0, 0, 0),
)
PACK = Pack(AccessRequest(CASE, About.FIRST, DAY, DAY, id="ab" * 10), ())
PACK_LEFT = PackLeft("Ana", "pdf", "ab" * 32, "", 0, (), ROW.at)
LEFT = Departure.of(LEAVING, "md", "ab" * 32, ROW.at, DAY)
USE_CASES: dict[str, Callable[[Journal, Path], object]] = {
    "attachments.attach": lambda journal, _: journal.attachments.attach("abcd", OLD),
    "attachments.of": lambda journal, _: journal.attachments.of("abcd"),
    "attachments.remove": lambda journal, _: journal.attachments.remove("abcd", "1"),
    "attachments.save": lambda journal, folder: journal.attachments.save("abcd", "1", folder / "saved"),
    "attachments.write": lambda journal, _: journal.attachments.write("abcd", "1", BytesIO()),
    "backup": lambda journal, folder: journal.backup(folder / "backup.kap"),
    "backups.into": lambda journal, folder: journal.backups.into(folder),
    "backups.last": lambda journal, _: journal.backups.last(),
    "backups.make": lambda journal, folder: journal.backups.make(folder / "backup.kap"),
    "backups.write": lambda journal, folder: journal.backups.write(folder / "backup.kap"),
    "check": lambda journal, _: journal.check(),
    "drafts.all": lambda journal, _: journal.drafts.all(),
    "drafts.discard": lambda journal, _: journal.drafts.discard("abcd"),
    "drafts.finish": lambda journal, _: journal.drafts.finish(draft()),
    "drafts.save": lambda journal, _: journal.drafts.save(draft()),
    "findings": lambda journal, _: journal.findings,
    "keys.are_found_by": lambda journal, _: journal.keys.are_found_by(ChannelKey(bytes(32))),
    "keys.change_passphrase": lambda journal, _: journal.keys.change_passphrase(PASSPHRASE),
    "keys.check_new_passphrase": lambda journal, _: journal.keys.check_new_passphrase(PASSPHRASE),
    "keys.confirm_passphrase": lambda journal, _: journal.keys.confirm_passphrase(PASSPHRASE),
    "keys.renew_recovery_words": lambda journal, _: journal.keys.renew_recovery_words(
        generated_recovery_words()
    ),
    "me": lambda journal, _: journal.me,
    "members.all": lambda journal, _: journal.members.all(),
    "members.acknowledge": lambda journal, _: journal.members.acknowledge("Ben"),
    "members.awaits_keeper": lambda journal, _: journal.members.awaits_keeper,
    "members.can_share_with": lambda journal, _: journal.members.can_share_with("Ben"),
    "members.cancel_invitation": lambda journal, _: journal.members.cancel_invitation("Sue"),
    "members.check_can_invite": lambda journal, _: journal.members.check_can_invite("Sue", Role.SUPERVISOR),
    "members.comparison_number": lambda journal, _: journal.members.comparison_number("Ben"),
    "members.doubted_authors": lambda journal, _: journal.members.doubted_authors,
    "members.get": lambda journal, _: journal.members.get("Ben"),
    "members.invitation_ran_out": lambda journal, _: journal.members.invitation_ran_out,
    "members.invitations": lambda journal, _: journal.members.invitations(),
    "members.invite": lambda journal, _: journal.members.invite("Sue", Role.SUPERVISOR),
    "members.inviting": lambda journal, _: journal.members.inviting("Sue", Role.SUPERVISOR).__enter__(),
    "members.label_of": lambda journal, _: journal.members.label_of(MemberId(bytes(32))),
    "members.mark_verified": lambda journal, _: journal.members.mark_verified("Ben"),
    "members.me": lambda journal, _: journal.members.me,
    "members.remove": lambda journal, _: journal.members.remove("Ben"),
    "notes.add": lambda journal, _: journal.notes.add(NewNote(WORDS)),
    "notes.add_many": lambda journal, _: journal.notes.add_many([NewNote(WORDS)]),
    "notes.all": lambda journal, _: journal.notes.all(),
    "notes.delete": lambda journal, _: journal.notes.delete("abcd"),
    "notes.edit": lambda journal, _: journal.notes.edit("abcd", NoteChange()),
    "notes.get": lambda journal, _: journal.notes.get("abcd"),
    "notes.history": lambda journal, _: journal.notes.history("abcd"),
    "notes.is_new": lambda journal, _: journal.notes.is_new(NOTE),
    "notes.looked_at": lambda journal, _: journal.notes.looked_at(NOTE),
    "notes.set_apart": lambda journal, _: journal.notes.set_apart("abcd"),
    "notes.share": lambda journal, _: journal.notes.share("abcd", "Ben"),
    "imports.all": lambda journal, _: journal.imports.all(),
    "imports.bring": lambda journal, _: journal.imports.bring(INCOMING),
    "imports.look": lambda journal, _: journal.imports.look(INCOMING),
    "imports.undo": lambda journal, _: journal.imports.undo("abcd"),
    "own_prompts.all": lambda journal, _: journal.own_prompts.all(),
    "own_prompts.put": lambda journal, _: journal.own_prompts.put(NoteKind.PAGE, ["Mine."]),
    "notes.withdraw": lambda journal, _: journal.notes.withdraw("abcd", "Ben"),
    "refresh": lambda journal, _: journal.refresh(),
    "writing_unsealed": lambda journal, folder: journal.writing_unsealed(folder).__enter__(),
    "scribe.begin": lambda journal, _: journal.scribe.begin("Ben"),
    "scribe.discard": lambda journal, _: journal.scribe.discard("ab" * 16),
    "scribe.hand_over": lambda journal, _: journal.scribe.hand_over(SCRIBE_PAGE),
    "scribe.hand_over_left": lambda journal, _: journal.scribe.hand_over_left(),
    "scribe.handed": lambda journal, _: journal.scribe.handed(),
    "scribe.save": lambda journal, _: journal.scribe.save(SCRIBE_PAGE),
    "scribe.take_back": lambda journal, _: journal.scribe.take_back("abcd"),
    "search": lambda journal, _: journal.search("hallway"),
    "search.build_index": lambda journal, _: journal.search.build_index(),
    "sessions.add": lambda journal, _: journal.sessions.add(kind=SessionKind.DOSING, date=DAY),
    "sessions.all": lambda journal, _: journal.sessions.all(),
    "sessions.edit": lambda journal, _: journal.sessions.edit(1, SessionChange()),
    "sessions.get": lambda journal, _: journal.sessions.get(1),
    "sessions.plan": lambda journal, _: journal.sessions.plan(3),
    "sessions.doses": lambda journal, _: journal.sessions.doses,
    "sessions.planned_doses": lambda journal, _: journal.sessions.planned_doses,
    "sessions.planned": lambda journal, _: journal.sessions.planned,
    "signing.add": lambda journal, _: journal.signing.add(
        "abcd", AddendumKind.ADDENDUM, WORDS, "why", Signer("Lee", "")
    ),
    "signing.cosign": lambda journal, _: journal.signing.cosign("abcd", Signer("Lee", "")),
    "signing.of": lambda journal, _: journal.signing.of("abcd"),
    "signing.of_all": lambda journal, _: journal.signing.of_all([]),
    "signing.sign": lambda journal, _: journal.signing.sign("abcd", Signer("Lee", "")),
    "signing.unsigned": lambda journal, _: journal.signing.unsigned(),
    "clearance.sign": lambda journal, _: journal.clearance.sign(
        (opened := journal.pads.open(CASE, SessionNamed(1), DAY)), opened.pad, About.FIRST, Signer("Lee", "")
    ),
    "apart.check_may_end": lambda journal, _: journal.apart.check_may_end(),
    "apart.end": lambda journal, _: journal.apart.end(),
    "apart.has_ended": lambda journal, _: journal.apart.has_ended,
    "copies.for_newcomer": lambda journal, folder: journal.copies.for_newcomer(folder / "c.kap", "Sue"),
    "copies.for_own_computer": lambda journal, folder: journal.copies.for_own_computer(folder / "c.kap"),
    "couples.add": lambda journal, _: journal.couples.add("Us", OLD, label="Ana", passphrase=WORDS),
    "couples.all": lambda journal, _: journal.couples.all(),
    "couples.ask_each_time": lambda journal, _: journal.couples.ask_each_time(CASE),
    "couples.get": lambda journal, _: journal.couples.get("Us"),
    "couples.of": lambda journal, _: journal.couples.of(CASE),
    "couples.let_open": lambda journal, _: journal.couples.let_open(CASE, label="Ana", passphrase=WORDS),
    "couples.locate": lambda journal, _: journal.couples.locate(CASE, journal.path),
    "couples.move": lambda journal, _: journal.couples.move(CASE, 0),
    "couples.name_partners": lambda journal, _: journal.couples.name_partners(CASE, "Ana", "Ben"),
    "couples.rename": lambda journal, _: journal.couples.rename(CASE, "Us"),
    "kind": lambda journal, _: journal.kind,
    "open_couple": lambda journal, _: journal.open_couple(CASE),
    "unlock_couple": lambda journal, _: journal.unlock_couple(CASE, label="Ana", passphrase=WORDS),
    "members.is_superseded": lambda journal, _: journal.members.is_superseded,
    "reply_drafts.all": lambda journal, _: journal.reply_drafts.all(),
    "reply_drafts.discard": lambda journal, _: journal.reply_drafts.discard("abcd"),
    "reply_drafts.finish": lambda journal, _: journal.reply_drafts.finish(REPLY_DRAFT),
    "reply_drafts.of": lambda journal, _: journal.reply_drafts.of("abcd"),
    "reply_drafts.save": lambda journal, _: journal.reply_drafts.save(REPLY_DRAFT),
    "record_drafts.all": lambda journal, _: journal.record_drafts.all(),
    "record_drafts.discard": lambda journal, _: journal.record_drafts.discard("abcd"),
    "record_drafts.finish": lambda journal, _: journal.record_drafts.finish(RECORD_DRAFT),
    "record_drafts.save": lambda journal, _: journal.record_drafts.save(RECORD_DRAFT),
    "records.add": lambda journal, _: journal.records.add(NewRecord(RecordKind.PROGRESS, CASE)),
    "records.all": lambda journal, _: journal.records.all(),
    "records.check_may_write": lambda journal, _: journal.records.check_may_write(RecordKind.PROGRESS),
    "records.edit": lambda journal, _: journal.records.edit("abcd", RecordChange()),
    "records.forms": lambda journal, _: journal.records.forms(),
    "records.get": lambda journal, _: journal.records.get("abcd"),
    "records.default_readers": lambda journal, _: journal.records.default_readers(RecordKind.PLAN),
    "records.of_kinds": lambda journal, _: journal.records.of_kinds([RecordKind.PLAN], CASE),
    "records.own": lambda journal, _: journal.records.own(RecordKind.PLAN, CASE),
    "write_ups.decide": lambda journal, _: journal.write_ups.decide("abcd", "Roe"),
    "write_ups.departures": lambda journal, _: journal.write_ups.departures(),
    "write_ups.destroy_due": lambda journal, _: journal.write_ups.destroy_due(),
    "write_ups.destroyed": lambda journal, _: journal.write_ups.destroyed("abcd"),
    "write_ups.did_not_leave": lambda journal, _: journal.write_ups.did_not_leave(LEFT),
    "write_ups.leave": lambda journal, _: journal.write_ups.leave(LEAVING, "md", "ab" * 32),
    "write_ups.leaving": lambda journal, _: journal.write_ups.leaving("abcd", "Roe", Basis.DEIDENTIFIED),
    "write_ups.review": lambda journal, _: journal.write_ups.review("abcd", "Roe"),
    "write_ups.acts_due": lambda journal, _: journal.write_ups.acts_due(CASE),
    "write_ups.get": lambda journal, _: journal.write_ups.get("abcd"),
    "write_ups.happened": lambda journal, _: journal.write_ups.happened("abcd", WORDS),
    "write_ups.names": lambda journal, _: journal.write_ups.names(CASE),
    "write_ups.pull": lambda journal, _: journal.write_ups.pull("abcd", ()),
    "write_ups.recipients": lambda journal, _: journal.write_ups.recipients("abcd"),
    "write_ups.words_for": lambda journal, _: journal.write_ups.words_for("abcd"),
    "write_ups.replies": lambda journal, _: journal.write_ups.replies("abcd"),
    "write_ups.reply": lambda journal, _: journal.write_ups.reply("abcd", WORDS),
    "write_ups.set_names": lambda journal, _: journal.write_ups.set_names(CASE, WORDS),
    "write_ups.sources": lambda journal, _: journal.write_ups.sources("abcd"),
    "packs.answered": lambda journal, _: journal.packs.answered("abcd"),
    "packs.ask": lambda journal, _: journal.packs.ask(CASE, About.FIRST),
    "packs.did_not_leave": lambda journal, _: journal.packs.did_not_leave(PACK, PACK_LEFT),
    "packs.gather": lambda journal, _: journal.packs.gather(CASE, About.FIRST),
    "packs.leave": lambda journal, _: journal.packs.leave(PACK, PACK_LEFT),
    "packs.withhold": lambda journal, _: journal.packs.withhold(PACK.request, "ab", None),
    "packs.left": lambda journal, _: journal.packs.left(CASE),
    "packs.open_requests": lambda journal, _: journal.packs.open_requests(CASE),
    "packs.recipients": lambda journal, _: journal.packs.recipients(CASE),
    "packs.requests": lambda journal, _: journal.packs.requests(CASE),
    "pads.open": lambda journal, _: journal.pads.open(CASE, SessionNamed(1), DAY),
    "pads.page": lambda journal, _: journal.pads.page(RecordKind.READY, CASE, About.FIRST, 1, DAY),
    "dosing.all": lambda journal, _: journal.dosing.all(),
    "dosing.find": lambda journal, _: journal.dosing.find(CASE, About.FIRST, 1),
    "dosing.put": lambda journal, _: journal.dosing.put(CASE, About.FIRST, SessionNamed(1)),
    "dosing.change_row": lambda journal, _: journal.dosing.change_row("abcd", ROW),
    "dosing.strike_row": lambda journal, _: journal.dosing.strike_row("abcd", "ab"),
    "records.history": lambda journal, _: journal.records.history("abcd"),
    "records.search": lambda journal, _: list(journal.records.search("hallway")),
    "search.once": lambda journal, _: journal.search.once("hallway", 5),
    "kept.all": lambda journal, _: journal.kept.all(),
    "kept.get": lambda journal, _: journal.kept.get("abcd"),
    "kept.search": lambda journal, _: list(journal.kept.search("hallway")),
    "kept.withdrawn": lambda journal, _: journal.kept.withdrawn(),
    "bringing.all": lambda journal, _: journal.bringing.all(),
    "bringing.current": lambda journal, _: journal.bringing.current(),
    "bringing.page": lambda journal, _: journal.bringing.page("abcd"),
    "bringing.take_back": lambda journal, _: journal.bringing.take_back("abcd"),
    "bringing.words": lambda journal, _: journal.bringing.words(WORDS),
    "joints.all": lambda journal, _: journal.joints.all(),
    "joints.get": lambda journal, _: journal.joints.get("abcd"),
    "joints.holding": lambda journal, _: journal.joints.holding(JointKind.AGREEMENT),
    "joints.not_before": lambda journal, _: journal.joints.not_before(),
    "joints.propose": lambda journal, _: journal.joints.propose(JOINT),
    "joints.together": lambda journal, _: journal.joints.together(journal.joints, JOINT),
    "joints.approve": lambda journal, _: journal.joints.approve("abcd"),
    "joints.take_back": lambda journal, _: journal.joints.take_back("abcd"),
    "joints.narrow": lambda journal, _: journal.joints.narrow("abcd", "less"),
    "authorisations.all": lambda journal, _: journal.authorisations.all(),
    "authorisations.check": lambda journal, _: journal.authorisations.check("Dr Kern", WORDS),
    "authorisations.current": lambda journal, _: journal.authorisations.current(),
    "page_consents.all": lambda journal, _: journal.page_consents.all(),
    "page_consents.give": lambda journal, _: journal.page_consents.give("abcd"),
    "page_consents.is_given": lambda journal, _: journal.page_consents.is_given(NOTE),
    "page_consents.of_pages": lambda journal, _: journal.page_consents.of_pages(),
    "page_consents.withdraw": lambda journal, _: journal.page_consents.withdraw("abcd"),
    "cycle.loop": lambda journal, _: journal.cycle.loop(),
    "cycle.release": lambda journal, _: journal.cycle.release(),
    "cycle.add_otherwise": lambda journal, _: journal.cycle.add_otherwise("We laughed"),
    "cycle.offered": lambda journal, _: journal.cycle.offered(),
    "cycle.others_of": lambda journal, _: journal.cycle.others_of(()),
    "policies.dialogue_in_the_room": lambda journal, _: journal.policies.dialogue_in_the_room,
    "policies.current": lambda journal, _: journal.policies.current(),
    "policies.suggested": lambda journal, _: journal.policies.suggested(),
    "policies.write": lambda journal, _: journal.policies.write(None, DEFAULT_HOUR),
    "dialogue_drafts.current": lambda journal, _: journal.dialogue_drafts.current(),
    "dialogue_drafts.drop": lambda journal, _: journal.dialogue_drafts.drop(),
    "dialogue_drafts.save": lambda journal, _: journal.dialogue_drafts.save(DIALOGUE_DRAFT),
    "talking.ask": lambda journal, _: journal.talking.ask(),
    "talking.current": lambda journal, _: journal.talking.current(),
    "talking.take_back": lambda journal, _: journal.talking.take_back(),
    "measures.all": lambda journal, _: journal.measures.all(),
    "measures.check_journal": lambda journal, _: journal.measures.check_journal(),
    "measures.answer": lambda journal, _: journal.measures.answer(NewAnswers("example", (0, 0, 0))),
    "measures.contact": lambda journal, _: journal.measures.contact("abcd", ROW.at, "by phone", WORDS),
    "measures.delete": lambda journal, _: journal.measures.delete("abcd"),
    "measures.edit": lambda journal, _: journal.measures.edit("abcd", AnswersChange()),
    "measures.enter": lambda journal, _: journal.measures.enter(NewAnswers("example", (0, 0, 0)), "Ana"),
    "measures.get": lambda journal, _: journal.measures.get("abcd"),
    "measures.history": lambda journal, _: journal.measures.history("abcd"),
    "measure_drafts.all": lambda journal, _: journal.measure_drafts.all(),
    "measure_drafts.discard": lambda journal, _: journal.measure_drafts.discard("abcd"),
    "measure_drafts.finish": lambda journal, _: journal.measure_drafts.finish(MEASURE_DRAFT),
    "measure_drafts.save": lambda journal, _: journal.measure_drafts.save(MEASURE_DRAFT),
    "contacts.about": lambda journal, _: journal.contacts.about(MARK),
    "contacts.write": lambda journal, _: journal.contacts.write("abcd", ROW.at, "by phone", WORDS, lines=[]),
    "measures.mark": lambda journal, _: journal.measures.mark("abcd"),
    "measures.marks": lambda journal, _: journal.measures.marks(),
    "measures.request": lambda journal, _: journal.measures.request("example", "Ana"),
    "measures.requests": lambda journal, _: journal.measures.requests(),
    "measures.share": lambda journal, _: journal.measures.share("abcd", "Lee"),
    "measures.take_back": lambda journal, _: journal.measures.take_back("abcd"),
    "measures.withdraw": lambda journal, _: journal.measures.withdraw("abcd", "Lee"),
    **{f"{group}.{name}": deed for group in ("check_ins", "after_effects") for name, deed in reports(group)},
    "self_report_drafts.all": lambda journal, _: journal.self_report_drafts.all(),
    "self_report_drafts.discard": lambda journal, _: journal.self_report_drafts.discard("abcd"),
    "self_report_drafts.finish": lambda journal, _: journal.self_report_drafts.finish(REPORT_DRAFT),
    "self_report_drafts.save": lambda journal, _: journal.self_report_drafts.save(REPORT_DRAFT),
    "keeping.keep": lambda journal, _: journal.keeping.keep("abcd"),
    "keeping.look": lambda journal, _: journal.keeping.look(),
    "records.share": lambda journal, _: journal.records.share("abcd", "Ben"),
    "records.withdraw": lambda journal, _: journal.records.withdraw("abcd", "Ben"),
    "copies.merge": lambda journal, _: journal.copies.merge(journal.path),
    "keys.replace": lambda journal, _: journal.keys.replace(WORDS, None, strength=FLOOR),
    "let_go": lambda journal, _: journal.let_go(),
    "offers.to_me": lambda journal, _: journal.offers.to_me(),
    "offers.under_way": lambda journal, _: journal.offers.under_way(),
    "offers.is_bound": lambda journal, _: journal.offers.is_bound(NOTE),
    "offers.is_as_offered": lambda journal, _: journal.offers.is_as_offered(NOTE),
    "waiting.all": lambda journal, _: journal.waiting.all(),
    "waiting.close": lambda journal, _: journal.waiting.close("abcd", DAY),
    "waiting.open_now": lambda journal, _: journal.waiting.open_now("abcd"),
    "waiting.take_back": lambda journal, _: journal.waiting.take_back("abcd"),
    "waiting.keep": lambda journal, _: journal.waiting.keep("abcd"),
    "waiting.is_waiting": lambda journal, _: journal.waiting.is_waiting(NOTE),
    "waiting.next_session": lambda journal, _: journal.waiting.next_session(HOLD),
    "waiting.would_wait": lambda journal, _: journal.waiting.would_wait(()),
    "waiting.of": lambda journal, _: journal.waiting.of(NOTE),
    "waiting.pause_until": lambda journal, _: journal.waiting.pause_until(),
    "waiting.send_now": lambda journal, _: journal.waiting.send_now("abcd"),
    "will.check_may_be_made": lambda journal, _: journal.will.check_may_be_made(),
    "will.is_found_by": lambda journal, _: journal.will.is_found_by(ChannelKey(bytes(32))),
    "will.make": lambda journal, _: journal.will.make(generated_shares(), "Kim"),
    "will.rehearse": lambda journal, _: journal.will.rehearse(generated_shares()[:2]),
    "will.revoke": lambda journal, _: journal.will.revoke(),
    "will.standing": lambda journal, _: journal.will.standing(),
    "take_over": lambda journal, _: journal.take_over(OLD, label="Ana", passphrase="ana opens this door"),
    "take_over_with_recovery_words": lambda journal, _: journal.take_over_with_recovery_words(
        OLD, json.loads(OLD.with_suffix(".json").read_text("ascii"))["people"]["Ana"]["recovery"]
    ),
    "title": lambda journal, _: journal.title,
}
GROUPS = (
    *(
        "after_effects",
        "apart",
        "attachments",
        "authorisations",
        "backups",
        "check_ins",
        "clearance",
        "contacts",
        "copies",
        "couples",
        "cycle",
        "drafts",
        "imports",
        "joints",
    ),
    *("keeping", "kept", "keys", "self_report_drafts"),
    *(
        "members",
        "notes",
        "offers",
        "own_prompts",
        "page_consents",
        "measure_drafts",
        "measures",
        "waiting",
        "bringing",
        "policies",
        "talking",
        "dialogue_drafts",
        "dosing",
        "packs",
        "pads",
        "record_drafts",
        "reply_drafts",
        "records",
        "scribe",
        "search",
        "sessions",
        "signing",
        "will",
        "write_ups",
    ),
)
NOT_ASKED = {
    *("close", "contacts.goes_into_record", "is_closed", "is_practice"),
    *("keeping.is_possible", "keeping.may_keep"),
    *("keys.after_replacing", "path"),
}
"""What a closed journal still answers."""


def draft() -> Draft:
    return Draft("", None, NoteText(WORDS, NoteKind.PAGE, DAY))


def reached(start: object) -> Iterator[Any]:
    """Everything an object leads to, but for code."""
    seen, waiting = {id(start)}, [start]
    while waiting:
        one = waiting.pop()
        yield one
        following = gc.get_referents(one)
        if isinstance(one, MethodType):
            following = [one.__self__]
        for other in following:
            if id(other) not in seen and not isinstance(other, NOT_HELD):
                seen.add(id(other))
                waiting.append(other)


def used(journal: Journal) -> None:
    """Let a journal hold everything it ever does: notes, earlier ones, drafts, recovery words, an index."""
    journal.keys.renew_recovery_words(generated_recovery_words())
    note = journal.notes.add(NewNote(WORDS, share="Ben"))
    journal.notes.edit(note.id, NoteChange(title=WORDS))
    if journal.me.role is Role.THERAPIST:
        journal.sessions.add(kind=SessionKind.DOSING, date=DAY, number=NUMBER)
        journal.sessions.plan(PLANNED)
    journal.drafts.save(draft())
    assert journal.search("hallway")
    assert journal.findings == ()


@pytest.mark.parametrize("name", ["Lee", "Ana"])
def test_nothing_a_closed_journal_leads_to_is_a_key_a_word_a_member_or_a_number(
    attacked: AttackedJournal, name: str
) -> None:
    with attacked.acting(name) as (journal,):
        used(journal)
        vault = vault_of(journal)
        ours = {vault.secrets.first, vault.secrets.journal_key, vault.envelopes.channels.own.key.raw}
        ours |= {vault.keyring.rollback_record_key(), *(member.id for member in journal.members.all())}
        ours |= {vault.membership.own_keys.recovery, vault.record.replica}
        assert b"" not in ours
        del vault
        everything = list(reached(vars(journal)))
        assert ours <= {one for one in everything if isinstance(one, bytes)}, "the control"
        assert {type(one) for one in everything} >= set(HOLDS_KEYS) - {Session, UnitOfWork}, "the control"
        assert any(isinstance(one, str) and WORDS in one for one in everything), "the control"
    left = list(reached(vars(journal)))
    assert {type(one).__name__ for one in left if isinstance(one, HOLDS_KEYS)} == set()
    assert not ours & {one for one in left if isinstance(one, bytes)}
    assert not [one for one in left if isinstance(one, str) and ("hallway" in one or one in attacked.held)]
    assert not {one for one in left if type(one) is int} & {NUMBER, PLANNED}


def test_every_use_case_is_asked_of_the_closed_journal(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        groups = {group: getattr(ana, group) for group in GROUPS}
    public = {name for name in dir(ana) if not name.startswith("_")} - groups.keys()
    for group, use_cases in groups.items():
        public |= {f"{group}.{name}" for name in dir(use_cases) if not name.startswith("_")}
    assert public | {"search"} == USE_CASES.keys() | NOT_ASKED


@pytest.mark.parametrize("use_case", USE_CASES)
def test_a_closed_journal_does_nothing_more(attacked: AttackedJournal, tmp_path: Path, use_case: str) -> None:
    before = attacked.rows()
    with attacked.acting("Ana") as (ana,):
        pass
    with pytest.raises(JournalLocked, match="locked"):
        USE_CASES[use_case](ana, tmp_path)
    ana.close()
    assert attacked.rows() == before


def test_closing_empties_the_index_even_for_who_still_holds_it(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        used(ana)
        index = vault_of(ana).index
        assert index.find("hallway", None, 5)
    assert index.find("hallway", None, 5) == []
    assert not [one for one in reached(vars(index)) if isinstance(one, str) and "hallway" in one]
