"""One tree of errors: a sentence for the person, an exit code for a script.

Every error that a person is shown is one of these. The message is a whole sentence that says what happened
and, where it helps, what is safe and what to do next; it never holds a word of a note.
"""

import errno
from pathlib import Path


class KapjournalError(Exception):
    """Something happened that the program did not expect."""

    exit_code = 1


class UsageError(KapjournalError):
    """A command is not complete or not known, or a value does not have the right form."""

    exit_code = 2


class NotSaid(UsageError):
    """Something has to be said that is needed now and then only. A face where it is said by an option names
    that one."""


class UnlockFailed(KapjournalError):
    """A door, passphrase, code or set of recovery words did not open. Which of them is never said."""

    exit_code = 3


class JournalLocked(KapjournalError):
    """The journal was open and is locked again: another part of the program closed it."""

    exit_code = 3

    def __init__(self, sentence: str = "The journal is locked.") -> None:
        super().__init__(sentence)


class SearchDropped(KapjournalError):
    """A search was given up: whoever asked wants something else by now."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__("Something else is searched for by now.")


class GivenUp(KapjournalError):
    """The person gave up what takes long; nothing of it is left."""

    def __init__(self, sentence: str = "It was given up. Nothing of it was kept.") -> None:
        super().__init__(sentence)


class NotFound(KapjournalError):
    """There is no such thing, or it is not the reader's to see; the error never says which."""

    exit_code = 4


class Damaged(KapjournalError):
    """A file or a sealed value is not what its author wrote."""

    exit_code = 5


class NotWhole(Damaged):
    """Parts of a backup are damaged: it is restored only if that is said. A face says how."""


class Refused(KapjournalError):
    """A rule of the journal says no."""

    exit_code = 6


class CannotSave(KapjournalError):
    """The disk, the folder or another program prevented a save; what was saved before is unchanged."""

    exit_code = 7


class OutOfMemory(KapjournalError):
    """The system does not give the memory that is needed; what was saved before is unchanged."""

    exit_code = 7


_STANDS = "What was saved before stands."
_NO_MEMORY = (
    f"The system does not give enough memory for that. {_STANDS} Close other programs, then try again."
)
_BY_THE_SYSTEM = {
    errno.ENOSPC: "There is no room left on the disk.",
    getattr(errno, "EDQUOT", errno.ENOSPC): "There is no room left for you on the disk.",
    errno.EFBIG: "A file would become larger than is allowed here.",
    errno.EROFS: "The disk can only be read.",
    errno.EACCES: "You may not do that with this file or folder.",
    errno.EPERM: "You may not do that with this file or folder.",
    errno.EMFILE: "Too many files are open in this program.",
    errno.ENFILE: "Too many files are open on this computer.",
    errno.EIO: "The disk did not do its work.",
}
_OF_THE_PATH = {
    errno.ENOENT: "A file or folder that is needed is not there.",
    errno.ENOTDIR: "A part of that path is a file, and no folder.",
    errno.EISDIR: "What should be a file is a folder.",
    errno.ENAMETOOLONG: "That path is longer than a path can be here.",
    errno.ELOOP: "The links in that path lead round in a circle.",
}
_MEMORY_IN_OTHER_WORDS = ("can't start new thread", "failed to map segment", "cannot allocate memory")


def is_by_the_system(error: OSError) -> bool:
    """Whether the system has no room, rights, files or memory left, whatever is at the path."""
    return error.errno in _BY_THE_SYSTEM or error.errno == errno.ENOMEM


def _is_nowhere() -> bool:
    """Whether the current folder was removed."""
    try:
        Path.cwd()
    except OSError:
        return True
    return False


def of_the_system(error: BaseException) -> KapjournalError | None:
    """What the system could not do, told as itself; None for whatever else an error may be.

    Of the error's own words none is repeated, which may hold a path or a person's words.
    """
    if isinstance(error, MemoryError):
        return OutOfMemory(_NO_MEMORY)
    if isinstance(error, RuntimeError | ImportError) and any(
        words in str(error).casefold() for words in _MEMORY_IN_OTHER_WORDS
    ):
        return OutOfMemory(_NO_MEMORY)
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return OutOfMemory(_NO_MEMORY)
    if isinstance(error, FileNotFoundError) and _is_nowhere():
        return CannotSave(
            f"The folder you are in is not there any more. {_STANDS} Go to another, then try again."
        )
    said = (_BY_THE_SYSTEM | _OF_THE_PATH).get(getattr(error, "errno", None) or 0)
    return CannotSave(f"{said} {_STANDS}") if isinstance(error, OSError) and said else None
