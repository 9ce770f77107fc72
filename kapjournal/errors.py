"""One tree of errors: a sentence for the person, an exit code for a script.

Every error that a person is shown is one of these. The message is a whole sentence that says what happened
and, where it helps, what is safe and what to do next; it never holds a word of a note.
"""


class KapjournalError(Exception):
    """Something happened that the program did not expect."""

    exit_code = 1


class UsageError(KapjournalError):
    """A command is not complete or not known, or a value does not have the right form."""

    exit_code = 2


class UnlockFailed(KapjournalError):
    """A door, passphrase, code or set of recovery words did not open. Which of them is never said."""

    exit_code = 3


class JournalLocked(KapjournalError):
    """The journal was open and is locked again: another part of the program closed it."""

    exit_code = 3


class NotFound(KapjournalError):
    """There is no such thing, or it is not the reader's to see; the error never says which."""

    exit_code = 4


class Damaged(KapjournalError):
    """A file or a sealed value is not what its author wrote."""

    exit_code = 5


class Refused(KapjournalError):
    """A rule of the journal says no."""

    exit_code = 6


class CannotSave(KapjournalError):
    """The disk, the folder or another program prevented a save; what was saved before is unchanged."""

    exit_code = 1
