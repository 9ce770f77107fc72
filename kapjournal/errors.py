"""One tree of errors: a sentence for the person, an exit code for a script.

Every error a person may meet is one of these. The message is a whole sentence that says what happened
and, where it helps, what is safe and what to do next; it never holds a word anybody wrote in a note.
"""


class KapjournalError(Exception):
    """Something happened that the program did not expect."""

    exit_code = 1


class UsageError(KapjournalError):
    """The words of a command do not make one, or a value is not of its form."""

    exit_code = 2


class UnlockFailed(KapjournalError):
    """A door, passphrase, code or set of recovery words did not open. Which of them is never said."""

    exit_code = 3


class JournalLocked(KapjournalError):
    """The journal was open and is locked again: another part of the program closed it."""

    exit_code = 3


class NotFound(KapjournalError):
    """There is no such thing, or it is somebody else's. The two are told apart nowhere."""

    exit_code = 4


class Damaged(KapjournalError):
    """A file or a sealed value is not what its author wrote."""

    exit_code = 5


class Refused(KapjournalError):
    """A rule of the journal says no."""

    exit_code = 6


class CannotSave(KapjournalError):
    """The disk, the folder or another program kept a save from happening; what stood before stands."""

    exit_code = 1
