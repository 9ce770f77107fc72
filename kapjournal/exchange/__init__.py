"""What leaves a journal in the clear: the fields of a note as scripts see them, and markdown for people.

Importing this package costs nothing: it knows `kapjournal.journal` by type alone.
"""

from kapjournal.exchange.document import export_document
from kapjournal.exchange.fields import as_json, iso_time, note_fields, version_fields
from kapjournal.exchange.folder import export_folder
from kapjournal.exchange.markdown import NOT_SEALED
from kapjournal.exchange.partial import abandon
from kapjournal.exchange.place import suggested
from kapjournal.exchange.selection import select, whose
from kapjournal.exchange.writing import export, warning

__all__ = [
    "NOT_SEALED",
    "abandon",
    "as_json",
    "export",
    "export_document",
    "export_folder",
    "iso_time",
    "note_fields",
    "select",
    "suggested",
    "version_fields",
    "warning",
    "whose",
]
