"""Which form a picture has, and what is left of it without its details."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kapjournal.errors import Refused
from kapjournal.pictures import chunked, jpeg
from kapjournal.pictures.details import Detail
from kapjournal.pictures.found import Found
from kapjournal.pictures.spans import BrokenPicture, Spans

_HEAD_BYTES = 32
_KNOWN: dict[str, tuple[Callable[[bytes], bool], Callable[[BinaryIO, Found], Spans]]] = {
    "JPEG": (lambda head: head.startswith(jpeg.START), jpeg.clean),
    "PNG": (lambda head: head.startswith(chunked.PNG), chunked.clean_png),
    "WebP": (lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP", chunked.clean_webp),
    "GIF": (lambda head: head[:6] in (b"GIF87a", b"GIF89a"), chunked.clean_gif),
}
_BRANDS = frozenset(
    b"heic heix hevc hevx heim heis hevm hevs heif mif1 mif2 msf1 miaf MiHE MiHB MiHA avif avis".split()
) | {b"crx "}
_RAW = (b"\0MRM", b"FOVb", b"II\x1a\0\0\0HEAPCCDR")
"""Minolta, Sigma, and Canon once."""

_OTHERS = {
    "TIFF": (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
    "camera raw": (b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", *_RAW),
    "JPEG XR": (b"II\xbc",),
    "JPEG XL": (b"\xff\x0a", b"\0\0\0\x0cJXL "),
    "JPEG 2000": (b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51"),
    "Photoshop": (b"8BPS",),
}
"""Forms of pictures that can say where they were taken, and that this program cannot clean."""


class CannotBeCleaned(Refused):
    """A picture whose details cannot be taken out; it can still be attached as it is. `why` says what is in
    the way, without what came of it."""

    def __init__(self, why: str) -> None:
        self.why = f"{why}, and that cannot be taken out here."
        super().__init__(f"{self.why} Nothing was attached. Save it as JPEG or PNG and attach that.")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture without its details; `taken_out` says which kinds there were. Iterating reads the file."""

    taken_out: frozenset[Detail]
    _spans: Spans

    @property
    def size(self) -> int:
        """How many bytes are left of it."""
        return self._spans.size

    def __iter__(self) -> Iterator[bytes]:
        """The picture, a little at a time (`Refused` if the file is cut off meanwhile)."""
        try:
            yield from self._spans
        except BrokenPicture:
            raise Refused("The picture was changed while it was read. Nothing was attached.") from None


def without_details(file: BinaryIO) -> Cleaned | None:
    """A picture without what is written beside it; None if the file is no picture.

    `CannotBeCleaned` for a picture whose details cannot be taken out."""
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    found = Found()
    for name, (fits, clean) in _KNOWN.items():
        if fits(head):
            try:
                spans = clean(file, found)
            except BrokenPicture:
                raise CannotBeCleaned(f"This {name} picture is not built as it should be") from None
            return Cleaned(frozenset(found.details), spans)
    if head[4:8] == b"ftyp" and head[8:12] in _BRANDS:
        raise CannotBeCleaned("A HEIC or AVIF picture, as many phones make them, may say where it was taken")
    for name, starts in _OTHERS.items():
        if head.startswith(starts):
            raise CannotBeCleaned(f"A picture of the form {name} may say where it was taken")
    return None
