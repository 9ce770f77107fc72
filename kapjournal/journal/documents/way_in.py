"""How the way into a couple's journal lies in a document, sealed for one member of a practice alone."""

import operator
import os
from dataclasses import dataclass
from pathlib import Path

from kapjournal.crypto.keyslot import Secrets
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import CaseId, JournalId, MemberId
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex

MAX_POSITION = 9999


@dataclass(frozen=True, slots=True)
class WayIn:
    """Where a member has the journal of a couple, which journal it is, what their door there holds (None if
    they are to be asked for its passphrase each time), and the couple's place in their list."""

    case: CaseId
    journal: JournalId
    path: Path
    held: Secrets | None = None
    position: int = 0


def encode(way: WayIn, before: DocumentVersion | None = None) -> Content:
    """The way as the content of its document."""
    held = way.held
    keys = (held.first, held.journal_key, held.keeper, held.member) if held else ()
    fields = {
        "case": way.case.hex(),
        "journal": way.journal.hex(),
        "path": os.fsencode(way.path).hex(),
        "door": [key.hex() for key in keys],
        "position": way.position,
    }
    return Content.of(fields, before=before)


def decode(version: DocumentVersion) -> WayIn:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        held = None
        if data["door"]:
            first, journal_key, keeper, member = (from_hex(key, 32) for key in data["door"])
            held = Secrets(first, journal_key, MemberId(keeper), MemberId(member))
        position = operator.index(data["position"])
        if not 0 <= position <= MAX_POSITION:
            raise ValueError
        case, journal = CaseId(from_hex(data["case"], 16)), JournalId(from_hex(data["journal"], 16))
        return WayIn(case, journal, Path(os.fsdecode(bytes.fromhex(data["path"]))), held, position)
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("The way into a journal is not of its form.") from None
