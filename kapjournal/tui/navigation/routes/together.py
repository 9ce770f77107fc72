"""What two approve together."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kapjournal.tui.navigation.routes.route import InJournal

if TYPE_CHECKING:
    from kapjournal.domain.joint import Joint, JointKind


class TogetherRoute(InJournal):
    """All that two approve, and what waits for the member's yes."""

    SCREEN = "together.TogetherScreen"


class JointRoute(InJournal):
    """Words that two approve, to read and to answer."""

    SCREEN = "joint.JointScreen"
    joint: "Joint"


class JointFormRoute(InJournal):
    """The form of words for two, of a `kind`; its fields begin with what is in `begun`. They are
    written anew from those of `before`, if there are any."""

    SCREEN = "joint_form.JointFormScreen"
    kind: "JointKind"
    begun: Mapping[str, str]
    before: "Joint | None" = None
