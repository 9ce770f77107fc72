"""What is said of attached files: name, size, kind, what was taken out of a picture, what removing does."""

from collections.abc import Callable, Collection

from kapjournal.domain.attachments import Attachment, AttachmentKind
from kapjournal.pictures import Detail
from kapjournal.presentation.readers import listed
from kapjournal.text import shown_line

REMOVED = "The file is removed."

FILMS_KEEP_THEIRS = (
    "What a film or a recording says of place, device and time is kept in it: only pictures are cleaned."
)

_LARGE = 8 * 1024 * 1024
"""Of a smaller file it is not said how far it is: it is done at once."""

_SAID = {
    Detail.PLACE: "where it was taken",
    Detail.DEVICE: "the device",
    Detail.TIME: "the time",
    Detail.OTHER: "what else was written beside it",
}


def size(count: int) -> str:
    """A number of bytes as people say it."""
    if count < 1000:
        return "1 byte" if count == 1 else f"{count} bytes"
    return f"{count / 1000:.0f} KB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"


AS_IT_IS = "Attach it as it is, with all that it says?"


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


def removing(readers: str) -> str:
    """What removing a file does; `readers` are the others who can read the note, empty if there are none."""
    gone = "It is gone from the note, for good."
    if readers:
        gone += f" {shown_line(readers)} may have saved it already."
    return gone + " Copies of the journal’s file made earlier still hold it, sealed."


def in_quarters(say: Callable[[str], object]) -> Callable[[int, int], None]:
    """Say how far a large file is, each time a quarter more of it is done."""
    said = 0

    def follow(done: int, whole: int) -> None:
        nonlocal said
        quarter = 4 * done // whole
        if whole >= _LARGE and quarter > said:
            said = quarter
            say(f"{25 * quarter} % of {size(whole)}.")

    return follow
