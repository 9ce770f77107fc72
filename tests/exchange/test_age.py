"""Sealing for somebody else: the age tool opens it, a wrong key is named, what comes back is opened here."""

import base64
import re
import subprocess
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.errors import Damaged, UnlockFailed, UsageError
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing

from .age_tool import age_d, age_d_passphrase, age_keygen, age_p, needs_age, needs_ssh, ssh_keygen

WORDS = "She turned towards him. \u05e9\u05dc\u05d5\u05dd".encode()
PASSPHRASE = "winter lantern of seven doors"


def key() -> tuple[str, str]:
    """A secret key and its public one."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


@needs_age
@pytest.mark.parametrize("armored", [False, True])
def test_the_tool_opens_it_with_the_key_of_each_recipient(tmp_path: Path, armored: bool) -> None:
    keys = [age_keygen(tmp_path, f"{name}.txt") for name in ("one", "two")]
    file = tmp_path / "letter.age"
    sealing = age.sealing_to(one.recipient for one in keys)
    file.write_bytes(age.sealed(WORDS, sealing, armored=armored))
    assert [age_d(file, one) for one in keys] == [WORDS, WORDS]
    assert file.read_bytes().isascii() == armored


@needs_age
@needs_ssh
@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_the_tool_opens_it_with_a_key_of_ssh(tmp_path: Path, kind: str) -> None:
    one, file = ssh_keygen(tmp_path, kind), tmp_path / "letter.age"
    file.write_bytes(age.sealed(WORDS, age.sealing_to([one.recipient])))
    assert age_d(file, one) == WORDS
    assert age.opened(file.read_bytes(), identity=one.file.read_text()) == WORDS


@needs_age
@pytest.mark.parametrize("armored", [False, True])
def test_the_tool_opens_it_with_the_passphrase_typed_at_a_terminal(tmp_path: Path, armored: bool) -> None:
    file = tmp_path / "letter.age"
    file.write_bytes(age.sealed(WORDS, Sealing(passphrase=PASSPHRASE), armored=armored))
    assert age_d_passphrase(file, PASSPHRASE) == WORDS


@needs_age
@pytest.mark.parametrize("flags", [(), ("-a",)])
def test_what_the_tool_sealed_is_opened_here(tmp_path: Path, flags: tuple[str, ...]) -> None:
    one, other = age_keygen(tmp_path), age_keygen(tmp_path, "other.txt")
    command = ["age", *flags, "-r", one.recipient]
    reply = subprocess.run(command, input=WORDS, capture_output=True, check=True).stdout
    assert age.opened(reply, identity=one.file.read_text()) == WORDS
    with pytest.raises(UnlockFailed):
        age.opened(reply, identity=other.file.read_text())
    with pytest.raises(UnlockFailed, match="to a key"):
        age.opened(reply, passphrase=PASSPHRASE)
    sealed = age_p(WORDS, tmp_path, PASSPHRASE, *flags)
    assert age.opened(sealed, passphrase=PASSPHRASE) == WORDS
    with pytest.raises(UnlockFailed, match="with a passphrase"):
        age.opened(sealed, identity=one.file.read_text())
    with pytest.raises(UnlockFailed):
        age.opened(sealed, passphrase="another passphrase")


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "age1xyz",
        "age1" + "q" * 58,
        "ana@example.org",
        "ssh-ed25519 AAAA",
        "ssh-rsa nothing",
        "age1yubikey1q",
    ],
)
def test_a_wrong_recipient_is_named(wrong: str) -> None:
    with pytest.raises(UsageError, match=re.escape(f"“{wrong[:24]}")) as error:
        age.sealing_to([key()[1], wrong])
    assert "not the public key" in str(error.value)


def test_one_letter_wrong_in_a_key_is_found() -> None:
    right = key()[1]
    wrong = right[:20] + ("q" if right[20] != "q" else "p") + right[21:]
    with pytest.raises(UsageError):
        age.sealing_to([wrong])


def test_a_secret_key_in_the_wrong_place_is_not_repeated() -> None:
    secret, _ = key()
    for typed in (secret, secret.lower(), f" {secret}\n"):
        with pytest.raises(UsageError, match="secret key") as error:
            age.sealing_to([typed])
        assert secret[16:30].casefold() not in str(error.value).casefold()


def test_nobody_is_no_recipient_and_the_same_one_counts_once() -> None:
    public = key()[1]
    with pytest.raises(UsageError):
        age.sealing_to([])
    sealing = age.sealing_to([public, f" {public} ", public])
    assert sealing.recipients == (public,) and "1 recipient." in str(sealing)


def test_what_is_said_of_it() -> None:
    two = age.sealing_to([key()[1], key()[1]])
    for sealing, said in ((two, "2 recipients"), (Sealing(passphrase=PASSPHRASE), "with a passphrase")):
        assert said in str(sealing) and "age tool" in str(sealing) and "not sealed" not in str(sealing)
        assert PASSPHRASE not in repr(sealing) + str(sealing)


@settings(max_examples=20)
@given(st.binary(), st.booleans())
def test_all_bytes_come_back(data: bytes, armored: bool) -> None:
    secret, public = key()
    assert age.opened(age.sealed(data, age.sealing_to([public]), armored=armored), identity=secret) == data


@pytest.mark.parametrize("armored", [False, True])
def test_a_changed_or_cut_file_is_damaged(armored: bool) -> None:
    secret, public = key()
    whole = age.sealed(b"words " * 50, age.sealing_to([public]), armored=armored)
    for changed in (b"", b"words", whole[:30], whole[: len(whole) // 2], whole[:-2], whole[60:]):
        with pytest.raises(Damaged):
            age.opened(changed, identity=secret)
    if not armored:
        with pytest.raises(Damaged):
            age.opened(whole[:-1] + bytes([whole[-1] ^ 1]), identity=secret)


@pytest.mark.parametrize("factor", ["21", "23", "30", "64", "99", "021", "+21", "100", "0000000030", "x", ""])
@pytest.mark.parametrize("armored", [False, True])
def test_a_file_made_to_stall_whoever_opens_it_is_refused_at_once(
    factor: str, armored: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("it was tried")

    monkeypatch.setattr(pyrage.passphrase, "decrypt", never)
    header = f"age-encryption.org/v1\n-> scrypt C2AUeFg/lgrpOI9N8rTtpg {factor}\nbody\n--- mac\n".encode()
    data = armor(header) if armored else header
    with pytest.raises(Damaged):
        age.opened(data, passphrase=PASSPHRASE)


def armor(data: bytes) -> bytes:
    lines = base64.encodebytes(data).replace(b"\n", b"")
    return b"-----BEGIN AGE ENCRYPTED FILE-----\n" + lines + b"\n-----END AGE ENCRYPTED FILE-----\n"


@pytest.mark.parametrize(
    "identity", ["", "# only a comment\n", "age1xyz", "AGE-SECRET-KEY-1XYZ", "-----BEGIN X"]
)
def test_what_is_no_identity_file_is_said_to_be_none(identity: str) -> None:
    _, public = key()
    with pytest.raises(UsageError, match="no identity file"):
        age.opened(age.sealed(WORDS, age.sealing_to([public])), identity=identity)


@pytest.mark.parametrize(
    ("typed", "sealed", "bare", "armored"),
    [
        ("page.html", "page.html.age", "page.html", False),
        ("page.html.age", "page.html.age", "page.html", False),
        ("page.PDF.AGE", "page.PDF.AGE", "page.PDF", False),
        ("page.html.age.txt", "page.html.age.txt", "page.html", True),
        (".age", ".age.age", ".age", False),
        ("notes.txt", "notes.txt.age", "notes.txt", False),
    ],
)
def test_the_name_says_that_it_is_sealed_and_how(typed: str, sealed: str, bare: str, armored: bool) -> None:
    sealing, folder = Sealing(passphrase=PASSPHRASE), Path("somewhere")
    place = age.place(folder / typed, sealing)
    assert place == folder / sealed and age.place(place, sealing) == place
    assert age.bare(place) == folder / bare and age.is_armored(place) == armored


def test_a_name_that_says_it_is_sealed_is_for_what_is_sealed() -> None:
    for name in ("page.html.age", "page.age.txt"):
        with pytest.raises(UsageError, match="is sealed"):
            age.place(Path(name), None)
    for no_name in (Path(), Path(".."), Path("/")):
        with pytest.raises(UsageError, match="name of the file"):
            age.place(no_name, Sealing(passphrase=PASSPHRASE))


def test_a_key_after_a_key_of_ssh_is_not_taken_for_its_comment() -> None:
    one = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICVfWvR0xdAAcWU7Acsx9m9OinqL7DcwUUnuesppLoiC"
    assert age.sealing_typed(f"{one} lee@clinic, at home").recipients == (f"{one} lee@clinic, at home",)  # type: ignore[union-attr]
    for words in (f"{one} lee, {key()[1]}", f"{one} {one}", f"{one}\n{one}", f"{one} {key()[1].upper()}"):
        with pytest.raises(UsageError, match="stands another"):
            age.sealing_typed(words)
        with pytest.raises(UsageError, match="stands another"):
            age.sealing_to([words])


def test_a_key_that_is_no_text_is_none() -> None:
    with pytest.raises(UsageError, match="not the public key"):
        age.recipient_from("age1\udcff")


def test_a_file_sealed_to_thousands_is_not_tried() -> None:
    header = b"age-encryption.org/v1\n" + b"-> grease x\nAAAA\n" * 3000 + b"--- " + b"A" * 43 + b"\n"
    with pytest.raises(Damaged, match="more memory or time"):
        age.opened(header, identity=key()[0])
