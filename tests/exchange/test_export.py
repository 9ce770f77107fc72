"""Folder and document: what lands where, with which rights, and what is never overwritten or half done."""

import datetime as dt
import os
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.errors import CannotSave, NotFound, Refused
from kapjournal.exchange import export_document, export_folder, select
from kapjournal.exchange.markdown import NOT_SEALED, file_name

from .fake_journal import ANA, BEN, FIRST, SECOND, FakeJournal, note

MINE = note("aaaa", "Mine.\n\n# A heading of my own", title="What stayed", session=FIRST)
HIS = note("bbbb", "His.", author=BEN, readers=[ANA], date=dt.date(2024, 11, 21))
EARLY = note("cccc", "Early.", date=dt.date(2024, 11, 1))
MOMENT = dt.datetime(2024, 12, 24, 12, 5, tzinfo=dt.UTC)
HEAD = (
    f"Exported by Ana on 24 December 2024, {MOMENT.astimezone():%H:%M}, from ours\\.kap: "
    "3 notes, from 1 November 2024 to 21 November 2024, of sessions 1 and 2."
)


@pytest.fixture
def fake() -> FakeJournal:
    return FakeJournal([MINE, HIS, EARLY])


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_folder_holds_one_file_a_note_and_an_index(fake: FakeJournal, tmp_path: Path) -> None:
    dest = tmp_path / "out"
    old = os.umask(0)
    try:
        files = export_folder(fake.journal, dest, fake.notes.all())
    finally:
        os.umask(old)
    assert set(files) == set(dest.iterdir())
    assert {path.name for path in files} == {"index.md", *map(file_name, fake.kept)}
    assert mode(dest) == 0o700
    assert {mode(path) for path in files} == {0o600}
    assert (dest / file_name(MINE)).read_text().endswith("---\n\nMine.\n\n# A heading of my own\n")
    assert "*This note is Ben’s. Ben shared it with you.*\n\n> His.\n" in (dest / file_name(HIS)).read_text()
    assert list(tmp_path.iterdir()) == [dest]


def test_the_index_follows_the_course(fake: FakeJournal, tmp_path: Path) -> None:
    with clock.at(MOMENT):
        index = export_folder(fake.journal, tmp_path / "out", fake.notes.all())[0].read_text()
    assert index == (
        f"# Ours\n\n{HEAD}\n\n{NOT_SEALED}\n"
        "\n## Before the first session\n\n"
        "- 1 November 2024 · [Page](2024-11-01-page-cccc.md) · Only you\n"
        "\n## Session 1\n\ndose 1 of 8 · Ana doses\n\n"
        "- 12 November 2024 · [What stayed](2024-11-12-what-stayed-aaaa.md) · Only you\n"
        "\n## After session 2\n\n"
        "- 21 November 2024 · [Page](2024-11-21-page-bbbb.md) · You and Ben"
        " · *This note is Ben’s. Ben shared it with you.*\n"
    )


def test_a_document_goes_by_session(fake: FakeJournal, tmp_path: Path) -> None:
    dest = export_document(fake.journal, tmp_path / "all.md", fake.notes.all())
    text = dest.read_text()
    assert mode(dest) == 0o600
    places = [
        text.index(words)
        for words in (
            NOT_SEALED,
            "## Before the first session",
            "Early.",
            "## Session 1\n\ndose 1 of 8 · Ana doses\n",
            "### What stayed\n\n12 November 2024 · page · Only you\n\nMine.",
            "## After session 2",
            "*This note is Ben’s.",
            "His.",
        )
    ]
    assert places == sorted(places)


def test_an_export_says_who_made_it_when_and_of_what(fake: FakeJournal, tmp_path: Path) -> None:
    with clock.at(MOMENT):
        dest = export_document(fake.journal, tmp_path / "all.md", fake.notes.all())
        alone = export_document(fake.journal, tmp_path / "one.md", [EARLY])
    assert dest.read_text().startswith(f"# Ours\n\n{HEAD}\n\n{NOT_SEALED}\n")
    assert ": 1 note, of 1 November 2024.\n" in alone.read_text()


def test_without_sessions_there_is_one_stretch(tmp_path: Path) -> None:
    fake = FakeJournal([MINE], course=())
    assert "\n## Notes\n" in export_document(fake.journal, tmp_path / "all.md", fake.notes.all()).read_text()


def test_session_titles_are_no_markdown(tmp_path: Path) -> None:
    fake = FakeJournal([note("a", session=SECOND)])
    assert (
        "## Session 2: The light"
        in export_document(fake.journal, tmp_path / "x", fake.notes.all()).read_text()
    )


def test_bodies_are_exported_to_the_letter(tmp_path: Path) -> None:
    body = "tab\there\n\n  \u202e 🕯\n"
    fake = FakeJournal([note("a", body)])
    [_, page] = export_folder(fake.journal, tmp_path / "out", fake.notes.all())
    assert page.read_bytes().endswith(b"---\n\n" + body.encode())


def test_nothing_is_overwritten_without_force(fake: FakeJournal, tmp_path: Path) -> None:
    folder, one = tmp_path / "out", tmp_path / "all.md"
    folder.mkdir()
    (folder / "other.txt").write_text("mine")
    export_folder(fake.journal, folder, [MINE])
    one.write_text("before")
    (folder / "index.md").write_text("before")
    with pytest.raises(Refused):
        export_folder(fake.journal, folder, [MINE])
    with pytest.raises(Refused):
        export_document(fake.journal, one, [MINE])
    assert one.read_text() == (folder / "index.md").read_text() == "before"
    export_folder(fake.journal, folder, [MINE], force=True)
    export_document(fake.journal, one, [MINE], force=True)
    assert "before" not in one.read_text() + (folder / "index.md").read_text()
    assert (folder / "other.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.md", "out"]


def test_a_link_in_the_folder_is_replaced_and_not_followed(fake: FakeJournal, tmp_path: Path) -> None:
    victim, folder = tmp_path / "victim", tmp_path / "out"
    victim.write_text("before")
    folder.mkdir()
    (folder / "index.md").symlink_to(victim)
    with pytest.raises(Refused):
        export_folder(fake.journal, folder, [MINE])
    export_folder(fake.journal, folder, [MINE], force=True)
    assert victim.read_text() == "before"
    assert not (folder / "index.md").is_symlink()


def test_a_journal_is_never_written_over(fake: FakeJournal, tmp_path: Path) -> None:
    fake.path = tmp_path / "journal"
    fake.path.write_bytes(b"sealed")
    names = (
        "other.kap",
        "OTHER.KAP",
        "other.kap-wal",
        "other.kap-shm",
        "Other.Kap-Journal",
        "journal-journal",
    )
    link = tmp_path / "link"
    link.symlink_to("other.kap-wal")
    for dest in (fake.path, link, *(tmp_path / name for name in names)):
        with pytest.raises(Refused):
            export_document(fake.journal, dest, [MINE], force=True)
        with pytest.raises(Refused):
            export_folder(fake.journal, dest, [MINE], force=True)
    assert fake.path.read_bytes() == b"sealed"


def test_a_folder_is_no_file_and_a_file_no_folder(fake: FakeJournal, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused):
        export_folder(fake.journal, tmp_path / "file", [MINE], force=True)
    with pytest.raises(Refused):
        export_document(fake.journal, tmp_path, [MINE], force=True)


def test_a_lost_folder_is_told(fake: FakeJournal, tmp_path: Path) -> None:
    for write in (export_folder, export_document):
        with pytest.raises(CannotSave, match="nothing was exported"):
            write(fake.journal, tmp_path / "no" / "where", [MINE])


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_on_the_way_leaves_nothing(
    fake: FakeJournal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    written: list[Path] = []

    def failing(path: Path, text: str) -> None:
        if written:
            raise error
        written.append(path)
        path.write_text(text)

    monkeypatch.setattr("kapjournal.exchange.markdown_folder.write_new", failing)
    with pytest.raises(CannotSave if isinstance(error, OSError) else KeyboardInterrupt):
        export_folder(fake.journal, tmp_path / "out", fake.notes.all())
    assert list(tmp_path.iterdir()) == []


def test_one_s_own_notes_unless_asked_for_more(fake: FakeJournal) -> None:
    assert select(fake.journal) == [EARLY, MINE]
    assert select(fake.journal, include_shared=True) == [EARLY, MINE, HIS]


def test_sessions_and_notes_select_together(fake: FakeJournal) -> None:
    assert select(fake.journal, sessions=[1]) == [MINE]
    assert select(fake.journal, ids=["cccc"]) == [EARLY]
    assert select(fake.journal, sessions=[1], ids=["cccc"]) == [EARLY, MINE]
    assert select(fake.journal, ids=["bbbb"], include_shared=True) == [HIS]


def test_what_cannot_be_selected_is_told(fake: FakeJournal) -> None:
    with pytest.raises(Refused):
        select(fake.journal, ids=["bbbb"])
    for ids, sessions in ((["zzzz"], []), ([], [9]), ([], [2])):
        with pytest.raises(NotFound):
            select(fake.journal, ids=ids, sessions=sessions)
    with pytest.raises(NotFound):
        select(FakeJournal().journal)
