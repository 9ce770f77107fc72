"""What is made to be gone through without end, or to stop an import by what no clock or disk has."""

import json
import re
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kapjournal.errors import Refused
from kapjournal.exchange.imports import archive, archive_json, day_one, front_matter, joplin, zip_and_tar
from kapjournal.exchange.imports.reading import opened

from .making import read, zipped


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
    monkeypatch.setattr(zip_and_tar, "MAX_ENTRIES", 10)
    monkeypatch.setattr(zipfile.ZipInfo, "_decodeExtra", lambda *_: pytest.fail("it was read"))
    with pytest.raises(Refused, match="more than 10 files"), opened(path):
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


@pytest.mark.parametrize("gap", [b"\n", b" ", b"{\n", b" \n\t\r\n", b"kapjournal_archive \n", b'{"'])
def test_what_might_be_an_archive_is_gone_through_once(gap: bytes) -> None:
    """No beginning is looked for over and over within a gap: 1,500 blank lines took seven seconds."""
    gaps = gap * (64 * 1024 // len(gap))
    assert archive._IS_ONE.search(gaps) is None
    for begins in (b"kapjournal_archive: 1", b'{"kapjournal_archive":1', b'{\r\n  "kapjournal_archive" : 1'):
        assert archive._IS_ONE.search(gaps + b"\n" + begins) is not None


def _archive(lists: str) -> str:
    """Ana's archive, with these lists and no more."""
    return f'{{\n"kapjournal_archive": 1,\n"by": "Ana",\n{lists},\n"shared": [\n]\n}}\n'


@pytest.mark.parametrize(
    "wrong",
    [
        {"written": "0001-01-01T00:00:00+14:00"},
        {"revised": "9999-12-31T23:59:59-14:00"},
        {"date": "0000-01-01"},
    ],
)
def test_a_moment_that_no_clock_has_is_said_and_the_rest_comes(wrong: dict[str, str], tmp_path: Path) -> None:
    fields: dict[str, object] = {"author": "Ana", "date": "2024-03-02", "title": "", "kind": "x", "tags": []}
    fields["written"] = "2024-03-02T09:30:00Z"
    notes: list[dict[str, object]] = [{**fields, **wrong, "body": "bad"}, {**fields, "body": "good"}]
    lines = ",\n".join(map(json.dumps, notes))
    path = tmp_path / "a.json"
    path.write_text(_archive(f'"notes": [\n{lines}\n]'))
    found, problems = read("archive", path)
    assert [note.body for note in found] == ["good"]
    assert [one.where for one in problems if one.is_lost] == ["note 1"]


def test_a_file_of_less_than_nothing_is_not_there(tmp_path: Path) -> None:
    note = {
        "author": "Ana",
        "date": "2024-03-02",
        "title": "",
        "kind": "x",
        "written": "2024-03-02T09:30:00Z",
    }
    listed = {"body": "words", "tags": [], "files": [{"name": "a.bin", "size": -1, "path": "files/a.bin"}]}
    path = tmp_path / "a.json"
    said = json.dumps(note | listed)
    files = '{"path": "files/a.bin", "size": 3, "data": [\n"YWJj"\n]}'
    path.write_text(_archive(f'"files": [\n{files}\n],\n"notes": [\n{said}\n]'))
    [found], problems = read("archive", path)
    assert not found.files and [one.where for one in problems if one.is_lost] == ["note 1: a.bin"]


@pytest.fixture(params=["?", '{"?"}', "in a page"])
def damaged(request: pytest.FixtureRequest) -> Callable[[int], str]:
    """An archive with so many lines of its notes or of one list for reading that cannot be read."""

    def made(count: int) -> str:
        if request.param == "in a page":
            return _archive('"notes": [\n?\n],\n"pages": [\n' + ",\n".join(["{"] * (count - 1)) + "\n]")
        return _archive('"notes": [\n' + ",\n".join([request.param] * count) + "\n]")

    return made


def test_of_what_is_damaged_on_every_line_not_all_is_named(
    damaged: Callable[[int], str], tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    for count, named in ((1000, 1000), (1001, 1001), (3000, 1001)):
        path.write_text(damaged(count))
        _, problems = read("archive", path)
        assert len(problems) == named
        assert (problems[-1].sentence == archive._MORE) == (count > 1000)


def test_an_archive_of_more_lines_than_are_taken_is_refused(
    damaged: Callable[[int], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_json, "MAX_ENTRIES", 10)
    path = tmp_path / "a.json"
    path.write_text(damaged(10))
    assert len(read("archive", path)[1]) == 10
    path.write_text(damaged(11))
    with pytest.raises(Refused, match="more than 10 notes and files"):
        read("archive", path)


def test_a_packed_archive_is_not_unpacked_anew_for_each_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_packed, counts = zipfile.ZipFile.open, list[int]()

    def counted(*given: Any, **named: Any) -> Any:
        counts[-1] += 1
        return opened_packed(*given, **named)

    note = {"author": "Ana", "date": "2024-03-02", "title": "", "kind": "x", "tags": [], "body": "x"}
    note |= {"written": "2024-03-02T09:30:00Z", "revised": ""}
    for count in (1, 9):
        names = [f"{number}.bin" for number in range(count)]
        files = ",\n".join(f'{{"path": "files/{name}", "size": 3, "data": [\n"YWJj"\n]}}' for name in names)
        listed = [{**note, "files": [{"name": name, "size": 3, "path": f"files/{name}"}]} for name in names]
        notes = ",\n".join(map(json.dumps, listed))
        said = _archive(f'"files": [\n{files}\n],\n"notes": [\n{notes}\n]')
        path = zipped(tmp_path / f"{count}.zip", {"a.json": said})
        counts.append(0)
        with monkeypatch.context() as patched:
            patched.setattr(zipfile.ZipFile, "open", counted)
            found, problems = read("archive", path)
        assert not any(one.is_lost for one in problems)
        assert [file.name for one in found for file in one.files] == names
    assert counts[0] == counts[1] > 0
