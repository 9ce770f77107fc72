"""The booklet as a file: every word of theirs is a word, in markdown, HTML and PDF alike."""

import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader

from kapjournal import clock
from kapjournal.domain.joint import JointKind
from kapjournal.errors import UsageError
from kapjournal.exchange.booklet import markdown, printed, save_booklet
from kapjournal.exchange.printed_html import html
from kapjournal.exchange.printed_pdf import pdf
from tests.exchange.fake_journal import FakeJournal
from tests.exchange.rendered import DIALECTS
from tests.exchange.test_printed_note import HARMLESS, read
from tests.presentation.test_booklet import NOON, booklet, joint

LOOK_ALIKES = (
    "# A heading",
    "Over\n===",
    "Over\n---",
    "- a list\n- of two",
    "1. a list",
    "> a quote",
    "    code",
    "```\ncode\n```",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "<!-- a comment",
    "![a picture](https://example.org/a.png)",
    "[a link](https://example.org)",
    "<https://example.org> https://example.org www.example.org",
    "[1]: https://example.org\n\n[1]",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "*stars* _lines_ ~~waves~~ `ticks`",
    "&lt;script&gt; &#42;",
    "ends in a backslash \\",
    "---",
)
WORDS = st.one_of(
    st.sampled_from(LOOK_ALIKES),
    st.lists(st.sampled_from([*LOOK_ALIKES, "", "  ", "words"]), min_size=1).map("\n".join),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1),
)


def closely(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(WORDS.filter(str.strip), WORDS.filter(str.strip))
def test_no_word_of_theirs_is_a_mark(topic: str, words: str) -> None:
    made = booklet(
        joint(JointKind.DIALOGUE, topic=topic.strip(), sender="Ana", summary_first=words.strip()),
        joint(JointKind.CLOSING, keep=words.strip()),
    )
    plain = [words, topic, "Ana", "What we talked about", "To keep doing"]
    for dialect in DIALECTS:
        tokens = MarkdownIt(dialect).parse(markdown(made))
        kinds = {token.type for token in tokens}
        assert kinds <= {"heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"}
        assert [token.tag for token in tokens if token.type == "heading_open"] == [
            *("h1", "h2", "h3", "h4", "h2", "h3")
        ]
        inside = [child for token in tokens for child in token.children or ()]
        assert {one.type for one in inside} <= {"text", "text_special", "hardbreak", "softbreak"}
        for one in plain:
            assert closely(one) in closely("".join(child.content for child in inside))
    page = read(html(printed(made)))
    assert page.tags <= HARMLESS
    assert not page.attributes & {"src", "href", "onerror"}
    for one in plain:
        assert closely(one) in closely(page.words)


@settings(max_examples=6)
@given(st.lists(st.sampled_from(LOOK_ALIKES), min_size=3, max_size=6).map("\n\n".join))
def test_so_it_is_in_a_pdf(words: str) -> None:
    with clock.at(NOON):
        made = PdfReader(
            io.BytesIO(pdf(printed(booklet(joint(JointKind.CLOSING, keep=words))), lambda _: None))
        )
    found = closely("".join(page.extract_text() for page in made.pages[1:]))
    for line in words.split("\n"):
        assert closely(line.strip()) in found


def test_a_pdf_has_sheets_of_a5_behind_a_title_page_and_names_nobody_in_what_it_says_of_itself() -> None:
    with clock.at(NOON):
        made = PdfReader(io.BytesIO(pdf(printed(booklet(joint(JointKind.LOOP))), lambda _: None)))
    cover, words = made.pages
    assert (round(float(cover.mediabox.width)), round(float(cover.mediabox.height))) == (420, 595)
    assert "Ana and Ben" in cover.extract_text() and "November 2024" in cover.extract_text()
    assert "the kettle is on" in words.extract_text()
    assert made.metadata is not None and made.metadata.title == "Booklet" and not made.metadata.author
    said = f"{made.metadata} {made.xmp_metadata and made.xmp_metadata.stream.get_data()!r}"
    assert not re.search("Ana|Ben|kapjournal", said)


def test_html_puts_the_two_on_a_page_of_their_own_and_says_nothing_of_its_maker() -> None:
    page = html(printed(booklet(joint(JointKind.LOOP))))
    assert '<body class="booklet">' in page and "<title>Booklet</title>" in page and "<footer>" not in page
    assert not re.search("Printed|sealed|j1", page)


@pytest.mark.parametrize("name", ["booklet", "booklet.txt", "booklet.kap", ".pdf"])
def test_a_name_says_what_is_made(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.md, \.html, \.docx or \.pdf"):
        save_booklet(FakeJournal().journal, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
