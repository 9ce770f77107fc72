"""Every command that writes a file seals it for somebody else; nothing of it lies on the disk in clear."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest

from kapjournal.cli.app import command
from kapjournal.errors import OutOfMemory
from kapjournal.exchange import age, one_file, zip_in_memory
from kapjournal.journal import Journal
from tests.exchange.age_tool import age_d, age_d_passphrase, age_keygen, needs_age
from tests.exchange.watched import watched

from .command_line import CommandLine, Outcome, one_sentence

WORDS = "a lantern by the harbour"
PASSPHRASE = "winter lantern of seven doors"
SECRET = str(pyrage.x25519.Identity.generate())
TO = str(pyrage.x25519.Identity.from_str(SECRET).to_public())


@dataclass(frozen=True)
class Way:
    """A command that writes a file: what it says, where the file is, and what must be in it."""

    command: tuple[str, ...]
    name: str
    holds: bytes
    sealed_name: str = ""

    def line(self, note: str, folder: Path) -> list[str]:
        said = {"ID": note, "FILE": str(folder / self.name)}
        return [said.get(word, word) for word in self.command]

    def sealed(self, folder: Path) -> Path:
        return folder / (self.sealed_name or f"{self.name}.age")


WAYS = {
    "export": Way(("export", "FILE"), "out", WORDS.encode(), "out.zip.age"),
    "export one": Way(("export", "FILE", "--one-document"), "out.md", WORDS.encode()),
    "archive": Way(("archive", "FILE"), "all", WORDS.encode(), "all.zip.age"),
    "archive json": Way(("archive", "FILE", "--format", "json"), "all.json", WORDS.encode()),
    "print": Way(("print", "ID", "--out", "FILE"), "page.html", WORDS.encode()),
    "print pdf": Way(("print", "ID", "--out", "FILE"), "page.pdf", b"%PDF-"),
    "save-file": Way(("note", "save-file", "ID", "1", "FILE"), "memo.txt", WORDS.encode()),
    "measure export": Way(("measure", "export", "FILE"), "answers.csv", b"GAD-7"),
    "measure chart": Way(("measure", "chart", "gad7", "--svg", "FILE"), "chart.svg", b"<svg"),
    "trends svg": Way(("trends", "mood", "--svg", "FILE"), "mood.svg", b"<svg"),
    "trends csv": Way(("trends", "--csv", "FILE"), "all.csv", WORDS.encode()),
}
"""`letter` and `booklet` have their own worlds, and their own tests below."""


@pytest.fixture
def note(cli: CommandLine) -> str:
    """Ana's note with a file, her answers and her check-in, all of which say the same words."""
    cli.done("Dr Lee", "measure", "paper", "gad7", "Ana", "3,0,1,2,0,0,1", "--date", "2026-01-05")
    cli.done("Ana", "check-in", "add", "mood=3", "--line", WORDS)
    written = cli.write("Ana", WORDS, "--title", "By the sea")
    memo = cli.folder / "memo"
    memo.write_text(WORDS)
    cli.done("Ana", "note", "attach", written, str(memo))
    memo.unlink()
    return written


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


def unzipped(data: bytes) -> bytes:
    """A ZIP archive as all it holds; anything else as it is."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return b"\n".join(found.read(name) for name in found.namelist())


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_only_sealed_bytes_ever_lie_on_the_disk(
    cli: CommandLine, note: str, way: Way, out: Path, own_places: Path
) -> None:
    with watched(cli.folder, own_places) as seen:
        done = cli.done("Ana", *way.line(note, out), "--age", TO)
    assert seen.steps > 3 and not seen.holds(way.holds)
    assert "1 recipient" in done.err and "age tool" in done.err and "not sealed" not in done.err
    sealed = way.sealed(out)
    assert sealed.stat().st_mode & 0o777 == 0o600
    assert way.holds in unzipped(age.opened(sealed.read_bytes(), identity=SECRET))
    beside = {"out-files.zip.age"} if way.name == "out.md" else set()
    assert {one.name for one in out.iterdir()} == {sealed.name, *beside}


def test_whoever_watches_finds_what_is_not_sealed(
    cli: CommandLine, note: str, out: Path, own_places: Path
) -> None:
    for way in WAYS.values():
        with watched(cli.folder, own_places) as seen:
            done = cli.done("Ana", *way.line(note, out))
        assert seen.holds(way.holds), way
        assert "not sealed" in done.err or "save-file" in way.command


def test_every_command_that_says_where_a_file_goes_can_seal_it() -> None:
    able = set(sealing_commands(command()))
    assert able == {
        *("export", "archive", "print", "booklet", "letter", "trends"),
        *("note save-file", "measure chart", "measure export", "supervision export"),
        *("pack own", "pack joint"),
    }


def sealing_commands(group: object, path: str = "") -> list[str]:
    found: list[str] = []
    for name, one in getattr(group, "commands", {}).items():
        options = {word for param in one.params for word in param.opts}
        if "--age" in options:
            assert {"--age-passphrase", "--age-passphrase-file"} <= options
            found.append(f"{path}{name}")
        found += sealing_commands(one, f"{path}{name} ")
    return found


@pytest.mark.parametrize("wrong", ["age1xyz", "ssh-ed25519 AAAA", SECRET], ids=["age", "ssh", "secret"])
def test_a_wrong_recipient_is_refused_before_the_journal_is_opened(
    cli: CommandLine, out: Path, wrong: str
) -> None:
    before = cli.file.read_bytes()
    for way in WAYS.values():
        refused = cli.run(
            "-j", str(cli.file), "-a", "Ana", *way.line("none", out), "--age", TO, "--age", wrong
        )
        assert refused.code == 2 and one_sentence(refused) and SECRET[20:40] not in refused.err
        assert wrong == SECRET or wrong in refused.err
    assert not list(out.iterdir()) and cli.file.read_bytes() == before


@needs_age
def test_a_walk_through_with_the_tool(cli: CommandLine, note: str, out: Path) -> None:
    keys = [age_keygen(out, f"{name}.txt") for name in ("supervisor", "mine")]
    to = [word for one in keys for word in ("--age", one.recipient)]
    done = cli.done("Ana", "export", str(out / "course"), *to)
    assert done.text == f"{out / 'course.zip.age'}\n" and "2 recipients" in done.err
    for one in keys:
        with zipfile.ZipFile(io.BytesIO(age_d(out / "course.zip.age", one))) as found:
            assert found.testzip() is None
            names = found.namelist()
            assert "course/index.md" in names and any(name.endswith("memo") for name in names)
            assert {info.date_time for info in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    mail = cli.done("Ana", "print", note, "--out", str(out / "page.html.age.txt"), *to)
    assert "2 recipients" in mail.err
    assert (out / "page.html.age.txt").read_text().startswith("-----BEGIN AGE ENCRYPTED FILE-----\n")
    assert WORDS.encode() in age_d(out / "page.html.age.txt", keys[0])


@needs_age
def test_with_a_passphrase_from_a_file_or_typed_twice(cli: CommandLine, note: str, out: Path) -> None:
    line = ["print", note, "--out"]
    piped = ("--age-passphrase-file", "-")
    done = cli.done("Ana", *line, str(out / "one.html"), *piped, stdin=f"{PASSPHRASE}\n".encode())
    assert "with a passphrase" in done.err and PASSPHRASE not in done.err
    cli.secrets = [PASSPHRASE, PASSPHRASE]
    typed = cli.as_("Ana", *line, str(out / "two.html"), "--age-passphrase", terminal=True)
    assert typed.code == 0, typed.err
    for name in ("one", "two"):
        assert WORDS.encode() in age_d_passphrase(out / f"{name}.html.age", PASSPHRASE)


def test_who_types_one_that_would_not_do_is_asked_again(cli: CommandLine, note: str, out: Path) -> None:
    cli.secrets = ["short", "", PASSPHRASE, PASSPHRASE]
    line = ["print", note, "--out", str(out / "page.html"), "--age-passphrase"]
    typed = cli.as_("Ana", *line, terminal=True)
    assert typed.code == 0 and typed.err.count("12 characters") == 2
    assert (out / "page.html.age").exists()


def test_a_passphrase_that_would_not_do(cli: CommandLine, note: str, out: Path) -> None:
    line = ["print", note, "--out", str(out / "page.html")]

    def refused(*options: str, stdin: bytes = b"", terminal: bool = False) -> Outcome:
        outcome = cli.as_("Ana", *line, *options, stdin=stdin, terminal=terminal)
        assert outcome.code == 2 and not list(out.iterdir())
        return outcome

    assert "guessed" in refused("--age-passphrase-file", "-", stdin=b"password password\n").err
    assert "12 characters" in refused("--age-passphrase-file", "-", stdin=b"short\n").err
    assert "is empty" in refused("--age-passphrase-file", "-").err
    assert "--age-passphrase-file PATH" in refused("--age-passphrase").err
    both = refused("--age", TO, "--age-passphrase-file", "-", stdin=f"{PASSPHRASE}\n".encode())
    assert "not both" in both.err and one_sentence(both)
    cli.secrets = [PASSPHRASE, f"{PASSPHRASE}s"]
    assert "not the same" in refused("--age-passphrase", terminal=True).err


def test_what_is_only_shown_is_not_sealed(cli: CommandLine) -> None:
    for line in (["measure", "chart", "gad7"], ["trends"], ["letter", "ana", "--question", "Why?"]):
        refused = cli.as_("Ana", *line, "--age", TO)
        assert refused.code == 2 and "What is sealed is a file" in refused.err and one_sentence(refused)


def test_a_name_that_says_it_is_sealed_is_refused_without_a_seal(
    cli: CommandLine, note: str, out: Path
) -> None:
    for way in WAYS.values():
        if "save-file" not in way.command:  # there it may be the name of what was attached
            line = way.line(note, out)
            line[line.index(str(out / way.name))] += ".age"
            refused = cli.as_("Ana", *line)
            assert refused.code == 2 and one_sentence(refused), way
    assert not list(out.iterdir())


def test_nothing_is_written_over_unless_that_is_said(cli: CommandLine, note: str, out: Path) -> None:
    for way in WAYS.values():
        sealed = way.sealed(out)
        sealed.write_text("mine")
        refused = cli.as_("Ana", *way.line(note, out), "--age", TO)
        assert refused.code == 6 and sealed.read_text() == "mine" and one_sentence(refused), way
    for name in ("export", "export one", "measure chart", "trends csv"):
        cli.done("Ana", *WAYS[name].line(note, out), "--age", TO, "--force")
        assert WAYS[name].sealed(out).read_bytes() != b"mine"


def test_into_a_folder_under_its_own_name(cli: CommandLine, note: str, out: Path) -> None:
    done = cli.done("Ana", "note", "save-file", note, "memo", str(out), "--age", TO)
    assert done.text == f"{out / 'memo.age'}\n"
    cli.done("Ana", "note", "attach", note, str(out / "memo.age"))
    (out / "memo.age").unlink()
    cli.done("Ana", "note", "save-file", note, "memo.age", str(out))
    inner = (out / "memo.age").read_bytes()
    cli.done("Ana", "note", "save-file", note, "memo.age", str(out), "--age", TO)
    assert age.opened((out / "memo.age.age").read_bytes(), identity=SECRET) == inner


def test_a_full_disk_leaves_no_part_of_it(
    cli: CommandLine, note: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    for way in WAYS.values():
        failed = cli.as_("Ana", *way.line(note, out), "--age", TO)
        assert failed.code == 7 and one_sentence(failed), way
    assert not list(out.iterdir())


def test_a_document_that_fails_takes_its_files_along(
    cli: CommandLine, note: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write: Callable[..., Path] = one_file.write_file

    def fails_later(journal: Journal, dest: Path, content: str | bytes, **options: bool) -> Path:
        if isinstance(content, str):
            raise OutOfMemory("There is no memory left.")
        return write(journal, dest, content, **options)

    monkeypatch.setattr("kapjournal.exchange.sealed_notes.write_file", fails_later)
    assert cli.as_("Ana", *WAYS["export one"].line(note, out), "--age", TO).code == 7
    assert not list(out.iterdir())


def test_more_than_is_sealed_at_once_is_refused(
    cli: CommandLine, note: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_in_memory, "MAX_BYTES", 100)
    refused = cli.as_("Ana", "export", str(out / "all"), "--age", TO)
    assert refused.code == 6 and one_sentence(refused) and not list(out.iterdir())
