"""What is said of restoring a backup."""

from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Restored

RESTORING = (
    "The backup takes the place of the journal, once your door opens in it. What stands there now is kept "
    "beside it under another name. What was written after the backup is not in it; bring in the kept file, "
    "or another copy, to have both."
)
OLDER = "Opening it, you are told that the file is older than what this computer has seen."
OF_THAT_DAY = "A backup opens with the passphrase your door had on the day it was made."


def restored(path: Path, done: "Restored") -> list[str]:
    """What was done, in sentences."""
    said = [f"Restored: {shown_line(str(path))}."]
    if done.kept is not None:
        said.append(f"What stood there is kept: {shown_line(str(done.kept))}.")
    if done.damaged:
        said.append(f"Rows of the backup that are damaged: {done.damaged}. Another copy may mend them.")
    return said
