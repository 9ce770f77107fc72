"""Front matter that any YAML reader takes as it was meant, names that cannot leave their folder."""

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kapjournal.domain.attachments import is_safe
from kapjournal.exchange import file_names as naming
from kapjournal.exchange.file_names import folded_name
from kapjournal.exchange.json_fields import as_json
from kapjournal.exchange.markdown import escaped, file_name, file_names, front_matter, heading, shared_by
from kapjournal.presentation.days import long_day
from kapjournal.text import shown_line

from .fake_journal import ANA, BEN, FIRST, FakeJournal, note

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
YAML_CANNOT = re.compile(
    "[^\x09\x0a\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u0085\u2028\u2029\ufeff]"
)


@given(LINES, st.lists(LINES, max_size=3))
def test_every_title_and_tag_comes_back_from_the_front_matter(title: str, tags: list[str]) -> None:
    text = front_matter(FakeJournal().journal, note("n1", title=title, tags=tuple(tags), readers=[BEN]))
    assert not YAML_CANNOT.search(text)
    first, *lines, last = text.splitlines()
    assert first == last == "---"
    fields = {name: json.loads(value) for name, value in (line.split(": ", 1) for line in lines)}
    assert (fields["title"], fields["tags"]) == (title, tags)
    assert fields["readers"] == ["Ana", "Ben"]
    assert fields["written"] == "2024-11-12T08:30:15.123Z"
    assert fields["session"] is None
    assert "body" not in fields


def test_characters_beyond_the_first_plane_are_not_split() -> None:
    assert as_json("🕯") == '"🕯"'


@given(st.text())
def test_json_holds_nothing_a_terminal_obeys(text: str) -> None:
    printed = as_json({"a": text})
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", printed)
    assert json.loads(printed) == {"a": text} or re.search("[\ud800-\udfff]", text)


@given(st.text(max_size=200), st.text("abcXYZ019_-", min_size=1, max_size=60))
def test_a_file_name_is_plain_and_stays_in_its_folder(title: str, id: str) -> None:
    """On Linux, macOS and Windows: of letters, marks and digits that are seen, and hyphens."""
    name = file_name(note(id, title=title))
    assert re.fullmatch(r"2024-11-12-[^/\\]{1,40}-[A-Za-z0-9]*\.md", name)
    assert is_safe(name) and unicodedata.is_normalized("NFC", name)
    assert len(unicodedata.normalize("NFD", name).encode()) <= 255
    slug = name[len("2024-11-12-") : -len(".md")]
    assert all(letter == "-" or unicodedata.category(letter)[0] in "LNM" for letter in slug)
    assert not slug.startswith("-") and unicodedata.category(slug[0])[0] != "M"


def test_a_file_name_reads_like_its_title() -> None:
    assert file_name(note("ab12", title="Was blieb: Élan & co.")) == "2024-11-12-was-blieb-élan-co-ab12.md"
    assert file_name(note("ab12", title="光")) == "2024-11-12-光-ab12.md"
    assert file_name(note("ab12", title="Что осталось?")) == "2024-11-12-что-осталось-ab12.md"
    assert file_name(note("ab12", title="हिन्दी में")) == "2024-11-12-हिन्दी-में-ab12.md"
    assert file_name(note("ab12", title="مي\u200cخواهم")) == "2024-11-12-ميخواهم-ab12.md"
    assert file_name(note("ab12", title="E\u0301lan")) == "2024-11-12-élan-ab12.md"
    assert file_name(note("ab12", title="❤️ \u202e \u3164 ✨")) == "2024-11-12-page-ab12.md"
    assert file_name(note("ab12", title="...CON. ")) == "2024-11-12-con-ab12.md"
    assert file_name(note("ab12", title="../../etc/passwd")) == "2024-11-12-etc-passwd-ab12.md"


def test_no_two_notes_get_one_file() -> None:
    """Where a disk knows no case, or takes the forms of a letter for one."""
    notes = [note(id, title=title) for id, title in (("a-b", "X"), ("A_B", "x"), ("AB", "X"), ("ab-2", "x"))]
    names = file_names(notes, ["2024-11-12-X-ab-2.md"])
    assert list(names.values()) == [
        "2024-11-12-x-ab.md",
        "2024-11-12-x-AB-3.md",
        "2024-11-12-x-AB-4.md",
        "2024-11-12-x-ab2.md",
    ]
    assert folded_name("E\u0301.md") == folded_name("é.MD")


def test_however_many_have_one_name_none_is_looked_for_from_the_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = 0

    def counted(name: str) -> str:
        nonlocal asked
        asked += 1
        return folded_name(name)

    monkeypatch.setattr(naming, "folded_name", counted)
    names = naming.unlike(["a"] * 1000, ".md", [])
    assert len(set(names)) == 1000 and names[-1] == "a-1000.md"
    assert asked < 5 * 1000


def test_a_title_is_no_markdown() -> None:
    assert heading(note("a", title="# [x](y) *z* <b>")) == r"\# \[x\](y) \*z\* \<b>"
    assert heading(note("a")) == "Page"
    assert escaped("plain words, 1 2 3") == "plain words, 1 2 3"


PLAIN = [
    "-18 min · asked: “Yes. And (so) it is 3.5!” → 40%",
    "PHQ-9 13 → 4, e.g. ~5 of them; #2 & R&D, 1 < 2 > 0 = no",
    "snake_case costs $5 {about} 10:30 at 3 p.m.",
]


@pytest.mark.parametrize("line", PLAIN)
def test_what_reads_as_words_anyway_has_no_backslash(line: str) -> None:
    assert escaped(line) == line


TYPED = st.lists(
    st.one_of(
        st.text("\\`*_{}[]()<>#+-!|~&$@^=:./ \u00a0aé1;", max_size=12),
        st.text(max_size=8),
        st.sampled_from(["---", "1. ", "# ", " ##", "&lt;", "<b>", "](x)", "[x]: /y", "~~~", "| - |", ":-:"]),
    ),
    max_size=5,
).map(lambda parts: " ".join(shown_line("".join(parts)).split()))


@given(TYPED, TYPED, st.sampled_from(["commonmark", "gfm-like"]))
def test_what_is_escaped_reads_as_it_was_typed(one: str, other: str, dialect: str) -> None:
    """Whatever it is: as a paragraph, a line below another, a heading, an item, emphasised, as a link."""
    assert read_by(dialect, f"{escaped(one)}\\\n{escaped(other)}x") == f"{one} {other}x".split()
    for begin in ("# ", "- ", "x **y:** "):
        words = begin.replace("*", "").split() if begin.startswith("x") else []
        assert read_by(dialect, f"{begin}{escaped(one)}") == [*words, *one.split()]
    assert read_by(dialect, f"*x {escaped(one)} x*") == ["x", *one.split(), "x"]
    [link] = MarkdownIt("commonmark").parseInline(f"[x {escaped(one)}](y)")
    assert link.children and (link.children[0].attrGet("href"), link.children[-1].type) == ("y", "link_close")


def read_by(dialect: str, document: str) -> list[str]:
    """The words that a reader sees, where nothing but what stands around them is taken for a mark."""
    inline = [child for token in MarkdownIt(dialect).parse(document) for child in token.children or ()]
    marks = {"hardbreak", "em_open", "em_close", "strong_open", "strong_close"}
    assert {one.type for one in inline} <= {"text", "text_special", *marks}
    return "".join(" " if one.type == "hardbreak" else one.content for one in inline).split()


def test_who_shared_it_is_said_of_others_notes_alone() -> None:
    assert shared_by(FakeJournal().journal, note("a", readers=[BEN])) == ""
    his = note("b", author=BEN, readers=[ANA])
    assert shared_by(FakeJournal().journal, his) == "*This note is Ben’s. Ben shared it with you.*"


def test_days_read_the_same_everywhere() -> None:
    assert long_day(FIRST.date) == "10 November 2024"


HOSTILE = [
    "<img src=//x>",
    "![x](//x/y.png)",
    "a\u202eb",
    "- x",
    "`",
    "https://x.example",
    ":x:",
    "\\",
    "&lt;b>",
    "| a",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_what_a_member_names_is_nothing_but_words(title: str) -> None:
    """In a heading, and in front matter where a reader knows none."""
    named = note("a", title=title, tags=(title[:40],))
    found = MarkdownIt("gfm-like").parse(f"### {heading(named)}\n")
    assert [token.type for token in found] == ["heading_open", "inline", "heading_close"]
    words = found[1].children or []
    assert {token.type for token in words} == {"text"}
    assert "".join(token.content for token in words) == title.replace("\u202e", "\N{REPLACEMENT CHARACTER}")
    front = MarkdownIt("commonmark").parse(front_matter(FakeJournal().journal, named))
    inside = {child.type for token in front for child in token.children or []}
    assert not inside & {"html_inline", "image", "link_open"}
