"""A page as a text document: it reads as it was written, can be commented, and says nothing of its maker."""

import datetime as dt
import io
import re
import sys
import zipfile
from pathlib import Path
from subprocess import run
from xml.etree.ElementTree import fromstring

import docx as python_docx
import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal import clock
from kapjournal.errors import Refused
from kapjournal.exchange.printed_docx import MAX_CHARACTERS, docx
from kapjournal.exchange.printed_note import print_note
from kapjournal.exchange.printed_page import PrintedPage, printed_page
from kapjournal.journal import Journal
from kapjournal.typesetting.page import Layout
from tests.cast import LABELS
from tests.exchange.fake_journal import ANA, BEN, LEE, FakeJournal
from tests.exchange.searched import days_in, found_in, paragraphs, said_by
from tests.exchange.test_printed_note import note

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = [
    *("[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels"),
    *("word/document.xml", "word/numbering.xml", "word/settings.xml", "word/styles.xml"),
]
BODY = """# What we saw

A *soft* **loud** ~~gone~~ `code` line,
and its second.

## Two
- one
- two
  1. first

     with more
  2. second

7. seven
8. eight

> said
> - in it

| left | mid |
|:-----|:---:|
| x    | y   |

---

    to the letter

### שלום עולם
"""


def page(*main: str, layout: Layout = "page") -> PrintedPage:
    return PrintedPage("a name", "The title", ("about it",), main, ("the foot",), layout=layout)


def opened(data: bytes) -> Document:
    return python_docx.Document(io.BytesIO(data))


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return found.read(name).decode()


def test_headings_are_headings_and_words_are_in_their_styles() -> None:
    found = [
        (one.style and one.style.name, one.text) for one in opened(docx(page(BODY))).paragraphs if one.text
    ]
    assert found == [
        ("Title", "The title"),
        ("Details", "about it"),
        ("Heading 1", "What we saw"),
        ("Normal", "A soft loud gone code line,\nand its second."),
        ("Heading 2", "Two"),
        *(("List Paragraph", words) for words in ("one", "two", "first", "with more", "second")),
        *(("List Paragraph", words) for words in ("seven", "eight")),
        ("Quote", "said"),
        ("List Paragraph", "in it"),
        ("macro", "to the letter"),
        ("Heading 3", "שלום עולם"),
        ("Details", "the foot"),
    ]


def test_marks_lists_and_tables() -> None:
    made = docx(page(BODY))
    document = opened(made)
    words = next(one for one in document.paragraphs if one.text.startswith("A soft"))
    assert [run.text for run in words.runs if run.bold] == ["loud"]
    assert [run.text for run in words.runs if run.italic] == ["soft"]
    assert [run.text for run in words.runs if run.font.strike] == ["gone"]
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["left", "mid"], ["x", "y"]]
    numbers = fromstring(part(made, "word/numbering.xml"))
    starts = [one.get(f"{W}val") for one in numbers.iter(f"{W}startOverride")]
    assert starts == ["1", "7"], "each list begins where it says"


def test_what_is_read_from_the_right_says_so() -> None:
    made = fromstring(part(docx(page("שלום\n\nhere", "| א | ב |\n|--|--|\n| ג | ד |")), "word/document.xml"))
    read = {"".join(one.itertext()): one.find(f"{W}pPr/{W}bidi") is not None for one in made.iter(f"{W}p")}
    assert read["שלום"] and read["א"] and not read["here"]
    assert next(made.iter(f"{W}bidiVisual"), None) is not None


def test_a_supervisor_can_comment_on_it() -> None:
    document = opened(docx(page(BODY)))
    words = next(one for one in document.paragraphs if one.text.startswith("A soft"))
    document.add_comment(words.runs, text="What did you feel?", author="S")
    again = io.BytesIO()
    document.save(again)
    assert [one.text for one in opened(again.getvalue()).comments] == ["What did you feel?"]
    settings = part(docx(page(BODY)), "word/settings.xml")
    assert "rotect" not in settings and "removePersonal" not in settings


def test_it_has_these_parts_and_none_says_anything_of_its_making(tmp_path: Path) -> None:
    made = docx(page(BODY))
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        assert sorted(found.namelist()) == sorted(PARTS)
        assert {one.date_time for one in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(one.create_system, one.extra, one.comment) for one in found.infolist()} == {(0, b"", b"")}
    core = opened(made).core_properties
    for name in ("author", "last_modified_by", "title", "subject", "comments", "keywords", "category"):
        assert getattr(core, name) == ""
    assert core.created == core.modified == dt.datetime(1980, 1, 1, tzinfo=dt.UTC) and core.revision == 1
    file = tmp_path / "page.docx"
    file.write_bytes(made)
    traces = ("rsid", "python", "Macintosh", "Normal.dot", "Company", "Office Theme", "thumbnail", "docId")
    assert found_in(file, (*traces, "kapjournal", "lang", "2013")) == [] and days_in(file) == []


def test_the_same_page_makes_the_same_bytes() -> None:
    with clock.at(dt.datetime(2024, 11, 12, 9, tzinfo=dt.UTC)):
        first = docx(page(BODY))
    with clock.at(dt.datetime(2026, 1, 2, 3, tzinfo=dt.UTC)):
        assert docx(page(BODY)) == first


def test_names_stand_in_it_where_they_were_written_and_nowhere_else(tmp_path: Path) -> None:
    named, unnamed = tmp_path / "named.docx", tmp_path / "unnamed.docx"
    named.write_bytes(docx(page("An*a* spoke to **B**en, and Dr Lee heard it on 2024-11-12.")))
    assert found_in(named, LABELS) == list(LABELS) and days_in(named) == ["2024-11-12"]
    with clock.at(dt.datetime(2024, 11, 12, 9, tzinfo=dt.UTC)):
        unnamed.write_bytes(docx(page("Somebody spoke.")))
    assert found_in(unnamed, (*LABELS, ANA.label, BEN.label, LEE.label)) == [] and days_in(unnamed) == []
    assert "Somebody spoke." in said_by(unnamed)


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=()), max_size=60), st.text(max_size=60))
def test_no_word_is_lost_and_any_character_can_be_opened(odd: str, body: str) -> None:
    made = docx(PrintedPage("n", odd, (odd,), (body, (odd,)), (odd,)))
    assert opened(made).paragraphs
    read = "\n".join(paragraphs(made))
    assert [one for one in re.findall(r"[^\W_]+", body) if one not in read] == []


@pytest.mark.parametrize(
    "odd", ["\x00", "\x0b", "\x1b[2J", "\ud800", "\ufffe", "\uffff", "😀", "a\u0301", "\x85"]
)
def test_odd_characters(odd: str) -> None:
    read = paragraphs(docx(PrintedPage("n", f"<{odd}&", (), ((f"]]>{odd}",),), ())))
    kept = odd in ("😀", "a\u0301", "\x85")
    assert any(f"<{odd if kept else re.sub('.', '�', odd[0]) + odd[1:]}&" in one for one in read)


def test_a_table_wider_than_word_knows_is_set_as_lines() -> None:
    wide = f"|{'a|' * 70}\n|{'-|' * 70}\n|{'b|' * 70}\n"
    document = opened(docx(page(wide)))
    assert not document.tables and any(one.text.count("b") == 70 for one in document.paragraphs)


def test_columns_are_as_wide_as_their_words() -> None:
    """For what does not go by the words itself, as Word does; none is too narrow for a short one."""
    words = "| a | b |\n| - | - |\n| 23 March | " + "word " * 40 + "|\n| | x |\n"
    [grid] = fromstring(part(docx(page(words)), "word/document.xml")).iter(f"{W}tblGrid")
    first, last = (int(one.get(f"{W}w", "0")) for one in grid)
    assert 9_390 <= first + last <= 9_400 and last // first == 6  # of 48 letters and of 8


def test_deep_lists_and_empty_items() -> None:
    deep = "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(15)) + "\n-\n- > quoted\n"
    made = docx(page(deep))
    assert all(any(f"level {depth}" in one for one in paragraphs(made)) for depth in range(15))
    levels = {one.get(f"{W}val") for one in fromstring(part(made, "word/document.xml")).iter(f"{W}ilvl")}
    assert levels <= set("012345678")


def test_a_booklet_has_sheets_of_a5_behind_a_title_page() -> None:
    section = opened(docx(page("words", layout="booklet"))).sections[0]
    assert section.page_width is not None and section.page_width.mm == pytest.approx(148, abs=0.5)
    assert 'w:type="page"' in part(docx(page("words", layout="booklet")), "word/document.xml")


def test_too_long_a_page_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"at most.*\.html"):
        docx(page("x" * (MAX_CHARACTERS + 1)))
    long = note("word " * (2 * 1024 * 1024))
    with pytest.raises(Refused):
        print_note(FakeJournal().journal, long, tmp_path / "page.docx")
    assert not list(tmp_path.iterdir())


def test_a_note_becomes_one_by_the_name_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[bytes] = []

    def write(_: Journal, dest: Path, data: bytes, sealing: object) -> str:
        written.append(data)
        return str(dest)

    monkeypatch.setattr("kapjournal.exchange.printed_note.save_page", write)
    fake = FakeJournal().journal
    print_note(fake, note("words of hers", "A day"), tmp_path / "page.DOCX")
    with clock.at(dt.datetime(2024, 11, 12, 9, tzinfo=dt.UTC)):
        said = paragraphs(docx(printed_page(fake, note("words of hers", "A day"))))
    assert said[0] == "A day" and "words of hers" in said and said[:3] == paragraphs(written[0])[:3]


def test_nobody_waits_for_what_makes_it_who_wants_none() -> None:
    program = (
        "import sys, kapjournal.cli.app, kapjournal.exchange.booklet; kapjournal.cli.app.command(); "
        "print(*sys.modules)"
    )
    loaded = run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"docx", "lxml", "pyrage"} & set(loaded)
