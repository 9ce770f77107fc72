"""How it lies in a document that a page of its author's may be used for supervision: the content that it is
about by author, document and digest, and when."""

import datetime as dt
from typing import NamedTuple

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import moment_from_text, moment_to_text


class ConsentedWords(NamedTuple):
    """Which words may be used, and since when (UTC)."""

    of: ContentName
    written: dt.datetime


def encode(consented: ConsentedWords, before: DocumentVersion | None = None) -> Content:
    """It as the content of its document."""
    data = {"of": consented.of.to_list(), "written": moment_to_text(consented.written)}
    return Content.of(data, before=before)


def decode(version: DocumentVersion) -> ConsentedWords:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        if version.text:
            raise ValueError
        return ConsentedWords(ContentName.from_list(data["of"]), moment_from_text(data["written"]))
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("That a page may be used has a field of the wrong form.") from None
