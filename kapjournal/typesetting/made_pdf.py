"""Sets a page as a PDF, as a program of its own: `pdf` runs it.

What a person wrote reaches Typst as data only. The text that Typst reads as its language is `page.typ`, which
never changes and reads no file. Besides, this process has the limits of `confined`: where the system has them
it can open no file and no connection, and write nothing. Fonts of the computer are the one thing it may read,
and only if it is told so, for a page that has a character no other font has.

The page comes by standard input as JSON; the PDF goes to standard output.
"""

import os
import re
import sys
from pathlib import Path

from kapjournal.confined import keep_within_limits
from kapjournal.typesetting.pdf import MISSING, SYSTEM_FONTS

_MAX_MEMORY = 2 * 1024 * 1024 * 1024
_MAX_SECONDS = 60
_NOWHERE = Path(__file__)
"""A file in the place of the folder of files that a page may read: there is nothing in it."""

_TEMPLATE = Path(__file__).with_name("page.typ")

_CANNOT_SHOW = re.compile(
    r'the (?:text|PDF contains the codepoint) `"(?:\\u\{(?P<code>[0-9a-f]+)\}|(?P<character>.))'
)
"""How Typst begins to quote what it cannot show."""


def main() -> None:
    """Read, set, write."""
    system_fonts = SYSTEM_FONTS in sys.argv
    os.environ["RAYON_NUM_THREADS"] = "1"  # each more would take its share of the memory
    import typst  # noqa: PLC0415 - `pdf` is asked for where it may be missing

    template, fonts = _TEMPLATE.read_bytes(), typst.Fonts(include_system_fonts=system_fonts)
    typst.compile(b"", font_paths=fonts)  # starts the threads, which cannot be started later
    keep_within_limits(memory=_MAX_MEMORY, seconds=_MAX_SECONDS, may_open_files=system_fonts)
    compiler = typst.Compiler(
        template,
        root=_NOWHERE,
        font_paths=fonts,
        sys_inputs={"page": sys.stdin.buffer.read().decode()},
        package_path=_NOWHERE,
        package_cache_path=_NOWHERE,
    )
    try:
        answer = compiler.compile(format="pdf", pdf_standards="a-2a")
    except typst.TypstError as error:
        found = _CANNOT_SHOW.search(error.message)
        if found is None:
            raise
        character = chr(int(found["code"], 16)) if found["code"] else found["character"]
        answer = MISSING + character.encode()
    assert isinstance(answer, bytes)  # noqa: S101 - a PDF is one file
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
