"""What was met on the way through a picture, by its blocks."""

from collections.abc import Callable
from dataclasses import dataclass, field

from kapjournal.pictures.details import Detail

_IN_XMP = {
    Detail.PLACE: (b"GPS", b"Iptc4xmpCore:Location", b"photoshop:City"),
    Detail.DEVICE: (b"tiff:Make", b"tiff:Model", b"aux:"),
    Detail.TIME: (b"CreateDate", b"DateTimeOriginal", b"DateCreated"),
}


@dataclass(slots=True)
class Found:
    """What was met on the way through a picture; `orientation` is EXIF's number, 1 for the right way up."""

    details: set[Detail] = field(default_factory=set)
    orientation: int = 1
    _has_exif: bool = False

    def exif(self, data: bytes) -> None:
        """A block of EXIF; of several the first says which way up the picture is."""
        from kapjournal.pictures.exif import read  # noqa: PLC0415 - Pillow is loaded for pictures alone

        orientation, details = read(data)
        self.details |= details
        if not self._has_exif:
            self.orientation, self._has_exif = orientation, True

    def xmp(self, data: bytes) -> None:
        """A block of XMP, whose words are searched for those that name a kind of detail."""
        kinds = {detail for detail, words in _IN_XMP.items() if any(word in data for word in words)}
        self.details |= kinds or {Detail.OTHER}

    def other(self) -> None:
        """Anything else that is not the picture."""
        self.details.add(Detail.OTHER)

    def kept(self, wrap: Callable[[bytes], bytes]) -> bytes:
        """The block that stays where the picture does not lie the right way up, or nothing."""
        from kapjournal.pictures.exif import written  # noqa: PLC0415

        return wrap(written(self.orientation)) if self.orientation != 1 else b""
