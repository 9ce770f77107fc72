"""What leaves a journal unsealed: the fields of a note as JSON for scripts, and markdown for people.

Importing this package is fast: it imports `kapjournal.journal` for type checking only.
"""

from kapjournal.exchange.destination import suggested
from kapjournal.exchange.export_notes import export, place_of, warning
from kapjournal.exchange.json_fields import (
    as_json,
    file_fields,
    iso_time,
    note_fields,
    signed_fields,
    version_fields,
)
from kapjournal.exchange.markdown import NOT_SEALED
from kapjournal.exchange.markdown_document import export_document
from kapjournal.exchange.markdown_folder import export_folder
from kapjournal.exchange.selection import select, whose
from kapjournal.staging import abandon

__all__ = [
    "NOT_SEALED",
    "abandon",
    "as_json",
    "export",
    "export_document",
    "export_folder",
    "file_fields",
    "iso_time",
    "note_fields",
    "place_of",
    "select",
    "signed_fields",
    "suggested",
    "version_fields",
    "warning",
    "whose",
]
