"""What both partners authorised: all of it, and by which one somebody may be told about them today."""

import datetime as dt

from kapjournal import clock
from kapjournal.domain import authorisation as rules
from kapjournal.domain.authorisation import PURPOSE, RECIPIENT, Authorisation
from kapjournal.domain.joint import Joint, JointKind
from kapjournal.domain.joint_standing import held_from
from kapjournal.errors import Refused
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.vault import Vault


class Authorisations:
    """The use cases of authorisations. They are written down, approved and taken back as whatever two approve
    is (`Joints`). In a practice there are none: they are in the couple's journal."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(self) -> list[Joint]:
        """All that this member can read, with how each stands, oldest first."""
        with self._access.exclusive() as vault:
            return _all(vault)

    def current(self) -> list[Authorisation]:
        """Those on which something can rest today, in the order in which they were written down."""
        with self._access.exclusive() as vault:
            if _is_something_missing(vault):
                return []
            today = _today(vault)
            return [_named(vault, one) for one in _all(vault) if rules.holds(one, today)]

    def check(self, recipient: str, purpose: str, none: str = "") -> Authorisation:
        """The authorisation by which a recipient may be told for a purpose now (`Refused` says why there is
        none, with `none` as in `authorises`). Nothing rests on a file in which something of one of the two is
        missing, and no clock that was set back makes one last longer."""
        with self._access.exclusive() as vault:
            vault.joints.check_course()
            if _is_something_missing(vault):
                raise Refused(rules.SOMETHING_MISSING)
            found, today = _all(vault), _today(vault)
            try:
                return _named(vault, rules.authorises(found, recipient, purpose, today, none))
            except Refused as why:
                if not rules.has_one(found, recipient, purpose, clock.today()):
                    raise
                raise Refused(f"{why} {rules.clock_is_behind(today)}") from None


def _all(vault: Vault) -> list[Joint]:
    found = (one.joint for one in vault.joints.all())
    return [one for one in found if one.text.kind is JointKind.AUTHORISATION]


def _is_something_missing(vault: Vault) -> bool:
    """Whether something that one of the two wrote is not here: it may be that a yes was taken back."""
    return bool(vault.waiting.partners & vault.rollback.doubted_authors)


def _today(vault: Vault) -> dt.date:
    """Today, or the latest day on which this member or a partner wrote something: a clock that is behind that
    was set back."""
    wrote = vault.joints.latest_moment_of(vault.waiting.partners)
    return clock.local(max(clock.now(), vault.waiting.latest_own_moment, wrote)).date()


def _named(vault: Vault, joint: Joint) -> Authorisation:
    words = next(one.words for one in vault.joints.all() if one.joint.id == joint.id)
    text, until = joint.text, joint.text.review
    return Authorisation(
        joint.id,
        text.field(RECIPIENT),
        text.field(PURPOSE),
        until or dt.date.min,
        held_from(joint),
        words.digest.hex(),
    )
