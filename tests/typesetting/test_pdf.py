"""What sets a PDF: a process of its own that may come to harm, and can do none."""

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kapjournal.errors import CannotSave
from kapjournal.typesetting import pdf
from kapjournal.typesetting.page import Block, Page


def page(words: str = "The light.") -> Page:
    block: Block = {"kind": "paragraph", "dir": "ltr", "runs": [{"words": words, "marks": []}]}
    return {"name": "Hall", "day": (2026, 3, 12), "head": [], "main": [block], "foot": [], "layout": "page"}


def made(words: str = "The light.") -> bytes:
    return pdf.made(page(words), lambda _: None)


def test_typst_is_loaded_by_no_other_process() -> None:
    code = (
        "import sys; from kapjournal.typesetting import pdf; from tests.typesetting.test_pdf import page; "
        "assert pdf.made(page(), lambda _: None); sys.exit('typst' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def with_template(folder: Path, template: str, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """What sets a page, had the page taken it over and brought a text of its own in Typst's language."""
    (folder / "page.typ").write_text(template)
    code = (
        "from pathlib import Path; from kapjournal.typesetting import made_pdf as one; "
        f"one._TEMPLATE = Path({str(folder / 'page.typ')!r}); one.main()"
    )
    command = [sys.executable, "-c", code, *arguments]
    data = json.dumps(page()).encode()
    return subprocess.run(command, input=data, capture_output=True, check=False, timeout=60, cwd=folder)


def test_a_text_of_typst_would_be_set(tmp_path: Path) -> None:
    harmless = "#set document(date: datetime(year: 2026, month: 3, day: 12))\nhere"
    assert with_template(tmp_path, harmless).stdout.startswith(b"%PDF-")


@pytest.mark.parametrize("arguments", [(), (pdf.SYSTEM_FONTS,)])
@pytest.mark.parametrize(
    "attempt",
    [
        '#read("/etc/passwd")',
        '#read("secret.txt")',
        '#read("../../../../../../etc/passwd")',
        '#image("secret.txt")',
        '#include "secret.txt"',
        '#import "@preview/cetz:0.3.0": *',
        '#import "@local/secret:0.1.0": *',
        '#plugin("secret.txt")',
    ],
)
def test_not_even_typst_itself_could_read_a_file(
    tmp_path: Path, attempt: str, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "secret.txt").write_text("the light")
    tried = with_template(tmp_path, attempt, *arguments)
    assert tried.returncode == 1 and tried.stdout == b""
    assert re.search(b"failed to load file|package|would escape the project root", tried.stderr)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["page.typ", "secret.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
@pytest.mark.parametrize(
    "attempt", ["open('written', 'w')", "open('page.typ')", "__import__('socket').socket()", "os.pipe()"]
)
def test_once_it_reads_the_page_it_opens_no_file_and_no_connection(tmp_path: Path, attempt: str) -> None:
    (tmp_path / "page.typ").write_text("x")
    code = (
        "import os, sys, socket; from kapjournal.typesetting import made_pdf as one\n"
        f"class Reader:\n    buffer = property(lambda self: {attempt})\n"
        "sys.stdin = Reader(); one.main()"
    )
    tried = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, timeout=60, check=False
    )
    assert tried.returncode == 1 and b"Too many open files" in tried.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["page.typ"]


def test_what_no_font_has_is_looked_for_among_those_of_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def answer(_program: str, arguments: tuple[str, ...], *_: object, **__: object) -> bytes:
        asked.append(arguments)
        return b"%PDF-1.7\n%%EOF" if arguments else pdf.MISSING + "日".encode()

    monkeypatch.setattr("kapjournal.confined.answer", answer)
    assert made("日") == b"%PDF-1.7\n%%EOF"
    assert asked == [(), (pdf.SYSTEM_FONTS,)]


def as_program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let something else stand in the place of what sets the page."""
    program = folder / "program"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))


@pytest.mark.parametrize("script", ["exit 1", "kill -SEGV $$", "printf '%%PDF-1.7 cut'", "printf '<html>'"])
def test_whatever_becomes_of_the_process_html_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    as_program(tmp_path, monkeypatch, script)
    with pytest.raises(CannotSave, match=r"within a minute .*\.html"):
        made()


def test_it_stops_by_itself_and_when_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_program(tmp_path, monkeypatch, "exec sleep 60")
    with pytest.raises(CannotSave):
        pdf.made(page(), lambda stop: threading.Timer(0.1, stop).start())
    monkeypatch.setattr(pdf, "_WITHIN_SECONDS", 0.1)
    with pytest.raises(CannotSave):
        made()


@pytest.mark.skipif(os.name != "posix", reason="no such limits there")
def test_what_takes_too_much_memory_ends_alone(tmp_path: Path) -> None:
    greedy = '#let grown = "x" * 100000000\n#for n in range(100) { grown = grown + grown }\n#grown'
    assert with_template(tmp_path, greedy).returncode != 0
