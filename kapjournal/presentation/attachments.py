"""What is said of attached files: name, size, kind, what was taken out of a picture, what removing does."""

from collections.abc import Collection
from pathlib import Path

from kapjournal import paths
from kapjournal.domain.attachments import Attachment, AttachmentKind, is_safe
from kapjournal.pictures import Detail
from kapjournal.presentation.progress import size
from kapjournal.presentation.readers import listed
from kapjournal.presentation.sentences import EARLIER_COPIES
from kapjournal.text import shown_line

ATTACHING = (
    "A file of up to 64 MiB. Whoever can read this note can save it.\n\nA picture says more than it shows: "
    "where and when it was taken, and with which device. That is taken out before it is sealed. A colour "
    "profile stays, or its colours would change; one made for a screen can name it. Films, recordings and "
    "documents are attached as they are."
)
REMOVED = "The file is removed."
TOO_LARGE_TO_SHOW = "This picture is too large to be shown here."

FILMS_KEEP_THEIRS = (
    "What a film or a recording says of place, device and time is kept in it: only pictures are cleaned."
)

_SAID = {
    Detail.PLACE: "where it was taken",
    Detail.DEVICE: "the device",
    Detail.TIME: "the time",
    Detail.OTHER: "what else was written beside it",
}


AS_IT_IS = "Attach it as it is, with all that it says?"
NOTHING_ATTACHED = "Nothing was attached."


def in_a_line(file: Attachment) -> str:
    """Name, size and kind, for a screen."""
    return f"{shown_line(file.name)} · {size(file.size)} · {file.kind.value}"


def aloud(file: Attachment) -> str:
    """The same in words."""
    return f"{shown_line(file.name)}, {file.kind.value}, {size(file.size)}"


def after_attaching(file: Attachment, taken_out: Collection[Detail]) -> list[str]:
    """What to know about a file that is attached now."""
    said = [f"Attached: {aloud(file)}."]
    if taken_out:
        things = listed([words for detail, words in _SAID.items() if detail in taken_out])
        said.append(f"Taken out of the picture: {things}. What it shows is as it was.")
    if file.kind in (AttachmentKind.FILM, AttachmentKind.SOUND):
        said.append(FILMS_KEEP_THEIRS)
    return said


def suggested(file: Attachment) -> Path:
    """A free place to save a file to, under its own name if that is harmless."""
    return paths.free_in_home(file.name if is_safe(file.name) else "file")


def removing(readers: str) -> str:
    """What removing a file does; `readers` are the others who can read the note, empty if there are none."""
    gone = "It is gone from the note, for good."
    if readers:
        gone += f" {shown_line(readers)} may have saved it already."
    return f"{gone} {EARLIER_COPIES}"
