"""The versions of a note of the member, and what changed from each to the next."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from kapjournal.domain.notes import Draft, Note, NoteVersion, told_apart
from kapjournal.domain.signing import SIGNED_IS_LOCKED
from kapjournal.presentation import days, not_possible
from kapjournal.presentation.drafts import draft_to_use_again
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.rendering.differences import SAME, differences
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.rendering.markdown import blocks
from kapjournal.tui.screens.versions_screen import VersionsScreen

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class HistoryScreen(VersionsScreen[NoteVersion]):
    """The versions of one note; an earlier wording can be used again."""

    NAME = "history"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "These are the versions of your note, the newest first. Only you can see them: readers see the note "
        "as it is now.\n\nUnder the list stands what changed: lines with + were added, lines with - were "
        "taken away, and the words that differ are underlined. {use-again} puts an earlier wording into a "
        "draft; the note changes only when you finish that. Tab goes to the words, to scroll them."
    )

    def __init__(self, journal: "Journal", note: Note) -> None:
        super().__init__(journal)
        self._note = note

    def on_unmount(self) -> None:
        """Forget the note, as its versions."""
        self._note = self._note.without_words

    def _called(self) -> str:
        return self._note.text.name

    def _read(self) -> list[NoteVersion]:
        return told_apart(self._journal.notes.history(self._note.id))

    def _readers(self, version: NoteVersion) -> tuple[str, str]:
        members, me = self._journal.members.all(), self._journal.me.id
        return readers_line.symbol_and_words(version.readers, members, me)

    def _page(self, earlier: NoteVersion | None, version: NoteVersion) -> list[Block]:
        if earlier is None:
            return blocks(version.text.body)
        lines = [
            Block(SAME, SAME, Content.styled(line, "$secondary"), gap=False)
            for line in self._around(earlier, version)
        ]
        changed = differences(earlier.text.body, version.text.body)
        if earlier.text.body == version.text.body:
            changed = [Block(SAME, SAME, Content.styled("The words are the same.", "$text-muted"), gap=False)]
        if lines and changed:
            changed[0] = replace(changed[0], gap=True)
        return [*lines, *changed]

    def _around(self, earlier: NoteVersion, version: NoteVersion) -> Iterator[str]:
        """A line for each other thing that changed."""
        for (name, old), (_, new) in zip(self._facts(earlier), self._facts(version), strict=True):
            if old != new:
                yield f"{name}: {old or 'none'} → {new or 'none'}"

    def _facts(self, version: NoteVersion) -> Iterator[tuple[str, str]]:
        text = version.text
        yield "Title", shown_line(text.title)
        yield "Kind", text.kind.capitalize()
        yield "Day", days.short(text.date, year=True)
        yield "Session", f"{text.session.number}" if text.session else ""
        yield "Tags", shown_line(" ".join("#" + tag for tag in text.tags))
        yield "Readers", self._readers(version)[1]

    def why_not(self, action: str) -> str:
        """Every wording but the present one can be used again; nothing changes a signed note."""
        if action != "use_again":
            return ""
        if self._note.is_signed:
            return SIGNED_IS_LOCKED
        version = self._chosen
        is_earlier = version is not None and version.number < len(self._versions)
        return "" if is_earlier else not_possible.PRESENT_WORDING

    def action_use_again(self) -> None:
        """Put the chosen wording into the editor, as a draft of its own: an unfinished one stays."""
        if (version := self._chosen) is not None:
            work = partial(draft_to_use_again, self._journal, self._note, version.text)
            background.run(self, work, self._open, self.say_error)

    def _open(self, draft: Draft) -> None:
        self.leave()
        self.app.call_later(self.shell.open_editor, self._journal, draft, unsaved=True)
