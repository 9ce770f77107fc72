"""A page as HTML that prints well. It asks for nothing from anywhere: no script, no picture, no address that
can be followed. What is markdown in it is set much as the screens show it."""

from collections.abc import Iterable, Iterator
from html import escape

from kapjournal.exchange.printed_page import PrintedPage
from kapjournal.exchange.printed_words import as_html, direction, parsed

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

_STYLE = """
@page { margin: 22mm 20mm; }
body { font: 12pt/1.5 Georgia, "Times New Roman", serif; color: #111; background: #fff; max-width: 36em;
  margin: 2em auto; padding: 0 1em; overflow-wrap: anywhere; }
h1 { font-size: 1.5em; margin: 0 0 .2em; }
h2, h3, h4, h5, h6, main h1 { font-size: 1.1em; margin: 1.4em 0 .3em; break-after: avoid; }
main h1 { font-size: 1.25em; } main h2 { font-size: 1.2em; }
header { border-bottom: 1px solid #999; margin-bottom: 1.5em; padding-bottom: .6em; }
header p, footer p { margin: 0; color: #444; font-size: .85em; }
footer { border-top: 1px solid #999; margin-top: 2em; padding-top: .6em; break-inside: avoid; }
p { orphans: 3; widows: 3; }
blockquote { margin: 0 0 1em; padding-inline-start: 1em; border-inline-start: 2px solid #999; }
pre { white-space: pre-wrap; font-size: .9em; }
code { font-size: .9em; } pre code { font-size: 1em; }
table { border-collapse: collapse; } td, th { border: 1px solid #999; padding: .2em .5em; }
td:first-child, th:first-child { overflow-wrap: break-word; }
tr { break-inside: avoid; }
hr { border: 0; border-top: 1px solid #999; margin: 1.5em 0; }
.booklet header { border: 0; text-align: center; padding: 30vh 0; break-after: page; }
.booklet h1 { font-size: 2em; } .booklet main h2 { font-size: 1.35em; margin-top: 2em; }
.booklet h4 { font-size: 1em; font-style: italic; font-weight: normal; }
@page close { margin: 10mm 16mm; }
.close main h1 { font-size: 1.5em; }
.close hr { margin: 7mm 0; }
@media print { body { margin: 0; padding: 0; max-width: none; }
  .close { page: close; font-size: 9.5pt; line-height: 1.2; } .close hr { margin: 5.5mm 0; }
  .close header { margin-bottom: .8em; padding-bottom: .3em; }
  .close main h1 { margin: 0 0 .4em; } .close main h2 { font-size: 1em; margin: .5em 0 .1em; }
  .close p { margin: 0 0 .2em; }
  .close hr:last-child { margin-bottom: 0; } .close footer { margin-top: 1em; padding-top: .3em; } }
""".strip()


def html(page: PrintedPage) -> str:
    """The whole page."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: PrintedPage) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f'<title>{escape(page.name)}</title><style>{_STYLE}</style></head><body class="{page.layout}">'
    title = f'<h1 dir="{direction(page.title)}">{escape(page.title)}</h1>' if page.title else ""
    yield f"<header>{title}{_paragraphs(page.about)}</header>"
    main = (words_as_html(part) if isinstance(part, str) else _paragraphs(part) for part in page.main)
    yield f"<main>{''.join(main)}</main>"
    yield f"<footer>{_paragraphs(page.foot)}</footer></body></html>" if page.foot else "</body></html>"


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f'<p dir="{direction(line)}">{_broken(line)}</p>' for line in lines)


def _broken(lines: str) -> str:
    return "<br>".join(map(escape, lines.split("\n")))


def words_as_html(words: str) -> str:
    """Words as HTML, or as they were typed where the parser would drop some."""
    root = parsed(words)
    return f'<pre dir="auto">{escape(words)}</pre>' if root is None else as_html(root)
