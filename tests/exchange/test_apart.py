"""In one document each note is what it is alone: headings, code, HTML, links and words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from kapjournal.domain.attachments import Attachment
from kapjournal.domain.members import Member
from kapjournal.exchange import export_document, export_folder, parsing
from kapjournal.exchange.attached_files import ExportedFile, links, names_of
from kapjournal.exchange.follow import Follow
from kapjournal.exchange.found import Found
from kapjournal.exchange.markdown_document import pieces
from kapjournal.progress import in_silence

from .fake_journal import ANA, BEN, FakeJournal, note
from .rendered import DIALECTS, alone, is_read_alike, is_same, notes_of, parser

HARD = [
    "# One", "## Two #", "####### seven", "#", "One\n===", "Two  \nlines\\\nof it\n---", "End #\n---",
    "---", "***", "===", "```", "````", "~~~ sh", "```\n# no heading\n---\n```", "    # code\n    ---",
    "\t# code\t-", "\t\ttabs", "<!--", "<!-- a\n\n# b -->", "<pre>", "</pre>", "<script>", "<textarea>",
    "<style>", "<?", "<!X", "<![CDATA[", "<div>", "</div>", "<b\nid=x>", "a <i>b</i> <!-- c -->", "-->",
    "]]>", "- item", "- # in a list", "-\ttab", "  - deeper\n\n      # code", "1. one", "7) seven",
    "> quote", "> # quoted\nlazy", "> ```\n> # code", "- ```\n  # c", "lazy", "  indented", "[1]: /one",
    "[1]: /other 'title'", "[1]", "[one][1] ![p][1] [1][] [1](u) [1](a b", "[foo]: <u>\n\"t\"",
    "[foo\nbar]: /x", "[Foo\nBar][] [foo bar]", "[^1]: a note", "[^1]: /word", "words[^1] [x][^1]",
    "`[1]` `# x`", "`", "``", "\\", "words\\", "words  ", "|a|b|\n|-|-|\n|[1]|`c`|", "a|b\n-|-", "a|\n---",
    "|x \\| [1]|", "&#35; x", "&lt;b>", "\u2028# x", "\u2028", "* * *", "_ _ _", "*a **b", "![x](y)",
    "<https://a.example>", "\\# x", "Term\n: what", "[x]", "[x]: #x", "<a id=\"x\">", "+\n\n  a", "0. a",
    "-", "> ", "", "", "\n",
]  # fmt: skip

BODIES = st.lists(st.sampled_from(HARD), max_size=9).map("\n".join)


def document(bodies: Sequence[tuple[str, bool]]) -> str:
    day = dt.date(2024, 11, 12)
    notes = [
        note(f"n{number}", body, author=ANA if own else BEN, readers=[ANA], date=day + dt.timedelta(number))
        for number, (body, own) in enumerate(bodies)
    ]
    fake = FakeJournal(notes, course=())
    follow = Follow.of(in_silence, notes)
    return "".join(pieces(fake.journal, fake.notes.all(), names_of(notes, lambda _: ""), "files", follow))


def check(*bodies: tuple[str, bool]) -> None:
    text = document(bodies)
    for dialect in DIALECTS:
        there = notes_of(text, dialect, [own for _, own in bodies])
        for (body, own), found in zip(bodies, there, strict=True):
            if dialect == "gfm-like" or is_read_alike(body, own=own):
                expected = alone(body, dialect, own=own)
                assert is_same(found, expected) or found == expected, dialect


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(st.tuples(BODIES, st.booleans()), min_size=1, max_size=3))
def test_every_note_stays_what_it_is_alone(bodies: list[tuple[str, bool]]) -> None:
    check(*bodies)


AFTER = "Calm.\n\n# Heading\n\n[1] and [^1]\n\n```\n# code\n```\n"

UNCLOSED = [
    *("```", "~~~~ sh\n~~~", "````\n```", "   ```", "text\n```\n# no heading"),
    *(
        "<!--",
        "<!-- a\n\nb",
        "<pre>",
        "<script>\n\nx",
        "<textarea>",
        "<style>",
        "<?php",
        "<!DOCTYPE",
        "<![CDATA[",
    ),
    *("- ```", "- <!--", "> ```", "> <!--", "1. > <pre>", "- a\n  ~~~\n  b"),
]


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("body", UNCLOSED)
def test_what_is_left_open_ends_with_its_note(body: str, own: bool) -> None:
    check((body, own), (AFTER, True), (AFTER, False))


def test_a_fence_that_some_take_for_a_table_ends_with_its_note() -> None:
    text = document([("~~~ a|b\n-|-", True), (AFTER, True)])
    for dialect in DIALECTS:
        assert notes_of(text, dialect, [True, True])[1] == alone(AFTER, dialect, own=True)


@pytest.mark.parametrize(
    "body",
    [
        "```\n# x\n---\nx\n===\n```",
        "    # x\n    ---\n\n\t# y\n",
        "- a\n\n      # x\n      ---\n",
        "> ```\n> # x\n> <b>![y](z)\n> ```",
        "`# x` and `<b>` and `![x](y)`",
        "``\n<div>\n[1]: x\n``",
        "<pre>\n# x\n---\n</pre>",
    ],
)
def test_code_stays_code(body: str) -> None:
    check((body, True), (body, False))
    if "`" in body or "    " in body:
        inner = [line for line in body.splitlines() if line.lstrip("> \t").startswith(("# x", "---", "<"))]
        assert all(line in document([(body, True)]) for line in inner)


@pytest.mark.parametrize(
    "bodies",
    [
        ["[one][1]\n\n[1]: /one", "[other][1]\n\n[1]: /other", "[1]"],
        ["[1]: /one", "The list [1] is mine."],
        ["[a  B]: /one\n\n[A b]", "[a\nb]: /two\n\n[a b][] ![x][A B]", "> [a\n> b]"],
        ["x[^1]\n\n[^1]: one", "x[^1]\n\n[^1]: other words", "x[^1]\n\n[^1]: /one"],
        ["[1]: /one\n[1]: /never\n\n[1]", "[1]: /two\n\n> [1]: /three\n\n[1]"],
        ["[1-2]: /taken\n\n[1-2]", "[1]: /one\n\n[1]", "[1]: /two\n\n[1]"],
        ["[a`b]: /one\n\n[a`b] `c`", "[a`b]: /two\n\n[a`b] `c`"],
        ["<!-- \n[1]: /no\n-->", "[1]: /one\n\n[1]", "`[1]`"],
        ["[foo\nbar]: /x", "a|\n---\n[foo\nbar]: /x", "[foo bar]"],
        ["|[1]|[x][1]|\n|-|-|\n|`\\|`|[1]\\|[1]|\n\n[1]: /one", "[1]: /two\n\n[1]"],
    ],
)
def test_a_label_means_what_its_own_note_says(bodies: list[str]) -> None:
    check(*((body, True) for body in bodies))
    check(*((body, False) for body in bodies))


def test_a_label_that_nobody_else_uses_stays() -> None:
    text = document([("[1]: /one\n\n[1] x[^n]\n\n[^n]: n", True), ("[2]: /two\n\n[2]", True)])
    assert "[1]: /one\n\n[1] x[^n]\n\n[^n]: n\n" in text
    assert "[2]: /two\n\n[2]\n" in text


def test_footnotes_of_two_notes_are_two() -> None:
    text = document([("x[^1]\n\n[^1]: one word", True), ("y[^1]\n\n[^1]: other word", False)])
    reader = MarkdownIt("commonmark").use(footnote_plugin)
    html = reader.render(text)
    assert html.count('class="footnote-item"') == 2
    assert "one word" in html and "other word" in html


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize(
    "body",
    [
        *(
            "last words",
            "last words\\",
            "last words  ",
            "> quote",
            "> - item",
            "- item",
            "9. nine",
            "    code",
        ),
        *(
            "|a|b|\n|-|-|",
            "a|b\n-|-\n---\n",
            "a|\n---",
            "[x]:",
            '[x]: /y "open',
            "`",
            "**",
            "<b",
            "[",
            "\\",
            "\u2028",
        ),
        *(
            "---\ntitle: x\n---",
            "x\n---",
            "x\n===",
            "10. ten",
            "  - deeper",
            "[^1]: a\n\n    b",
            "<div>",
            "&",
        ),
    ],
)
def test_nothing_goes_on_over_the_border(body: str, own: bool) -> None:
    """Neither before nor behind it: each is its own neighbour, too."""
    check((body, own), (body, own), (body, not own), (AFTER, True))


def test_a_heading_of_several_lines_stays_one() -> None:
    check(("Two  \nlines\\\nof `a\n  b` # #\n===\n> c\n> d\n> ---", True))


def test_what_is_nested_too_deep_to_be_read_stands_as_it_was_written() -> None:
    body = "> " * 150 + "```\n\n[1]: /one"
    text = document([(body, True), (AFTER, True)])
    assert f"```\n{body}\n```" in text.replace("`" * 4, "```")
    check((AFTER, True), (AFTER, False))


@pytest.mark.parametrize("body", ["- mine", "    mine", "  mine", "1. mine", "mine"])
def test_words_do_not_go_on_with_the_list_of_files(body: str) -> None:
    lines = "".join(links([ExportedFile(Attachment("a.jpg", 1), "a.jpg")]))
    for dialect in DIALECTS:
        tokens = parser(dialect).parse(lines + body)
        behind = [token.type for token in tokens].index("hr")
        expected = parser(dialect).parse(body)
        assert [token.type for token in tokens[behind + 1 :]] == [token.type for token in expected]


@pytest.mark.parametrize("body", ["[" * 6000, "![a" * 6000, "[a][" * 6000])
def test_brackets_without_end_are_not_looked_into(body: str) -> None:
    """Each would cost the parser a look at many others; as code they are what they are at once."""
    with_label = f"{body}\n\n[1]: /one"
    text = document([(with_label, False), (AFTER, True), ("[1]: /two\n\n[1]", True)])
    assert f"> ```\n> {body}\n" in text
    assert notes_of(text, "commonmark", [False, True, True])[1:] == [
        alone(AFTER, "commonmark", own=True),
        alone("[1]: /two\n\n[1]", "commonmark", own=True),
    ]


@pytest.mark.parametrize(
    "part", ["word ", "[a](b) ", "- a\n", "# a\n\n", "[!]: /u\n\n", "<", "a|b\n-|-\n---\n"]
)
def test_a_body_is_read_a_number_of_times_however_long(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read, sizes = parsing.read, list[int]()

    def counted(body: str, found: Found) -> Found:
        sizes.append(len(body))
        return read(body, found)

    monkeypatch.setattr(parsing, "read", counted)
    for size in (10, 1000):
        body = part * size + "\n\n[1]: /one"
        document([(body, True), (body, False)])
    half = len(sizes) // 2
    assert half <= 12 and len(sizes) == 2 * half


@pytest.mark.parametrize("author", [ANA, BEN])
def test_texts_of_one_note_stand_apart_too(author: Member, tmp_path: Path) -> None:
    """Written on two computers at once, the first left a block of code open, and both define a label."""
    first = note("n", "[1]: /one\n\n[1]\n\n```\n# code", author=author, readers=[ANA])
    other = replace(first.text, body="# Heading\n\n[1]\n\n[1]: /two", title="`** <b>")
    fake = FakeJournal([replace(first, beside=(other,))], course=())
    pages = [export_document(fake.journal, tmp_path / "all.md", fake.notes.all())]
    pages += export_folder(fake.journal, tmp_path / "out", fake.notes.all())[1:]
    for page, level in zip(pages, ("h4", "h1" if author is ANA else "h4"), strict=True):
        tokens = parser("commonmark").parse(page.read_text())
        assert level in {token.tag for token in tokens if token.type == "heading_open"}
        words = [word for token in tokens for word in token.children or []]
        assert [word.attrGet("href") for word in words if word.type == "link_open"] == ["/one", "/two"]
        assert [token.content.strip() for token in tokens if token.type == "fence"] == ["# code"]
        assert "`** <b>" in [word.content for word in words]


@pytest.mark.parametrize(
    ("body", "closed"),
    [
        ("<details><summary>x</summary>\n\nhidden", "</details>"),
        ("- <div>\n\n  in a list", "</div>"),
        ("a <b>word <i>and", "</i>\n</b>"),
        ("a <b>word <i>and</b>", "</i>"),
        ("- <!-- a\n", "<!-- -->"),
        ("> <pre>\n> a", "</pre>"),
        ('<div class="\n', "<!-- \"'> -->\n</div>"),
        ("<div/>", "</div>"),
        ("<table><tr><td>\n\nx", "</td>\n</tr>\n</table>"),
    ],
)
def test_an_element_left_open_ends_with_its_note(body: str, closed: str) -> None:
    text = document([(body, True), ("After.", True)])
    assert f"{body.rstrip()}\n\n{closed}\n\n### " in text.replace("\n\n\n", "\n\n")
    check((body, True), (AFTER, True))


@pytest.mark.parametrize(
    "body",
    [
        "<b>a</b> <br> <img src=x>",
        "`<div>`",
        "<div>\n<https://a.example>\n</div>",
        "</div>",
        "<p>\na",
        "a < b",
    ],
)
def test_what_is_closed_is_not_closed_again(body: str) -> None:
    assert document([(body, True)]).endswith(f"\n\n{body}\n")
