"""The ways in: made, opened, joined, recovered; every wrong way gets the same answer."""

import shutil
import stat
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from kapjournal.crypto import kdf
from kapjournal.crypto.kdf import KdfStrength
from kapjournal.domain.members import Role
from kapjournal.errors import (
    CannotSave,
    JournalLocked,
    KapjournalError,
    NotFound,
    Refused,
    UnlockFailed,
    UsageError,
)
from kapjournal.journal import (
    FLOOR,
    Journal,
    NewNote,
    create,
    doors,
    join,
    recover,
    unlock,
)
from tests.cast import PASSPHRASES
from tests.internals import vault_of

from .open_journals import OpenJournals

KIM = "kim opens this door"


def made(path: Path, *, with_recovery: bool = True, label: str = "Kim") -> tuple[Journal, str | None]:
    return create(
        path, label=label, role=Role.PARTNER, passphrase=KIM, with_recovery=with_recovery, strength=FLOOR
    )


def test_a_new_journal_is_its_keepers_alone(tmp_path: Path) -> None:
    path = tmp_path / "new.kap"
    journal, words = made(path)
    with journal:
        assert journal.path == path and journal.me.is_keeper and journal.title == ""
        assert not (
            journal.notes.all()
            or journal.sessions.all()
            or journal.drafts.all()
            or journal.members.invitations()
        )
        assert journal.check().is_clean and words is not None and len(words.split()) == 24
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]
    assert doors(path) == ["Kim"]


@pytest.mark.parametrize(
    ("label", "passphrase", "title", "error"),
    [
        ("all", KIM, "", Refused),
        ("a,b", KIM, "", UsageError),
        ("Kim", "elevenchars", "", UsageError),
        ("Kim", KIM, "two\nlines", UsageError),
    ],
)
def test_a_journal_that_cannot_be_is_not_begun(
    tmp_path: Path, label: str, passphrase: str, title: str, error: type[KapjournalError]
) -> None:
    with pytest.raises(error):
        create(
            tmp_path / "new.kap",
            label=label,
            role=Role.PARTNER,
            passphrase=passphrase,
            title=title,
            strength=FLOOR,
        )
    assert list(tmp_path.iterdir()) == []


def test_a_journal_is_never_written_over_anything(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("dear")
    with pytest.raises(Refused):
        made(path)
    assert path.read_text() == "dear"
    with pytest.raises(CannotSave):
        made(tmp_path / "nowhere" / "new.kap")


def test_doors_have_the_labels_of_those_who_joined_in_order(made_once: OpenJournals, tmp_path: Path) -> None:
    assert doors(made_once.path) == ["Ana", "Ben", "Dr Lee"]
    with pytest.raises(NotFound):
        doors(tmp_path / "none.kap")


@pytest.mark.parametrize("label", ["Ana", "ANA", "ana"])
def test_a_door_opens_to_its_label_in_any_case(three: OpenJournals, label: str) -> None:
    with unlock(
        three.path, label=label, passphrase=PASSPHRASES["Ana"], record_folder=three.memory
    ) as journal:
        assert journal.me.label == "Ana" and journal.findings == ()


def test_every_wrong_way_in_gets_the_same_sentence_after_the_same_work(
    made_once: OpenJournals, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stretched: list[KdfStrength] = []
    real = kdf.stretch

    def counting(passphrase: str, salt: bytes, strength: KdfStrength) -> bytes:
        stretched.append(strength)
        return real(passphrase, salt, strength)

    monkeypatch.setattr(kdf, "stretch", counting)
    monkeypatch.setattr(import_module("kapjournal.journal.open_file"), "stretch", counting)
    sentences = set()
    tries = [("Ana", "not her passphrase"), ("Nobody", PASSPHRASES["Ana"]), ("Ben", PASSPHRASES["Ana"])]
    for label, passphrase in tries:
        with pytest.raises(UnlockFailed) as caught:
            unlock(made_once.path, label=label, passphrase=passphrase, record_folder=memory)
        sentences.add(str(caught.value))
    assert len(sentences) == 1 and stretched == [FLOOR] * 3


def test_without_a_label_the_only_door_opens_and_of_several_one_is_asked_for(
    made_once: OpenJournals, tmp_path: Path
) -> None:
    path = tmp_path / "one.kap"
    made(path, with_recovery=False)[0].close()
    with unlock(path, label=None, passphrase=KIM) as journal:
        assert journal.me.label == "Kim"
    with pytest.raises(UnlockFailed):
        unlock(path, label=None, passphrase="not the passphrase")
    with pytest.raises(UsageError, match="Ana, Ben, Dr Lee"):
        unlock(made_once.path, label=None, passphrase=PASSPHRASES["Ana"])


def test_a_passphrase_is_the_same_however_its_letters_are_composed(tmp_path: Path) -> None:
    path = tmp_path / "one.kap"
    journal, _ = create(
        path,
        label="Kim",
        role=Role.PARTNER,
        passphrase="caf\u00e9 \u212b and a little more",
        with_recovery=False,
        strength=FLOOR,
    )
    journal.close()
    unlock(path, label="Kim", passphrase="cafe\u0301 A\u030a and a little more").close()
    with pytest.raises(UnlockFailed):
        unlock(path, label="Kim", passphrase="Caf\u00e9 \u212b and a little more")


def test_recovery_words_put_a_new_passphrase_on_ones_own_door(three: OpenJournals) -> None:
    code = three.lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    sue, words = join(
        three.path,
        code=code,
        label="Sue",
        passphrase="the old passphrase",
        strength=FLOOR,
        record_folder=three.memory,
    )
    assert words is not None
    note = sue.notes.add(NewNote("still here"))
    sue.close()
    again = "  " + words.upper().replace(" ", "  ")
    with recover(
        three.path,
        words=again,
        passphrase="quite a new passphrase",
        strength=FLOOR,
        record_folder=three.memory,
    ) as back:
        assert back.me.label == "Sue" and back.notes.get(note.id).text.body == "still here"
    with pytest.raises(UnlockFailed):
        unlock(three.path, label="Sue", passphrase="the old passphrase", record_folder=three.memory)
    unlock(three.path, label="Sue", passphrase="quite a new passphrase", record_folder=three.memory).close()
    unlock(three.path, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=three.memory).close()
    assert doors(three.path) == ["Ana", "Ben", "Dr Lee", "Sue"]
    with pytest.raises(UsageError):
        recover(three.path, words=words, passphrase="short", strength=FLOOR)


def test_words_that_recover_nothing(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "one.kap", tmp_path / "other.kap"
    (journal, words), (other, others) = made(path), made(elsewhere)
    journal.close()
    other.close()
    assert words and others
    turned = " ".join(words.split()[::-1])
    for wrong in (others, turned, words + " abandon", "abandon " * 23 + "art", "", "not words at all"):
        with pytest.raises(UnlockFailed):
            recover(path, words=wrong, passphrase="quite another passphrase", strength=FLOOR)
    unlock(path, label="Kim", passphrase=KIM).close()


def test_a_new_passphrase_closes_the_old_one_and_keeps_everything(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("b", share="all"))
    with pytest.raises(UsageError):
        three.ana.keys.change_passphrase("short", strength=FLOOR)
    three.ana.keys.change_passphrase("quite another passphrase", strength=FLOOR)
    with pytest.raises(UnlockFailed):
        unlock(three.path, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=three.memory)
    with unlock(
        three.path, label="Ana", passphrase="quite another passphrase", record_folder=three.memory
    ) as back:
        assert back.notes.get(note.id) == note and back.findings == ()
    unlock(three.path, label="Ben", passphrase=PASSPHRASES["Ben"], record_folder=three.memory).close()
    assert doors(three.path) == ["Ana", "Ben", "Dr Lee"]


def test_a_cancelled_code_used_on_an_older_copy_brings_nobody_in(three: OpenJournals) -> None:
    code = three.lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    older = three.folder / "older.kap"
    three.lee.backup(older)
    three.lee.members.cancel_invitation("Sue")
    three.look()
    sue, _ = join(
        older, code=code, label="Sue", passphrase="a door of her own", with_recovery=False, strength=FLOOR
    )
    card = vault_of(sue).membership.book.certificate
    sue.close()
    with vault_of(three.lee).unit_of_work() as at_work:
        at_work.put_shared(card)
    three.look()
    for journal in (*three.journals, three.open("Ana")):
        assert "Sue" not in [member.label for member in journal.members.all() if not member.removed]
        with pytest.raises(KapjournalError):
            journal.notes.add(NewNote("b", share="Sue"))


def test_a_locked_journal_answers_nothing(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("b", share="all"))
    three.ana.close()
    three.ana.close()
    deeds: list[Callable[[], object]] = [
        three.ana.notes.all,
        three.ana.refresh,
        three.ana.check,
        three.ana.drafts.all,
        three.ana.sessions.all,
        three.ana.search.build_index,
        lambda: three.ana.search("b"),
        lambda: three.ana.notes.get(note.id),
        lambda: three.ana.notes.add(NewNote("c")),
        lambda: three.ana.members.comparison_number("Ben"),
        lambda: three.ana.backup(three.folder / "b.kap"),
    ]
    for deed in deeds:
        with pytest.raises(JournalLocked):
            deed()
    assert not (three.folder / "b.kap").exists()


def test_a_journal_moved_with_its_file_opens(made_once: OpenJournals, tmp_path: Path, memory: Path) -> None:
    path = tmp_path / "ein Ordner & mehr ?#%" / "ü.kap"
    path.parent.mkdir()
    shutil.copy(made_once.path, path)
    with unlock(path, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=memory) as journal:
        assert journal.path == path and journal.findings == ()


def test_words_that_are_not_offered_any_more_are_taken(three: OpenJournals) -> None:
    """A code or a passphrase is what was typed: words of a longer list, from before, open as ever."""
    older = "pregnancy deletion bruising wreath seducing yo-yo"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kapjournal.crypto.words.six_words", lambda: older)
        code = three.lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    sue, _ = join(
        three.path,
        code=code.upper(),
        label="Sue",
        passphrase=older,
        strength=FLOOR,
        record_folder=three.memory,
    )
    sue.close()
    unlock(three.path, label="Sue", passphrase=older, record_folder=three.memory).close()
