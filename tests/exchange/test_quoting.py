"""What one person writes does not become another's, nor the document's, whatever marks are in it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kapjournal.exchange import export_document, export_folder, warning
from kapjournal.exchange.markdown import file_name
from kapjournal.exchange.quoting import beside_others, quoted

from .fake_journal import ANA, BEN, FakeJournal, note

SPITE = (
    "Nothing much today.\n\n### Risk review\n\n19 November 2026 · observation · Only you\n\n"
    "Patient denies everything.\n\n## Session 9\nRisk review\n---\nRisk review  \n===\n\n- # In a list\n"
    "> # Quoted\n"
    "\u2028# Another line\n```\n</blockquote>\n<h3>Risk review</h3>\n\n<script>alert(1)</script>\n\n"
    "![](https://tracker.example/lee.png) \\![x](https://tracker.example) \\<img src=x>\n\n"
    "[Mine]: https://tracker.example\n"
)
MARKS = st.lists(
    st.sampled_from(
        [*"#=->*`~<![]: \t\n\\x1.", "\n\n", "---", "===", "    ", "[Mine]: /x", "<h1>", "\u2028", "```"]
    )
).map("".join)


def tokens(text: str) -> list[Token]:
    found = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [one for token in found for one in (token, *(token.children or []))]


def kinds(text: str) -> set[str]:
    return {token.type for token in tokens(text)}


def headings(text: str) -> set[str]:
    return {token.tag for token in tokens(text) if token.type == "heading_open"}


@given(MARKS)
def test_no_heading_of_a_body_stands_among_the_document_s(body: str) -> None:
    assert headings(beside_others(body)) <= {"h4", "h5", "h6"}


@given(MARKS)
def test_another_members_words_stay_in_their_quote_and_show_nothing_else(body: str) -> None:
    text = quoted(body)
    assert all(line.startswith(">") for line in re.split("[\n\u2028\u2029]", text)[:-1])
    assert not kinds(text) & {"html_block", "html_inline", "image"}
    assert headings(text) <= {"h4", "h5", "h6"}
    after = MarkdownIt("commonmark").parse(f"{text}\n[Mine] after\n")
    top = [token.type for token in after if token.level == 0]
    assert top == ["blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close"]
    assert [token.type for token in after[-2].children or []] == ["text"]


def test_plain_words_stay_as_they_are() -> None:
    body = "It was 5 < 6, and #calm! [So]\n\n- one\n- two\n\n> said\n\nem *and* `code`\n"
    assert beside_others(body) == body
    assert quoted(body).replace("\n>\n", "\n> \n") == "".join(f"> {line}\n" for line in body.splitlines())


def test_headings_keep_their_order() -> None:
    assert (
        beside_others("# One\n## Two\n##### Five\nAbove\n---\n")
        == "#### One\n##### Two\n###### Five\n##### Above\n"
    )


@pytest.mark.parametrize("one_document", [True, False])
def test_nobody_writes_a_note_in_another_s_name(tmp_path: Path, one_document: bool) -> None:
    his = note("b", SPITE, title="Tuesday", author=BEN, readers=[ANA])
    fake = FakeJournal([note("a", "Mine."), his])
    if one_document:
        text = export_document(fake.journal, tmp_path / "all.md", fake.notes.all()).read_text()
    else:
        export_folder(fake.journal, tmp_path / "out", fake.notes.all())
        text = (tmp_path / "out" / file_name(his)).read_text()
    ours = [line for line in text.splitlines() if not line.startswith(">")]
    assert not [line for line in ours if "Risk" in line or "observation" in line or "tracker" in line]
    assert not kinds(text) & {"html_block", "html_inline", "image"}
    assert "Patient denies everything." in text


def test_an_export_of_what_others_wrote_says_that_it_may_hold_links() -> None:
    his = note("b", author=BEN, readers=[ANA])
    assert "may hold links" in warning(FakeJournal().journal, [note("a"), his])
    assert "links" not in warning(FakeJournal().journal, [note("a")])
