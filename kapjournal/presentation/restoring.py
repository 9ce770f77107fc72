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
OLDER = "If you are told that the file is older, that comes from going back."
BETTER = (
    "Another backup that is whole is better, if there is one: go back to that, then bring this one in "
    "(merge), and what is whole of it comes along."
)
ALL_THE_SAME = "Go back to it all the same?"
AS_DAMAGED = (
    f"{BETTER} What is damaged cannot be read, until a whole copy mends it. What stands there now is kept "
    "beside it."
)
NOT_RESTORED = "Nothing was changed."
OF_THAT_DAY = "A backup opens with the passphrase your door had on the day it was made."


def restored(path: Path, done: "Restored") -> list[str]:
    """What was done, in sentences."""
    said = [f"Restored: {shown_line(path.name)}."]
    if done.damage:
        said.append(f"The backup is not whole. {done.damage} Another copy may mend it.")
    if done.kept is not None:
        said.append(f"What stood there is kept beside it: {shown_line(done.kept.name)}.")
    return [*said, OLDER]
