"""What the real programs exported: jrnl 4.6 (from PyPI) and Joplin CLI 3.5.1 (from npm), each given a few
neutral entries. The files in `real` are as those programs wrote them."""

import datetime as dt

import pytest

from kapjournal.domain.incoming import IncomingNote
from kapjournal.exchange.imports.sources import source

from .making import REAL, read

JRNL = [
    (dt.date(2024, 3, 2), "The kettle.", "It hummed, and the light was on. @kitchen", {"kitchen"}),
    (
        dt.date(2024, 3, 5),
        "A walk along the lake.",
        "Second line with an umlaut: über.\n\n* one\n* two @lake #walk",
        {"lake", "walk"},
    ),
    (dt.date(2024, 3, 5), "No body here", "", set()),
]


def told(note: IncomingNote) -> tuple[dt.date, str, str, set[str]]:
    return note.date, note.title, note.body, set(note.tags)


@pytest.mark.parametrize("name", ["jrnl.json", "jrnl.txt", "jrnl-folder", "jrnl-markdown", "jrnl-yaml"])
def test_all_that_jrnl_keeps_and_exports_says_the_same(name: str) -> None:
    notes, problems = read("jrnl", REAL / name)
    assert [told(note) for note in notes] == JRNL and not problems
    assert [note.written and note.written.astimezone().strftime("%H:%M") for note in notes] == [
        "09:30",
        "18:05",
        "21:00",
    ]


@pytest.mark.parametrize("name", ["joplin.jex", "joplin-markdown"])
def test_what_joplin_exports_comes_with_tags_moments_and_files(name: str) -> None:
    notes, problems = read("joplin", REAL / name)
    found = {note.title: note for note in notes}
    assert set(found) == {"The kettle", "A walk", "Call"} and not problems
    kettle = found["The kettle"]
    assert set(kettle.tags) == {"kitchen", "by the lake"} and kettle.body.endswith("- two über")
    assert [(file.name, file.size) for file in kettle.files] == [("lake.png", 80)]
    assert kettle.date == dt.date(2026, 11, 30) and kettle.written and kettle.revised
    assert kettle.written.isoformat(timespec="seconds") == "2026-11-30T19:42:20+00:00"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("joplin.jex", "joplin"),
        ("joplin-markdown", "markdown"),
        ("jrnl.json", "jrnl"),
        ("jrnl.txt", "jrnl"),
        ("jrnl-folder", "jrnl"),
    ],
)
def test_a_source_is_recognised(name: str, kind: str) -> None:
    with source("", REAL / name) as found:
        assert found.kind == kind
