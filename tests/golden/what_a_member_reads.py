"""What one person reads through the product's use cases, in the shape the second reader gives.

People have the labels of their certificates, whatever they are called to this person.
"""

import hashlib
import io
from typing import Any

from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Note, NoteText
from kapjournal.domain.signing import Signature, SignatureState
from kapjournal.journal import Journal
from kapjournal.journal.strict_encoding import moment_to_text
from tests.internals import vault_of


def what_a_member_reads(journal: Journal) -> dict[str, Any]:
    label_of = vault_of(journal).membership.book.labels
    numbers = {session.id: session.number for session in journal.sessions.all()}

    def labels(readers: frozenset[MemberId]) -> list[str]:
        return sorted(label_of.get(reader, "?") for reader in readers)

    def text(text: NoteText, readers: frozenset[MemberId], **more: object) -> dict[str, Any]:
        return {
            "title": text.title,
            "kind": text.kind.value,
            "date": text.date.isoformat(),
            "tags": list(text.tags),
            "session": numbers.get(text.session.id, text.session.number) if text.session else None,
            "readers": labels(readers),
            "body": text.body,
            **more,
        }

    def beside(note: Note) -> dict[str, Any]:
        """Title, words and tags of the other versions that stand, written on several computers at once."""
        others = sorted([text.title, text.body, *text.tags] for text in note.beside)
        return {"beside": others} if others else {}

    def files(note: Note) -> dict[str, Any]:
        """What is attached, and the digest of what is saved of it; nothing where nothing is."""
        described = []
        for file in journal.attachments.of(note.id):
            journal.attachments.write(note.id, file.name, into := io.BytesIO())
            sha256 = hashlib.sha256(into.getvalue()).hexdigest()
            described.append({"name": file.name, "size": file.size, "sha256": sha256})
        return {"files": described} if described else {}

    def by(signature: Signature) -> dict[str, Any]:
        assert signature.state is SignatureState.HOLDS and signature.when
        said = {"as": signature.capacity, "name": signature.name, "credentials": signature.credentials}
        signer = label_of[signature.signer]
        return {**said, "signer": signer, "when": moment_to_text(signature.when)}

    def signed(note: Note) -> dict[str, Any]:
        """Who signed it and what was added, each with a signature that holds; nothing if nobody did."""
        if not (known := journal.signing.of(note.id)):
            return {}
        addenda = [
            {"what": one.kind.value, "reason": one.reason, "body": one.body, **by(one.signature)}
            for one in known.addenda
        ]
        signatures = sorted(map(by, known.signatures), key=lambda one: str(one["signer"]))
        return {"signed": {"signatures": signatures, "addenda": addenda}}

    notes = sorted(journal.notes.all(), key=lambda note: note.id)
    return {
        "title": journal.title,
        "planned": journal.sessions.planned,
        "people": {label_of[member.id]: member.role.value for member in journal.members.all()},
        "gone": sorted(label_of[member.id] for member in journal.members.all() if member.removed),
        "verified": sorted(
            label_of[m.id] for m in journal.members.all() if m.verified and m.id != journal.me.id
        ),
        "invited": [one.name for one in journal.members.invitations()] if journal.me.is_keeper else [],
        "sessions": [
            {
                "number": session.number,
                "kind": session.kind.value,
                "date": session.date.isoformat(),
                "time": session.time.strftime("%H:%M") if session.time else None,
                "title": session.title,
            }
            for session in sorted(journal.sessions.all(), key=lambda session: session.number)
        ],
        "notes": [
            text(
                note.text,
                note.readers,
                name=note.id,
                author=label_of[note.author],
                written=moment_to_text(note.written),
                revised=moment_to_text(note.revised) if note.revised else None,
                **beside(note),
                **files(note),
                **signed(note),
            )
            for note in notes
        ],
        "earlier": [
            text(version.text, version.readers, name=note.id, saved=moment_to_text(version.saved))
            for note in notes
            if note.author == journal.me.id
            for version in journal.notes.history(note.id)[: -len(note.versions)]
        ],
        "drafts": [
            text(draft.text, draft.readers, of=draft.of, cursor=list(draft.cursor))
            for draft in sorted(journal.drafts.all(), key=lambda draft: draft.text.title)
        ],
    }
