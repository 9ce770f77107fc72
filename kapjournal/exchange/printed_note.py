"""One note as a page of HTML that prints well: its words, what goes with it, and the names of its files.

The page asks for nothing from anywhere: no script, no picture, no address that can be followed. What is
markdown in the note is set much as the screens show it; HTML, links and pictures in it stand as they were
typed.
"""

from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from kapjournal import clock
from kapjournal.domain.notes import Note
from kapjournal.exchange.page_file import save_page
from kapjournal.presentation import days, notes, signing
from kapjournal.presentation.attachments import in_a_line
from kapjournal.presentation.people import readers_in_words
from kapjournal.text import shown, shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

FILE_NAME = "page.html"
"""What is suggested for the file: it names nobody."""

NOT_SEALED = "This page is not sealed: whoever has it can read it."

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_DEEPEST = 100
"""Quotes and lists are set to this depth; a note that goes deeper is set as it was typed."""

_STYLE = """
@page { margin: 22mm 20mm; }
body { font: 12pt/1.5 Georgia, "Times New Roman", serif; color: #111; background: #fff; max-width: 36em;
  margin: 2em auto; padding: 0 1em; overflow-wrap: break-word; }
h1 { font-size: 1.5em; margin: 0 0 .2em; }
h2, h3, h4, h5, h6 { font-size: 1.1em; margin: 1.4em 0 .3em; break-after: avoid; }
header { border-bottom: 1px solid #999; margin-bottom: 1.5em; padding-bottom: .6em; }
header p, footer p { margin: 0; color: #444; font-size: .85em; }
footer { border-top: 1px solid #999; margin-top: 2em; padding-top: .6em; break-inside: avoid; }
p { orphans: 3; widows: 3; white-space: pre-line; }
blockquote { margin: 0 0 1em; padding-left: 1em; border-left: 2px solid #999; }
pre { white-space: pre-wrap; font-size: .9em; }
table { border-collapse: collapse; } td, th { border: 1px solid #999; padding: .2em .5em; }
hr { border: 0; border-top: 1px solid #999; margin: 1.5em 0; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
""".strip()


def print_note(journal: "Journal", note: Note, dest: Path) -> str:
    """Write a note the member can read to a new file, and say so (`Refused`, `CannotSave`)."""
    return save_page(journal, dest, page(journal, note))


def page(journal: "Journal", note: Note) -> str:
    """The whole page."""
    return "\n".join(_lines(journal, note)) + "\n"


def _lines(journal: "Journal", note: Note) -> Iterator[str]:
    signed = journal.signing.of_all([note]).get(note.id)
    label = "" if note.author == journal.me.id else journal.members.label_of(note.author)
    in_doubt = note.author in journal.members.doubted_authors
    about = notes.about(note, label, journal.sessions.all(), in_doubt=in_doubt)
    yield "<!DOCTYPE html>"
    yield '<html dir="auto"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{escape(note.text.name)}</title><style>{_STYLE}</style></head><body>"
    title = f"<h1>{escape(shown_line(note.text.title))}</h1>" if note.text.title else ""
    yield f"<header>{title}{_paragraphs(about, readers_in_words(journal, note.readers))}</header>"
    if signed is None:
        yield f"<main>{_set(note.words)}</main>"
    else:
        beside = _set(note.words_beside) if note.beside else ""
        lines = signing.lines(signed, note.text.date, note.revised or note.written)
        yield f"<main>{_set(note.text.body)}{_paragraphs(*lines)}{beside}</main>"
    files = [f"File: {in_a_line(file)}, which is not on this page." for file in note.files]
    when = f"{days.long_day(clock.today())}, {days.time_of_day(clock.now())}"
    by = f"Printed by {journal.me.label} on {when}. {NOT_SEALED}"
    yield f"<footer>{_paragraphs(*files, by)}</footer></body></html>"


def _paragraphs(*lines: str) -> str:
    return "".join(f"<p>{escape(shown(line))}</p>" for line in lines if line)


def _set(words: str) -> str:
    """Words as HTML, or as they were typed where the parser would drop some."""
    tokens = _parser().parse(shown(words))
    if any(token.level >= _DEEPEST - 2 for token in tokens):
        return f"<pre>{escape(shown(words))}</pre>"
    return str(_parser().renderer.render(tokens, _parser().options, {}))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST, "breaks": False})
    parser.disable(["reference", "entity", "link", "image", "autolink"])
    return parser.enable(["table", "strikethrough"])
