"""What is read in from an archive is what went into it: written, read and written again, it is the same."""

import datetime as dt
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kapjournal import clock
from kapjournal.domain.attachments import name_from
from kapjournal.domain.incoming import IncomingNote
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note, NoteKind, NoteText, kinds_of, tags_from, title_from
from kapjournal.errors import KapjournalError
from kapjournal.exchange.archiving.note_entry import Entry, as_page, entries, from_page
from kapjournal.exchange.archiving.write import Form, write_archive
from kapjournal.journal import NewNote

from .archived import DAY, MOMENT, assert_same, fresh, read_archive, there_and_back
from .fake_journal import FakeJournal, note

LOOK_ALIKES = [
    "",
    "\n",
    "---\n",
    "---",
    "\n---\n",
    '---\nid: "x"\ntitle: "Not mine"\n---\nwords',
    "---\n---\n---\n",
    "+++\ntitle = 1\n+++\n",
    "Files:\n\n- [a](../files/a.jpg)\n\n***\n\n",
    "*This note is Ben’s. Ben shared it with you.*\n\n> words",
    "\ufeffwith a mark before it",
    "  spaces and tabs\t at the end \t\n\n\n",
    "no line end",
    "שלום \u200f مرحبا \u202b\u202c",
    "👩‍👩‍👧 \U0001f9d8\u200d♀️ é e\u0301",
    "line\u2028separator\u2029and",
    "[[link]] ![](https://example.org/x.png) <b>bold</b> <!-- open",
    "```\nnever closed",
    "\\u0041 \"quoted\" 'single' \\",
    '",\n]\n"files": [\n',
]

_letters = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t")
_fragments = st.one_of(st.sampled_from(LOOK_ALIKES), st.text(_letters, max_size=40))
bodies = st.lists(_fragments, max_size=4).map("".join)


def _is(stored: Callable[[str], object]) -> Callable[[str], bool]:
    """Whether the journal takes a text as what it is to be."""

    def is_so(text: str) -> bool:
        try:
            return bool(stored(text))
        except KapjournalError:
            return False

    return is_so


_lines = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
titles = st.one_of(
    st.sampled_from(
        ["", 'A "quote": and a colon', "# --- [x](y)", "CON", "..", "שלום", "null", "- a", "2026-03-02"]
    ),
    _lines.filter(_is(title_from)),
)
tags = st.lists(
    st.one_of(
        st.sampled_from(["a b", "{x}", "[y]", "'", '"', "true", "#in the middle #", "תג", "😀"]),
        _lines.filter(_is(lambda text: tags_from([text]))),
    ),
    max_size=4,
)
file_names = st.one_of(
    st.sampled_from(
        ["a.jpg", "A.JPG", "ä.jpg", "🎈.txt", "a b.md", "---.md", "README.md", "שלום.pdf", "x" * 200]
    ),
    _lines.filter(_is(name_from)),
)


@dataclass(frozen=True)
class Written:
    """A note to write, and what is attached to it."""

    new: NewNote
    files: tuple[tuple[str, bytes], ...] = ()


notes = st.builds(
    Written,
    st.builds(
        NewNote,
        bodies,
        title=titles,
        kind=st.sampled_from([kind for kind in kinds_of(Role.PARTNER) if kind is not NoteKind.DECISION]),
        date=st.dates(min_value=DAY.replace(year=1900)),
        tags=tags.map(tuple),
        session=st.sampled_from([None, 1, 2]),
    ),
    st.lists(st.tuples(file_names, st.binary(min_size=1, max_size=50)), max_size=3).map(tuple),
)


def round_trip(folder: Path, form: Form, many: list[Written]) -> None:
    with clock.at(MOMENT), fresh(folder / "first") as journal:
        for before, written in enumerate(reversed(many)):
            with clock.at(
                MOMENT - dt.timedelta(minutes=before)
            ):  # of one moment, ids alone say what is first
                made = journal.notes.add(written.new)
            for name, data in written.files:
                (folder / "put").mkdir(exist_ok=True)
                path = folder / "put" / name_from(name)
                path.write_bytes(data)
                journal.attachments.attach(made.id, path, keep_metadata=True)
                path.unlink()
        first, second = there_and_back(journal, folder, form)
        assert_same(first, second)
        read, kept = map(_words, read_archive(first)), map(_of, journal.notes.all())
        assert Counter(map(repr, read)) == Counter(map(repr, kept))


def _words(one: object) -> tuple[object, ...]:
    assert isinstance(one, IncomingNote)
    files = tuple((file.name, file.size) for file in one.files)
    return (one.body, one.title, one.kind, one.date, one.tags, one.session, one.written, one.revised, files)


def _of(of: Note) -> tuple[object, ...]:
    text, files = of.text, tuple((file.name, file.size) for file in of.files)
    session = text.session.number if text.session else None
    about = (text.body, text.title, text.kind, text.date, text.tags, session)
    return (*about, of.written, of.revised, files)


@pytest.mark.parametrize("form", [Form.FOLDER, Form.JSON])
@given(many=st.lists(notes, max_size=4))
@settings(max_examples=20)
def test_written_read_in_and_written_again_it_is_the_same(form: Form, many: list[Written]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        round_trip(Path(folder), form, many)


@pytest.mark.parametrize("form", [Form.FOLDER, Form.JSON])
def test_bodies_that_look_like_what_stands_around_them_stay_to_the_letter(form: Form, tmp_path: Path) -> None:
    many = [Written(NewNote(body, title=f"n{n}", date=DAY)) for n, body in enumerate(LOOK_ALIKES)]
    round_trip(tmp_path, form, many)


@given(fields=st.dictionaries(st.from_regex("[a-z_]+", fullmatch=True), _lines, min_size=1), body=bodies)
@example(fields={"a": "---"}, body="---\n---\n")
@settings(max_examples=300)
def test_whatever_a_body_looks_like_its_page_gives_it_back(fields: dict[str, str], body: str) -> None:
    assert from_page(as_page(Entry(fields, body), {"page": ["../sessions/01-intake"]})) == Entry(
        {**fields, "page": ["[[../sessions/01-intake]]"]}, body
    )


def test_the_bytes_of_a_page_end_with_the_body(tmp_path: Path) -> None:
    """Nothing stands before or after the words, so that a person who copies the file has just them."""
    with fresh(tmp_path / "first") as journal:
        journal.notes.add(NewNote("---\nid: 1\n---\nno line end"))
        [page] = (write_archive(journal, tmp_path / "out") / "notes").iterdir()
    head, body = page.read_bytes().split(b"\n---\n", 1)
    assert body == b"---\nid: 1\n---\nno line end"
    assert head.startswith(b"---\nid: ")


def test_files_of_the_same_name_stay_apart_and_keep_their_names(tmp_path: Path) -> None:
    files = tuple(
        (name, bytes([n])) for n, name in enumerate(["a.jpg", "A.jpg", "a.jpg", "ä.jpg", "1", "3"], 1)
    )
    many = [Written(NewNote(f"{n}", title="Same", date=DAY), files) for n in range(2)]
    for form in (Form.FOLDER, Form.JSON):
        round_trip(tmp_path / form, form, many)


def test_a_large_file_comes_back_byte_for_byte(tmp_path: Path) -> None:
    """Longer than what lies on one line of the JSON, and not a multiple of three."""
    data = bytes(range(256)) * 8000 + b"x"
    for form in (Form.FOLDER, Form.JSON):
        round_trip(tmp_path / form, form, [Written(NewNote("words", date=DAY), (("big.bin", data),))])


def test_a_folder_its_zip_and_the_json_say_the_same(tmp_path: Path) -> None:
    with fresh(tmp_path / "first") as journal:
        journal.notes.add_many(NewNote(body, date=DAY) for body in LOOK_ALIKES)
        folder = write_archive(journal, tmp_path / "out")
        whole = write_archive(journal, tmp_path / "out.json", Form.JSON)
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path, "out"))
    flat = Path(shutil.make_archive(str(tmp_path / "flat"), "zip", folder))
    found = [list(map(_words, read_archive(path))) for path in (folder, packed, flat, whole)]
    assert found[0] == found[1] == found[2]
    assert sorted(map(repr, found[0])) == sorted(map(repr, found[3]))


def test_json_that_another_program_laid_out_anew_is_read_all_the_same(tmp_path: Path) -> None:
    with fresh(tmp_path / "first") as journal:
        made = journal.notes.add(NewNote("words\n---\n", title="T"))
        (tmp_path / "a.bin").write_bytes(b"\x00\xff" * 500)
        journal.attachments.attach(made.id, tmp_path / "a.bin")
        whole = write_archive(journal, tmp_path / "out.json", Form.JSON)
    read = list(map(_words, read_archive(whole)))
    value = json.loads(whole.read_bytes())
    for indent in (None, 2):
        whole.write_text(json.dumps(value, indent=indent, sort_keys=True))
        assert list(map(_words, read_archive(whole))) == read
        [one] = read_archive(whole)
        assert isinstance(one, IncomingNote)
        with one.files[0].open() as file:
            assert file.read() == b"\x00\xff" * 500


def test_line_ends_that_another_program_changed_do_not_reach_the_words(tmp_path: Path) -> None:
    with fresh(tmp_path / "first") as journal:
        journal.notes.add(NewNote("one\n\ntwo\n"))
        out = write_archive(journal, tmp_path / "out")
    for page in out.rglob("*.md"):
        page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    [one] = read_archive(out)
    assert isinstance(one, IncomingNote)
    assert one.body == "one\n\ntwo\n"


def test_what_was_written_on_two_computers_at_once_comes_as_a_note_each(tmp_path: Path) -> None:
    texts = [NoteText(body, NoteKind.PAGE, DAY, title) for body, title in (("first", "A"), ("other", "B"))]
    made = note("aaaa", "first", title="A", date=DAY)
    both = replace(made, text=texts[0], beside=(texts[1],))
    found = list(entries(FakeJournal().journal, both, ()))
    assert [entry.body for entry in found] == ["first", "other"]
    assert [entry.fields["title"] for entry in found] == ["A", "B"]
    assert found[1].fields["beside"] == "aaaa"


@pytest.mark.parametrize("form", [Form.FOLDER, Form.JSON])
def test_the_spaces_in_a_title_stay_as_they_are(form: Form, tmp_path: Path) -> None:
    round_trip(tmp_path, form, [Written(NewNote("words", title="a\xa0b  c\u3000d", date=DAY))])
