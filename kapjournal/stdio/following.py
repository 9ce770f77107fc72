"""How far a command is, for whoever waits at a terminal; the stderr of a script is not filled with it."""

import sys

from kapjournal.presentation.progress import in_quarters
from kapjournal.progress import HowFar, Progress, in_silence
from kapjournal.stdio import stderr
from kapjournal.stdio.questions import is_terminal


def following(how_far: HowFar = in_quarters, doing: str = "") -> Progress:
    """What says on stderr how far it is, if that is a terminal; `doing` begins each line where it is not
    plain what is being done."""
    if not is_terminal(sys.stderr):
        return in_silence
    return how_far(lambda sentence: stderr.say(f"{doing} {sentence}".lstrip()))
