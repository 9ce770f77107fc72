"""What a file that leaves says, all of it: words, properties, names of parts, and times.

For tests that look for what must not be in it. Nothing is left out because it is not seen on a page.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from pypdf import PdfReader

DAY = re.compile(r"\b(?:19|20)\d\d-?[01]\d-?[0-3]\d|D:\d{8}")
"""A day as files write one: 2026-01-05, or D:20260105 in a PDF."""

NEUTRAL = ("1980-01-01", "19800101")


def said_by(path: Path) -> str:
    """All that a file says, its own name first; how it is read is told by how it begins."""
    data = path.read_bytes()
    return "\n".join((path.name, *_said(data)))


def found_in(path: Path, words: Iterable[str]) -> list[str]:
    """Those of `words` that a file says anywhere, in whatever case."""
    said = said_by(path).casefold()
    return [word for word in words if word.casefold() in said]


def days_in(path: Path) -> list[str]:
    """All days that a file names, each once, but for the neutral one."""
    days = dict.fromkeys(DAY.findall(said_by(path)))
    return [day for day in days if not day.removeprefix("D:").startswith(NEUTRAL)]


def paragraphs(docx: bytes) -> list[str]:
    """The words of a DOCX as they are read, a paragraph a line, without markup between them."""
    with zipfile.ZipFile(io.BytesIO(docx)) as found:
        return list(_paragraphs(fromstring(found.read("word/document.xml"))))


def _said(data: bytes) -> Iterator[str]:
    if data.startswith(b"PK"):
        yield from _archive(data)
    elif data.startswith(b"%PDF-"):
        yield from _pdf(data)
    else:
        words = data.decode()
        yield from (words, unescape(words), unescape(re.sub("<[^>]*>", "", words)))


def _archive(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        yield found.comment.decode("latin-1")
        for entry in found.infolist():
            yield f"{entry.filename} {'{}-{:02}-{:02} {:02}:{:02}:{:02}'.format(*entry.date_time)}"
            yield f"{entry.comment!r} {entry.extra!r}"
            part = found.read(entry)
            if entry.filename.endswith((".xml", ".rels")):
                root = fromstring(part)
                yield part.decode()
                yield from ("".join(paragraph) for paragraph in _paragraphs(root))
                yield from _attributes(root)
            elif part.startswith((b"PK", b"%PDF-")):
                yield from _said(part)
            else:
                yield part.decode(errors="replace")


def _paragraphs(root: Element) -> Iterator[str]:
    """The words of each paragraph in one piece: a name may be written in several."""
    ended = {"br": "\n", "tab": "\t", "cr": "\n"}
    for paragraph in (one for one in root.iter() if one.tag.rpartition("}")[2] == "p"):
        parts = ((one.tag.rpartition("}")[2], one.text or "") for one in paragraph.iter())
        yield "".join(ended.get(tag, words if tag in ("t", "delText") else "") for tag, words in parts)


def _attributes(root: Element) -> Iterator[str]:
    return (value for one in root.iter() for value in one.attrib.values())


def _pdf(data: bytes) -> Iterator[str]:
    pdf = PdfReader(io.BytesIO(data))
    yield from (f"{name} {value}" for name, value in (pdf.metadata or {}).items())
    yield str(pdf.trailer)
    yield from (page.extract_text() for page in pdf.pages)
    plain = re.sub(rb"/Filter.*?\bstream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
    yield plain.decode("latin-1")  # what is in no compressed part, such as XMP
    if (about := pdf.xmp_metadata) is not None:
        yield about.stream.get_data().decode()
    yield from (str(one.title) for one in pdf.outline if not isinstance(one, list))
