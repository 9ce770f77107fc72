"""What lies in an archive and what does not, and that it is there whole or not at all."""

import datetime as dt
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import icalendar
import jsonschema
import pyrage
import pytest

from kapjournal import clock
from kapjournal.domain.incoming import IncomingNote, Problem
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import CannotSave, NotFound, Refused
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.archiving import write
from kapjournal.exchange.archiving.json_archive import schema
from kapjournal.exchange.archiving.write import Form, write_archive
from kapjournal.exchange.imports.sources import source
from kapjournal.journal import Journal, NewNote
from kapjournal.presentation.imports import problems
from tests.attached import file_of, part_rows, rows_of_file, run
from tests.shared_journal import SharedJournal, meet

from .archived import DAY, MOMENT, fresh, read_archive

LINK = re.compile(r"\]\(([^)]+)\)|\[\[([^\]]+)\]\]")


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> SharedJournal:
    """The three, each of whom has written something for the others and something for nobody."""
    shared = meet(tmp_path_factory.mktemp("met"))
    with clock.at(MOMENT):
        with shared.open("Dr Lee") as lee:
            lee.sessions.add(kind=SessionKind.DOSING, date=DAY, time=dt.time(10), title="The light")
            lee.notes.add(NewNote("Dr Lee alone", date=DAY))
        with shared.open("Ben") as ben:
            ben.notes.add(NewNote("Ben alone", date=DAY))
            ben.notes.add(NewNote("From Ben ![](https://example.org/x.png)", date=DAY, share="Ana"))
        with shared.open("Ana") as ana:
            made = ana.notes.add(NewNote("Ana’s, at session 1", title="[Mine]", date=DAY, session=1))
            ana.attachments.attach(made.id, file_of(shared.path.parent, b"a voice", "memo.m4a"))
            ana.notes.add(NewNote("later", kind=NoteKind.LETTER, opens=DAY + dt.timedelta(90)))
    return shared


@pytest.fixture
def ana(met: SharedJournal, tmp_path: Path) -> Any:
    with clock.at(MOMENT), met.copied(tmp_path / "copy").open("Ana") as journal:
        yield journal


def words_in(archive: Path) -> str:
    return "\n".join(path.read_text() for path in archive.rglob("*.*") if path.suffix != ".m4a")


# what is in it


def test_everything_one_can_read_and_nothing_else(ana: Journal, tmp_path: Path) -> None:
    for form in (Form.FOLDER, Form.JSON):
        out = write_archive(ana, tmp_path / form, form)
        words = out.read_text() if out.is_file() else words_in(out)
        assert "Ana’s, at session 1" in words and "From Ben" in words
        assert "Ben alone" not in words and "Dr Lee alone" not in words and "later" not in words


def test_what_others_wrote_is_marked_loads_nothing_and_does_not_come_back(
    ana: Journal, tmp_path: Path
) -> None:
    out = write_archive(ana, tmp_path / "out")
    [page] = (out / "shared").iterdir()
    assert "*This note is Ben’s. Ben shared it with you.*\n\n> From Ben" in page.read_text()
    assert "![](" not in page.read_text()
    found = list(read_archive(out))
    assert [one.body for one in found if not isinstance(one, Problem)] == ["Ana’s, at session 1"]
    assert [one.sentence for one in found if isinstance(one, Problem)] == [
        "It was closed until 31 May 2026, so its words are not in the archive.",
        "1 note was shared by others. They stay theirs, and do not come.",
    ]


def test_every_link_leads_to_a_page_of_the_archive_from_where_it_stands(ana: Journal, tmp_path: Path) -> None:
    """Those of markdown, and those that Obsidian reads in the fields."""
    out, found = write_archive(ana, tmp_path / "out"), 0
    for page in out.rglob("*.md"):
        if page.parent.name == "shared":
            continue
        for markdown, wiki in LINK.findall(page.read_text()):
            target = page.parent / unquote(markdown or wiki)
            assert target.exists() or target.with_name(f"{target.name}.md").exists(), (page, target)
            assert out in target.resolve().parents
            found += 1
    assert found > 8


def test_a_session_leads_to_its_notes_and_they_lead_back(ana: Journal, tmp_path: Path) -> None:
    out = write_archive(ana, tmp_path / "out")
    session = (out / "sessions" / "01-dosing.md").read_text()
    [page] = [path for path in (out / "notes").iterdir() if "mine" in path.name]
    assert f"(../notes/{page.name})" in session and "# Session 1: The light" in session
    assert 'session_page: ["[[../sessions/01-dosing]]"]' in page.read_text()
    assert re.search(r'attached: \["\[\[\.\./files/[^]]+memo\.m4a\]\]"\]', page.read_text())


def test_only_this_user_of_the_computer_can_open_it(ana: Journal, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        out = write_archive(ana, tmp_path / "out")
        other = write_archive(ana, tmp_path / "out.json", Form.JSON)
    finally:
        os.umask(before)
    for path in (out, other, *out.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)


@pytest.mark.parametrize("label", ["Ana", "Dr Lee"])
def test_the_json_is_as_its_schema_says(met: SharedJournal, tmp_path: Path, label: str) -> None:
    rules = json.loads(schema())
    jsonschema.Draft202012Validator.check_schema(rules)
    with clock.at(MOMENT), met.copied(tmp_path / "copy").open(label) as journal:
        found = json.loads(write_archive(journal, tmp_path / "out.json", Form.JSON).read_bytes())
    jsonschema.Draft202012Validator(rules, format_checker=jsonschema.FormatChecker()).validate(found)
    for broken in ({**found, "kapjournal_archive": 2}, {**found, "notes": [{}]}, {}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, rules)


def test_a_file_that_is_damaged_is_left_out_and_said(ana: Journal, tmp_path: Path) -> None:
    [note] = [one for one in ana.notes.all() if one.files]
    assert part_rows(ana.path)
    row = rows_of_file(ana, note)[0]
    run(ana.path, "UPDATE part SET sealed = zeroblob(length(sealed)) WHERE id = ?", row)
    for form in (Form.FOLDER, Form.JSON):
        said: list[str] = []
        out = write_archive(ana, tmp_path / form, form, tell=said.append)
        assert len(said) == 1
        problems = [one for one in read_archive(out) if isinstance(one, Problem) and "memo.m4a" in one.where]
        assert [one.sentence for one in problems] == ["It belongs to the note, and is not in the archive."]
        assert not problems[0].is_lost, "it was said when the archive was written"
        assert not (out / "files").is_dir() or not list((out / "files").iterdir())


# a calendar


def events_in(text: bytes) -> Any:
    """The appointments, as a program for calendars reads them."""
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


def test_a_calendar_says_when_and_not_what(ana: Journal, tmp_path: Path) -> None:
    text = write_archive(ana, tmp_path / "out.ics", Form.ICS).read_bytes()
    [event] = events_in(text)
    assert event["SUMMARY"] == "Appointment"
    assert event["DTSTART"].dt == dt.datetime.combine(DAY, dt.time(10))
    said = text.decode().casefold()
    for word in ("light", "dosing", "session", "lee", "ana", "kap", "ketamine"):
        assert word not in said
    [again] = events_in(write_archive(ana, tmp_path / "b.ics", Form.ICS).read_bytes())
    assert again["UID"] == event["UID"], "read in again, it is changed and not doubled"


def test_a_session_without_a_time_is_a_whole_day(tmp_path: Path) -> None:
    with fresh(tmp_path / "first") as journal:
        text = write_archive(journal, tmp_path / "out.ics", Form.ICS).read_bytes()
    assert [event["DTSTART"].dt for event in events_in(text)] == [DAY, DAY]


# whole or not at all


class Stopped(Exception):
    """Whoever waits has had enough."""


@pytest.mark.parametrize("form", [Form.FOLDER, Form.JSON])
def test_stopped_at_any_moment_it_leaves_nothing(ana: Journal, tmp_path: Path, form: Form) -> None:
    calls = 0

    def count(done: int, whole: int) -> None:
        nonlocal calls
        assert 0 <= done <= whole
        calls += 1

    write_archive(ana, tmp_path / "whole", form, progress=count)
    before = sorted(tmp_path.iterdir())
    for stop_at in range(1, calls + 1):
        left = stop_at

        def stop(done: int, whole: int) -> None:
            nonlocal left
            left -= 1
            if not left:
                raise Stopped

        with pytest.raises(Stopped):
            write_archive(ana, tmp_path / "out", form, progress=stop)
        assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("form", [Form.FOLDER, Form.JSON])
def test_a_full_disk_leaves_nothing(
    ana: Journal, tmp_path: Path, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    where = "folder.write_into" if form is Form.FOLDER else "write_json"
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(write, where.rsplit(".", maxsplit=1)[-1], full)
    with pytest.raises(CannotSave, match="No space left"):
        write_archive(ana, tmp_path / "out", form)
    assert sorted(tmp_path.iterdir()) == before


_WRITES_AND_IS_KILLED = """
import os, pathlib, signal, sys
from kapjournal.exchange.archiving.write import Form, write_archive
from kapjournal.journal import unlock

def kill(done, whole):
    if done:
        os.kill(os.getpid(), signal.SIGKILL)

place, out, form, memory = sys.argv[1:]
door = {"label": "Ana", "passphrase": "ana opens this door", "record_folder": pathlib.Path(memory)}
with unlock(pathlib.Path(place), **door) as it:
    write_archive(it, pathlib.Path(out), Form(form), progress=kill)
"""


@pytest.mark.parametrize("form", [Form.FOLDER, Form.JSON])
def test_what_a_kill_left_is_not_under_its_name_and_goes_at_the_next_opening(
    met: SharedJournal, tmp_path: Path, form: Form
) -> None:
    copy, out = met.copied(tmp_path / "copy"), tmp_path / "elsewhere" / "out"
    out.parent.mkdir()
    command = [
        sys.executable,
        "-c",
        _WRITES_AND_IS_KILLED,
        *map(str, (copy.path, out, form.value, copy.memory)),
    ]
    killed = subprocess.run(command, check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert not out.exists() and len(list(out.parent.iterdir())) == 1
    with copy.open("Ana"):
        assert list(out.parent.iterdir()) == []


def test_nothing_is_written_over_nor_named_like_a_journal(ana: Journal, tmp_path: Path) -> None:
    for there in (tmp_path / "file", tmp_path / "folder"):
        there.mkdir() if there.name == "folder" else there.write_text("precious")
        for form in Form:
            with pytest.raises(Refused):
                write_archive(ana, there, form)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for form in Form:
        with pytest.raises(Refused):
            write_archive(ana, tmp_path / "link", form)
        with pytest.raises(Refused):
            write_archive(ana, tmp_path / "other.kap", form)
        with pytest.raises(CannotSave):
            write_archive(ana, tmp_path / "no" / "where", form)
    assert (tmp_path / "file").read_text() == "precious"


# sealed


def test_sealed_it_is_one_archive_that_is_read_in_once_it_is_opened(ana: Journal, tmp_path: Path) -> None:
    secret = pyrage.x25519.Identity.generate()
    sealing = age.sealing_to([str(secret.to_public())])
    for form, name in ((Form.FOLDER, "out.zip"), (Form.JSON, "out.json")):
        place = write_archive(ana, tmp_path / ("out" if form is Form.FOLDER else name), form, sealing=sealing)
        assert place.name == f"{name}.age"
        opened = tmp_path / name
        opened.write_bytes(age.opened(place.read_bytes(), identity=str(secret)))
        assert "Ana’s, at session 1" in [getattr(one, "body", "") for one in read_archive(opened)]


def test_what_is_too_large_to_be_sealed_is_refused(
    ana: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kapjournal.exchange.zip_in_memory.MAX_BYTES", 500)
    before = sorted(tmp_path.iterdir())
    for form in (Form.FOLDER, Form.JSON):
        with pytest.raises(Refused, match="512 MiB"):
            write_archive(ana, tmp_path / "out", form, sealing=Sealing(passphrase="winter lantern of doors"))
    assert sorted(tmp_path.iterdir()) == before


# what is read with care


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "other.md").write_text("words")
    (tmp_path / "other.json").write_text("[1]")
    (tmp_path / "cut.json").write_text('{\n"kapjournal_archive": 1,\n"notes": [\n{"id": "')
    for name in ("empty", "other.md", "other.json", "cut.json"):
        with pytest.raises(Refused):
            list(read_archive(tmp_path / name))
    for name in ("none", "none.json"):
        with pytest.raises(NotFound):
            list(read_archive(tmp_path / name))


@pytest.mark.parametrize(
    "path", ["../../../etc/passwd", "/etc/passwd", "files/../../x", "notes/x", "files/link"]
)
def test_a_page_that_names_a_file_elsewhere_gets_none(ana: Journal, tmp_path: Path, path: str) -> None:
    out = write_archive(ana, tmp_path / "out")
    (tmp_path / "x").write_text("secret")
    (out / "files" / "link").symlink_to(tmp_path / "x")
    [page] = [one for one in (out / "notes").iterdir() if "memo.m4a" in one.read_text()]
    page.write_text(re.sub(r'"path": "[^"]+"', f'"path": "{path}"', page.read_text()))
    [note] = [one for one in read_archive(out) if not isinstance(one, Problem)]
    assert note.files == ()


def test_a_zip_that_leads_elsewhere_has_nothing_there(tmp_path: Path) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/README.md", "---\nkapjournal_archive: 1\n---\n")
        for name in ("a/notes/../../x.md", "/notes/x.md", "a\\notes\\x.md"):
            archive.writestr(name, "---\nid: 1\n---\nwords")
    (tmp_path / "a.zip").write_bytes(packed.getvalue())
    found = list(read_archive(tmp_path / "a.zip"))
    assert len(found) == 3 and all(isinstance(one, Problem) and one.is_lost for one in found)


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace("kind:", "- kind:"),
        lambda page: page.replace('title: "', "title: "),
        lambda page: page[4:],
        lambda page: page.replace("\n---\n", "\n"),
        lambda page: re.sub("date: .*", 'date: "yesterday"', page),
        lambda page: re.sub("tags: .*", "tags: 3", page),
        lambda page: re.sub("files: .*", "files: [1]", page),
        lambda page: re.sub("tags: .*", f"tags: {'[' * 100_000}", page),
    ],
)
def test_a_page_that_was_changed_is_a_problem_and_the_others_come(
    ana: Journal, tmp_path: Path, change: Callable[[str], str]
) -> None:
    ana.notes.add(NewNote("another", date=DAY))
    out = write_archive(ana, tmp_path / "out")
    [page] = [one for one in (out / "notes").iterdir() if "memo.m4a" in one.read_text()]
    page.write_text(change(page.read_text()))
    found = list(read_archive(out))
    assert [one.body for one in found if not isinstance(one, Problem)] == ["another"]
    where = f"notes/{page.name}"
    assert [one.is_lost for one in found if isinstance(one, Problem) and one.where == where] == [True]


def test_a_note_that_is_missing_is_missed(ana: Journal, tmp_path: Path) -> None:
    out = write_archive(ana, tmp_path / "out")
    [page] = [one for one in (out / "notes").iterdir() if "memo.m4a" in one.read_text()]
    page.unlink()
    sentences = [one.sentence for one in read_archive(out) if isinstance(one, Problem)]
    assert "The archive had 2 notes when it was written; 1 are there." in sentences


def test_a_newer_form_is_not_guessed_at(ana: Journal, tmp_path: Path) -> None:
    out = write_archive(ana, tmp_path / "out")
    index = out / "README.md"
    index.write_text(index.read_text().replace("kapjournal_archive: 1", "kapjournal_archive: 2"))
    with pytest.raises(Refused, match="newer"):
        list(read_archive(out))


def test_of_one_day_what_was_written_first_comes_first(tmp_path: Path) -> None:
    with fresh(tmp_path / "first") as journal:
        for number, title in enumerate(["z", "a", "m"]):
            with clock.at(MOMENT + dt.timedelta(minutes=number)):
                journal.notes.add(NewNote("words", title=title, date=DAY))
        for form in (Form.FOLDER, Form.JSON):
            found = list(read_archive(write_archive(journal, tmp_path / form, form)))
            assert [getattr(one, "title", "") for one in found] == ["z", "a", "m"]


def test_it_is_known_for_what_it_is_and_never_taken_for_somebody_elses_markdown(
    ana: Journal, tmp_path: Path
) -> None:
    folder = write_archive(ana, tmp_path / "folder")
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path, "folder"))
    written = write_archive(ana, tmp_path / "whole.json", Form.JSON)
    anew = tmp_path / "anew.json"
    anew.write_text(json.dumps(json.loads(written.read_text()), separators=(",", ":")))
    for path in (folder, packed, written, anew):
        with source("", path) as found:
            assert found.kind == "archive" and found.is_exact
            assert not any("shared" in one.where for one in found if isinstance(one, IncomingNote))
        for kind in ("markdown", "text", "jrnl"):
            with pytest.raises(Refused, match="archive of this program"), source(kind, path):
                pass
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "README.md").write_text("A page about kapjournal_archive, and no archive.\n")
    with source("", tmp_path / "other") as found:
        assert found.kind == "markdown"


def test_a_decision_that_is_open_comes_back_open_and_once(tmp_path: Path) -> None:
    with fresh(tmp_path / "first") as journal:
        with clock.at(MOMENT):
            journal.notes.add(NewNote("We keep the evenings.", kind=NoteKind.DECISION))
        with clock.at(MOMENT + dt.timedelta(days=11)):
            out = write_archive(journal, tmp_path / "out")
            with fresh(tmp_path / "again") as other:
                for _ in range(2):
                    with source("", out) as found:
                        done = other.imports.bring(found)
                [decision] = [one for one in other.notes.all() if one.text.kind is NoteKind.DECISION]
                assert decision.text.body == "We keep the evenings." and decision.opens is None
                assert (done.plan.notes, done.plan.duplicates) == (0, 1)
                assert other.imports.undo(other.imports.all()[0].id).removed == 1


def test_into_a_journal_without_its_sessions_they_are_missed_in_one_line(tmp_path: Path) -> None:
    with fresh(tmp_path / "first") as journal:
        for number in range(3, 9):
            journal.sessions.add(kind=SessionKind.DOSING, date=DAY, number=number)
        journal.notes.add_many(NewNote(f"{n}", date=DAY, session=3 + n % 6) for n in range(60))
        out = write_archive(journal, tmp_path / "out")
    with fresh(tmp_path / "again") as other, source("", out) as found:
        [line] = problems(other.imports.bring(found).plan)
    assert "The session it belonged to is not in this journal." in line
    assert "So it is with 60 in all, also with notes/" in line
