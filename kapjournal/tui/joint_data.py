"""Rows and pages of what two approve, read from an open journal, which screens receive as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from kapjournal.domain.joint import Joint
from kapjournal.presentation import days
from kapjournal.presentation import joint as saying
from kapjournal.presentation import joint_deeds as deeds
from kapjournal.presentation import joint_history as history
from kapjournal.text import shown_line
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.widgets.note_header import NoteHeading
from kapjournal.tui.widgets.note_list import NoteRow

if TYPE_CHECKING:
    from kapjournal.journal import Journal

ACTIONS = ("approve", "yes_here", "take_back", "narrow", "write_together")


@dataclass(frozen=True, slots=True)
class JointRow:
    """One of the list: its row, and what is said of it below."""

    joint: Joint
    row: NoteRow
    says: str

    def made(self) -> NoteRow:
        """The row, as a list asks for it."""
        return self.row


@dataclass(frozen=True, slots=True)
class JointPage:
    """One to read: what stands above it, all that is said, and why something cannot be done, by action.
    `words` are those that a yes is to."""

    joint: Joint
    heading: NoteHeading
    blocks: Sequence[Block]
    why_not: Mapping[str, str]
    words: str


def joint_rows(journal: "Journal") -> list[JointRow]:
    """The rows of the list, in its order."""
    every = journal.joints.all()
    return [_row(journal, one, every) for one in saying.in_order(journal, every)]


def _row(journal: "Journal", joint: Joint, every: Sequence[Joint]) -> JointRow:
    symbol, readers = _readers(journal, joint)
    row = NoteRow(
        day=days.short(joint.text.date),
        title=Content(saying.title_of(joint.text.kind)),
        words=Content(shown_line(saying.first_words(joint))),
        symbol=symbol,
        readers=readers,
        tone=readers_line.tone(symbol),
        author=saying.in_a_word(journal, joint, every),
    )
    return JointRow(joint, row, " ".join(saying.standing_lines(journal, joint, every)))


def joint_page(journal: "Journal", joint_id: str) -> JointPage:
    """One to read (`NotFound` if it is gone)."""
    joint, every = journal.joints.get(joint_id), journal.joints.all()
    symbol, readers = _readers(journal, joint)
    author = saying.name_of(journal, joint.author, begins=True)
    heading = NoteHeading(
        title=saying.title_of(joint.text.kind),
        about=f"{author} wrote this down · {days.short(joint.text.date, year=True)}",
        readers=Content.styled(f"{symbol} {readers}", readers_line.tone(symbol)),
    )
    why_not = {action: deeds.why_not(journal, action, joint, every) for action in ACTIONS}
    words = "\n".join(f"{label}: {words}" for label, words in saying.lines_of(journal, joint))
    return JointPage(joint, heading, list(_blocks(journal, joint, every)), why_not, words)


def _blocks(journal: "Journal", joint: Joint, every: Sequence[Joint]) -> Iterator[Block]:
    for sentence in saying.standing_lines(journal, joint, every):
        yield Block("", "", Content.styled(sentence, "$accent"), gap=False)
    if less := history.less_lines(journal, joint):
        yield Block("", "", Content.styled(history.LESS, "bold"), gap=True)
        yield from (Block("  ", "  ", Content(line), gap=False) for line in less)
    for label, words in saying.lines_of(journal, joint):
        yield Block("", "", Content.styled(label, "$text-muted"), gap=True)
        yield from (Block("  ", "  ", Content(line), gap=False) for line in words.split("\n"))
    if before := history.versions(journal, joint, every):
        yield Block("", "", Content.styled(history.OTHERS, "$text-muted"), gap=True)
        yield from (Block("  ", "    ", Content(shown_line(line)), gap=False) for line in before)


def _readers(journal: "Journal", joint: Joint) -> tuple[str, str]:
    readers = saying.readers_of(journal, joint)
    return readers_line.symbol_and_words(readers, journal.members.all(), journal.me.id)
