"""What an archive or a folder may not do: lead out, be a link, unpack to more than it seems. Each is named,
and the rest comes; or all of it is refused, and nothing does."""

import json
import os
import re
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapjournal.errors import Damaged, KapjournalError, NotFound, Refused, UsageError
from kapjournal.exchange.imports import archives, day_one, entries, front_matter, joplin
from kapjournal.exchange.imports.entries import why_unsafe
from kapjournal.exchange.imports.reading import opened

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
    for module in (entries, archives):
        monkeypatch.setattr(module, "MAX_ENTRIES", 10)
    with pytest.raises(Refused, match="more than 10 files"), opened(path):
        pass


@pytest.mark.parametrize("wide", [False, True])
def test_a_zip_that_says_it_lists_one_file_and_lists_many_is_refused_before_they_are_read(
    wide: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / "a", {f"{n}.md": "x" for n in range(12)})
    data = path.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    length, offset = struct.unpack_from("<II", data, end + 12)
    record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 1, 1, length, offset)
    record += b"PK\x06\x07" + struct.pack("<I8sI", 0, b"PK\x06\x06".ljust(8, b"\0"), 1)
    said = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, length, offset, 0)
    path.write_bytes(data[:end] + record * wide + said)
    assert len(read("markdown", path)[0]) == 12
    monkeypatch.setattr(archives, "MAX_ENTRIES", 10)
    monkeypatch.setattr(zipfile.ZipInfo, "_decodeExtra", lambda *_: pytest.fail("it was read"))
    with pytest.raises(Refused, match="more than 10 files"), opened(path):
        pass


@pytest.mark.parametrize("make", [zipped, tarred])
def test_more_than_is_taken_in_all_is_refused(
    make: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a", {f"{n}.md": os.urandom(600) for n in range(3)})
    monkeypatch.setattr(archives, "MAX_TOTAL", 1000)
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


def _header(name: str, kind: bytes, size: int) -> bytes:
    """A header of a tar with a size that may be less than nothing."""
    info = tarfile.TarInfo(name)
    info.type = kind
    data = bytearray(info.tobuf(tarfile.USTAR_FORMAT))
    data[124:136] = b"\xff" + (256**11 + size).to_bytes(11, "big") if size < 0 else b"%011o\0" % size
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data)
    return bytes(data)


def _widened(words: bytes, kind: bytes = tarfile.XHDTYPE) -> bytes:
    return _header("wide", kind, len(words)) + words.ljust(512, b"\0")


_A = _header("a.md", tarfile.REGTYPE, 0)


@pytest.mark.parametrize(
    "behind",
    [
        _header(".b.md", tarfile.REGTYPE, -512),
        _header("b.md", tarfile.REGTYPE, -1),
        _header("d", tarfile.DIRTYPE, -512),
        _header("z", b"Z", -1024),
        _widened(b"14 size=-1536\n") + _header(".b.md", tarfile.REGTYPE, 0),
        _widened(b"12 foo=bar1\n") * 3000 + _A,
        _widened(b"name\0", tarfile.GNUTYPE_LONGNAME) * 3000 + _A,
    ],
    ids=["left out", "by one", "folder", "no kind", "by a wide header", "wide headers", "long names"],
)
def test_a_tar_that_leads_back_or_ever_deeper_comes_to_an_end(behind: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(_A + behind + bytes(1024))
    with opened(tmp_path / "a.tar") as found:
        assert [one.path for one in found] == ["a.md"]
        [problem] = found.problems
        assert "damaged from here on" in problem.sentence


def test_a_long_gap_above_a_note_is_gone_through_once() -> None:
    """No comment is looked for anew at each space of it: 64 KiB of them took eight seconds."""
    gap = " " * 200
    assert [at for at in range(201) if front_matter._COMMENT.match(f"a{gap}# c", at)] == [1]
    above, _ = front_matter.split(f"---\nx: a{gap}b\ny: b{gap}# c\n---\n")
    assert above.fields == {"x": [f"a{gap}b"], "y": ["b"]}


@pytest.mark.parametrize(
    ("pattern", "target"), [(joplin._LINK, f":/{'0' * 32}"), (day_one._MOMENT, "dayone-moment://0")]
)
def test_what_might_be_links_is_gone_through_once(pattern: re.Pattern[str], target: str) -> None:
    """No link is looked for over and over within another: a note full of brackets took a minute."""
    brackets = "[a" * 90
    found = pattern.search(f"{brackets}]({target})")
    assert found is not None and found.start() == len(brackets) - 2


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


@pytest.mark.parametrize(
    "wrong",
    [
        {"written": "0001-01-01T00:00:00+14:00"},
        {"revised": "9999-12-31T23:59:59-14:00"},
        {"date": "0000-01-01"},
    ],
)
def test_a_moment_that_no_clock_has_is_said_and_the_rest_comes(wrong: dict[str, str], tmp_path: Path) -> None:
    fields = {"date": "2024-03-02", "title": "", "kind": "x", "tags": [], "written": "2024-03-02T09:30:00Z"}
    notes: list[dict[str, object]] = [{**fields, **wrong, "body": "bad"}, {**fields, "body": "good"}]
    lines = ",\n".join(map(json.dumps, notes))
    path = tmp_path / "a.json"
    path.write_text(f'{{\n"kapjournal_archive": 1,\n"notes": [\n{lines}\n]\n}}\n')
    found, problems = read("archive", path)
    assert [note.body for note in found] == ["good"]
    assert [one.where for one in problems if one.is_lost] == ["note 1"]


def test_a_file_of_less_than_nothing_is_not_there(tmp_path: Path) -> None:
    note = {"date": "2024-03-02", "title": "", "kind": "x", "written": "2024-03-02T09:30:00Z"}
    listed = {"body": "words", "tags": [], "files": [{"name": "a.bin", "size": -1, "path": "files/a.bin"}]}
    path = tmp_path / "a.json"
    said = json.dumps(note | listed)
    files = '{"path": "files/a.bin", "size": 3, "data": [\n"YWJj"\n]}'
    path.write_text(f'{{\n"kapjournal_archive": 1,\n"files": [\n{files}\n],\n"notes": [\n{said}\n]\n}}\n')
    [found], problems = read("archive", path)
    assert not found.files and "a.bin” is not in the archive" in problems[-1].sentence
