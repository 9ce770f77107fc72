"""Archives as others make them, and as nobody should."""

import io
import stat
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from kapjournal.domain.incoming import IncomingNote, Problem
from kapjournal.exchange.imports.sources import source

REAL = Path(__file__).parent / "real"


def read(kind: str, path: Path, encoding: str = "") -> tuple[list[IncomingNote], list[Problem]]:
    """What a source has: notes with their files read, and problems."""
    with source(kind, path, encoding) as found:
        incoming = list(found)
        for one in incoming:
            if isinstance(one, IncomingNote):
                for file in one.files:
                    with file.open() as opened:
                        assert len(opened.read()) == file.size
    notes = [one for one in incoming if isinstance(one, IncomingNote)]
    return notes, [one for one in incoming if isinstance(one, Problem)]


def folder(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, data in files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data.encode() if isinstance(data, str) else data)
    return root


def zipped(path: Path, files: Mapping[str, str | bytes], *, packed: bool = True) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo("x", (2024, 3, 2, 9, 30, 0))
            info.filename = name
            info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            archive.writestr(info, data)
    return path


def zip_with_mode(path: Path, name: str, mode: int) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.create_system = 3
        info.external_attr = mode << 16
        archive.writestr(info, "/etc/passwd")
    return path


def zip_with_link(path: Path) -> Path:
    return zip_with_mode(path, "link.md", stat.S_IFLNK | 0o777)


def tarred(path: Path, files: Mapping[str, str | bytes], kind: bytes = tarfile.REGTYPE) -> Path:
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as archive:
        for name, data in files.items():
            body = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.mtime = kind, "elsewhere", 1709371800
            info.size = len(body) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(body))
    return path
