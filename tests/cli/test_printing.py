"""Printing one note from the command line."""

import pytest
from pypdf import PdfReader

from kapjournal.typesetting import pdf

from .command_line import CommandLine


def test_a_note_becomes_a_page_that_is_not_sealed(cli: CommandLine) -> None:
    note_id = cli.done("Ana", "note", "add", "-", "--title", "Hall", stdin=b"The **light**.").lines[0]
    out = cli.folder / "page.html"
    printed = cli.done("Ana", "print", note_id, "--out", str(out), "--json")
    assert printed.json == {"id": note_id, "file": str(out)} and "not sealed" in printed.err
    assert "<strong>light</strong>" in out.read_text() and out.stat().st_mode & 0o077 == 0
    assert cli.as_("Ana", "print", note_id, "--out", str(out)).code == 6
    assert cli.as_("Ben", "print", note_id, "--out", str(cli.folder / "other.html")).code == 4
    assert cli.as_("Ana", "print", note_id, "--out", str(cli.file)).code == 6
    assert cli.as_("Ana", "print", note_id).code == 2


def test_a_name_that_ends_so_makes_a_pdf(cli: CommandLine) -> None:
    note_id = cli.done("Ana", "note", "add", "-", "--title", "Hall", stdin=b"The **light**.").lines[0]
    out = cli.folder / "page.pdf"
    printed = cli.done("Ana", "print", note_id, "--out", str(out), "--json")
    assert printed.json == {"id": note_id, "file": str(out)} and "not sealed" in printed.err
    assert "The light." in PdfReader(out).pages[0].extract_text() and out.stat().st_mode & 0o077 == 0
    assert cli.as_("Ana", "print", note_id, "--out", str(out)).code == 6
    assert sorted(one.name for one in cli.folder.glob(".*")) == []


def test_without_typst_one_sentence_says_how_to_get_it(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_id = cli.done("Ana", "note", "add", "-", stdin=b"The light.").lines[0]
    out = cli.folder / "page.pdf"
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    told = cli.as_("Ana", "print", note_id, "--out", str(out))
    assert told.code == 7 and not out.exists()
    assert "pipx inject kapjournal typst" in told.err and ".html" in told.err
