"""What a couple agreed with their therapists: how secrets are kept, at which hour the pause after a dose
ends, and whether dialogue is kept for the room."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role
from kapjournal.errors import Refused, UsageError

DEFAULT_HOUR = dt.time(10)
"""When the pause after a dose ends on the next day, as long as nobody says otherwise."""

FAR_AHEAD = dt.timedelta(days=366)
"""No clock that somebody uses is wrong by more, but one that begins again in 1970: to it all is ahead."""

THERAPISTS_SET = "Therapists and co-therapists write down what a couple chose."
ONLY_IN_A_COUPLES_JOURNAL = (
    "What a couple chose stands in their journal, and this is a practice. Open theirs: -c NAME."
)


class SecretsPolicy(StrEnum):
    """What becomes of words that one partner says to a therapist alone. Fixed in the file format."""

    NO_SECRETS = "no-secrets"
    DISCRETION = "discretion"
    INDIVIDUAL = "individual"


OF_AN_INTAKE = {
    "no secrets": SecretsPolicy.NO_SECRETS,
    "therapist's discretion": SecretsPolicy.DISCRETION,
    "individual confidence": SecretsPolicy.INDIVIDUAL,
}
"""What the choices of the field `secrets-policy` of an intake mean."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What is written down: `secrets` is None while nothing was chosen, `hour` is local; with
    `dialogue_in_the_room` the dialogue is for the sessions and not for home, the same for both partners; by
    whom and when (UTC), None where nothing was ever written."""

    secrets: SecretsPolicy | None = None
    hour: dt.time = DEFAULT_HOUR
    author: MemberId | None = None
    written: dt.datetime | None = None
    dialogue_in_the_room: bool = False


def check_may_set(role: Role) -> None:
    """Refuse whoever is no therapist."""
    if not role.is_therapist:
        raise Refused(THERAPISTS_SET)


def secrets_from(word: str) -> SecretsPolicy | None:
    """Read a policy as written on a command line; “none” means that none is chosen (`UsageError`)."""
    name = word.strip().lower()
    if name == "none":
        return None
    try:
        return SecretsPolicy(name)
    except ValueError:
        known = ", ".join(SecretsPolicy)
        raise UsageError(f"There is no secrets policy “{word}”; they are {known}, and none.") from None


def latest(policies: Iterable[Policy], now: dt.datetime) -> Policy:
    """The one that was written last; of none what holds where nothing was said.

    One that is `FAR_AHEAD` of `now` counts only where there is no other.
    """
    said = [(one.written, one.author, one) for one in policies if one.written and one.author]
    near = [one for one in said if not is_far_ahead(one[0], now)]
    return max(near or said, key=lambda one: one[:2], default=(None, None, Policy()))[2]


def is_far_ahead(written: dt.datetime, now: dt.datetime) -> bool:
    """Whether a moment is so far ahead that no clock was only set wrong: nothing later could be written."""
    return written - now > FAR_AHEAD
