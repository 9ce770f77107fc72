"""Older states put back: one version, one channel, the whole file."""

from collections.abc import Mapping

from kapjournal.crypto.row import DROPPED, STANDING, read_row
from kapjournal.domain.ids import RowId
from kapjournal.journal import NewNote, NoteChange
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.internals import finding_sentences, row_of, vault_of


def sentences(attacked: AttackedJournal, name: str, *, remembering: bool = True) -> str:
    with attacked.acting(name, remembering=remembering) as (journal,):
        return " ".join(finding_sentences(journal))


def put_back(attacked: AttackedJournal, old: Mapping[bytes, bytes]) -> None:
    """Let rows that were dropped stand again, and rows that are gone be there again."""
    for row_id, sealed in old.items():
        attacked.insert(row_id, sealed)


def assert_reader_and_author_are_told(attacked: AttackedJournal, reader: str, left: set[str]) -> None:
    """Neither is shown anything older, and each is told; the author's program drops it again, after which
    nobody has anything to be told."""
    with attacked.acting(reader, remembering=False) as (journal,):
        assert bodies(journal) == left
        assert "An older state of something Ana wrote was put back" in " ".join(finding_sentences(journal))
        assert not journal.check().is_clean
    assert_author_is_told(attacked, left)
    assert sentences(attacked, reader) == sentences(attacked, reader, remembering=False) == ""


def assert_author_is_told(attacked: AttackedJournal, left: set[str]) -> None:
    """Once, by the program that drops it again."""
    with attacked.acting("Ana", remembering=False) as (ana,):
        assert bodies(ana) == left
        said = finding_sentences(ana)
        assert said == ["An older state of something you wrote was put back into the file; it is not shown."]
        assert finding_sentences(ana, ana.check().findings) == said
    assert sentences(attacked, "Ana") == sentences(attacked, "Ana", remembering=False) == ""


def test_an_old_version_put_back_beside_the_new_one(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("old words", share="Ben"))
        old = row_of(ana, note)
        sealed = attacked.rows()[old]
        ana.notes.edit(note.id, NoteChange(body="new words"))
    put_back(attacked, {old: sealed})
    assert_reader_and_author_are_told(attacked, "Ben", {"new words"})


def test_a_version_put_back_from_two_edits_ago(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("oldest", share="Ben"))
        old = row_of(ana, note)
        sealed = attacked.rows()[old]
        ana.notes.edit(note.id, NoteChange(body="older"))
        ana.notes.edit(note.id, NoteChange(body="new"))
    put_back(attacked, {old: sealed})
    with attacked.acting("Ben", remembering=False) as (ben,):
        assert bodies(ben) == {"new"}
        assert ben.findings
        assert not ben.check().is_clean
    with attacked.acting("Ana", remembering=False) as (ana,):
        assert bodies(ana) == {"new"}
        assert "something you wrote was put back" in " ".join(finding_sentences(ana))


def test_a_withdrawn_note_put_back_is_not_shown_as_current(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("for Ben once", share="Ben"))
        old = row_of(ana, note)
        sealed = attacked.rows()[old]
        ana.notes.withdraw(note.id, "Ben")
    put_back(attacked, {old: sealed})
    with attacked.acting("Ben", remembering=False) as (ben,):
        assert bodies(ben) == set()
        assert "put back" in finding_sentences(ben)[0]


def test_a_note_withdrawn_and_then_deleted_put_back_is_not_shown(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("another", share="Ben"))
        note = ana.notes.add(NewNote("for Ben once", share="Ben"))
        old = row_of(ana, note)
        sealed = attacked.rows()[old]
        ana.notes.withdraw(note.id, "Ben")
        ana.notes.share(note.id, "Ben")
        ana.notes.withdraw(note.id, "Ben")
        ana.notes.delete(note.id)
    put_back(attacked, {old: sealed})
    for name in ("Ben", "Ana"):
        with attacked.acting(name, remembering=False) as (journal,):
            assert bodies(journal) == {"another"}
            assert journal.findings


def test_a_deleted_note_put_back_whole(attacked: AttackedJournal) -> None:
    """Its earlier versions too: what was deleted is dropped again, to the last word."""
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("gone", share="Ben"))
        ana.notes.edit(note.id, NoteChange(body="gone too"))
        before = attacked.rows()
        ana.notes.delete(note.id)
    after = attacked.rows()
    put_back(attacked, before)
    assert_reader_and_author_are_told(attacked, "Ben", set())
    assert attacked.rows() == after


def test_the_earlier_versions_of_a_deleted_note_put_back_without_the_note(attacked: AttackedJournal) -> None:
    """Nobody but Ana can read them, and she had them deleted."""
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("gone", share="Ben"))
        for body in ("gone too", "and that"):
            ana.notes.edit(note.id, NoteChange(body=body))
        shown = row_of(ana, note)
        before = attacked.rows()
        ana.notes.delete(note.id)
    after = attacked.rows()
    put_back(attacked, {row_id: sealed for row_id, sealed in before.items() if row_id != shown})
    with attacked.acting("Ben", remembering=False) as (ben,):
        assert bodies(ben) == set() and ben.findings == ()
    assert_author_is_told(attacked, set())
    assert attacked.rows() == after


def test_every_row_that_was_ever_dropped_put_back_at_once(attacked: AttackedJournal) -> None:
    """Address books, keys, the keeper's word, notes: whatever stood once stands again."""
    standing: dict[bytes, bytes] = {}
    with attacked.acting("Lee", "Ana", "Ben") as journals:
        lee, ana, _ = journals
        note = ana.notes.add(NewNote("first", share="all"))
        lee.members.mark_verified("Ana")
        for change in range(3):
            now = attacked.rows().items()
            standing |= {row_id: sealed for row_id, sealed in now if sealed[:1] == STANDING}
            ana.notes.edit(note.id, NoteChange(body=f"as it is {change}"))
            ana.members.mark_verified("Ben")
            for journal in journals:
                journal.refresh()
    after = attacked.rows()
    dropped = {row_id for row_id, sealed in after.items() if sealed[:1] == DROPPED}
    put_back(attacked, {row_id: standing[row_id] for row_id in dropped & standing.keys()})
    for name in ("Ben", "Lee", "Ana"):
        with attacked.acting(name, remembering=False) as (journal,):
            assert bodies(journal) == {"as it is 2"}
            assert journal.findings
            verified = {member.label for member in journal.members.all() if member.verified}
            assert verified == {"Lee": {"Lee", "Ana"}, "Ana": {"Ana", "Ben"}, "Ben": {"Ben"}}[name]
    for name in attacked.everybody():
        assert sentences(attacked, name) == sentences(attacked, name, remembering=False) == ""
    assert {row_id for row_id, sealed in attacked.rows().items() if sealed[:1] == DROPPED} >= dropped


def test_one_channel_rolled_back_from_an_older_copy(attacked: AttackedJournal) -> None:
    """Only what Ana sent Ben goes back to an older copy; everything else stays as it is."""
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("as it was", share="Ben"))
        older = attacked.rows()
        ana.notes.edit(note.id, NoteChange(body="as it is"))
        newer = attacked.rows()
    with attacked.acting("Ben") as (ben,):
        assert bodies(ben) == {"as it is"}
    for row_id in newer.keys() - older.keys():
        attacked.delete(row_id)
    put_back(attacked, {i: sealed for i, sealed in older.items() if newer.get(i) != sealed})
    assert "older state of what Ana shares with you" in sentences(attacked, "Ben")
    assert "older state of your own notes" in sentences(attacked, "Ana")
    assert "older state of what you share with Ben" in sentences(attacked, "Ana")


def test_the_whole_file_replaced_by_an_older_copy(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.notes.add(NewNote("first", share="all"))
    older = attacked.copy()
    with attacked.acting("Lee", "Ana") as (lee, _):
        lee.notes.add(NewNote("second", share="all"))
    with attacked.acting("Ana"):
        pass
    attacked.path.write_bytes(older.read_bytes())
    assert "older state" in sentences(attacked, "Lee")
    assert "older state" in sentences(attacked, "Ana")


def test_a_rollback_is_told_until_its_author_lets_go_or_the_newer_file_comes(
    attacked: AttackedJournal,
) -> None:
    """Writing on does not hide what the computer saw: the second note is missed by all who saw it."""
    with attacked.acting("Lee") as (lee,):
        lee.notes.add(NewNote("first", share="all"))
    older = attacked.copy()
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        lee.notes.add(NewNote("second", share="all"))
        for journal in (ana, ben):
            assert journal.refresh()
    newer = attacked.copy()
    attacked.path.write_bytes(older.read_bytes())
    for words in ("third", "fourth"):
        with attacked.acting("Lee") as (lee,):
            lee.notes.add(NewNote(words, share="all"))
        for name in attacked.everybody():
            assert "than this computer has seen" in sentences(attacked, name)
            assert sentences(attacked, name, remembering=False) == ""
    behind = attacked.copy()
    with attacked.acting("Lee") as (lee,):
        assert lee.let_go() and not lee.let_go()
        assert lee.findings == ()
    with attacked.acting("Ana") as (ana,):
        assert "than this computer has seen" in " ".join(finding_sentences(ana))
        assert ana.let_go()
    for name in ("Lee", "Ana"):
        assert sentences(attacked, name) == ""
    attacked.path.write_bytes(behind.read_bytes())
    with attacked.acting("Lee") as (lee,):
        lee.copies.merge(newer)
        assert bodies(lee) == {"first", "second", "third", "fourth"}
    for name in attacked.everybody():
        with attacked.acting(name) as (journal,):
            assert bodies(journal) == {"first", "second", "third", "fourth"}


def test_a_reader_of_the_past_does_not_learn_of_later_edits(attacked: AttackedJournal) -> None:
    """After a withdrawal no row that Ben can recognise comes, goes or changes when Ana edits the note."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = ana.notes.add(NewNote("shared once", share="Ben"))
        ana.notes.withdraw(note.id, "Ben")
        ben.refresh()
        key = vault_of(ben).envelopes.channels.incoming[ana.me.id].key

        def recognised() -> dict[bytes, bytes]:
            rows = attacked.rows().items()
            return {i: sealed for i, sealed in rows if key.find(read_row(RowId(i), sealed))}

        before = recognised()
        assert before
        for body in ("again", "and again"):
            ana.notes.edit(note.id, NoteChange(body=body))
        assert recognised() == before
        ben.refresh()
        assert ben.check().is_clean


def test_stamps_survive_the_deletion_of_what_carried_them(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        kept = ana.notes.add(NewNote("kept", share="Ben"))
        carrier = ana.notes.add(NewNote("carrier", share="Ben"))
        ana.notes.withdraw(carrier.id, "Ben")
        ana.notes.edit(carrier.id, NoteChange(body="private now"))
        ana.notes.delete(carrier.id)
        for journal in (ben, lee, ana):
            journal.refresh()
            assert journal.check().is_clean
        assert bodies(ben) == {"kept"}
        assert kept.id == ben.notes.all()[0].id
    for name in attacked.everybody():
        assert sentences(attacked, name) == sentences(attacked, name, remembering=False) == ""
