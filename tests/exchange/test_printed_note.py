"""A note as a page of HTML: it reads as it was written, and does nothing."""

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.attachments import Attachment
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Note, NoteKind, NoteText
from kapjournal.errors import Refused
from kapjournal.exchange.printed_html import html as as_html
from kapjournal.exchange.printed_html import words_as_html
from kapjournal.exchange.printed_note import print_note
from kapjournal.exchange.printed_page import printed_page
from kapjournal.journal import Journal
from tests.exchange.fake_journal import ANA, BEN, FakeJournal

WRITTEN = dt.datetime(2024, 11, 12, 9, tzinfo=dt.UTC)
HARMLESS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "p", "em", "strong", "s", "blockquote", "ul", "ol", "li", "pre", "code", "hr", "br"),
    *("table", "thead", "tbody", "tr", "td", "th"),
}


def note(body: str, title: str = "", author: MemberId = ANA.id, files: tuple[Attachment, ...] = ()) -> Note:
    text = NoteText(body, NoteKind.CAPTURE, dt.date(2024, 11, 12), title)
    return Note("n1", author, frozenset({ANA.id, author}), text, WRITTEN, None, None, files=files)


class Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def read(html: str) -> Read:
    reader = Read()
    reader.feed(html)
    reader.close()
    return reader


def page(journal: Journal, note: Note) -> str:
    return as_html(printed_page(journal, note))


def test_what_goes_with_it_and_what_is_attached_stands_on_the_page() -> None:
    fake = FakeJournal()
    files = (Attachment("<b>.png", 2048),)
    html = page(fake.journal, note("The *light* was on.\n\n> by the door", "Hall & <way>", BEN.id, files))
    words = read(html).words
    assert '<h1 dir="ltr">Hall &amp; &lt;way&gt;</h1>' in html and "by Ben" in words and "Capture" in words
    assert '<p dir="ltr">The <em>light</em> was on.</p>' in html and "<blockquote" in html
    assert "File: <b>.png" in words and "not sealed" in words


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=https://example.org/a.png onerror=x>",
        "![a picture](https://example.org/a.png)",
        "[a link](https://example.org) <https://example.org>",
        "[a]: https://example.org\n\n[a]",
        "[x](javascript:alert(1))",
        "</main></body><iframe src=x>",
    ],
)
def test_nothing_on_it_is_loaded_run_or_followed(body: str) -> None:
    html = page(FakeJournal().journal, note(body))
    found = read(html)
    assert found.tags <= HARMLESS
    assert not found.attributes & {"src", "href", "onerror"}
    assert "default-src 'none'" in html
    assert re.sub(r"\s", "", body.strip("!"))[:6] in re.sub(r"\s", "", found.words)


@given(st.text())
def test_no_word_is_lost_and_no_mark_becomes_more_than_type(body: str) -> None:
    found = read(words_as_html(body))
    assert found.tags <= HARMLESS
    assert [one for one in re.findall(r"[^\W_]+", body) if one not in found.words] == []


def test_what_goes_deeper_than_the_parser_looks_is_set_as_it_was_typed() -> None:
    body = "> " * 200 + "deep down"
    assert words_as_html(body).startswith("<pre") and "deep down" in words_as_html(body)


def test_a_line_ends_once_where_it_was_ended() -> None:
    assert words_as_html("one  \ntwo\nthree") == '<p dir="ltr">one<br />\ntwo<br />\nthree</p>\n'


def test_each_part_is_read_in_the_direction_of_its_own_words() -> None:
    html = words_as_html("Here\n\n- אחת\n- two\n\n> שלום\n>\n> one")
    assert '<p dir="ltr">Here' in html
    assert '<ul dir="rtl">' in html and '<li dir="rtl">אחת' in html and '<li dir="ltr">two' in html
    assert '<blockquote dir="rtl">' in html and '<p dir="rtl">שלום' in html and '<p dir="ltr">one' in html


def test_what_stands_beside_a_fence_is_not_lost() -> None:
    assert "these words\nx" in words_as_html("```these words\nx\n```")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    there = tmp_path / "page.html"
    there.write_text("mine")
    with pytest.raises(Refused):
        print_note(FakeJournal(path=tmp_path / "ours.kap").journal, note("x"), there)
    assert there.read_text() == "mine"
