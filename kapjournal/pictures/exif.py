"""EXIF, read and written by Pillow: what it tells, and which way up a picture is."""

import warnings

from PIL import ExifTags, Image

from kapjournal.pictures.details import EXIF_PREFIX, Detail

_Base, _IFD = ExifTags.Base, ExifTags.IFD
_DEVICE = {_Base.Make, _Base.Model, _Base.Software, _Base.HostComputer}
_DEVICE_INSIDE = {_Base.MakerNote, _Base.LensMake, _Base.LensModel, _Base.LensSerialNumber}
_DEVICE_INSIDE |= {_Base.BodySerialNumber, _Base.CameraOwnerName}
_TIME = {_Base.DateTime, _Base.DateTimeOriginal, _Base.DateTimeDigitized}
_PLAIN = {_Base.Orientation, _IFD.Exif, _IFD.GPSInfo}


def read(data: bytes) -> tuple[int, set[Detail]]:
    """Which way up the picture is, 1 to 8, and what else the block tells; what cannot be read tells
    something too."""
    exif = Image.Exif()
    try:
        with warnings.catch_warnings(action="ignore"):
            exif.load(data)
            tags, inside, place = set(exif), set(exif.get_ifd(_IFD.Exif)), exif.get_ifd(_IFD.GPSInfo)
            orientation = exif.get(_Base.Orientation, 1)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - Pillow has many ways to say that it cannot read it
        return 1, {Detail.OTHER}
    found = set()
    if place:
        found.add(Detail.PLACE)
    if tags & _DEVICE or inside & _DEVICE_INSIDE:
        found.add(Detail.DEVICE)
    if (tags | inside) & _TIME:
        found.add(Detail.TIME)
    if (tags - _DEVICE - _TIME - _PLAIN) | (inside - _DEVICE_INSIDE - _TIME):
        found.add(Detail.OTHER)
    return (int(orientation) if orientation in range(1, 9) else 1), found


def written(orientation: int) -> bytes:
    """A block that says which way up a picture is, and nothing else."""
    exif = Image.Exif()
    exif[_Base.Orientation] = orientation
    return exif.tobytes().removeprefix(EXIF_PREFIX)
