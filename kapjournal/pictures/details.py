"""What a picture says beside what it shows."""

from enum import StrEnum

EXIF_PREFIX = b"Exif\0\0"
"""Stands before EXIF in a JPEG file, and nowhere else."""


class Detail(StrEnum):
    """Kinds of what is taken out of a picture."""

    PLACE = "place"
    DEVICE = "device"
    TIME = "time"
    OTHER = "other"
