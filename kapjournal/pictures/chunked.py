"""PNG, WebP and GIF, chunk by chunk: only chunks that are known to be of the picture are kept."""

import zlib
from typing import BinaryIO

from kapjournal.pictures.found import Found
from kapjournal.pictures.spans import BrokenPicture, Spans, exactly

PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST_BLOCK = 16 * 1024 * 1024
"""A larger block of details is not read, and left out all the same."""

_PNG_PICTURE = frozenset(
    b"IHDR PLTE IDAT tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST sPLT pHYs cICP mDCV cLLI acTL fcTL fdAT".split()
)
_WEBP_PICTURE = frozenset((b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04
_GIF_PICTURE = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def clean_png(file: BinaryIO, found: Found) -> Spans:
    """What of a PNG file is the picture."""
    spans, exif = Spans(file), -1
    spans.keep(0, len(PNG))
    file.seek(len(PNG))
    while True:
        start = file.tell()
        length, name = int.from_bytes(exactly(file, 4), "big"), exactly(file, 4)
        end = start + 12 + length
        if name == b"IEND":
            break
        if name in _PNG_PICTURE:
            spans.keep(start, end)
        elif name == b"eXIf":
            found.exif(_block(file, length))
        elif name == b"iTXt":
            found.xmp(_block(file, length))
        else:
            found.other()
        if exif < 0:  # right behind the first chunk, the header
            exif = spans.add(b"")
        file.seek(end - 4)
        exactly(file, 4)
    spans.keep(start, end)
    file.seek(end)
    if file.read(1):
        found.other()
    if exif >= 0:
        spans.put(exif, found.kept(lambda data: _png_chunk(b"eXIf", data)))
    return spans


def clean_webp(file: BinaryIO, found: Found) -> Spans:
    """What of a WebP file is the picture."""
    spans = Spans(file)
    file.seek(4)
    whole = 8 + int.from_bytes(exactly(file, 4), "little")
    head = spans.add(b"")
    features, flags = -1, b""
    at = 12
    while at < whole:
        file.seek(at)
        name, length = exactly(file, 4), int.from_bytes(exactly(file, 4), "little")
        end = at + 8 + length + length % 2
        if name == b"VP8X" and features < 0:
            features, flags = spans.add(b""), _block(file, length)
        elif name in _WEBP_PICTURE:
            spans.keep(at, min(end, whole))
        elif name == b"EXIF":
            found.exif(_block(file, length))
        elif name == b"XMP ":
            found.xmp(_block(file, length))
        else:
            found.other()
        at = end
    file.seek(whole)
    if file.read(1):
        found.other()
    exif = found.kept(lambda data: _riff_chunk(b"EXIF", data)) if flags else b""
    if flags:
        kept = flags[0] & ~(_WEBP_EXIF | _WEBP_XMP) | (_WEBP_EXIF if exif else 0)
        spans.put(features, _riff_chunk(b"VP8X", bytes([kept]) + flags[1:]))
    spans.add(exif)
    spans.put(head, b"RIFF" + (spans.size + 4).to_bytes(4, "little") + b"WEBP")
    return spans


def clean_gif(file: BinaryIO, found: Found) -> Spans:
    """What of a GIF file is the picture."""
    spans = Spans(file)
    file.seek(10)
    file.seek(13 + _colours(exactly(file, 1)[0]))
    spans.keep(0, file.tell())
    while True:
        start = file.tell()
        kind = exactly(file, 1)
        if kind == b";":
            break
        if kind == b",":
            file.seek(start + 10 + _colours(exactly(file, 9)[8]) + 1)
            is_picture = True
        elif kind == b"!":
            label = exactly(file, 1)[0]
            name = file.read(12)[1:]
            file.seek(start + 2)
            is_picture = label in (0xF9, 0x01) or (label == 0xFF and name in _GIF_PICTURE)
        else:
            raise BrokenPicture
        while count := exactly(file, 1)[0]:
            exactly(file, count)
        if is_picture:
            spans.keep(start, file.tell())
        else:
            found.other()
    spans.add(b";")
    if file.read(1):
        found.other()
    return spans


def _colours(packed: int) -> int:
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def _block(file: BinaryIO, length: int) -> bytes:
    return exactly(file, length) if length <= _LARGEST_BLOCK else b""


def _png_chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def _riff_chunk(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)
