"""An empty text document (DOCX) that says nothing of person, computer, program or time, and its bytes.

It begins with the template of python-docx. Left of that are the styles used here, with looks of our own, and
the places for words, lists and settings. Its preview picture, fonts, theme and bibliography go, and so do the
marks of its editing and the names of programs.

It takes long to import, and few want one: whoever makes a document imports it then.
"""

import datetime as dt
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import cast

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from lxml import etree

FIRST_DAY = dt.datetime(1980, 1, 1)
"""The time that stands wherever there has to be one: the first that a ZIP archive can say."""

DETAILS = "Details"
"""The style of the lines above and below the words."""

_KEPT = frozenset({"document.xml", "styles.xml", "numbering.xml", "settings.xml", "core.xml"})
_UNSEEN_MARKS = ("rsid", "theme", "lang", "Ignorable")
_SERIF, _MONO = "Georgia", "Courier New"


@dataclass(frozen=True, slots=True)
class _Look:
    """How a style looks: sizes and spaces in points, the space to both sides in twentieths of one."""

    size: float = 12
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 8
    is_mono: bool = False


_LOOKS: Mapping[str, _Look] = {
    "Normal": _Look(),
    "Title": _Look(20, bold=True, after=4),
    **{f"Heading {level}": _Look(max(18 - 2 * level, 12), True, before=14, after=4) for level in range(1, 5)},
    "Heading 5": _Look(12, True, True, before=12, after=4),
    "Heading 6": _Look(12, italic=True, before=12, after=4),
    "List Paragraph": _Look(after=4),
    "Quote": _Look(italic=False),
    "macro": _Look(10, is_mono=True),
    DETAILS: _Look(10, after=0),
}
_OTHERS = frozenset({"Default Paragraph Font", "Normal Table", "No List", "Table Grid"})


def empty_document() -> Document:
    """A new document, for headings, paragraphs, lists, quotes, code and tables."""
    document = docx.Document()
    document.styles.add_style(DETAILS, WD_STYLE_TYPE.PARAGRAPH)
    _keep_few_parts(document)
    _keep_few_styles(document)
    _say_nothing(document)
    return document


def bytes_of(document: Document) -> bytes:
    """The file, the same bytes for the same words."""
    saved, whole = BytesIO(), BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as found, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as written:
        for name in found.namelist():
            entry = zipfile.ZipInfo(name, FIRST_DAY.timetuple()[:6])
            entry.create_system = 0  # whatever the computer is
            written.writestr(entry, found.read(name), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _keep_few_parts(document: Document) -> None:
    for rels in (document.part.package.rels, document.part.rels):
        for number, rel in list(rels.items()):
            if rel.target_part.partname.filename not in _KEPT:
                del rels[number]


def _keep_few_styles(document: Document) -> None:
    for style in list(document.styles):
        if style.name not in _LOOKS and style.name not in _OTHERS:
            style.delete()
    for element in document.styles.element.xpath("w:latentStyles | w:style/w:link"):
        element.getparent().remove(element)
    for element in document.styles.element.xpath(".//w:rFonts | .//w:color | .//w:pBdr | .//w:lang"):
        element.getparent().remove(element)
    for name, look in _LOOKS.items():
        _dress(cast(ParagraphStyle, document.styles[name]), look)


def _dress(style: ParagraphStyle, look: _Look) -> None:
    style.font.name = _MONO if look.is_mono else _SERIF
    fonts = style.element.rPr.rFonts
    for script in ("w:cs", "w:eastAsia"):  # each of the fonts has few scripts; a reader fills in the others
        fonts.set(qn(script), _MONO if look.is_mono else "Times New Roman")
    for element in style.element.rPr.xpath("w:szCs"):
        element.getparent().remove(element)
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
    of_other_scripts = OxmlElement("w:szCs", attrs={qn("w:val"): str(round(2 * look.size))})
    style.element.rPr.find(qn("w:sz")).addnext(of_other_scripts)
    style.font.cs_bold, style.font.cs_italic = look.bold, look.italic
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(look.before), Pt(look.after), 1.2
    layout.left_indent = layout.first_line_indent = None


def _say_nothing(document: Document) -> None:
    settings = document.settings.element
    for element in list(settings):
        settings.remove(element)
    settings.append(
        parse_xml(
            f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
            'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        )
    )
    numbering = document.part.numbering_part.element
    for element in list(numbering):
        numbering.remove(element)
    core = document.core_properties
    for name in ("author", "last_modified_by", "title", "subject", "comments", "keywords", "category"):
        setattr(core, name, "")
    core.created, core.modified, core.revision = FIRST_DAY, FIRST_DAY, 1
    for root in (document.element, document.styles.element, settings, numbering):
        for element in root.iter():
            for name in list(element.attrib):
                if any(mark.casefold() in str(name).rpartition("}")[2].casefold() for mark in _UNSEEN_MARKS):
                    del element.attrib[name]
        for element in root.xpath(".//w:rsid"):
            element.getparent().remove(element)
        etree.cleanup_namespaces(root)
