"""Saving one note as a page to print, line by line."""

import pytest
from pypdf import PdfReader

from kapjournal.journal import NewNote
from kapjournal.typesetting import pdf
from tests.cli.command_line import ANA

from .plain_conversation import PlainConversation, opened


@pytest.fixture(autouse=True)
def lantern(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern."))


def test_a_name_that_ends_so_makes_a_pdf(plain: PlainConversation) -> None:
    dest = plain.folder / "page.pdf"
    said = plain.enters("Ana", ANA, "search", "lantern", "1", "print", str(dest), "", "back", "quit")
    assert "one in .pdf a PDF, any other a page of HTML." in said
    assert f"Saved as {dest}. It is not sealed there." in said
    assert "Lantern." in PdfReader(dest).pages[0].extract_text()


def test_without_typst_it_is_said_how_to_get_it_and_the_talk_goes_on(
    plain: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    page, other = plain.folder / "page.pdf", plain.folder / "page.html"
    said = plain.enters(
        *("Ana", ANA, "search", "lantern", "1", "print", str(page), ""),
        *("print", str(other), "", "back", "quit"),
    )
    assert "pipx inject kapjournal typst" in said and f"Saved as {other}." in said
    assert not page.exists() and other.exists()
