"""Pictures as phones and programs make them, with all that they say beside what they show."""

import io
import struct
import zlib
from collections.abc import Callable

from PIL import ExifTags, Image, PngImagePlugin

Base, IFD = ExifTags.Base, ExifTags.IFD
SECRETS = (b"PhoneMaker", b"Model 15", b"SN-123456", b"Camera Owner", b"2026:05", b"quokka", b"51.5")
XMP = b"<x:xmpmeta><exif:GPSLatitude>51.5N</exif:GPSLatitude><dc:title>quokka</dc:title></x:xmpmeta>"


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: device, moment, place, its own numbers, and which way up."""
    made = Image.Exif()
    made[Base.Make], made[Base.Model], made[Base.DateTime] = "PhoneMaker", "Model 15", "2026:05:01 10:00:00"
    made[Base.ImageDescription] = "quokka"
    made[Base.Orientation] = orientation
    inside = made.get_ifd(IFD.Exif)
    inside[Base.BodySerialNumber], inside[Base.CameraOwnerName] = "SN-123456", "Camera Owner"
    inside[Base.MakerNote] = b"quokka" * 100
    place = made.get_ifd(IFD.GPSInfo)
    place[1], place[2] = "N", (51.5, 30.0, 0.0)
    return made


def shown(mode: str = "RGB") -> Image.Image:
    """Something to see: no two neighbouring points are alike."""
    image = Image.new("RGB", (67, 43))
    image.putdata([(x * 3 % 256, y * 5 % 256, (x * y) % 256) for y in range(43) for x in range(67)])
    return image.convert(mode)


def jpeg(orientation: int = 1, *, progressive: bool = False, mode: str = "RGB") -> bytes:
    """A photograph with EXIF, XMP, a comment, and behind its end another picture with its own EXIF."""
    into = io.BytesIO()
    shown(mode).save(
        into,
        "JPEG",
        exif=exif(orientation),
        xmp=XMP,
        comment=b"quokka",
        progressive=progressive,
        dpi=(300, 300),
    )
    behind = io.BytesIO()
    shown().save(behind, "JPEG", exif=exif())
    return into.getvalue() + behind.getvalue() + b"quokka the film"


def png(orientation: int = 1) -> bytes:
    """A picture with EXIF, texts and a moment."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "quokka")
    texts.add_text("Comment", "quokka " * 50, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    into = io.BytesIO()
    shown("RGBA").save(into, "PNG", pnginfo=texts, exif=exif(orientation))
    data = into.getvalue()
    moment = b"tIME" + struct.pack(">H5B", 2026, 5, 1, 10, 0, 0)
    chunk = struct.pack(">I", 7) + moment + struct.pack(">I", zlib.crc32(moment))
    return data[:33] + chunk + data[33:] + b"quokka behind the end"


def webp(orientation: int = 1, *, lossless: bool = True) -> bytes:
    """A picture of the web with EXIF and XMP."""
    into = io.BytesIO()
    shown("RGBA").save(into, "WEBP", lossless=lossless, exif=exif(orientation), xmp=XMP)
    return into.getvalue()


def gif(orientation: int = 1) -> bytes:
    """Moving pictures with a comment; which way up they are they cannot say."""
    into = io.BytesIO()
    frames = [shown("P"), shown("P").rotate(90)]
    frames[0].save(
        into, "GIF", save_all=True, append_images=frames[1:], comment=b"quokka", loop=0, duration=90
    )
    return into.getvalue() + b"quokka"


MADE: dict[str, Callable[[int], bytes]] = {
    "jpeg": jpeg,
    "progressive jpeg": lambda orientation: jpeg(orientation, progressive=True),
    "grey jpeg": lambda orientation: jpeg(orientation, mode="L"),
    "cmyk jpeg": lambda orientation: jpeg(orientation, mode="CMYK"),
    "png": png,
    "lossless webp": webp,
    "lossy webp": lambda orientation: webp(orientation, lossless=False),
    "gif": gif,
}


def bomb(width: int, height: int) -> bytes:
    """A PNG file of a few kilobytes that is black and very large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packing, row = zlib.compressobj(9), b"\0" + bytes(width // 8 + 1)
    data = b"".join(packing.compress(row) for _ in range(height)) + packing.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
