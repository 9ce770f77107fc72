"""A note as a PDF: it reads as it was written, nothing in it is Typst, and it tells nothing of its making."""

import datetime as dt
import io
import json
import platform
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.errors import CannotSave, KapjournalError, Refused
from kapjournal.exchange import printed_pdf
from kapjournal.exchange.printed_blocks import blocks_of
from kapjournal.exchange.printed_note import print_note
from kapjournal.exchange.printed_page import printed_page
from kapjournal.typesetting import pdf as typesetter
from kapjournal.typesetting.page import Block
from tests.exchange.fake_journal import ANA, BEN, FakeJournal
from tests.exchange.test_printed_note import note

NOON = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)


def file(body: str, title: str = "", author: MemberId = ANA.id) -> bytes:
    with clock.at(NOON):
        page = printed_page(FakeJournal().journal, note(body, title, author))
        return printed_pdf.pdf(page, lambda _: None)


def made(body: str, title: str = "", author: MemberId = ANA.id) -> PdfReader:
    return PdfReader(io.BytesIO(file(body, title, author)))


def words(pdf: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages)


def closely(text: str) -> str:
    return re.sub(r"\s", "", text)


EVERYTHING = """# A heading

The *light* was **on**, ~~not~~ `in code`.
Next line\\
and next.

3. three
4. four
   - within

> quoted
> > twice

| one | two |
|:---:|----:|
| 1st | 2nd |

```said beside
    to the letter
```

---
"""


def test_all_of_a_note_stands_on_it() -> None:
    text = words(made(EVERYTHING, "Hall & <way>", BEN.id))
    assert "Hall & <way>" in text and "by Ben" in text and "A heading" in text
    assert "The light was on, not in code." in text and "Next line\nand next." in text
    for part in ("3.\n?.*three", "within", "quoted", "twice", "1st", "2nd", "said beside", "to the letter"):
        assert re.search(part, text), part
    assert "Printed by Ana on 12 March 2026" in text and "not sealed" in text


def test_it_tells_its_title_and_day_and_nothing_else_of_its_making() -> None:
    data = file("The light.", "Hall")
    pdf = PdfReader(io.BytesIO(data))
    assert pdf.metadata is not None
    day = "D:20260312000000Z"
    told = {name: str(value) for name, value in pdf.metadata.items()}
    assert told.pop("/Creator").startswith("Typst ")
    assert told == {"/Title": "Hall", "/CreationDate": day, "/ModDate": day}
    xmp = data.split(b"<?xpacket")[1].decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp and "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "creator>" not in xmp and set(re.findall(r"T[\d:]{8}", xmp)) == {"T00:00:00"}
    for secret in (platform.node(), str(Path.home()), "kapjournal"):
        assert secret not in xmp


def test_the_same_page_is_the_same_file() -> None:
    assert file("The light.") == file("The light.")


INJECTIONS = [
    '#read("/etc/passwd")',
    '#image("/etc/passwd")',
    "![x](/etc/passwd)",
    '#import "@preview/cetz:0.3.0": *',
    '#include "printed_pdf.py"',
    "#sys.inputs",
    '#eval("1+1")',
    '") #panic("out") (',
    '"))] #panic("out")',
    "\\u{23}panic()",
    "#set page(fill: red)",
    "$ sum_(i=1)^n $",
    "@reference <label>",
    "// left out",
    "/* left out */",
    "#(while true {})",
    "<script>alert(1)</script>",
    '`#read("/etc/passwd")`',
    '}{"kind":"rule"}',
]


def test_nothing_a_person_writes_is_read_as_typst() -> None:
    """In a paragraph, a heading, a quote, a cell, code, the title, and a tag of a fence."""
    pipe = "\n".join(f"| {one.replace('|', '')} |" for one in INJECTIONS)
    body = "\n\n".join(
        [*INJECTIONS, *(f"# {one}" for one in INJECTIONS), *(f"> - {one}" for one in INJECTIONS)]
        + [f"    {one}" for one in INJECTIONS]
        + ["```#panic()\n#panic()\n```", f"| x |\n|---|\n{pipe}"]
    )
    pdf = made(body, '#read("/etc/passwd") "] #panic()')
    text = closely(words(pdf))
    for one in INJECTIONS:
        assert text.count(closely(one.strip("`"))) >= 5, one
    assert "root:" not in text and '#read("/etc/passwd")"]#panic()' in text
    assert not any("/Annots" in page for page in pdf.pages)
    assert not {"/AA", "/OpenAction", "/Names", "/AcroForm"} & set(pdf.root_object)


def said(blocks: list[Block]) -> str:
    """Every word of some blocks, as the typesetter gets them."""
    found: list[str] = []

    def look(one: object) -> None:
        if isinstance(one, dict):
            found.extend([one["words"]] if "words" in one else [])
            found.extend([f"{one['start']:09}"] if one.get("start") is not None else [])
            for inner in one.values():
                look(inner)
        elif isinstance(one, list):
            for inner in one:
                look(inner)

    look(blocks)
    return " ".join(found)


@example("0)")
@given(st.text())
def test_no_word_is_lost_on_the_way_to_the_typesetter(body: str) -> None:
    page = printed_page(FakeJournal().journal, note(body, "t"))
    data = blocks_of(page)
    assert json.loads(json.dumps(data)) == json.loads(json.dumps(data, ensure_ascii=False))
    text = said(data["main"])
    assert [one for one in re.findall(r"[^\W_]+", body) if one not in text] == []


MARKS = st.text("#$\\@<>[](){}`*_~\"'|-+=/:;.,!&%^? \n\tab1אé", max_size=80)


@settings(max_examples=8, deadline=None)
@given(st.lists(MARKS, min_size=20, max_size=40))
def test_whatever_marks_it_is_made_of_it_is_set(bodies: list[str]) -> None:
    body = "\n\n".join(bodies) + "\n\n~~~\n```\n~~~\n\nthe end"
    assert "the end" in words(made(body, closely(bodies[0])[:50]))


def test_right_to_left_words_are_set() -> None:
    text = words(made("שלום\n\nمرحبا\n\n- אחת\n- שתיים\n\n> ציטוט\n\nПривет ελληνικά"))
    for word in ("שלום", "אחת", "ציטוט", "Привет", "ελληνικά"):
        assert word in text


def test_a_word_longer_than_the_sheet_is_broken_and_stays_whole_for_whoever_copies_it() -> None:
    for body in ("W" * 900, f"    {'W' * 900}", f"| a |\n|---|\n| {'W' * 900} |"):
        pdf = made(body)
        assert "W" * 900 in closely(words(pdf))
        assert max(map(len, words(pdf).splitlines())) < 120


def test_what_lies_deep_is_set_and_what_lies_deeper_as_it_was_typed() -> None:
    assert "deep down" in words(made("> " * 24 + "deep down"))
    nested = "\n".join(f"{'  ' * depth}- level{depth}" for depth in range(12))
    assert "level11" in words(made(nested))
    assert "> > deep down" in words(made("> " * 60 + "deep down"))


def test_a_long_note_goes_over_several_sheets() -> None:
    pdf = made("\n\n".join(f"Paragraph {number}. " + "The light was on. " * 20 for number in range(100)))
    assert len(pdf.pages) > 5 and "Paragraph 99." in words(pdf)


def test_what_is_too_long_is_refused_and_html_offered() -> None:
    with pytest.raises(Refused, match=r"200,0\d\d characters; a PDF .* \.html"):
        made("x " * 100_001)


def test_a_character_no_font_has_is_named_and_html_offered() -> None:
    with pytest.raises(CannotSave, match=r"cjk unified ideograph-65e5 \(U\+65E5\)\. .*\.html"):
        made("日本語 in a line")
    with pytest.raises(CannotSave, match=r"\(U\+E000\)"):
        made("\ue000")


def prints(folder: Path, name: str) -> str:
    return print_note(FakeJournal(path=folder / "ours.kap").journal, note("The light."), folder / name)


def test_without_typst_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetter, "find_spec", lambda _: None)
    with pytest.raises(CannotSave, match=r"package typst.*pipx inject kapjournal typst.*\.html") as told:
        prints(tmp_path, "page.pdf")
    assert told.value.exit_code == 7
    assert list(tmp_path.iterdir()) == []


def test_what_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KapjournalError):
        print_note(
            FakeJournal(path=tmp_path / "ours.kap").journal,
            note("The light."),
            tmp_path / "page.pdf",
            lambda stop: stop(),
        )
    assert list(tmp_path.iterdir()) == []
