"""Every word of a body is in what the reading view shows, or the body is shown as written."""

import re
from collections import Counter
from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kapjournal.text import shown
from kapjournal.tui.rendering.layout import lay_out
from kapjournal.tui.rendering.markdown import PLAIN_ABOVE, blocks

WIDE = 100_000
KEPT = re.compile(r"[^\W_]|[.,;?/%$&@{}^]")
"""What is never a mark of markdown, or is a letter."""


def page(body: str, width: int = WIDE) -> str:
    return "\n".join(line.plain for line in lay_out(blocks(body), width))


def nested(mark: str, depth: int) -> str:
    return "\n".join(f"{mark * level}- level {level}" for level in range(depth))


CASES = {
    "eleven nested items and a paragraph": (
        nested("  ", 11) + "\n\nAfterwards we slept.",
        "level 10",
        "slept",
    ),
    "sixty nested items and a paragraph": (
        nested("  ", 60) + "\n\nAfterwards we slept.",
        "level 59",
        "slept",
    ),
    "25 nested quotes": ("> " * 25 + "he said\n\nAfterwards", "he said", "Afterwards"),
    "300 nested quotes": (">" * 300 + "he said\n\nAfterwards", "he said", "Afterwards"),
    "300 nested items in a line": ("- " * 300 + "x", "x"),
    "numbers nested in a line": ("1. " * 120 + "x", "1. 1. 1.", "x"),
    "a dialogue": ("[Ben]: Yes.\n[Ana]: No, never.\n", "[Ben]: Yes.", "[Ana]: No, never."),
    "times of a night": ("[10:42]: woke\n[11:03]: slept\n\nGood.", "[10:42]: woke", "[11:03]: slept"),
    "a dialogue in a quote": ("> [Ben]: Yes.\n> \n> [Ana]: 'No'\n", "Yes.", "No"),
    "a definition with a title": ("[a]\n\n[a]: <http://b> 'the title'\n", "http://b", "the title"),
    "a third cell": ("|a|b|\n|-|-|\n|1|2|third|\n", "third"),
    "numbers as they were given": ("1. one\n3. three\n9. nine\n", "1. one", "3. three", "9. nine"),
    "every number the same": ("1. one\n1. two\n", "1. one", "1. two"),
    "numbers with a bracket": ("2) two\n7) seven\n", "2) two", "7) seven"),
    "numbers of empty items": ("1990.\n1991.\n1992. the year\n", "1990.", "1991.", "1992. the year"),
    "words after a fence": ("```this happened at night\nthe dream\n```\n", "this happened at night", "dream"),
    "words after an empty fence": ("~~~ the whole of it", "the whole of it"),
    "a title of a link": ('[here](/there "of course")', "here", "/there", "of course"),
    "a link with a name of its own": ("[https://a.example](https://a.example)", "https://a.example"),
    "the target of an empty link": ("[](/there)", "/there"),
    "a link within its text": ("[at /there](/there)", "at /there", "(/there)"),
    "an address with letters of its own": ("[x](http://münchen.example/straße?a=ü)", "münchen", "straße?a=ü"),
    "an address with spaces encoded": ("<http://a.example/b%20ç>", "http://a.example/b%20ç"),
    "a picture": ('![us](photo.jpg "by the lake")', "us", "photo.jpg", "by the lake"),
    "a picture without words": ("![](photo.jpg)", "photo.jpg"),
    "entities": ("Tom&nbsp;&amp; &copy; &#65; `&lt;`", "Tom&nbsp;&amp;", "&copy;", "&#65;", "&lt;"),
    "entities in an address": ("[x](/a&copy;b) ![y](/c&auml;d)", "/a&copy;b", "/c&auml;d"),
    "entities after a fence": ("```a&copy;b\nx\n```", "a&copy;b"),
    "HTML": (
        "<!-- unsaid -->\n\n<div hidden>\nunseen\n</div>\n\na <b title='t'>b</b>",
        "unsaid",
        "unseen",
        "'t'",
    ),
    "a footnote": ("so[^1]\n\n[^1]: it went\n", "[^1]", "[^1]: it went"),
    "a sum": ("2*3*4 is 24, 2**3**4 is more, 5~~6~~7", "2*3*4", "2**3**4", "5~~6~~7"),
    "words with stars": ("sh*t and f*ck, f**k and d**n", "sh*t and f*ck, f**k and d**n"),
    "marks in a line of Chinese": ("他**说**了", "他说了"),
    "a path": (r"\\server\share C:\dir", r"\\server\share C:\dir"),
    "front matter": (
        "---\ntitle: A walk\ntags: [a, b]\n---\nWords",
        "title: A walk",
        "tags: [a, b]",
        "Words",
    ),
    "tasks": ("- [ ] call\n- [x] write\n", "[ ] call", "[x] write"),
    "tabs": ("a\tb\n\n\tc\td\n\n-\te\n\n1.\t\tf", *"abcdef"),
    "a NUL and other controls": ("a\x00b\x85c\x0cd\re", "a␀b�c␌d␍e"),
    "other line ends": ("a\u2028# b\u2029c", *"abc"),
    "other gaps": ("#\xa0a\n\n-\u3000b\n\n\u2003\u2003c", *"abc"),
    "a heading by itself": ("#\n##\nwords\n#### five ####\n", "words", "five"),
    "a table without rows": ("|head|two|\n|-|-|\n", "head", "two"),
    "pipes in a table": ("|a|b|\n|-|-|\n|`c\\|d`|e \\| f|\n", "c|d", "e | f"),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("width", [WIDE, 30])
def test_a_word_that_could_vanish_is_shown(case: str, width: int) -> None:
    body, *words = CASES[case]
    gap = re.compile(r"\s+")
    for word in words:
        assert gap.sub("", word) in gap.sub("", page(body, width))


def test_one_odd_part_leaves_the_others_beautiful() -> None:
    body = "# Head\n\n*soft*\n\n|a|b|\n|-|-|\n|1|2|3|\n\n- **item**\n"
    assert page(body) == "Head\n\nsoft\n\n|a|b|\n|-|-|\n|1|2|3|\n\n▪ item"


def test_ordinary_markdown_is_not_shown_as_written() -> None:
    body = (
        "A heading\n===\n\nSome *soft*, **strong**, _soft_, ~~gone~~ and `code` words\\\nand \\*stars\\*.\n\n"
        "> a [link](/to) <https://a.example>\n\n1. one\n   - in it\n2. two\n\n"
        "| a | b |\n|:--|--:|\n| 1 | 2 |\n\n***\n\n    code\n"
    )
    assert page(body) == (
        "A heading\n\nSome soft, strong, soft, gone and code words\nand *stars*.\n\n"
        "│ a link (/to) https://a.example\n\n1. one\n   ▫ in it\n2. two\n\na  │  b\n1  │  2\n\n"
        "────────────\n\n  code"
    )


PARTS = [
    *("W", "W W", " ", "\n", "\n\n", "  \n", "\\\n", "\t", "    ", "  ", "2*3*4", "漢W", "👩‍👩‍👧", "W*W"),
    *("# ", "## W ##", "- ", "* ", "+ ", "1. ", "7) ", "3. W\n", "> ", ">", "- - ", "1. - > "),
    *("*", "**", "_", "__", "~~", "`", "``", "***W***", "*W**W*", "~~~", "```", "```W W\n"),
    *("~~~ W\nW\n~~~\n", "[W]", "[W](W)", "[W](W 'W')", '[W](<W W> "W")', "![W](W)", "[W]: "),
    *("![W *W*](W (W))", "[W][W]", "[W]: W 'W'\n", "[W![W](W)](W)"),
    *("[](W)", "[W]()", "[^W]", "[^W]: W\n", "[[W]](W)"),
    *("<W>", "<http://W>", "<W@W.example>", "<b>", "<!-- W -->", "<!--", "-->", "<?W?>", "<![CDATA[W]]>"),
    *("<script>\nW\n</script>\n", "<div W='W'>\n", "&amp;", "&nbsp;", "&#0;", "&#x41;", "&W;"),
    *("\\W", "\\*", "\\\\", "\\[", "\\|", "\x00", "\u2028", "\xa0", "\x85", "---\n", "===\n", "***\n"),
    *("|", "|W|W|\n|-|-|\n", "|W|W|W|\n", "W|W\n-|-\n", "|W|\n", "| W \\| W |\n", ":-:"),
    *("- [ ] W\n", "- [x] W\n", "---\nW: W\n---\n", "> " * 60, "- " * 60, "  " * 30, "[" * 40),
]  # fmt: skip


def with_words(parts: list[str]) -> str:
    """A body in which each W is a word that is nowhere else."""
    numbers = count()
    return re.sub("W", lambda _: f"w{next(numbers)}q", "".join(parts))


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40).map(with_words))
@example(with_words(["> " * 60, "W\n", "- " * 60, "W"]))
def test_every_word_is_shown(body: str) -> None:
    seen = page(body)
    assert [word for word in re.findall(r"w\d+q", body) if word not in seen] == []


@settings(max_examples=400, deadline=None)
@given(st.text("ab1 \n\t*_`~[]:!<>&;|\\#-+.=\"'ä漢", max_size=60))
def test_every_letter_is_shown(body: str) -> None:
    assert not Counter(KEPT.findall(shown(body))) - Counter(KEPT.findall(page(body)))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40).map(with_words), st.integers(1, 50))
def test_every_word_is_within_the_width(body: str, width: int) -> None:
    rows = [line.plain for line in lay_out(blocks(body), width)]
    drawn = re.sub(r"[\s▪▫│]", "", "".join(rows))
    assert [word for word in re.findall(r"w\d+q", body) if word not in drawn] == []
    assert all(len(row) <= width or not row.isascii() for row in rows)


@pytest.mark.parametrize("ending", ["", "\n", "\n\nlast"])
def test_a_long_body_is_shown_as_written(ending: str) -> None:
    body = "*a* [b]: c\n" * (PLAIN_ABOVE // 10) + ending
    assert page(body) == body
