"""Pictures without what their makers wrote into them: place, device, moment, comments, earlier states.

What a picture shows is copied to the byte and never decoded, so nothing of its quality is lost; only the
blocks that hold something else are left out. Which way up it is stays, and so do its colours: a colour
profile is kept whole, and one that was made for a screen can name that screen, its number and the day.
Pillow reads what was left out, so that a person can be told, and writes the one tag that stays; it never sees
the picture.

`large_type` is apart from that: it draws a line of text with the letters that come with Pillow.

To be shown on a screen a picture has to be decoded: `small` lets another process do that.
"""

from kapjournal.pictures.cleaning import CannotBeCleaned, Cleaned, without_details
from kapjournal.pictures.details import Detail

__all__ = ["CannotBeCleaned", "Cleaned", "Detail", "without_details"]
