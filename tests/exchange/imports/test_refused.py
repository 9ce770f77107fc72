"""What an archive or a folder may not do: lead out, be a link, unpack to more than it seems. Each is named,
and the rest comes; or all of it is refused, and nothing does."""

import os
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapjournal.errors import Damaged, KapjournalError, NotFound, Refused, UsageError
from kapjournal.exchange import age
from kapjournal.exchange.imports import entries, zip_and_tar
from kapjournal.exchange.imports.entries import why_unsafe
from kapjournal.exchange.imports.reading import opened
from kapjournal.exchange.imports.sources import source

from .making import folder, read, tarred, zip_with_link, zip_with_mode, zipped

BAD_NAMES = [
    *("../out.md", "a/../../out.md", "/etc/passwd.md", "C:/x.md", "c:x.md", "..\\out.md", "\\\\host\\x.md"),
    *(
        "con.md",
        "a/NUL",
        "lpt1.txt",
        "COM¹.md",
        "a./x.md",
        " x.md",
        "a//x.md",
        "a\x07.md",
        "\u202ea.md",
        "x" * 300,
    ),
]


@pytest.mark.parametrize("name", BAD_NAMES)
@pytest.mark.parametrize("make", [zipped, tarred])
def test_a_name_that_leads_out_or_means_a_device_is_refused_and_the_rest_comes(
    make: Callable[..., Path], name: str, tmp_path: Path
) -> None:
    notes, problems = read("markdown", make(tmp_path / "a.archive", {name: "bad", "good.md": "good"}))
    assert [note.body for note in notes] == ["good"]
    assert len(problems) == 1 and problems[0].is_lost and problems[0].where.isprintable()
    assert sorted(tmp_path.iterdir()) == [tmp_path / "a.archive"]


@pytest.mark.parametrize(
    "make",
    [
        zip_with_link,
        lambda path: zip_with_mode(path, "pipe.md", stat.S_IFIFO),
        lambda path: tarred(path, {"link.md": ""}, tarfile.SYMTYPE),
        lambda path: tarred(path, {"link.md": ""}, tarfile.LNKTYPE),
        lambda path: tarred(path, {"pipe.md": ""}, tarfile.FIFOTYPE),
        lambda path: tarred(path, {"tty.md": ""}, tarfile.CHRTYPE),
    ],
    ids=["link in zip", "pipe in zip", "link", "hard link", "pipe", "device"],
)
def test_links_and_devices_in_archives_are_refused(make: Callable[[Path], Path], tmp_path: Path) -> None:
    notes, problems = read("markdown", make(tmp_path / "a"))
    assert not notes and problems[0].is_lost


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_links_and_pipes_in_a_folder_are_refused_and_nothing_is_waited_for(tmp_path: Path) -> None:
    folder(tmp_path, {"out.md": "secret", "elsewhere/x.md": "secret"})
    vault = folder(tmp_path / "v", {"good.md": "good"})
    (vault / "link.md").symlink_to(tmp_path / "out.md")
    (vault / "further").symlink_to(tmp_path / "elsewhere")
    (vault / "round").symlink_to(vault)
    os.mkfifo(vault / "pipe.md")
    notes, problems = read("markdown", vault)
    assert [note.body for note in notes] == ["good"]
    assert {one.where for one in problems} == {"link.md", "further", "round", "pipe.md"}
    (tmp_path / "to vault").symlink_to(vault)
    assert len(read("markdown", tmp_path / "to vault")[0]) == 1


def test_a_file_that_becomes_a_link_meanwhile_is_not_followed(tmp_path: Path) -> None:
    folder(tmp_path, {"out.md": "secret"})
    vault = folder(tmp_path / "v", {"a.md": "a"})
    with opened(vault) as found:
        (vault / "a.md").unlink()
        (vault / "a.md").symlink_to(tmp_path / "out.md")
        [entry] = found
        with pytest.raises(OSError, match="symbolic"):
            entry.open()


def test_a_zip_bomb_is_not_opened_and_the_rest_comes(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"bomb.md": bytes(9_000_000), "good.md": "good"})
    notes, [problem] = read("markdown", path)
    assert [note.body for note in notes] == ["good"] and problem.where == "bomb.md"
    assert "far more than it seems" in problem.sentence


def test_what_says_it_is_small_is_no_larger_than_it_says(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"lie.md": os.urandom(1000).hex() * 2000, "good.md": "good"})
    data = path.read_bytes().replace(struct.pack("<I", 4_000_000), struct.pack("<I", 10))
    path.write_bytes(data)
    notes, problems = read("markdown", path)
    assert [note.body for note in notes] == ["good"]
    assert [one.where for one in problems] == ["lie.md"] and "damaged" in problems[0].sentence


def test_entries_that_lie_over_each_other_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / "a.zip", {"a.md": os.urandom(5000)}, packed=False)
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("a.md")
    many = [info] * 4
    for number, one in enumerate(many):
        many[number] = copied = zipfile.ZipInfo(f"{number}.md")
        copied.orig_filename = f"{number}.md"
        copied.file_size, copied.compress_size = one.file_size, one.compress_size
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda _: many)
    with pytest.raises(Refused, match="unpack to far more"), opened(path):
        pass


def test_a_zip_in_a_zip_is_not_opened(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.md": "deep"}).read_bytes()
    notes, problems = read("markdown", zipped(tmp_path / "outer.zip", {"inner.zip": inner, "b.md": "b"}))
    assert [note.body for note in notes] == ["b"]
    assert [(one.where, one.is_lost) for one in problems] == [("inner.zip", False)]


def test_a_locked_zip_is_said_to_be_locked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.md": "words"})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(Refused, match="locked with a password"), opened(path):
        pass


@pytest.mark.parametrize("armored", [False, True])
def test_what_is_sealed_with_age_says_so_and_how_it_is_opened(armored: bool, tmp_path: Path) -> None:
    sealing = age.sealing_to([str(pyrage.x25519.Identity.generate().to_public())])
    sealed = age.sealed(b"---\nkapjournal_archive: 1\n---\n", sealing, armored=armored)
    (tmp_path / "x.zip.age").write_bytes(sealed)
    for kind in ("", "archive", "markdown", "text"):
        with (
            pytest.raises(Refused, match=r"sealed with age\..*first: age -d"),
            source(kind, tmp_path / "x.zip.age"),
        ):
            pass
    notes, [problem] = read("text", folder(tmp_path / "f", {"a.txt": sealed, "b.txt": "words"}))
    assert [note.body for note in notes] == ["words"] and "sealed with age" in problem.sentence


def test_an_entry_that_is_packed_otherwise_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.md", "words", zipfile.ZIP_BZIP2)
        archive.writestr("b.md", "words")
    notes, [problem] = read("markdown", tmp_path / "a.zip")
    assert len(notes) == 1 and problem.where == "a.md" and "packed in a way" in problem.sentence


def test_a_damaged_entry_is_named_and_the_rest_comes(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.md": "the first words", "b.md": "b"}, packed=False)
    path.write_bytes(path.read_bytes().replace(b"the first words", b"the worst words"))
    notes, [problem] = read("markdown", path)
    assert [note.body for note in notes] == ["b"] and problem.where == "a.md"


@pytest.mark.parametrize("make", [zipped, tarred])
def test_an_archive_that_ends_too_soon_says_so(make: Callable[..., Path], tmp_path: Path) -> None:
    path = make(tmp_path / "a", {f"{n}.md": os.urandom(900) for n in range(9)})
    whole = path.read_bytes()
    for length in (100, len(whole) // 2):
        path.write_bytes(whole[:length])
        try:
            _, problems = read("markdown", path)
        except Damaged:
            continue
        assert any(one.is_lost for one in problems)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_of_one_name_are_told_apart(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for words in ("first", "second"):
            archive.writestr("a.md", words)
    notes, [problem] = read("markdown", tmp_path / "a.zip")
    assert [note.body for note in notes] == ["first"] and "two of this name" in problem.sentence


@pytest.mark.parametrize("make", [zipped, tarred, folder])
def test_more_files_than_are_taken_are_refused(
    make: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a", {f"{n}.md": "x" for n in range(12)})
    for module in (entries, zip_and_tar):
        monkeypatch.setattr(module, "MAX_ENTRIES", 10)
    with pytest.raises(Refused, match="more than 10 files"), opened(path):
        pass


@pytest.mark.parametrize("make", [zipped, tarred])
def test_more_than_is_taken_in_all_is_refused(
    make: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a", {f"{n}.md": os.urandom(600) for n in range(3)})
    monkeypatch.setattr(zip_and_tar, "MAX_TOTAL", 1000)
    with pytest.raises(Refused, match="unpack to more"), opened(path):
        pass


def test_a_tar_with_a_header_as_long_as_a_film_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a.md")
        info.pax_headers = {"comment": "x" * 3_000_000}
        archive.addfile(info)
    with pytest.raises(Damaged), opened(path):
        pass


def test_what_is_not_there_or_cannot_be_read_is_said(tmp_path: Path) -> None:
    for path, error in (
        (tmp_path / "no", NotFound),
        (tmp_path / "f" / "x", NotFound),
        (Path(os.devnull), UsageError),
    ):
        folder(tmp_path, {"f": "x"})
        with pytest.raises(error), opened(path):
            pass
    with pytest.raises(UsageError, match="no encoding"), opened(tmp_path, "no such"):
        pass


@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from(["..", ".", "", "a", "con", "C:", "\\", "a."])).map("/".join)
)
def test_a_path_that_is_let_through_stays_inside(path: str) -> None:
    if not why_unsafe(path):
        root = Path("/some/root")
        assert (
            os.path.normpath(root / path).startswith("/some/root/") and "\\" not in path and path[1:2] != ":"
        )
        assert path.isprintable() or set(path) & {"\u200c", "\u200d"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_is_altered_in_an_archive_nothing_but_an_error_of_ours_comes_of_it(
    tmp_path: Path, data: st.DataObject
) -> None:
    make = zipped if data.draw(st.booleans()) else tarred
    path = make(tmp_path / "a", {"a/b.md": "words " * 40, "c.md": "![[d.png]]", "d.png": bytes(200)})
    altered = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        altered[data.draw(st.integers(0, len(altered) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(altered[: data.draw(st.integers(4, len(altered)))]))
    for kind in ("markdown", "joplin", "text"):
        with suppress(KapjournalError):
            read(kind, path)
