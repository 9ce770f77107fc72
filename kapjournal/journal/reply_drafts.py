"""Answers to write-ups on the way: sealed for their author alone as they are typed."""

import datetime as dt
from contextlib import suppress

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.reply_drafts import ReplyDraft
from kapjournal.domain.supervision_reply import Reply, acts_from
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.vault import draft_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.write_ups import WriteUps
from kapjournal.text import MAX_BODY_BYTES, storable

_SPEC = registry.REPLY_DRAFT


class ReplyDrafts:
    """The use cases of answers on the way. In a couple's own journal there is none, and none is saved."""

    def __init__(self, access: VaultAccess, write_ups: WriteUps) -> None:
        self._access = access
        self._write_ups = write_ups

    def all(self) -> list[ReplyDraft]:
        """This member's drafts, the one saved last first."""
        found: list[ReplyDraft] = []
        with self._access.practice() as vault:
            for stored in draft_writer.newest(vault, _SPEC.type):
                with suppress(NotGenuine):
                    found.append(_SPEC.decode(stored.version))
        return sorted(found, key=lambda draft: (draft.saved is not None, draft.saved), reverse=True)

    def of(self, write_up: str) -> ReplyDraft | None:
        """The answer to the write-up of that record id that was begun last."""
        return next((draft for draft in self.all() if draft.write_up == write_up), None)

    def save(self, draft: ReplyDraft) -> ReplyDraft:
        """Seal a draft, as it was typed, in the place of its state before; a new one (id "") gets an id
        (`Refused`). If another program went on with it since it was `saved`, both are kept: this one gets
        another id."""
        if (size := sum(len(storable(text).encode()) for text in draft.texts)) > MAX_BODY_BYTES:
            raise Refused(f"The answer is {size:,} bytes long; one holds at most {MAX_BODY_BYTES:,}.")
        with self._access.practice() as vault, vault.unit_of_work(remember=False) as unit:
            stored = draft_writer.save(vault, unit, _SPEC, draft, draft.id, draft.saved)
        return _SPEC.decode(stored.version)

    def finish(self, draft: ReplyDraft) -> Reply:
        """Keep it as an answer to its write-up, and drop the draft (errors as for `WriteUps.reply`)."""
        acts = acts_from(draft.acts)
        return self._write_ups.reply(draft.write_up, draft.words, acts, draft.recipient, draft=draft)

    def discard(self, draft_id: str, saved: dt.datetime | None = None) -> None:
        """Delete a draft (`NotFound`), but for what another program made of it since it was `saved`."""
        with self._access.practice() as vault, vault.unit_of_work() as unit:
            draft_writer.drop(vault, unit, _SPEC.type, draft_id, saved)
