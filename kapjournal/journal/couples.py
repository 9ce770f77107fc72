"""The couples of a practice: add one, say where their journal lies and how it opens.

One mechanism leads from a practice into many journals: a document for the member alone has what their door
in the couple's journal holds, so that no further passphrase is stretched.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kapjournal.crypto.keyslot import Secrets
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.couples import (
    NOT_KNOWN_WHERE,
    TURNED_ROUND,
    Couple,
    couple_name,
    is_turned,
    named,
    partner_names,
)
from kapjournal.domain.forms import About
from kapjournal.domain.ids import CaseId, DocumentId, JournalId
from kapjournal.domain.members import JournalKind
from kapjournal.errors import KapjournalError, NotFound, Refused, UnlockFailed
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.case import Case
from kapjournal.journal.documents.version import Content, new_document_id
from kapjournal.journal.documents.way_in import MAX_POSITION, WayIn
from kapjournal.journal.open_file import open_file, secrets_behind
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault
from kapjournal.store import JournalFile

MAX_COUPLES = MAX_POSITION + 1


class Couples:
    """The use cases of couples. In a couple's own journal there are none, and none is added."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(self) -> list[Couple]:
        """Every couple this member can read of, in the order of their list."""
        with self._access.exclusive() as vault:
            return _couples(vault)

    def get(self, name: str) -> Couple:
        """The couple of that name (`NotFound`)."""
        return named(self.all(), name)

    def of(self, case: CaseId) -> Couple | None:
        """The couple of a case; None where this member's list has none."""
        return next((couple for couple in self.all() if couple.case == case), None)

    def add(self, name: str, path: Path, *, label: str | None, passphrase: str, opens: bool = True) -> Couple:
        """Add a couple whose journal lies at a path and opens with this passphrase (errors as for `unlock`).
        From then on it opens through this member's door into the practice, unless it is not to."""
        with self._access.exclusive() as vault:
            _check_practice(vault)
        journal, held = _behind_the_door(path, label, passphrase)
        with self._writing() as (vault, unit):
            if journal == vault.journal_id:
                raise Refused(f"{path.name} is this practice itself.")
            present = _couples(vault)
            name = couple_name(name, (couple.name for couple in present))
            for _, way in _ways(vault).values():
                known = next((one.name for one in present if one.case == way.case), None)
                if way.journal == journal and known is not None:
                    raise Refused(f"That is the journal of a couple who is here already: {known}.")
            if len(present) >= MAX_COUPLES:
                raise Refused(f"A practice has at most {MAX_COUPLES} couples.")
            document = new_document_id()
            content = registry.CASE.encode(Case(name), None)
            unit.put(DocumentChange(document, registry.CASE.type, frozenset({vault.me}), content))
            position = max((couple.position + 1 for couple in present), default=0)
            position = min(position, MAX_POSITION)
            case = CaseId(document)
            _put(vault, unit, WayIn(case, journal, path.absolute(), held if opens else None, position))
        return self._now(case)

    def rename(self, case: CaseId, name: str) -> Couple:
        """Call a couple by another name; who added them does (`NotFound`)."""
        with self._writing() as (vault, unit):
            others = [couple.name for couple in _couples(vault) if couple.case != case]
            _change(vault, unit, case, name=couple_name(name, others))
        return self._now(case)

    def name_partners(self, case: CaseId, first: str, second: str) -> Couple:
        """Say what the two partners are called, and who counts as the first: records say whom they are about
        by that, so it is not turned round once there is one. Two empty names say nothing of it (`UsageError`,
        `Refused`, `NotFound`)."""
        first, second = partner_names(first, second)
        with self._writing() as (vault, unit):
            before = next((couple for couple in _couples(vault) if couple.case == case), None)
            is_other = before is not None and is_turned(before, first, second)
            if is_other and any(one.text.about is not About.COUPLE for one in vault.records.all(case)):
                raise Refused(TURNED_ROUND)
            _change(vault, unit, case, first=first, second=second)
        return self._now(case)

    def move(self, case: CaseId, position: int) -> None:
        """Put a couple at a place in this member's list, 0 for the first."""
        with self._writing() as (vault, unit):
            order = [couple.case for couple in _couples(vault) if couple.case != case]
            order.insert(position, case)
            for _, way in list(_ways(vault).values()):
                if way.case in order and order.index(way.case) != way.position:
                    _put(vault, unit, replace(way, position=order.index(way.case)))

    def locate(self, case: CaseId, path: Path) -> Couple:
        """Say where the journal of a couple lies now (`Refused` if it is another one)."""
        with open_file(path) as file:
            journal = file.journal_id
        with self._writing() as (vault, unit):
            way = _way(vault, case)
            if way.journal != journal:
                raise Refused(f"{path.name} is the journal of somebody else.")
            _put(vault, unit, replace(way, path=path.absolute()))
        return self._now(case)

    def let_open(self, case: CaseId, *, label: str | None, passphrase: str) -> Couple:
        """Let the journal of a couple open through this member's door into the practice from now on, also
        after new keys in that journal (errors as for `unlock`)."""
        with self._access.exclusive() as vault:
            path = _way(vault, case).path
        journal, held = _behind_the_door(path, label, passphrase)
        with self._writing() as (vault, unit):
            way = _way(vault, case)
            if way.journal != journal:
                raise Refused(f"{path.name} is the journal of somebody else.")
            _put(vault, unit, replace(way, held=held))
        return self._now(case)

    def ask_each_time(self, case: CaseId) -> Couple:
        """Keep no way into the journal of a couple: it opens with its own passphrase alone. An older copy of
        the practice, with the passphrase of that day, still has the way."""
        with self._writing() as (vault, unit):
            _put(vault, unit, replace(_way(vault, case), held=None))
        return self._now(case)

    def _now(self, case: CaseId) -> Couple:
        return next(couple for couple in self.all() if couple.case == case)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Vault, UnitOfWork]]:
        with self._access.exclusive() as vault:
            _check_practice(vault)
            with vault.unit_of_work() as unit:
                yield vault, unit


def _check_practice(vault: Vault) -> None:
    if vault.membership.kind is not JournalKind.PRACTICE:
        raise Refused("Couples are kept in a practice, and this is a couple's own journal.")


def open_way(access: VaultAccess, case: CaseId) -> tuple[JournalFile, Secrets]:
    """The open file of a couple's journal, and what this member's door there holds.

    `NotFound` if it is not where it was, `UnlockFailed` if it is to be opened with its own passphrase.
    """
    with access.exclusive() as vault:
        way = _way(vault, case)
    if way.held is None:
        raise UnlockFailed("This couple's journal opens with its own passphrase.")
    with _open_there(way) as file:
        return file, way.held


def open_with_passphrase(
    access: VaultAccess, case: CaseId, label: str | None, passphrase: str
) -> tuple[JournalFile, Secrets]:
    """The same, with what opens the door there (errors as for `unlock`)."""
    with access.exclusive() as vault:
        way = _way(vault, case)
    with _open_there(way) as file:
        return file, secrets_behind(file, label, passphrase)


@contextmanager
def _open_there(way: WayIn) -> Iterator[JournalFile]:
    if not way.path.exists():
        raise NotFound(f"The journal is not at {way.path} any more. Say where it lies now.")
    with open_file(way.path, keep=True) as file:
        if file.journal_id != way.journal:
            raise Refused(f"At {way.path} lies the journal of somebody else.")
        yield file


def _behind_the_door(path: Path, label: str | None, passphrase: str) -> tuple[JournalId, Secrets]:
    with open_file(path) as file:
        return file.journal_id, secrets_behind(file, label, passphrase)


def _change(vault: Vault, unit: UnitOfWork, case: CaseId, **said: str) -> None:
    """Say something else of a couple that this member added (`NotFound`)."""
    previous = vault.envelopes.standing(vault.me, DocumentId(case))
    if not previous:
        raise NotFound("Who added a couple alone can give them another name.")
    version = previous[0].version
    content = registry.CASE.encode(replace(registry.CASE.decode(version), **said), version)
    unit.put(DocumentChange.again(version, frozenset(version.readers), previous, content=content))


@dataclass(frozen=True, slots=True)
class WayToCouple:
    """Where the journal of a couple lies, None where that was not said, and which journal it is."""

    name: str
    path: Path | None
    journal: JournalId | None


def ways_to_couples(vault: Vault) -> list[WayToCouple]:
    """Where the journals of this member's couples lie, in the order of their list."""
    ways = {case: way for case, (_, way) in _ways(vault).items()}
    return [
        WayToCouple(couple.name, couple.path, ways[couple.case].journal if couple.case in ways else None)
        for couple in _couples(vault)
    ]


def _couples(vault: Vault) -> list[Couple]:
    if vault.membership.kind is not JournalKind.PRACTICE:
        return []
    ways = {case: way for case, (_, way) in _ways(vault).items()}
    found: dict[CaseId, Couple] = {}
    for stored in vault.envelopes.of_type(registry.CASE.type):
        author, case = stored.version.author, CaseId(stored.version.document)
        is_mine = author == vault.me  # others' are theirs to list, and could take the names of these
        if is_mine and case not in found:
            with suppress(KapjournalError, NotGenuine, LookupError, TypeError, ValueError):
                said, way = registry.CASE.decode(stored.version), ways.get(case)
                couple = Couple(
                    case, said.name, author, position=MAX_POSITION, first=said.first, second=said.second
                )
                found[case] = (
                    replace(couple, path=way.path, opens=way.held is not None, position=way.position)
                    if way
                    else couple
                )
    return sorted(found.values(), key=lambda couple: (couple.position, couple.name, couple.case))


def _ways(vault: Vault) -> dict[CaseId, tuple[StoredVersion, WayIn]]:
    """This member's way into each journal; of two the one said last."""
    found: dict[CaseId, tuple[StoredVersion, WayIn]] = {}
    for stored in vault.envelopes.of_type(registry.WAY_IN.type):
        if stored.version.author == vault.me:
            with suppress(NotGenuine):
                way = registry.WAY_IN.decode(stored.version)
                before = found.get(way.case)
                if before is None or before[0].rank < stored.rank:
                    found[way.case] = stored, way
    return found


def _way(vault: Vault, case: CaseId) -> WayIn:
    found = _ways(vault).get(case)
    if found is None:
        raise NotFound(NOT_KNOWN_WHERE)
    return found[1]


def _put(vault: Vault, unit: UnitOfWork, way: WayIn) -> None:
    before = _ways(vault).get(way.case)
    version = before[0].version if before else None
    content: Content = registry.WAY_IN.encode(way, version)
    document = version.document if version else new_document_id()
    previous = tuple(vault.envelopes.standing(vault.me, document))
    unit.put(DocumentChange(document, registry.WAY_IN.type, frozenset({vault.me}), content, previous))
