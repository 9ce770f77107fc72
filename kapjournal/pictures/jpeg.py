"""JPEG, segment by segment: what the picture is made of is kept, what is written beside it is not.

Behind the end of the picture phones put films, other pictures and their own EXIF: nothing of that is kept.
"""

import re
from typing import BinaryIO

from kapjournal.pictures.details import EXIF_PREFIX
from kapjournal.pictures.found import Found
from kapjournal.pictures.spans import BrokenPicture, Spans, exactly

START = b"\xff\xd8\xff"
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP14 = 0xE0, 0xE1, 0xE2, 0xEE
_ALONE = {0x01, *range(0xD0, 0xD8)}
_PICTURE = {*range(0xC0, 0xD0), *range(0xDA, 0xE0)}
_XMP = (b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0")
_JFIF_BYTES = 14
_AFTER_SCAN = re.compile(b"\xff[^\x00\xd0-\xd7\xff]")
_AT_ONCE = 256 * 1024


def clean(file: BinaryIO, found: Found) -> Spans:
    """What of the file is the picture."""
    spans = Spans(file)
    file.seek(2)
    spans.keep(0, 2)
    jfif, exif = spans.add(b""), spans.add(b"")
    while (marker := _marker(file)) != _EOI:
        start = file.tell() - 2
        if marker in _ALONE:
            spans.keep(start, start + 2)
            continue
        length = int.from_bytes(exactly(file, 2), "big")
        if length < 2 or marker == _SOI:
            raise BrokenPicture
        body = exactly(file, length - 2)
        end = file.tell()
        if marker == _APP0 and body.startswith(b"JFIF\0") and len(body) >= _JFIF_BYTES:
            spans.put(jfif, b"\xff\xe0\x00\x10" + body[: _JFIF_BYTES - 2] + b"\0\0")
            if len(body) > _JFIF_BYTES:  # a small picture of what this was once
                found.other()
        elif _is_kept(marker, body):
            spans.keep(start, end)
        else:
            _tell(marker, body, found)
        if marker == _SOS:
            _keep_scan(file, spans)
    spans.add(b"\xff\xd9")
    if file.read(1):
        found.other()
    spans.put(exif, found.kept(_segment))
    return spans


def _marker(file: BinaryIO) -> int:
    if exactly(file, 1) != b"\xff":
        raise BrokenPicture
    while (code := exactly(file, 1)) == b"\xff":
        continue
    return code[0]


def _is_kept(marker: int, body: bytes) -> bool:
    colours = marker == _APP2 and body.startswith(b"ICC_PROFILE\0")
    return marker in _PICTURE or colours or (marker == _APP14 and body.startswith(b"Adobe"))


def _tell(marker: int, body: bytes, found: Found) -> None:
    if marker == _APP1 and body.startswith(EXIF_PREFIX):
        found.exif(body)
    elif marker == _APP1 and body.startswith(_XMP):
        found.xmp(body)
    else:
        found.other()


def _keep_scan(file: BinaryIO, spans: Spans) -> None:
    """Keep the coded picture up to the next marker, and leave the file there."""
    start = at = file.tell()
    while True:
        file.seek(at)
        some = file.read(_AT_ONCE)
        ended = _AFTER_SCAN.search(some)
        if ended:
            at += ended.start()
            break
        if len(some) < 2:
            raise BrokenPicture
        at += len(some) - 1  # the last byte may be the first of a marker
    spans.keep(start, at)
    file.seek(at)


def _segment(exif: bytes) -> bytes:
    body = EXIF_PREFIX + exif
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
