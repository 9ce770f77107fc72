"""Dialogues: what was kept of them, and the page that prompts one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapjournal.tui.navigation.routes.route import InJournal, Route

if TYPE_CHECKING:
    from kapjournal.domain.joint import Joint
    from kapjournal.journal import Journal


class DialoguesRoute(InJournal):
    """What the two kept of their dialogues."""

    SCREEN = "dialogues.DialoguesScreen"


class DialogueRoute(Route):
    """The page that prompts the two whose `doors` are open; `again` is a request that they look at again."""

    SCREEN = "dialogue.DialogueScreen"
    doors: "Sequence[Journal]"
    again: "Joint | None" = None
