"""The versions of answers to a measure, and what changed from each to the next."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from kapjournal.domain.answered_measures import AnsweredMeasure, MeasureVersion
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import days
from kapjournal.presentation.measures import LEFT_OUT
from kapjournal.text import shown_line
from kapjournal.tui import actions
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.screens.versions_screen import VersionsScreen

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class AnswersHistoryScreen(VersionsScreen[MeasureVersion]):
    """The versions of one set of answers."""

    NAME = "answers-history"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "These are the versions of your answers, the newest first. Only you can see them: readers see the "
        "answers as they are now.\n\nUnder the list stands which answers changed. Tab goes there, to scroll."
    )

    def __init__(self, journal: "Journal", answers: AnsweredMeasure) -> None:
        super().__init__(journal)
        self._answers: AnsweredMeasure | None = answers
        self._title = saying.title_of(answers.text.measure)

    def on_unmount(self) -> None:
        """Forget the answers, as their versions."""
        self._answers = None

    def _called(self) -> str:
        return self._title

    def _read(self) -> list[MeasureVersion]:
        return self._journal.measures.history(self._answers.id) if self._answers else []

    def _readers(self, version: MeasureVersion) -> tuple[str, str]:
        members, me = self._journal.members.all(), self._journal.me.id
        return readers_line.symbol_and_words(version.readers, members, me)

    def _page(self, earlier: MeasureVersion | None, version: MeasureVersion) -> list[Block]:
        lines = list(self._changes(earlier, version)) if earlier else list(_answers(version))
        said = lines or ["The answers are the same."]
        return [Block("", "  ", Content(shown_line(line)), gap=False) for line in said]

    def _changes(self, earlier: MeasureVersion, version: MeasureVersion) -> Iterator[str]:
        """A line for each thing that changed."""
        old, new = earlier.text, version.text
        if old.date != new.date:
            yield f"Day: {days.long_day(old.date)} → {days.long_day(new.date)}"
        if earlier.readers != version.readers:
            yield f"Readers: {self._readers(earlier)[1]} → {self._readers(version)[1]}"
        for number, (before, after) in enumerate(zip(old.answers, new.answers, strict=True), 1):
            if before != after:
                yield f"item {number}: {_answer(before)} → {_answer(after)}"


def _answers(version: MeasureVersion) -> Iterator[str]:
    return (f"item {number}: {_answer(value)}" for number, value in enumerate(version.text.answers, 1))


def _answer(value: int | None) -> str:
    return LEFT_OUT if value is None else str(value)
