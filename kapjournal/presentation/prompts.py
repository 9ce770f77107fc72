"""Prompts as every face shows them: those of the program or the clinic first, then the member's own."""

from dataclasses import dataclass, replace

from kapjournal.content.prompts import Prompts, prompts_for
from kapjournal.content.topics import KINDS, Topic, topic_of, topics
from kapjournal.domain.members import Role, folded
from kapjournal.domain.notes import MAX_TAGS, NoteKind, NoteText, kinds_of, tags_from
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


def prompts(text: NoteText, own: OwnPrompts) -> tuple[Prompt, ...]:
    """Every prompt for a page, in order: those of its topic or, without one, of its kind; then the member's
    own of that kind."""
    ours = (Prompt(shown_line(one)) for one in _ours(text).prompts)
    return (*ours, *(Prompt(shown_line(one), is_own=True) for one in own.of(text.kind)))


def hint(text: NoteText) -> str:
    """What is said of an empty page; may be empty."""
    return shown_line(_ours(text).hint)


def topics_for(role: Role) -> tuple[Topic, ...]:
    """The topics that are put before a role to choose from."""
    return tuple(topics().values()) if KINDS[0] in kinds_of(role) else ()


def on_topic(text: NoteText, topic: Topic) -> NoteText:
    """The page with a topic as its tag in the place of another; of another kind it becomes a plain page."""
    others = [tag for tag in text.tags if folded(tag) not in topics()]
    kind = text.kind if text.kind in KINDS else NoteKind.PAGE
    return replace(text, kind=kind, tags=tags_from([topic.name, *others[: MAX_TAGS - 1]]))


def _ours(text: NoteText) -> Prompts:
    topic = topic_of(text.kind, text.tags)
    return topic.prompts if topic else prompts_for(text.kind)
