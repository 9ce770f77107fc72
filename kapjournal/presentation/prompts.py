"""Prompts as every face shows them: those of the program or the clinic first, then the member's own."""

from dataclasses import dataclass

from kapjournal.content.prompts import prompts_for
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.own_prompts import OwnPrompts
from kapjournal.text import shown_line

YOURS = "Yours:"
"""Stands before a prompt of the member's own."""
HEADING = "Your own prompts of the kind {kind}"
ABOUT = "They stand after ours, marked as yours. Only you can read them, on all your computers."
NONE = "You have no prompts of your own."


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt, harmless to a terminal, and whether it is the member's own."""

    words: str
    is_own: bool = False

    @property
    def said(self) -> str:
        """As it is shown: with a mark if it is the member's own. What is taken as a heading has none."""
        return f"{YOURS} {self.words}" if self.is_own else self.words


def prompts(kind: NoteKind, own: OwnPrompts) -> tuple[Prompt, ...]:
    """Every prompt of a kind, in order."""
    ours = (Prompt(shown_line(one)) for one in prompts_for(kind).prompts)
    return (*ours, *(Prompt(shown_line(one), is_own=True) for one in own.of(kind)))
