"""The clinical record of a practice: write, change, read, find, share with one colleague, withdraw, look
back."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from kapjournal import clock
from kapjournal.content.forms import all_forms, form_for
from kapjournal.domain import audience, dosing, records
from kapjournal.domain.dosing import Row
from kapjournal.domain.forms import About, Form, RecordKind
from kapjournal.domain.ids import CaseId, EnvelopeId, MemberId
from kapjournal.domain.matching import Marker, Runs, query_words
from kapjournal.domain.records import Record, RecordText, RecordVersion, SessionDay, SessionNamed
from kapjournal.errors import Refused, SearchDropped
from kapjournal.journal.documents import registry
from kapjournal.journal.vault import record_writer, signature_writer, version_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.earlier_versions import history
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What a new record is made of: values by field id, and the rows of a dosing record. None and empty
    mean: about the couple if the form lets it be, today, no session, the form's first layout. Its author
    alone reads it."""

    kind: RecordKind
    case: CaseId
    fields: Mapping[str, str] = field(default_factory=dict)
    about: About | None = None
    date: dt.date | None = None
    session: SessionNamed | None = None
    layout: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What to change of a record; None leaves it, as does a field that is not named. An empty value empties a
    field, `no_session` takes the session away.

    `seen` are the versions the person saw (`Record.versions`), if it is known: what was written meanwhile
    stays, and stands beside. A text that stands beside goes if the change says everything in which it
    differs; else it stays too. Rows of texts that go are joined: then `rows` come in the place of those of
    the same id or beside them, and those whose id is in `struck` go.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    about: About | None = None
    date: dt.date | None = None
    session: SessionNamed | None = None
    no_session: bool = False
    layout: str | None = None
    seen: tuple[EnvelopeId, ...] | None = None
    rows: tuple[Row, ...] = ()
    struck: frozenset[str] = frozenset()

    @property
    def named(self) -> frozenset[str]:
        """All that it says, by the names of `records.differences`."""
        said = {
            "about": self.about,
            "date": self.date,
            "session": self.session or self.no_session or None,
            "layout": self.layout,
        }
        return frozenset(self.fields) | {name for name, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True)
class RecordHit:
    """A record that fits a query: the heading of the field in which the words are, and an excerpt, each run
    with whether it is a match. Of what lists show no words, none are shown here."""

    record: Record
    heading: str
    excerpt: Runs = ()


class Records:
    """The use cases of the clinical record. In a couple's own journal there is none, and none is added."""

    def __init__(self, access: VaultAccess, day_of_session: SessionDay) -> None:
        self._access = access
        self._day_of_session = day_of_session

    def forms(self) -> tuple[Form, ...]:
        """The forms this member fills, as the clinic has them."""
        kinds = records.kinds_of(self._access.peek().membership.me.role)
        return tuple(form for form in all_forms() if form.kind in kinds)

    def check_may_write(self, kind: RecordKind) -> None:
        """Refuse a kind that this member does not write, before they have typed it (`Refused`)."""
        with self._access.practice() as vault:
            records.check_may_write(vault.membership.me.role, kind)

    def default_readers(self, kind: RecordKind) -> frozenset[MemberId]:
        """The colleagues who can read a new record of a kind from the first, as the clinic's form has it."""
        with self._access.practice() as vault:
            return record_writer.default_readers(vault, kind)

    def all(self, case: CaseId | None = None) -> list[Record]:
        """Every record this member can read, or those of a couple, by the day they are about."""
        with self._access.practice() as vault:
            found = list(vault.records.all(case))
        return sorted(found, key=lambda record: record.order)

    def own(self, kind: RecordKind, case: CaseId) -> list[Record]:
        """This member's own records of a kind and a couple, by the day they are about."""
        with self._access.practice() as vault:
            return sorted(vault.records.own(kind, case), key=lambda record: record.order)

    def of_kinds(self, kinds: Collection[RecordKind], case: CaseId) -> list[Record]:
        """Every record of some kinds and a couple this member can read, by the day they are about. No record
        of another kind is opened."""
        with self._access.practice() as vault:
            return sorted(vault.records.of_kinds(kinds, case), key=lambda record: record.order)

    def get(self, record_id: str) -> Record:
        """The record of that id or beginning of one (at least four characters; `NotFound`)."""
        with self._access.practice() as vault:
            return vault.records.find(record_id)[1]

    def add(self, new: NewRecord) -> Record:
        """Write a record of a couple; its author can read it, and the form's default readers (`Refused`,
        `UsageError`, `NotFound`)."""
        form = form_for(new.kind)
        session = records.dated(records.check_session(new.session), new.case, self._day_of_session)
        with self._writing() as (vault, unit):
            records.check_may_write(vault.membership.me.role, new.kind)
            vault.records.check_couple(new.case)
            text = RecordText(
                kind=new.kind,
                about=form.check_about(new.about),
                date=new.date or clock.today(),
                session=session,
                layout=form.layout(new.layout),
                form=form.id,
                rows=dosing.put((), *new.rows),
            )
            text = records.filled(form, text, new.fields)
            stored = record_writer.add(vault, unit, new.case, text)
        return self._now(stored)

    def edit(self, record_id: str, change: RecordChange) -> Record:
        """Change a record this member wrote; its readers stay, and the version before is kept."""
        if session := records.check_session(change.session):
            case = self.get(record_id).case
            change = replace(change, session=records.dated(session, case, self._day_of_session))
        with self._writing() as (vault, unit):
            stored, record = vault.records.find(record_id, own=True)
            records.check_may_write(vault.membership.me.role, record.kind)
            text = _changed(record.text, change)
            stored = record_writer.change(vault, unit, stored, record, text, change.named, change.seen)
        return self._now(stored)

    def share(self, record_id: str, label: str) -> Record:
        """Let one colleague, named by their label, read a record of this member's from now on."""
        with self._writing() as (vault, unit):
            stored, _ = vault.records.find(record_id, own=True)
            colleague = _colleague(vault, label)
            if colleague not in stored.version.readers:
                stored = version_writer.share(vault, unit, stored, frozenset({colleague}))
                signature_writer.share_addenda(vault, unit, stored)
        return self._now(stored)

    def withdraw(self, record_id: str, label: str) -> Record:
        """Stop sharing a record of this member's with a colleague, from this version on."""
        with self._writing() as (vault, unit):
            stored, record = vault.records.find(record_id, own=True)
            colleague = vault.membership.get(label).id
            if colleague == vault.me or colleague not in record.readers:
                raise Refused("They could not read this record.")
            stored = version_writer.withdraw(vault, unit, stored, frozenset({colleague}))
            signature_writer.share_addenda(vault, unit, stored)
        return self._now(stored)

    def search(self, query: str, is_dropped: Callable[[], bool] = lambda: False) -> Iterator[RecordHit]:
        """Records with fields in which every word of the query begins some word, the latest first; process
        and safety notes are found for their author alone. It ends once `is_dropped` says so
        (`SearchDropped`)."""

        def check() -> None:
            if is_dropped():
                raise SearchDropped

        words = query_words(query)
        marker = Marker(words, check)
        me = self._access.peek().me
        for record in reversed(self.all()) if words else ():
            is_listed = record.kind not in records.UNSEEN_IN_LISTS
            shown = [field for text in (record.text, *record.beside) for field in _shown_fields(text)]
            if (is_listed or record.author == me) and marker.all_in(value for _, value in shown):
                found = ((heading, marker.excerpt(value)) for heading, value in shown)
                heading, excerpt = next(((heading, runs) for heading, runs in found if runs), ("", ()))
                yield RecordHit(record, heading, excerpt if is_listed else ())

    def history(self, record_id: str) -> list[RecordVersion]:
        """Every version of a record this member wrote, oldest first, the present one last."""
        with self._access.practice() as vault:
            versions = history(vault, vault.records.find(record_id, own=True)[0])
        found: list[RecordVersion] = []
        for version in versions:
            if version.type in registry.RECORD_TYPES:
                said = registry.SPECS[version.type].decode(version)
                saved = version.written or said.revised or said.written
                one = RecordVersion(len(found) + 1, saved, said.text, frozenset(version.readers))
                if not found or (one.text, one.readers) != (found[-1].text, found[-1].readers):
                    found.append(one)  # signing writes a record again as it was
        return found

    def _now(self, stored: StoredVersion) -> Record:
        with self._access.exclusive() as vault:
            return vault.records.of(stored)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Vault, UnitOfWork]]:
        with self._access.practice() as vault, vault.unit_of_work() as unit:
            yield vault, unit


def _shown_fields(text: RecordText) -> list[tuple[str, str]]:
    """Heading and text of each filled field, what the form of today does not have under its id; then the rows
    of a dosing record under its title."""
    fields = text.fields
    form = form_for(text.kind)
    headings = {field.id: field.heading for field in form.shown_in(text.layout, fields)}
    ids = dict.fromkeys((*headings, *fields))
    rows = [(form.title, " ".join(value for _, value in row.values)) for row in text.rows]
    return [*((headings.get(one, one), fields[one]) for one in ids if one in fields), *rows]


def _changed(old: RecordText, change: RecordChange) -> RecordText:
    form = form_for(old.kind)
    if old.form != form.id:
        raise Refused(records.OTHER_FORM)
    rows = dosing.put((row for row in old.rows if row.id not in change.struck), *change.rows)
    text = replace(
        old,
        rows=rows,
        about=old.about if change.about is None else form.check_about(change.about),
        date=change.date or old.date,
        session=None if change.no_session else change.session or old.session,
        layout=old.layout if change.layout is None else form.layout(change.layout),
    )
    return records.filled(form, text, change.fields)


def _colleague(vault: Vault, label: str) -> MemberId:
    return audience.one_colleague(label, vault.membership.members, vault.me, records.ONE_AT_A_TIME)
