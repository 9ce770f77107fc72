"""What cannot be seen: in a new secret it is refused by name, and no door that has it shuts for good."""

from importlib import import_module
from pathlib import Path

import pytest

from kapjournal.content.crisis import read_line
from kapjournal.content.prompts import read_prompts
from kapjournal.crypto.words import recovery_entropy, recovery_words
from kapjournal.domain.members import Role
from kapjournal.errors import UnlockFailed, UsageError
from kapjournal.journal import FLOOR, check_passphrase, create, join, recover, unlock
from kapjournal.journal.trust import keyslots
from kapjournal.text import storable_line, without_unseen
from kapjournal.toml import FieldError

KIM = "herons sleep on one leg"
UNSEEN = [
    ("\ufeff", "a zero width no-break space (U+FEFF)"),
    ("\t", "a tab (U+0009)"),
    ("\n", "a line end (U+000A)"),
    ("\x00", "a NUL (U+0000)"),
    ("\x1b", "an escape (U+001B)"),
    ("\u200b", "a zero width space (U+200B)"),
    ("\u200d", "a zero width joiner (U+200D)"),
    ("\u00ad", "a soft hyphen (U+00AD)"),
    ("\u202e", "a right-to-left override (U+202E)"),
    ("\ufe0f", "a variation selector-16 (U+FE0F)"),
    ("\U000e0041", "a tag latin capital letter a (U+E0041)"),
    ("\udcff", "half a character (U+DCFF)"),
    ("\ue000", "a character that has no name (U+E000)"),
    ("\ufffd", "a replacement character (U+FFFD)"),
    ("\u2028", "a line separator (U+2028)"),
]


@pytest.mark.parametrize(("character", "name"), UNSEEN)
def test_a_new_passphrase_names_what_nobody_could_type_again(character: str, name: str) -> None:
    with pytest.raises(UsageError) as refusal:
        check_passphrase(f"kim{character} opens this door")
    assert f"Character 4 of this passphrase is {name}" in str(refusal.value)
    assert "opens" not in str(refusal.value)


@pytest.mark.parametrize("passphrase", [f" {KIM}", f"{KIM} ", f"{KIM}\u00a0"])
def test_a_new_passphrase_has_no_space_at_its_ends(passphrase: str) -> None:
    with pytest.raises(UsageError, match="begins or ends with a space"):
        check_passphrase(passphrase)


@pytest.mark.parametrize(
    "passphrase",
    ["ключ от двери", "كلمة السر هنا عند الباب", "日本語のパスワードです。。", "émue près de l’été là-bas"],
)
def test_letters_of_every_script_make_a_passphrase(passphrase: str) -> None:
    assert check_passphrase(passphrase) == passphrase


@pytest.mark.parametrize("made_with", [KIM, f"\ufeff{KIM}", f"{KIM}\t", "herons\u200b sleep on one leg"])
def test_a_door_opens_with_what_it_was_made_with_and_what_comes_along_unseen_is_no_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: Path, made_with: str
) -> None:
    path = tmp_path / "ours.kap"
    with monkeypatch.context() as patch:
        for module in ("create", "keys"):
            patch.setattr(
                import_module(f"kapjournal.journal.{module}"), "check_passphrase", lambda one, _: one
            )
        create(
            path,
            label="Kim",
            role=Role.THERAPIST,
            passphrase=made_with,
            strength=FLOOR,
            record_folder=memory,
        )[0].close()
    with unlock(path, label="Kim", passphrase=made_with, record_folder=memory) as journal:
        journal.keys.confirm_passphrase(made_with)
    if made_with == KIM:
        with unlock(
            path, label="Kim", passphrase="\ufeffherons sl\u200beep on one leg\n", record_folder=memory
        ):
            pass
    else:
        with pytest.raises(UnlockFailed):
            unlock(path, label="Kim", passphrase=KIM, record_folder=memory)


def test_a_door_that_is_not_there_costs_as_much_as_one_that_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: Path
) -> None:
    path = tmp_path / "ours.kap"
    create(path, label="Kim", role=Role.THERAPIST, passphrase=KIM, strength=FLOOR, record_folder=memory)[
        0
    ].close()
    tries: list[str] = []

    def counted(typed: str) -> tuple[str, ...]:
        tries.extend(readings(typed))
        return readings(typed)

    readings = keyslots.readings
    for module in ("open_file", "trust.keyslots"):
        monkeypatch.setattr(import_module(f"kapjournal.journal.{module}"), "readings", counted)
    for label in ("Kim", "Nobody"):
        tries.clear()
        with pytest.raises(UnlockFailed):
            unlock(path, label=label, passphrase="\ufeffnot this door", record_folder=memory)
        assert tries == ["not this door", "\ufeffnot this door"]


def test_words_that_were_pasted_with_something_unseen_open_what_they_are_for(
    tmp_path: Path, memory: Path
) -> None:
    path = tmp_path / "ours.kap"
    journal, words = create(
        path, label="Kim", role=Role.THERAPIST, passphrase=KIM, strength=FLOOR, record_folder=memory
    )
    with journal:
        code = journal.members.invite("Ana", Role.PARTNER, strength=FLOOR)
    pasted = "\ufeff" + code.replace(" ", "\u200b\t\n ")
    join(path, code=pasted, label="Ana", passphrase="ana opens this door", strength=FLOOR)[0].close()
    pasted = "\ufeff" + (words or "").replace("a", "a\u00ad").replace(" ", " \u2060")
    recover(path, words=pasted, passphrase=KIM, strength=FLOOR, record_folder=memory).close()


def test_recovery_words_are_read_without_what_is_unseen_between_their_letters() -> None:
    words = recovery_words(bytes(32))
    assert recovery_entropy("\ufeff" + "\u200b".join(words)) == bytes(32)


@pytest.mark.parametrize("line", ["\u200b", "\u2060 \ufeff", "\u3164"])
def test_a_line_of_nothing_to_be_seen_is_no_title_prompt_or_crisis_line(line: str) -> None:
    with pytest.raises(UsageError, match="can be seen"):
        storable_line(line, "title")
    with pytest.raises(FieldError):
        read_prompts("reflect", {"prompts": [line]})
    with pytest.raises(FieldError):
        read_line("DE", {"line": line})


def test_nothing_that_can_be_seen_is_dropped() -> None:
    assert without_unseen("a\u0301 é 👩‍👩‍👧 \u05d0") == "a\u0301 é 👩👩👧 \u05d0"
