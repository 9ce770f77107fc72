"""Whether a part of the screen, or the whole program, is on its way out.

Private name used here, since nothing public leads to it:

- `DOMNode._pruning`: set before the first part within goes; what is public tells only when all are gone.
"""

from textual.app import App
from textual.dom import DOMNode


def is_being_taken_away(thing: object) -> bool:
    """Whether a screen or widget is being taken away, or the app is ending: then what it is made of may be
    gone already, or not come any more."""
    if isinstance(thing, App):
        return not thing.is_running
    return isinstance(thing, DOMNode) and (
        thing._pruning or not thing.is_attached or not thing.app.is_running
    )
