"""Packs on the command line: who asked, what would go in, the file in four forms, and the ledger."""

import datetime as dt
import hashlib
import json
import os
import re
import signal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyrage
import pytest

from kapjournal import clock, paths, staging
from kapjournal.content import practice as rules
from kapjournal.domain.access_requests import PackLeft
from kapjournal.errors import Damaged, Refused
from kapjournal.journal.attachments import Attachments
from kapjournal.journal.packs import Packs
from tests.cli.command_line import CommandLine
from tests.cli.test_records import add, done, practice, refused

__all__ = ["practice"]

COUPLE = ("-c", "ana and ben")


def pack(cli: CommandLine, *argv: str) -> list[str]:
    return done(cli, "pack", *argv, *COUPLE)


@pytest.fixture
def written(practice: CommandLine) -> CommandLine:
    """A note about each, one about both, a safety note, and what the two shared with Dr Lee."""
    add(practice, "progress", "--about", "ana", "--data", "She slept.", "--date", "2026-03-05")
    add(practice, "progress", "--about", "ben", "--data", "He did not.", "--date", "2026-03-05")
    add(practice, "progress", "--data", "They spoke.", "--risk", "hush", "--date", "2026-03-06")
    add(practice, "safety", "--about", "ben", "--text", "hush")
    practice.write("Ana", "# A page\n\nof *hers*.", "--title", "Hers", "--share", "Dr Lee")
    practice.write("Ben", "A page of his.", "--title", "His", "--share", "Dr Lee")
    return practice


def authorised(cli: CommandLine, to: str = "Dr Kern") -> str:
    until = (clock.today() + dt.timedelta(days=30)).isoformat()
    one = cli.done(
        "Ana", "authorise", "propose", "--to", to, "--purpose", "joint pack", "--until", until
    ).text.strip()
    cli.done("Ben", "authorise", "approve", one)
    cli.done("Ana", "authorise", "list")
    return one


def test_a_request_is_noted_and_due_in_the_clinics_days(written: CommandLine) -> None:
    rules._read.cache_clear()
    paths.config_folder().mkdir(parents=True, exist_ok=True)
    (paths.config_folder() / "practice.toml").write_text("access_days = 14\n")
    one, said = pack(written, "asked", "ana", "--on", "2026-03-02")
    assert said == "Ana asked on 2 March 2026 for their own pack; it is due on 16 March 2026."
    row = f"{one}\t2026-03-16\t2026-03-02\tAna\tAna and Ben"
    assert pack(written, "due") == [f"{row}\t-"] == done(written, "pack", "due")
    brief = "\n".join(done(written, "brief", *COUPLE))
    assert "Access to the record" in brief and "it is due on 16 March 2026" in brief
    assert done(written, "pack", "answered", one) == [
        "Noted: the request of Ana was answered. It stays in the list."
    ]
    assert pack(written, "due") == []
    assert pack(written, "due", "--all") == [f"{row}\t{clock.today().isoformat()}"]
    code, said = refused(written, "pack", "answered", one)
    assert (code, "answered" in said) == (6, True)
    rules._read.cache_clear()


def test_an_own_pack_in_four_forms_with_its_entry_in_the_ledger(written: CommandLine) -> None:
    code, said = refused(written, "pack", "own", "ana", "ana.md", *COUPLE)
    assert (code, "Note who asked" in said) == (6, True)
    pack(written, "asked", "ana", "--on", "2026-03-02")
    for ending in ("md", "html", "docx", "pdf"):
        file, *_, sealed = pack(written, "own", "ana", f"ana.{ending}")
        assert file == f"ana.{ending}" and sealed.startswith("This export is not sealed")
        assert (written.folder / file).stat().st_mode & 0o777 == 0o600
    page = (written.folder / "ana.md").read_text()
    for words in (
        "Asked for on 2 March 2026 · due on 1 April 2026",
        "She slept",
        "> of *hers*.",
        "Any process",
    ):
        assert words in page, words
    for words in ("hush", "He did not", "They spoke", "His", "Ben"):
        assert words not in page, words
    above, foot = page.split("\n---\n")
    (digest,) = re.findall("[0-9a-f]{64}", foot)
    assert hashlib.sha256(above.encode()).hexdigest() == digest
    rows = [row.split("\t") for row in done(written, "ledger")]
    assert [(row[2], row[3], row[4], row[8], row[9]) for row in rows] == [
        ("Ana", "right of access", form, "own pack", digest) for form in ("markdown", "html", "docx", "pdf")
    ]
    assert len({row[0] for row in rows}) == 4  # each has an id of its own
    assert done(written, "ledger", "show", rows[1][0][:6])[1].endswith("for Ana: right of access; html.")
    assert refused(written, "ledger", "show", "ffff")[0] == 4
    assert pack(written, "due") == []
    again = refused(written, "pack", "own", "ana", "ana.md", *COUPLE)
    assert again[0] == 6 and len(done(written, "ledger")) == 4
    assert refused(written, "pack", "own", "ana", "ana.txt", *COUPLE)[0] == 2


def test_what_the_therapist_withholds_is_named_by_kind_and_day_alone(written: CommandLine) -> None:
    pack(written, "asked", "ana")
    read = json.loads(
        written.run(
            *("-j", "practice.kap", "--passphrase-file", "new", "pack", "contents", "ana", "--json", *COUPLE)
        ).out
    )
    assert [one["what"] for one in read["items"]] == ["Progress note", "Page: Hers"]
    assert {one["what"] for one in read["withheld"]} >= {"Any process note", "Any individual safety note"}
    note = read["items"][0]["id"]
    pack(written, "own", "ana", "ana.md", "--withhold", f"{note[:6]}:danger")
    page = (written.folder / "ana.md").read_text()
    assert "She slept" not in page
    assert "**Progress note, 5 March 2026:** Reading it could endanger somebody’s life or safety" in page
    (entry,) = [row.split("\t")[0] for row in done(written, "ledger")]
    kept = done(written, "ledger", "show", entry)
    assert any(line.startswith("Withheld: Progress note, 5 March 2026. Reading it could") for line in kept)
    for wrong, code in ((note, 2), (f"{note}:because", 2), ("abcd:danger", 4)):
        assert refused(written, "pack", "own", "ana", "b.md", "--withhold", wrong, *COUPLE)[0] == code
    assert not (written.folder / "b.md").exists()


def test_the_joint_pack_needs_both_at_that_very_moment(written: CommandLine) -> None:
    pack(written, "asked", "both")
    joint = ("pack", "joint", "j.md", *COUPLE)
    assert refused(written, *joint)[0] == 2
    for_what = ("authorise", "propose", "--to", "Dr Kern", "--until", "2098-01-31", "--purpose")
    other = written.done("Ana", *for_what, "supervision").lines[0]
    written.done("Ben", "authorise", "approve", other)
    nobody = refused(written, *joint, "--to", "Dr Kern")[1]
    assert "Nobody is authorised to receive a joint pack yet" in nobody and "supervision" not in nobody
    one = authorised(written)
    assert "not for “Dr Roe”" in refused(written, *joint, "--to", "Dr Roe")[1]
    done(written, *joint, "--to", "dr kern")
    page = (written.folder / "j.md").read_text()
    assert "They spoke" in page and "what came of it" not in page
    assert "What the record holds of Ana and Ben together.\\\nFor Dr Kern, whom both authorised" in page
    for words in ("She slept", "He did not", "hush", "of *hers*", "of his"):
        assert words not in page, words
    assert [row.split("\t")[2:4] for row in done(written, "ledger")] == [
        ["Dr Kern", "authorised by each partner"]
    ]
    written.done("Ben", "authorise", "revoke", one)
    code, said = refused(written, "pack", "joint", "k.md", "--to", "Dr Kern", *COUPLE)
    assert (code, "was taken back" in said) == (6, True)
    assert not (written.folder / "k.md").exists() and len(done(written, "ledger")) == 1


def test_a_couple_process_note_is_in_the_joint_pack_and_told_from_a_process_note(
    written: CommandLine,
) -> None:
    """Their names are alike: the pack says which of them it never has."""
    add(written, "couple", "--reach", "They turned.")
    pack(written, "asked", "both")
    authorised(written)
    done(written, "pack", "joint", "j.md", "--to", "Dr Kern", *COUPLE)
    page = (written.folder / "j.md").read_text()
    assert "They turned." in page
    assert "Any process note:** That is the therapist’s own psychotherapy note" in page
    assert "What is called “couple process note” is another thing: it is part of the record" in page


@pytest.fixture
def with_files(written: CommandLine) -> CommandLine:
    """Ana's page with two files of one name, and one of Ben's with his."""
    for who, title in (("Ana", "Hers"), ("Ben", "His")):
        pages = written.done(who, "note", "list", "--json").json
        (note,) = [one["id"] for one in pages if one["title"] == title]
        for folder in ("one", "two"):
            (written.folder / folder).mkdir(exist_ok=True)
            (written.folder / folder / "A drawing.pdf").write_bytes(f"{who} {folder}".encode())
            written.done(who, "note", "attach", note, f"{folder}/A drawing.pdf")
    pack(written, "asked", "ana")
    return written


def files_of(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(folder.iterdir())}


def test_the_files_of_its_pages_lie_beside_it(with_files: CommandLine) -> None:
    """Those of the one whose pack it is, in a folder of their own, named on the page and in the ledger."""
    day = clock.today().isoformat()
    for ending in ("md", "pdf"):
        folder = with_files.folder / ending
        folder.mkdir()
        _, where, *_ = pack(with_files, "own", "ana", f"{ending}/ana.{ending}")
        assert where == "2 files of its pages: ana-files, beside it. Hand that on too."
        assert files_of(folder / "ana-files") == {
            f"{day}-A-drawing-2.pdf": b"Ana two",
            f"{day}-A-drawing.pdf": b"Ana one",
        }
        assert (folder / "ana-files").stat().st_mode & 0o777 == 0o700
        assert {one.stat().st_mode & 0o777 for one in (folder / "ana-files").iterdir()} == {0o600}
        assert [one.name for one in folder.iterdir() if one.name.startswith(".")] == []
    page = (with_files.folder / "md" / "ana.md").read_text()
    assert "2 files of its pages lie beside this pack." in page
    assert f"Files beside this pack: A drawing\\.pdf, document, 7 bytes, as {day}-A-drawing\\.pdf;" in page
    assert [row.split("\t")[4] for row in done(with_files, "ledger")] == [
        "markdown, with 2 files",
        "pdf, with 2 files",
    ]


def test_what_is_withheld_takes_its_files_with_it(with_files: CommandLine) -> None:
    items = [row.split("\t") for row in pack(with_files, "contents", "ana")]
    (page,) = [row[0] for row in items if row[-1] == "Page: Hers"]
    pack(with_files, "own", "ana", "ana.md", "--withhold", f"{page}:harm")
    assert not (with_files.folder / "ana-files").exists()
    assert "A drawing" not in (with_files.folder / "ana.md").read_text()


def test_sealed_the_files_are_a_sealed_archive_beside_it(with_files: CommandLine) -> None:
    key = pyrage.x25519.Identity.generate()
    pack(with_files, "own", "ana", "ana.docx", "--age", str(key.to_public()))
    sealed = with_files.folder / "ana-files.zip.age"
    with ZipFile(BytesIO(pyrage.decrypt(sealed.read_bytes(), [key]))) as archive:
        assert sorted(archive.read(one) for one in archive.namelist()) == [b"Ana one", b"Ana two"]
    assert not (with_files.folder / "ana-files").exists()


@pytest.mark.parametrize("sealed", [False, True])
def test_neither_a_file_nor_a_folder_is_left_where_no_pack_is_made(
    with_files: CommandLine, monkeypatch: pytest.MonkeyPatch, *, sealed: bool
) -> None:
    to = ("--age", str(pyrage.x25519.Identity.generate().to_public())) if sealed else ()
    (with_files.folder / ("there-files.zip.age" if sealed else "there-files")).mkdir()
    assert refused(with_files, "pack", "own", "ana", "there.md", *to, *COUPLE)[0] == 6
    assert not [one for one in with_files.folder.iterdir() if one.name.startswith("there.md")]

    def broken(*_: object, **__: object) -> None:
        raise Refused("It changed.")

    with monkeypatch.context() as patch:
        patch.setattr(Packs, "leave", broken)
        assert refused(with_files, "pack", "own", "ana", "ana.md", *to, *COUPLE)[0] == 6
    left = {one.name for one in with_files.folder.iterdir() if one.name.startswith(("ana", ".kap"))}
    assert left == set() and done(with_files, "ledger") == []


@pytest.mark.parametrize("sealed", [False, True])
def test_its_files_appear_after_its_entry_and_a_signal_waits_for_all_of_it(
    with_files: CommandLine, monkeypatch: pytest.MonkeyPatch, *, sealed: bool
) -> None:
    to = ("--age", str(pyrage.x25519.Identity.generate().to_public())) if sealed else ()
    files, document = ("ana-files.zip.age", "ana.md.age") if sealed else ("ana-files", "ana.md")
    happened: list[str] = []
    put, enter = staging.put, Packs.leave

    def stopped(whole: Path, dest: Path) -> None:
        put(whole, dest)
        happened.append(dest.name)
        os.kill(os.getpid(), signal.SIGTERM)

    def entered(*given: Any) -> PackLeft:
        happened.append("entry")
        return enter(*given)

    with monkeypatch.context() as patch:
        patch.setattr(staging, "put", stopped)
        patch.setattr(Packs, "leave", entered)
        door = ("-j", "practice.kap", "--passphrase-file", "new")
        outcome = with_files.run(*door, "pack", "own", "ana", "ana.md", *to, *COUPLE)
    assert outcome.code == 128 + signal.SIGTERM and happened == ["entry", files, document]
    assert len(done(with_files, "ledger")) > 0 and (with_files.folder / files).exists()


@pytest.mark.parametrize("sealed", [False, True])
def test_what_another_program_puts_in_the_place_of_its_files_stays(
    with_files: CommandLine, monkeypatch: pytest.MonkeyPatch, *, sealed: bool
) -> None:
    to = ("--age", str(pyrage.x25519.Identity.generate().to_public())) if sealed else ()
    put = staging.put

    def overtaken(whole: Path, dest: Path) -> None:
        dest.mkdir()
        (dest / "theirs").touch()
        put(whole, dest)

    with monkeypatch.context() as patch:
        patch.setattr(staging, "put", overtaken)
        assert refused(with_files, "pack", "own", "ana", "ana.md", *to, *COUPLE)[0] == 6
    (stays,) = (one for one in with_files.folder.iterdir() if one.name.startswith(("ana", ".kap")))
    assert [one.name for one in stays.iterdir()] == ["theirs"] and done(with_files, "ledger") == []


def test_a_file_that_is_damaged_is_named_as_such(
    with_files: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object, **__: object) -> None:
        raise Damaged("This file is damaged.")

    monkeypatch.setattr(Attachments, "write", damaged)
    assert pack(with_files, "own", "ana", "ana.md").count("This file is damaged.") == 2
    assert not (with_files.folder / "ana-files").exists()
    page = (with_files.folder / "ana.md").read_text()
    assert "7 bytes, not taken along: This file is damaged." in page


def test_it_is_sealed_for_whom_it_is(written: CommandLine) -> None:
    pack(written, "asked", "ana")
    key = pyrage.x25519.Identity.generate()
    (file, *_) = pack(written, "own", "ana", "ana.md", "--age", str(key.to_public()))
    opened = pyrage.decrypt((written.folder / file).read_bytes(), [key]).decode()
    assert file == "ana.md.age" and "She slept" in opened and not (written.folder / "ana.md").exists()


def test_no_file_without_its_entry_and_no_entry_without_its_file(
    written: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(written, "asked", "ana")

    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", broken)
        patch.setattr(os, "rename", broken)
        refused(written, "pack", "own", "ana", "ana.md", *COUPLE)
    assert not (written.folder / "ana.md").exists() and done(written, "ledger") == []
    assert len(pack(written, "due")) == 1  # it is not answered


def test_without_their_journal_the_own_pack_says_what_is_missing(written: CommandLine) -> None:
    pack(written, "asked", "ana")
    done(written, "couple", "ask-each-time", "Ana and Ben")
    pack(written, "own", "ana", "ana.md")
    page = (written.folder / "ana.md").read_text()
    assert "She slept" in page and "could not open it on that day" in page and "of *hers*" not in page


def test_a_reader_who_never_saw_the_program_can_read_it(practice: CommandLine) -> None:
    """Headings one below the other, days in words, doses in a table, nothing that speaks to the clinic."""
    add(practice, "consent", "--about", "ana", "--what", "Treatment", "--given", "2026-03-05")
    here = ("-c", "Ana and Ben", "--session", "1", "--date", "2026-03-02")
    taken = done(practice, "dose", "add", "Ana", *here, "--time", "10:00", "--amount", "80", "--unit", "mg")
    done(practice, "dose", "row", "spit", "Ana", *here, "--time", "10:12", "--which", "spat out")
    done(practice, "record", "edit", taken[0].split("\t")[0], "--rating", "5 of 10")
    pack(practice, "asked", "ana")
    pack(practice, "own", "ana", "ana.md")
    page = (practice.folder / "ana.md").read_text()
    levels = [len(line) - len(line.lstrip("#")) for line in page.splitlines() if line.startswith("#")]
    assert levels[0] == 1 and all(later <= before + 1 for before, later in pairwise(levels))
    for words in (
        "Where it says “the first partner”, it means Ana.",
        "**Given on:** 5 March 2026",
        "**Rating of dissociation:** 5 of 10",
        "| 10:00 | dose: 80 mg |",
        "| 10:12 (+12 min) | spat out |",
        "This entry is not signed.",
    ):
        assert words in page, words
    assert not re.search(r"[Yy]our\b|\+0 min|2026-03-05", page)


def test_the_two_are_told_that_no_name_is_changed_in_the_joint_pack(written: CommandLine) -> None:
    until = (clock.today() + dt.timedelta(days=30)).isoformat()
    said = written.done(
        "Ana", "authorise", "propose", "--to", "Dr Kern", "--purpose", "Joint  pack", "--until", until
    ).err
    assert "as it is: no name and no place is changed" in said and "changed before" not in said
