"""A page as a text document (DOCX) that any word processor opens, to be read, commented and worked on.

Headings, lists, quotes and tables are what the program calls so, and nothing in it is locked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from kapjournal.errors import Refused
from kapjournal.exchange.docx_package import DETAILS, bytes_of, empty_document
from kapjournal.exchange.printed_blocks import blocks_of, length_of
from kapjournal.exchange.printed_page import PrintedPage
from kapjournal.exchange.printed_words import direction
from kapjournal.typesetting.page import Align, Block, Layout, Run

MAX_CHARACTERS = 200_000
"""The longest page that is made into one: about a hundred sheets. That takes up to twenty seconds, and 300 MB
of memory, where all of it is items of a list or cells of a table."""

INSTEAD = "A name that ends in .html saves it as a page that any browser prints."

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What cannot stand in such a file at all (XML 1.0, section 2.2)."""

_STYLES = {"heading": "Heading{}", "paragraph": "Normal", "line": DETAILS, "code": "MacroText"}
_STEP = 400
"""How far a list or a quote is set in, in twentieths of a point."""

_DEEPEST = 9
_MOST_COLUMNS = 63
"""What Word knows of levels and columns."""
_NARROWEST, _WIDEST, _TABLE = 8, 48, 9_400
"""In how many letters the shares of columns are counted, and how wide a table is, in twentieths of a point.
Word goes by the words; others by this."""

_SIZES: Mapping[Layout, tuple[str, str, str, str]] = {
    "page": ("11906", "16838", "1247", "1134"),
    "booklet": ("8391", "11906", "1020", "907"),
    "close": ("11906", "16838", "850", "1020"),
}
"""Width, height and margins of A4 and, for a booklet, A5, in twentieths of a point."""


def docx(page: PrintedPage) -> bytes:
    """The whole page (`Refused` if it is too long). What cannot stand in such a file becomes �."""
    if (length := length_of(page)) > MAX_CHARACTERS:
        raise Refused(
            f"This page has {length:,} characters; a DOCX is made of {MAX_CHARACTERS:,} at most. {INSTEAD}"
        )
    document = empty_document(is_close=page.layout == "close")
    writer = _Writer(document)
    blocks = blocks_of(page)
    for block in blocks["head"]:
        writer.write(block, style="Title" if block["kind"] == "heading" else DETAILS)
    writer.end_head(is_cover=blocks["layout"] == "booklet")
    for block in blocks["main"]:
        writer.write(block)
    if blocks["foot"]:
        writer.write({"kind": "rule", "dir": "ltr"})
    for block in blocks["foot"]:
        writer.write(block, style=DETAILS)
    writer.set_size(_SIZES[blocks["layout"]])
    return bytes_of(document)


class _Writer:
    """Writes blocks to the end of a document."""

    def __init__(self, document: Document) -> None:
        self._end = document.element.body.sectPr
        self._numbering = document.part.numbering_part.element
        self._numbering.extend([_list_kind(0, "bullet", "•"), _list_kind(1, "decimal", "%{}.")])
        self._lists = 0

    def write(self, block: Block, *, style: str = "") -> None:
        """Write one block, in a style of its own if need be."""
        for element in self._elements(block, 0, style):
            self._end.addprevious(element)

    def end_head(self, *, is_cover: bool) -> None:
        """Draw a line under the head, or begin a page behind a cover."""
        if not is_cover:
            self.write({"kind": "rule", "dir": "ltr"})
            return
        run = _element("w:r")
        run.append(_element("w:br", type="page"))
        paragraph = _element("w:p")
        paragraph.append(run)
        self._end.addprevious(paragraph)

    def set_size(self, size: tuple[str, str, str, str]) -> None:
        """Set the size of the sheets and their margins."""
        width, height, upright, side = size
        for element in list(self._end):
            self._end.remove(element)
        self._end.append(_element("w:pgSz", w=width, h=height))
        margins = {"top": upright, "right": side, "bottom": upright, "left": side}
        self._end.append(_element("w:pgMar", **margins, header="567", footer="567", gutter="0"))

    def _elements(self, block: Block, indent: int, style: str = "", depth: int = 0) -> Iterator[Any]:
        kind = block["kind"]
        if kind == "quote":
            for one in block["blocks"]:
                yield from self._elements(one, indent + _STEP, "Quote", depth)
        elif kind == "items":
            yield from self._items(block, indent, depth)
        elif kind == "table":
            yield from _table(block, indent)
        elif kind == "rule":
            yield _paragraph("Normal", [], block["dir"], indent, rule=True)
        else:
            of_kind = _STYLES[kind].format(block.get("level"))
            runs = block.get("runs") or [{"words": block.get("words", ""), "marks": []}]
            keeps = kind in ("heading", "code") and style != "Title"
            yield _paragraph(of_kind if keeps or not style else style, runs, block["dir"], indent)

    def _items(self, block: Block, indent: int, depth: int) -> Iterator[Any]:
        number = self._new_list(block["start"], depth)
        inner = indent + _STEP
        for item in block["items"]:
            begins_with_words = bool(item) and item[0]["kind"] == "paragraph"
            empty: Block = {"kind": "paragraph", "dir": block["dir"], "runs": []}
            first, rest = (item[0], item[1:]) if begins_with_words else (empty, item)
            yield _paragraph(
                "ListParagraph", first["runs"], first["dir"], inner, number=(number, min(depth, _DEEPEST - 1))
            )
            for one in rest:
                yield from self._elements(one, inner, "ListParagraph", depth + 1)

    def _new_list(self, start: int | None, depth: int) -> str:
        """The number of a list of its own, so that each begins where it says."""
        self._lists += 1
        made = _element("w:num", numId=str(self._lists))
        made.append(_element("w:abstractNumId", val="0" if start is None else "1"))
        if start is not None:
            over = _element("w:lvlOverride", ilvl=str(min(depth, _DEEPEST - 1)))
            over.append(_element("w:startOverride", val=str(start)))
            made.append(over)
        self._numbering.append(made)
        return str(self._lists)


def _list_kind(number: int, form: str, mark: str) -> Any:
    kind = _element("w:abstractNum", abstractNumId=str(number))
    kind.append(_element("w:multiLevelType", val="multilevel"))
    for level in range(_DEEPEST):
        one = _element("w:lvl", ilvl=str(level))
        one.append(_element("w:start", val="1"))
        one.append(_element("w:numFmt", val=form))
        one.append(_element("w:lvlText", val=mark.format(level + 1)))
        one.append(_element("w:lvlJc", val="left"))
        kind.append(one)
    return kind


def _paragraph(
    style: str,
    runs: Sequence[Run],
    read: str,
    indent: int,
    *,
    number: tuple[str, int] | None = None,
    rule: bool = False,
    align: str = "",
    bold: bool = False,
) -> Any:
    about = _element("w:pPr")
    about.append(_element("w:pStyle", val=style))
    if number is not None:
        of_list = _element("w:numPr")
        of_list.append(_element("w:ilvl", val=str(number[1])))
        of_list.append(_element("w:numId", val=number[0]))
        about.append(of_list)
    if rule:
        line = _element("w:pBdr")
        for side in ("w:bottom", "w:between"):  # of several in a row a reader draws the last alone else
            line.append(_element(side, val="single", sz="4", space="1", color="999999"))
        about.append(line)
    if read == "rtl":
        about.append(_element("w:bidi"))
    if indent:
        hanging = {"hanging": str(_STEP)} if number is not None else {}
        about.append(_element("w:ind", left=str(indent), **hanging))
    if align:
        about.append(_element("w:jc", val=align))
    paragraph = _element("w:p")
    paragraph.append(about)
    paragraph.extend(_run(run, bold=bold) for run in runs)
    return paragraph


def _run(run: Run, *, bold: bool = False) -> Any:
    made, about = _element("w:r"), _element("w:rPr")
    marks = set(run["marks"])
    if "code" in marks:
        about.append(_element("w:rFonts", ascii="Courier New", hAnsi="Courier New", cs="Courier New"))
    if bold or "strong" in marks:
        about.extend([_element("w:b"), _element("w:bCs")])
    if "em" in marks:
        about.extend([_element("w:i"), _element("w:iCs")])
    if "s" in marks:
        about.append(_element("w:strike"))
    words = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", run["words"])
    if direction(words) == "rtl":
        about.append(_element("w:rtl"))
    if len(about):
        made.append(about)
    made.text = words
    return made


def _table(block: Block, indent: int) -> Iterator[Any]:
    columns = len(block["head"])
    cells = block["cells"]
    rows = [block["head"], *(cells[at : at + columns] for at in range(0, len(cells), columns))]
    if columns > _MOST_COLUMNS:
        for row in rows:
            gap: Run = {"words": "\t", "marks": []}
            yield _paragraph("Normal", [run for cell in row for run in (*cell, gap)], block["dir"], indent)
        return
    table, about = _element("w:tbl"), _element("w:tblPr")
    about.append(_element("w:tblStyle", val="TableGrid"))
    if block["dir"] == "rtl":
        about.append(_element("w:bidiVisual"))
    about.append(_element("w:tblW", w="0", type="auto"))
    if indent:
        about.append(_element("w:tblInd", w=str(indent), type="dxa"))
    grid = _element("w:tblGrid")
    letters = [[sum(len(run["words"]) for run in cell) for cell in row] for row in rows]
    shares = [min(max(*column, _NARROWEST), _WIDEST) for column in zip(*letters, strict=True)]
    grid.extend(_element("w:gridCol", w=str(_TABLE * one // sum(shares))) for one in shares)
    table.extend([about, grid])
    for place, row in enumerate(rows):
        table.append(_row(row, block["align"], is_head=place == 0))
    yield table
    yield _paragraph("Normal", [], block["dir"], indent)


def _row(row: Sequence[Sequence[Run]], aligned: Sequence[Align], *, is_head: bool) -> Any:
    made = _element("w:tr")
    if is_head:
        about = _element("w:trPr")
        about.append(_element("w:tblHeader"))
        made.append(about)
    for cell, align in zip(row, aligned, strict=True):
        read = direction("".join(run["words"] for run in cell))
        swapped = {"left": "right", "right": "left"} if read == "rtl" else {}  # Word means begin and end
        side = "" if align == "start" else swapped.get(align, align)
        one, about = _element("w:tc"), _element("w:tcPr")
        about.append(_element("w:tcW", w="0", type="auto"))
        one.extend([about, _paragraph(DETAILS, cell, read, 0, align=side, bold=is_head)])
        made.append(one)
    return made


def _element(tag: str, **attributes: str) -> Any:
    return OxmlElement(tag, attrs={qn(f"w:{name}"): value for name, value in attributes.items()})
