"""PNG, WebP and GIF, chunk by chunk: only chunks that are known to be of the picture are kept."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from kapjournal.pictures.found import Found
from kapjournal.pictures.spans import BrokenPicture, Spans, exactly

PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST_BLOCK = 16 * 1024 * 1024
"""A larger block of details is not read, and left out all the same."""

_PNG_PICTURE = frozenset(
    b"IHDR PLTE IDAT tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST sPLT pHYs cICP mDCV cLLI acTL fcTL fdAT".split()
)
_WEBP_PICTURE = frozenset((b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ICCP"))
_WEBP_FRAME = frozenset((b"VP8 ", b"VP8L", b"ALPH"))
_FEATURES_BYTES, _FRAME_HEAD_BYTES = 10, 16
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04
_GIF_CONTROL, _GIF_TEXT, _GIF_PROGRAM = 0xF9, 0x01, 0xFF
_GIF_PICTURE = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_GIF_LOOP = ((3, 1), (5, 2))
"""How long a block is that says how often, or with how much read ahead, and how it begins."""


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
    spans.add(_png_chunk(b"IEND", b""))
    file.seek(end)
    if length or file.read(1):
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
            if len(flags) != _FEATURES_BYTES:
                raise BrokenPicture
        elif name == b"ANMF":
            _keep_frame(file, spans, found, min(at + 8 + length, whole))
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


def _keep_frame(file: BinaryIO, spans: Spans, found: Found, end: int) -> None:
    """What shows of one of the moving pictures of a WebP file, which can hold anything beside."""
    head, at = spans.add(b""), file.tell()
    spans.keep(at, at + _FRAME_HEAD_BYTES)
    kept, at = _FRAME_HEAD_BYTES, at + _FRAME_HEAD_BYTES
    while at < end:
        file.seek(at)
        name, length = exactly(file, 4), int.from_bytes(exactly(file, 4), "little")
        after = at + 8 + length + length % 2
        if name in _WEBP_FRAME:
            spans.keep(at, min(after, end))
            kept += min(after, end) - at
        else:
            found.other()
        at = after
    spans.put(head, b"ANMF" + kept.to_bytes(4, "little"))
    spans.add(bytes(kept % 2))


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
            for _ in _gif_blocks(file):
                continue
            spans.keep(start, file.tell())
        elif kind == b"!":
            spans.add(_gif_extension(file, found))
        else:
            raise BrokenPicture
    spans.add(b";")
    if file.read(1):
        found.other()
    return spans


def _gif_blocks(file: BinaryIO) -> Iterator[bytes]:
    while count := exactly(file, 1)[0]:
        yield exactly(file, count)


def _gif_extension(file: BinaryIO, found: Found) -> bytes:
    """What of an extension is of the picture: how long and how often it shows, and text that is drawn."""
    label = exactly(file, 1)[0]
    kept, name = bytearray(), b""
    for place, block in enumerate(_gif_blocks(file)):
        name = name or block
        if (
            label == _GIF_TEXT
            or (label == _GIF_CONTROL and place == 0 and len(block) == 4)
            or (
                label == _GIF_PROGRAM
                and name in _GIF_PICTURE
                and (place == 0 or (len(block), block[0]) in _GIF_LOOP)
            )
        ):
            kept += bytes([len(block)]) + block
        else:
            found.other()
    return bytes((0x21, label, *kept, 0)) if kept else b""


def _colours(packed: int) -> int:
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def _block(file: BinaryIO, length: int) -> bytes:
    return exactly(file, length) if length <= _LARGEST_BLOCK else b""


def _png_chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def _riff_chunk(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)
