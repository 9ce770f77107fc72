"""Attachments of a note: what a file may be called, how large it may be, and what kind it seems to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.text import shown_line, storable_line

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that can be attached."""

MAX_FILES = 32
"""So many files can be attached to a note."""

MAX_FILES_NAMED = 8 * MAX_FILES
"""So many a note can name all the same: each computer on which it stands attached its own."""

MAX_NAME_BYTES = 255
"""The longest name of a file, in bytes of UTF-8: as much as the disks of today take."""

_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"
}
"""Names that mean a device on Windows, whatever ending stands behind them."""

_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the direction of a line around, so that one ending can be read as another."""


_JOINERS = "\u200c\u200d"
"""Without them some scripts, and some emoji, cannot be written."""


class AttachmentKind(StrEnum):
    """What a file seems to be, by the ending of its name."""

    PICTURE = "picture"
    SOUND = "sound"
    FILM = "film"
    DOCUMENT = "document"
    FILE = "file"


_ENDINGS = {
    AttachmentKind.PICTURE: "jpg jpeg jpe png gif webp heic heif avif tif tiff bmp svg jxl dng",
    AttachmentKind.SOUND: "mp3 m4a aac ogg oga opus wav flac amr aiff caf",
    AttachmentKind.FILM: "mp4 m4v mov webm mkv avi 3gp mpg mpeg",
    AttachmentKind.DOCUMENT: "pdf txt md rtf odt doc docx ods xls xlsx odp ppt pptx csv html pages",
}
_KIND_OF = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings.split()}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a note, as a person is told of it; `size` is in bytes."""

    name: str
    size: int

    @property
    def kind(self) -> AttachmentKind:
        """What it seems to be. Only its name says so: nothing is opened for it."""
        stem, dot, ending = self.name.rpartition(".")
        return _KIND_OF.get(ending.lower(), AttachmentKind.FILE) if stem and dot else AttachmentKind.FILE


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file that was picked from a list: where it stood, counted from 0, and what stood there."""

    place: int
    file: Attachment


def name_from(text: str) -> str:
    """A name that a file can have anywhere, in NFC (`Refused` for any other)."""
    try:
        name = storable_line(text, "file’s name", MAX_NAME_BYTES)
    except UsageError as error:
        raise Refused(str(error)) from None
    if why := _why_not(name):
        raise Refused(f"A file cannot be called “{shown_line(text)}” here: {why}. Give it another name.")
    return name


def is_safe(name: str) -> bool:
    """Whether a file can be given this name in any folder."""
    return not _why_not(name)


def check_room(files: Sequence[object]) -> None:
    """Refuse one more file where there are as many as a note holds."""
    if len(files) >= MAX_FILES:
        raise Refused(f"A note holds at most {MAX_FILES} files. Attach this one to another note.")


def check_named(files: Sequence[object]) -> None:
    """Refuse to write a note that names more files than any reader takes."""
    if len(files) > MAX_FILES_NAMED:
        raise Refused(
            f"The texts of this note that stand have {len(files)} files together, and one can have "
            f"{MAX_FILES_NAMED}. Remove some of them first. Nothing was saved."
        )


def place_of(files: Sequence[Attachment], wanted: str | Chosen) -> int:
    """Which of the files is meant: one that was picked from a list, or by its name or its number from 1
    (`NotFound`; `UsageError` for a name that several have)."""
    if isinstance(wanted, Chosen):
        if wanted.place < len(files) and files[wanted.place] == wanted.file:
            return wanted.place
        raise NotFound("The files of this note have changed. Nothing was done; look at them again.")
    fitting = [place for place, file in enumerate(files) if file.name == wanted]
    if len(fitting) > 1:
        numbers = ", ".join(str(place + 1) for place in fitting)
        raise UsageError(
            f"Several files of this note are called “{shown_line(wanted)}”. Say which: {numbers}."
        )
    if fitting:
        return fitting[0]
    if wanted.isascii() and wanted.isdecimal() and len(wanted) < 6 and 0 < int(wanted) <= len(files):
        return int(wanted) - 1
    raise NotFound(f"This note has no file “{shown_line(wanted)}”.")


def place_of_new(files: Sequence[Attachment], name: str) -> int:
    """Where the file stands that was attached last under a name."""
    return max(place for place, file in enumerate(files) if file.name == name)


def _why_not(name: str) -> str:
    """Why a file cannot be called so; empty if it can."""
    reasons = {
        "it says nothing": not name.strip(". "),
        "it names a folder as well": "/" in name or "\\" in name,
        "it holds signs that turn it around": not _TURNING.isdisjoint(name),
        "it holds signs that nobody sees": not all(sign.isprintable() or sign in _JOINERS for sign in name),
        "some computers forget how it begins or ends": name != name.strip(" ") or name.endswith("."),
        "on some computers it means a device": name.partition(".")[0].rstrip(" ").lower() in _RESERVED,
        "it is too long": len(name.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES,
    }
    return next((why for why, is_so in reasons.items() if is_so), "")
