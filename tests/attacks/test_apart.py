"""Going apart: who began is not to be told from the file, from any door, or from what a computer remembers;
and nobody ends or brings back sharing who is not a member."""

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from kapjournal.crypto.envelope import (
    UNNUMBERED,
    ChannelKey,
    SealedRow,
    drop_token,
    is_whole,
    open_body,
    random_key,
    seal,
    unwrap,
)
from kapjournal.crypto.envelope import draw as drawn
from kapjournal.crypto.keyring import shared_channel
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import envelope_of_token, read_row
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.ids import RowId
from kapjournal.domain.members import Role
from kapjournal.errors import Refused
from kapjournal.journal import FLOOR, Journal, NewNote, join
from kapjournal.journal.trust.ending import SharingEnded
from kapjournal.journal.vault.rollback_codec import fit, from_bytes
from kapjournal.presentation import findings, people
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal
from tests.internals import vault_of

EVERYBODY = ("Lee", "Ana", "Ben")


@dataclass(frozen=True)
class World:
    """The same journal, in which one of the three ended sharing, and the row that says so."""

    began: str
    attacked: AttackedJournal
    row_id: RowId
    sealed: bytes


def settle(attacked: AttackedJournal) -> None:
    """Notes are shared and everybody has looked: nothing is owed to anybody."""
    with attacked.acting(*EVERYBODY) as journals:
        for journal in journals:
            journal.notes.add(NewNote(f"For all, by {journal.me.label}.", share="all"))
            journal.notes.add(NewNote("For me alone."))
    for name in EVERYBODY * 2:
        attacked.open(name).close()


def end_by(attacked: AttackedJournal, name: str) -> None:
    with attacked.acting(name) as (journal,):
        journal.apart.end()


def columns(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(statement).fetchall()


@pytest.fixture
def worlds(attacked: AttackedJournal) -> list[World]:
    """Three copies of one beginning, in each of which another one ends sharing."""
    settle(attacked)
    made = []
    for began in EVERYBODY:
        there = attacked.copied(attacked.folder.parent / f"{began} began")
        before = there.rows()
        end_by(there, began)
        after = there.rows()
        assert before.items() <= after.items(), "nothing else is written, dropped or deleted"
        [row_id] = after.keys() - before.keys()
        made.append(World(began, there, RowId(row_id), after[row_id]))
    return made


def test_the_files_differ_in_nothing_but_one_row_of_one_length(
    attacked: AttackedJournal, worlds: list[World]
) -> None:
    """Whoever has the file sees one more row, as of a private note, and the same everywhere else."""
    doors = columns(attacked.path, "SELECT * FROM keyslot ORDER BY id")
    for table in ("part", "keyslot", "journal", "sqlite_master"):
        said = [columns(one.attacked.path, f"SELECT * FROM {table}") for one in worlds]
        assert said[0] == said[1] == said[2]
    assert all(columns(one.attacked.path, "SELECT * FROM keyslot ORDER BY id") == doors for one in worlds)
    assert len({len(one.sealed) for one in worlds}) == 1
    assert len({one.attacked.path.stat().st_size for one in worlds}) == 1
    for pragma in ("schema_version", "user_version", "page_count", "freelist_count"):
        assert len({columns(one.attacked.path, f"PRAGMA {pragma}")[0] for one in worlds}) == 1
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("A short page."))
    private = attacked.rows().keys() - worlds[0].attacked.rows().keys()
    assert len(worlds[0].sealed) in {len(attacked.rows()[row_id]) for row_id in private}


def test_no_door_tells_the_row_from_one_that_another_wrote(worlds: list[World]) -> None:
    """Every key that a passphrase leads to, of whoever is forced to give it, finds the same: that the row
    lies on the shared channel. Not even its writer's knows it again, or could drop it."""
    bodies = set()
    for world in worlds:
        row = read_row(world.row_id, world.sealed)
        for name in EVERYBODY:
            with world.attacked.acting(name) as (journal,):
                channels = vault_of(journal).envelopes.channels
                place = channels.shared_key.find(row)
                assert place is not None
                wrap = unwrap(row, place)
                assert wrap.stamp == UNNUMBERED
                mine = [*channels.own_keys, *channels.drafts_keys, *(one.key for one in channels.all())]
                assert not any(key.find(row) for key in mine)
                for key in (*mine, channels.shared_key):
                    assert not is_whole(key, row)
                    assert envelope_of_token(drop_token(key, wrap.key or b"")) != row.envelope
                bodies.add(open_body(row, wrap.key or b""))
                assert vault_of(journal).envelopes.shared.endings.keys() == {world.row_id}
    assert bodies == {SharingEnded().to_bytes()}


def remembered(journal: Journal) -> object:
    """What the computer notes of a journal, but for where it lies and for the ids of envelopes and computers,
    which are drawn by lot."""
    record = vault_of(journal).record
    channels = {
        name: (sorted(memory.complete.values()), memory.rows, memory.drops)
        for name, memory in record.channels.items()
    }
    return channels, record.sharing_ended, record.revoked, record.door, record.retired, record.unfinished


def told(journal: Journal) -> object:
    """All that a face is given to say of the journal, and the notes as the member reads them."""
    return (
        people.notices(journal),
        findings.sentences(journal.findings, journal),
        journal.apart.has_ended,
        [people.about(member, journal.me.id) for member in journal.members.all()],
        [(note.text.body, sorted(note.readers)) for note in journal.notes.all()],
        journal.check().is_clean,
    )


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_computer_says_and_remembers_the_same_whoever_began(worlds: list[World], name: str) -> None:
    """The one who began among them: at once, after opening again, and after writing on."""
    at_once, again, later, sizes = [], [], [], []
    for world in worlds:
        with world.attacked.acting(name) as (journal,):
            at_once.append((remembered(journal), told(journal)))
        with world.attacked.acting(name) as (journal,):
            again.append((remembered(journal), told(journal)))
        before = world.attacked.rows()
        with world.attacked.acting(name) as (journal,):
            journal.notes.add(NewNote("By myself."))
            own, written = vault_of(journal).envelopes.channels.own.key, []
            for row_id, sealed in world.attacked.rows().items():
                if row_id not in before:
                    row = read_row(RowId(row_id), sealed)
                    place = own.find(row)
                    assert place is not None
                    written.append((len(sealed), unwrap(row, place).stamp[1:]))
            later.append((sorted(written), remembered(journal), told(journal)))
        kept = world.attacked.folder / f"memory-{name}"
        sizes.append([path.stat().st_size for path in sorted(kept.iterdir())])
    assert at_once[0] == at_once[1] == at_once[2]
    assert again[0] == again[1] == again[2]
    assert later[0] == later[1] == later[2]
    assert sizes[0] == sizes[1] == sizes[2]


def test_the_one_who_began_is_left_with_the_state_of_one_who_met_it(worlds: list[World]) -> None:
    """The program that wrote it goes on as a program that reads it for the first time."""
    with worlds[0].attacked.acting("Ana") as (met,):
        memory = remembered(met), told(met)
    aside = worlds[0].attacked.folder.parent / "afresh"
    fresh = worlds[0].attacked.copied(aside)
    fresh.delete(worlds[0].row_id)
    for folder in ("memory-Ana",):
        shutil.rmtree(fresh.folder / folder)
        shutil.copytree(worlds[2].attacked.folder / folder, fresh.folder / folder)
    with fresh.acting("Ana") as (began,):
        assert not began.apart.has_ended
        began.apart.end()
        assert (remembered(began), told(began)) == memory


# --- who cannot end it ------------------------------------------------------------------------------------


def ending_under(key: ChannelKey) -> SealedRow:
    author = random_key()
    return seal(author, drawn(author), SharingEnded().to_bytes(), [(key, UNNUMBERED)])


def has_ended(attacked: AttackedJournal, *names: str) -> set[bool]:
    found = set()
    for name in names or attacked.everybody():
        with attacked.acting(name) as (journal,):
            found.add(journal.apart.has_ended)
    return found


def test_who_has_the_file_alone_ends_nothing(attacked: AttackedJournal) -> None:
    """Neither with a key of their own nor with the row of another journal; both are rows for nobody."""
    settle(attacked)
    attacked.put_row(bytes(ending_under(random_key()).sealed))
    other = attacked.copied(attacked.folder.parent / "another")
    end_by(other, "Ana")
    elsewhere = ending_under(shared_channel(bytes(32), attacked.journal_id()))
    attacked.put_row(bytes(elsewhere.sealed))
    assert has_ended(attacked) == {False}
    with attacked.acting("Lee") as (lee,):
        assert lee.check().is_clean


def test_a_record_that_says_more_is_none(attacked: AttackedJournal) -> None:
    """What could tell two of them apart is not of the form."""
    attacked.put_shared(b'{"kind":"apart","made":"2026-03-02"}')
    assert has_ended(attacked) == {False}


def remove_ben(attacked: AttackedJournal) -> bytes:
    """The keeper removes Ben; everybody hears of it. Returns the journal key that he keeps."""
    with attacked.acting("Lee") as (lee,):
        before = vault_of(lee).held().journal_key
        lee.members.remove("Ben")
    for name in ("Lee", "Ana", "Lee", "Ana"):
        attacked.open(name).close()
    return before


def test_who_was_removed_ends_nothing_for_those_who_are_still_here(attacked: AttackedJournal) -> None:
    """Ben has the journal key of before. His own program refuses; a program of his own can write the row, and
    can strike whatever the keeper wrote to Ana."""
    settle(attacked)
    bens = remove_ben(attacked)
    with attacked.acting("Ben") as (ben,), pytest.raises(Refused, match="You were removed"):
        ben.apart.end()
    attacked.put_row(bytes(ending_under(shared_channel(bens, attacked.journal_id())).sealed))
    assert has_ended(attacked, "Lee", "Ana") == {False}
    with attacked.acting("Ana") as (ana,):
        told_by_lee = vault_of(ana).membership.papers.info_version
        assert told_by_lee is not None
    attacked.delete(told_by_lee.row)
    assert has_ended(attacked, "Ana") == {False}
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("Still with Lee.", share="Lee"))


def test_an_old_copy_with_the_keepers_old_passphrase_ends_nothing(attacked: AttackedJournal) -> None:
    """The keeper's new keys bring a new journal key."""
    settle(attacked)
    old = attacked.held["Lee"].journal_key
    with attacked.acting("Lee") as (lee,):
        lee.keys.replace("lee has another door now", None, strength=FLOOR)
        attacked.held["Lee"] = vault_of(lee).held()
    for name in EVERYBODY * 2:
        attacked.open(name).close()
    attacked.put_row(bytes(ending_under(shared_channel(old, attacked.journal_id())).sealed))
    assert has_ended(attacked) == {False}


# --- who cannot bring it back -----------------------------------------------------------------------------


def test_striking_the_row_brings_nothing_back_where_it_was_seen(worlds: list[World]) -> None:
    """Who saw it goes on giving nothing, is told that the file does not say so, and puts nothing back by
    itself: or whoever strikes the row and watches would learn who had seen it by then. Said again by anybody,
    it is said to all."""
    world = worlds[1]
    attacked = world.attacked
    attacked.open("Lee").close()
    attacked.delete(world.row_id)
    for name in ("Lee", "Ana"):
        before = attacked.rows()
        with attacked.acting(name) as (journal,):
            assert journal.apart.has_ended
            assert [one.kind for one in journal.findings] == [FindingKind.SHARING_END_ABSENT]
            with pytest.raises(Refused, match="Sharing has ended"):
                journal.notes.add(NewNote("For all.", share="all"))
        assert attacked.rows() == before
    assert has_ended(attacked, "Ben") == {False}
    end_by(attacked, "Lee")
    assert has_ended(attacked) == {True}
    with attacked.acting(*EVERYBODY) as journals:
        assert [journal.findings for journal in journals] == [(), (), ()]
        for journal in journals:
            with pytest.raises(Refused, match="already"):
                journal.apart.end()


def test_an_older_copy_brings_nothing_back(attacked: AttackedJournal) -> None:
    """Neither beside this one, where the row goes into it, nor in its place."""
    settle(attacked)
    older = attacked.copy()
    end_by(attacked, "Ana")
    attacked.open("Ben").close()
    with attacked.acting("Lee") as (lee,):
        lee.copies.merge(older)
        assert lee.apart.has_ended
    assert attacked.rows(older).keys() == attacked.rows().keys()
    shutil.copy(older, attacked.path)
    assert has_ended(attacked) == {True}


def test_of_two_who_begin_at_once_there_is_one_ending(attacked: AttackedJournal) -> None:
    settle(attacked)
    elsewhere = attacked.copied(attacked.folder.parent / "elsewhere")
    end_by(attacked, "Ana")
    end_by(elsewhere, "Ben")
    with attacked.acting("Ana") as (ana,):
        ana.copies.merge(elsewhere.path)
    for there in (attacked, elsewhere):
        assert has_ended(there) == {True}
        with there.acting(*EVERYBODY) as journals:
            assert [journal.findings for journal in journals] == [(), (), ()]
            assert all(len(vault_of(one).envelopes.shared.endings) == 2 for one in journals)


Rotation = Callable[[AttackedJournal], None]


def by_removing(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.members.remove("Ben")
    attacked.held.pop("Ben")


def by_new_keys(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.keys.replace("lee has another door now", None, strength=FLOOR)
        attacked.held["Lee"] = vault_of(lee).held()


ROTATIONS: Mapping[str, Rotation] = {"removal": by_removing, "new keys": by_new_keys}


@pytest.mark.parametrize("rotation", ROTATIONS.values(), ids=ROTATIONS.keys())
def test_it_stays_ended_when_the_journal_gets_a_new_key(
    attacked: AttackedJournal, rotation: Rotation
) -> None:
    """The keeper's program says it again under the new key, as a row for nobody in particular: so a computer
    that remembers nothing knows it too."""
    settle(attacked)
    end_by(attacked, "Ana")
    rotation(attacked)
    assert has_ended(attacked) == {True}
    for name in attacked.everybody():
        with attacked.acting(name, remembering=False) as (journal,):
            assert journal.apart.has_ended
            assert journal.findings == ()
            channels = vault_of(journal).envelopes.channels
            for row_id in vault_of(journal).envelopes.shared.endings:
                row = read_row(row_id, attacked.rows()[row_id])
                assert not any(is_whole(key, row) for key in channels.own_keys)


def test_nobody_drops_the_row_into_a_state_that_would_strike_it_from_every_copy(worlds: list[World]) -> None:
    """Copies bring it back wherever one of them has it."""
    world = worlds[0]
    with world.attacked.acting("Ben") as (ben,), vault_of(ben).unit_of_work() as unit:
        for keys in ([*vault_of(ben).envelopes.channels.own_keys], [world.attacked.shared_key()]):
            with suppress(NotGenuine):
                assert not unit.rows.drop(world.row_id, keys)


def test_an_invitation_from_before_leads_into_no_journal_that_has_ended(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Zoe", Role.SUPERVISOR, strength=FLOOR)
    end_by(attacked, "Ana")
    with pytest.raises(Refused, match="nobody more joins"):
        join(
            attacked.path,
            code=code,
            label="Zoe",
            passphrase=PASSPHRASE,
            with_recovery=False,
            strength=FLOOR,
            record_folder=attacked.folder / "memory-Zoe",
        )
    with attacked.acting("Lee") as (lee,):
        lee.members.cancel_invitation("Zoe")
        assert lee.findings == ()


def test_a_record_that_is_full_still_knows(attacked: AttackedJournal) -> None:
    """Whoever writes as hundreds of computers takes the room of their own channels, and not of this."""
    settle(attacked)
    end_by(attacked, "Ana")
    with attacked.acting("Ben") as (ben,):
        record = vault_of(ben).record
    small, _ = fit(record)
    memory = next(iter(record.channels.values()))
    for number in range(900):
        memory.complete[number.to_bytes(8, "big")] = 1
    full, is_whole = fit(record)
    assert not is_whole and len(full) == len(small)
    assert from_bytes(full).sharing_ended and from_bytes(small).sharing_ended
    record.sharing_ended = False
    assert len(fit(record)[0]) == len(small)
