"""How a request for access to the record lies in a document, with the packs that left for it: sealed for its
author alone."""

from typing import Any

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.access_requests import MAX_PACKS, AccessRequest, Ground, PackLeft
from kapjournal.domain.forms import About
from kapjournal.domain.ids import CaseId
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import day_from_text, from_hex, moment_from_text, moment_to_text
from kapjournal.text import MAX_LINE, is_line


def encode(request: AccessRequest, before: DocumentVersion | None = None) -> Content:
    """A request as the content of its document."""
    fields: dict[str, Any] = {
        "case": request.case.hex(),
        "about": request.about.value,
        "asked": request.asked.isoformat(),
        "due": request.due.isoformat(),
        "answered": request.answered.isoformat() if request.answered else None,
        "packs": [
            [
                one.recipient,
                one.form,
                one.sha256,
                one.authorisation,
                one.items,
                _pairs(one.withheld),
                moment_to_text(one.left),
            ]
            for one in request.packs
        ],
    }
    if request.withholding or (before is not None and "withholding" in before.fields()):
        fields["withholding"] = _pairs(request.withholding)
    return Content.of(fields, before=before)


def decode(version: DocumentVersion) -> AccessRequest:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        packs = data["packs"]
        if type(packs) is not list or len(packs) > MAX_PACKS:
            raise ValueError
        return AccessRequest(
            CaseId(from_hex(data["case"], 16)),
            About(data["about"]),
            day_from_text(data["asked"]),
            day_from_text(data["due"]),
            day_from_text(data["answered"]) if data["answered"] is not None else None,
            tuple([_pack(*one) for one in packs]),
            withholding=_withheld(data.get("withholding", [])),
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A request for access has a field of the wrong form.") from None


def _pack(
    recipient: Any, form: Any, sha256: Any, authorisation: Any, items: Any, withheld: Any, left: Any
) -> PackLeft:
    if type(items) is not int or items < 0:
        raise ValueError
    return PackLeft(
        _line(recipient),
        _line(form),
        from_hex(sha256, 32).hex(),
        from_hex(authorisation, 32).hex() if authorisation else "",
        items,
        _withheld(withheld),
        moment_from_text(left),
    )


def _pairs(withheld: tuple[tuple[str, Ground], ...]) -> list[list[str]]:
    return [[name, ground.value] for name, ground in withheld]


def _withheld(pairs: Any) -> tuple[tuple[str, Ground], ...]:
    if type(pairs) is not list:
        raise ValueError
    return tuple([(_line(name), Ground(ground)) for name, ground in pairs])


def _line(said: Any) -> str:
    if type(said) is not str or len(said) > MAX_LINE or not is_line(said):
        raise ValueError
    return said
