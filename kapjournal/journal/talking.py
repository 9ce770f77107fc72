"""Ask to talk, without saying what: ask, list, take back."""

from dataclasses import replace

from kapjournal import clock
from kapjournal.crypto.primitives import document_name
from kapjournal.domain import bringing
from kapjournal.domain.bringing import TalkRequest
from kapjournal.errors import NotFound
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.unit_of_work import DocumentChange
from kapjournal.journal.vault.vault import Vault

NOT_ASKED = "You have not asked to talk."


class Talking:
    """The use cases of requests to talk. They have no content: only that somebody asks."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def current(self) -> list[TalkRequest]:
        """Who asks to talk, of the time since the last session: the partner's own request, or to a therapist
        those of both. Nobody else has any."""
        with self._access.exclusive() as vault:
            return _current(vault)

    def ask(self) -> TalkRequest:
        """Ask the therapists to talk; to have asked already is enough (`Refused`)."""
        with self._access.exclusive() as vault:
            vault.bring.check_course()
            bringing.check_may_bring(vault.membership.me)
            with vault.unit_of_work() as unit:
                readers = bringing.readers_of_what_is_brought(vault.membership.members)
                if mine := _current(vault):
                    return mine[-1]
                document, spec = new_document_id(), registry.TALK_REQUEST
                request = TalkRequest(vault.me, clock.now())
                content = spec.encode(request, None)
                unit.put(DocumentChange(document, spec.type, readers | {vault.me}, content))
        return replace(request, id=document_name(vault.me, document))

    def take_back(self) -> None:
        """Ask no more (`NotFound` if this member does not)."""
        with self._access.exclusive() as vault, vault.unit_of_work() as unit:
            own = [stored for stored, one in vault.bring.requests() if one.author == vault.me]
            if not own:
                raise NotFound(NOT_ASKED)
            for stored in own:
                unit.delete(vault.envelopes.standing(vault.me, stored.version.document), [])


def _current(vault: Vault) -> list[TalkRequest]:
    found = filter(vault.bring.still_current(), (one for _, one in vault.bring.requests()))
    return sorted(found, key=lambda one: (one.written, one.id))
