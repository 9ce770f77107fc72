"""Taking people and invitations back: what the keeper writes so that they are not believed any more."""

from dataclasses import replace

from kapjournal.domain.ids import RevokedId
from kapjournal.errors import Refused
from kapjournal.journal.strict_encoding import MAX_LISTED_IDS
from kapjournal.journal.trust.certificates import InvitationGrant, sign_grant
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault


def revoke(vault: Vault, unit: UnitOfWork, *revoked: RevokedId) -> None:
    """Tell every member, and whoever holds an open invitation, whom no longer to believe: a member's id, and
    a grant's key, with which its holder could come back under other keys."""
    membership = vault.membership
    everyone_revoked = membership.book.revoked.union(revoked)
    if len(everyone_revoked) > MAX_LISTED_IDS:
        raise Refused("No more people can be taken back in this journal. Begin a new one.")
    grants = tuple(signed_again(vault, grant, everyone_revoked) for grant in membership.book.grants)
    book = replace(membership.book, revoked=everyone_revoked, grants=grants).tidied()
    here = membership.present_ids.difference(revoked)
    info = replace(membership.info_now, revoked=everyone_revoked, members=here)
    unit.put(membership.papers.info_change(info))
    unit.put(membership.papers.book_change(book))
    unit.drop_shared(list(vault.envelopes.shared.genuine_grants(vault.journal_id, vault.identity.public)))
    unit.put_grants(book.grants)


def signed_again(vault: Vault, grant: InvitationGrant, revoked: frozenset[RevokedId]) -> InvitationGrant:
    """A grant that names whom the keeper has revoked by now."""
    return sign_grant(vault.identity, vault.journal_id, replace(grant, revoked=tuple(sorted(revoked))))


def run_out(vault: Vault) -> list[InvitationGrant]:
    """The keeper's invitations that nobody used within their days, as far as they can be taken back."""
    membership = vault.membership
    if not membership.is_keeper or vault.file.read_only or membership.is_superseded:
        return []
    room = max(0, MAX_LISTED_IDS - len(membership.book.revoked))
    return [grant for grant in membership.book.grants if grant.is_over][:room]


def take_back_run_out(vault: Vault) -> None:
    """Cancel what has run out: a code found later opens nothing, and whatever is made with it in an older
    copy, and whenever it says it was, is not believed by anybody whom the keeper's word reaches."""
    if not run_out(vault):
        return
    with vault.unit_of_work() as unit:
        vault.membership.reconcile(vault.fetch_from(unit.transaction))  # somebody may have joined this moment
        grants = run_out(vault)
        for grant in grants:
            unit.transaction.drop_slot(grant.slot)
        if grants:
            revoke(vault, unit, *(grant.key for grant in grants))
    vault.membership.reconcile()
