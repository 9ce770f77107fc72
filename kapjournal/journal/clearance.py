"""Clearance at the dose pad: a person's dosing record is finished and signed while the other's goes on."""

from kapjournal.domain import pad as pads
from kapjournal.domain.forms import About
from kapjournal.domain.pad import PadDraft
from kapjournal.domain.signing import SignedDocument, Signer
from kapjournal.errors import Refused
from kapjournal.journal.dosing import Dosing
from kapjournal.journal.pads import OpenPad
from kapjournal.journal.signing import Signing


class Clearance:
    """The use case of a provider who lets a person go: it is signed in the same hour; nothing holds it."""

    def __init__(self, dosing: Dosing, signing: Signing) -> None:
        self._dosing = dosing
        self._signing = signing

    def sign(self, opened: OpenPad, pad: PadDraft, about: About, signer: Signer) -> SignedDocument:
        """Finish the dosing record of one person and sign it (`Refused` if nothing is written of them, if
        another program wrote rows that `pad` does not show, and as for `Signing.sign`); what was finished
        stays finished if it cannot be signed."""
        opened.finish(pad, (about,))
        record = self._dosing.find(pad.case, about, pad.session.number)
        if record is None:
            raise Refused("Nothing is written of this person yet.")
        if {row.id for row in record.text.rows} - {row.id for row in pad.rows(about)}:
            raise Refused(pads.ROWS_NOT_SEEN)
        return self._signing.sign(record.id, signer, record.versions)
