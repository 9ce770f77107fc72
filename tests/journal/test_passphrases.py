"""What a new passphrase must be, wherever one is chosen; an old door opens with whatever it has."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zxcvbn import matching

from kapjournal.crypto import keyslot
from kapjournal.crypto.keyslot import SlotKind
from kapjournal.crypto.words import word_list
from kapjournal.domain.members import Role
from kapjournal.errors import UsageError
from kapjournal.journal import FLOOR, check_passphrase, create, generated_passphrase, join, recover, unlock
from kapjournal.journal.trust.keyslots import to_row
from tests.cast import PASSPHRASES
from tests.internals import vault_of

from .open_journals import OpenJournals

HERE = ("Ana", "Ben", "Dr Lee", "Harbour and hill", "two-of-us")

WEAK = [
    ("aaaaaaaaaaaa", "over and over"),
    (" " * 12, "over and over"),
    (" \u2003 \u2003  \u3000\u2009 \u2003  \u2003 ", "over and over|made of spaces"),
    ("Ana loves Ben", "name or a word of this journal"),
    ("Ana + Ben = forever", "name or a word of this journal"),
    ("\uff21\uff4e\uff41 loves \uff22\uff45\uff4e", "name or a word of this journal"),
    ("harbourandhill", "name or a word of this journal"),
    ("two of us two", "name or a word of this journal"),
    ("abcdefghijkl", "in their order"),
    ("qazwsxedcrfv", "many people take|side by side"),
    ("P@ssw0rd2024", "many people take"),
    ("06.08.1994 x", "date"),
    ("I love you so much", "many people take|common words"),
    ("our little secret", "."),
    ("a" * 5000, "over and over"),
]
STRONG = [
    "two chairs and a window",
    "kX9#mQ2$vL7&",
    "mw fvz qp klr td xh",
    "на подоконнике спит кот",
    "夕焼けの港で会いましょうね",
    "Schmetterlinge im Bauch",
    "!#;.%(=)~{}&§/",
    "mango" * 3 + " and then we drove along the coast" + "!" * 500,
]


@pytest.mark.parametrize(("passphrase", "why"), WEAK)
def test_what_would_be_guessed_is_refused_with_what_is_weak_about_it(passphrase: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as refused:
        check_passphrase(passphrase, HERE)
    assert "six words" in str(refused.value)
    assert passphrase not in str(refused.value)


@pytest.mark.parametrize("passphrase", STRONG)
def test_what_would_not_be_guessed_is_taken_as_it_was_typed(passphrase: str) -> None:
    assert check_passphrase(passphrase, HERE) == passphrase


def test_eleven_characters_are_too_few_whatever_they_are() -> None:
    with pytest.raises(UsageError, match="12 characters"):
        check_passphrase("kX9#mQ2$vL7")


def test_offered_passphrases_always_pass() -> None:
    offered = [generated_passphrase() for _ in range(300)]
    assert len(set(offered)) == 300
    assert [check_passphrase(words, HERE) for words in offered] == offered
    shortest = sorted(word_list(), key=lambda word: (len(word), word))
    for first in range(0, 120, 6):
        check_passphrase(" ".join(shortest[first : first + 6]), HERE)


def test_no_more_is_judged_of_a_long_one_than_of_a_short(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[int] = []
    whole = matching.omnimatch

    def counted(password: str, *rest: object) -> object:
        judged.append(len(password))
        return whole(password, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(matching, "omnimatch", counted)
    asked_for = 0

    def planted() -> Iterator[str]:
        nonlocal asked_for
        while True:
            asked_for += 1
            yield f"label {asked_for}"

    with suppress(UsageError):
        check_passphrase("a1" + "Z9 x!" * 200_000, planted())
    assert judged and max(judged) <= 40 and len(judged) < 20 and asked_for < 200


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=12, max_size=60), st.lists(st.text(max_size=20), max_size=5))
def test_whatever_is_typed_is_taken_or_refused_in_words(passphrase: str, familiar: list[str]) -> None:
    try:
        assert check_passphrase(passphrase, familiar) == passphrase
    except UsageError as error:
        assert str(error).endswith(".")


def test_nothing_of_the_journal_stays_behind_in_the_library() -> None:
    for passphrase in ("Ana loves Ben", "two chairs and a window"):
        with suppress(UsageError):
            check_passphrase(passphrase, ["Xanthippe", *HERE])
        assert "user_inputs" not in matching.RANKED_DICTIONARIES


def _create(three: OpenJournals, passphrase: str) -> None:
    path = three.folder / "Harbour and hill.kap"
    create(path, label="Ana", role=Role.PARTNER, title="Ben at sea", passphrase=passphrase, strength=FLOOR)


def _join(three: OpenJournals, passphrase: str) -> None:
    code = three.lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    join(three.path, code=code, label="Sue", passphrase=passphrase, strength=FLOOR)


def _change(three: OpenJournals, passphrase: str) -> None:
    three.ana.keys.change_passphrase(passphrase, strength=FLOOR)


def _replace(three: OpenJournals, passphrase: str) -> None:
    three.ana.keys.replace(passphrase, None, strength=FLOOR)


def _recover(three: OpenJournals, passphrase: str) -> None:
    path = three.folder / "alone.kap"
    label = "Ana" if "Ana" in passphrase else "Kim"
    made, words = create(
        path,
        label=label,
        role=Role.PARTNER,
        passphrase="kettle on the workbench",
        title="Ben",
        strength=FLOOR,
    )
    made.close()
    assert words is not None
    recover(path, words=words, passphrase=passphrase, strength=FLOOR)


WAYS = [_create, _join, _change, _replace, _recover]


@pytest.mark.parametrize("passphrase", ["aaaaaaaaaaaa", "Ana loves Ben"])
@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_a_door_takes_a_weak_one(
    three: OpenJournals, way: Callable[[OpenJournals, str], None], passphrase: str
) -> None:
    with pytest.raises(UsageError, match="would be guessed"):
        way(three, passphrase)
    assert not (three.folder / "Harbour and hill.kap").exists()
    three.look()
    unlock(three.path, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=three.memory).close()


def test_a_door_from_before_opens_with_a_weak_one(three: OpenJournals, tmp_path: Path) -> None:
    vault = vault_of(three.ana)
    weak = keyslot.lock(vault.journal_id, SlotKind.PASSPHRASE, "Ana", "Ana loves Ben", vault.held(), FLOOR)
    with vault.file.writing() as transaction:
        transaction.put_slot(to_row(weak))
    with unlock(three.path, label="Ana", passphrase="Ana loves Ben", record_folder=tmp_path) as ana:
        ana.keys.confirm_passphrase("Ana loves Ben")
        ana.keys.change_passphrase("two chairs and a window", strength=FLOOR)
