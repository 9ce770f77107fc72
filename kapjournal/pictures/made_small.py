"""Makes a picture small enough for a terminal, as a program of its own: `small` runs it.

What a stranger made is decoded here alone. It can stall, fill or end this process, which is given no key, no
word and no journal; where the system has such limits it opens no file, writes to none and starts no process.
A limit is no cage: code that took this process over could still do what whoever runs it may, such as delete
or cut a file by its name, or look into another program's memory where the system lets programs do that. On
Linux the program that asked for the picture is safe from such a look (`__main__`).

The picture comes by standard input; what is left of it goes to standard output: width and height, two bytes
each, then three bytes for each point.
"""

import io
import sys
from contextlib import suppress

from PIL import (
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

MAX_POINTS = 25_000_000
"""A picture with more is not decoded. Phones make 12 million of them, or 24."""

_MAX_MEMORY = 1024 * 1024 * 1024
_MAX_SECONDS = 10
_FORMS = [
    plugin.format
    for plugin in (
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        GifImagePlugin.GifImageFile,
        WebPImagePlugin.WebPImageFile,
        MpoImagePlugin.MpoImageFile,
    )
]
_THROUGH_WHICH_PAPER_SHOWS = ("P", "PA", "LA", "RGBA")
_OTHERS = ("L", "RGB", "CMYK", "YCbCr")


def made_small(data: bytes, width: int, height: int) -> Image.Image:
    """The picture, the right way up, on white paper, at most so many points wide and high."""
    side = max(width, height)
    with Image.open(io.BytesIO(data), formats=_FORMS) as picture:
        if picture.width * picture.height > MAX_POINTS:
            raise ValueError
        image: Image.Image = picture
        if picture.mode in _THROUGH_WHICH_PAPER_SHOWS:
            image = picture.convert("RGBA")
        elif picture.mode == "1":
            image = picture.convert("L")
        elif picture.mode not in _OTHERS:
            raise ValueError
        image.thumbnail((side, side))
        image = ImageOps.exif_transpose(image).convert("RGBA")
    image.thumbnail((width, height))
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    return paper.convert("RGB")


def _keep_within_limits() -> None:
    """Where the system can: little memory and time, no file, no process, no core."""
    try:
        import resource  # noqa: PLC0415 - not on every platform
    except ImportError:
        return
    for limit, most in (
        (resource.RLIMIT_AS, _MAX_MEMORY),
        (resource.RLIMIT_CPU, _MAX_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),
        (getattr(resource, "RLIMIT_NPROC", None), 0),
    ):
        if limit is not None:
            with suppress(ValueError, OSError):  # it is lower already, or the system has no such limit
                resource.setrlimit(limit, (most, most))


def main() -> None:
    """Read, decode, write."""
    Image.preinit()
    _keep_within_limits()
    image = made_small(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    head = b"".join(side.to_bytes(2, "big") for side in image.size)
    sys.stdout.buffer.write(head + image.tobytes())


if __name__ == "__main__":
    main()
