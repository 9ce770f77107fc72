"""What a member who comes in may want to look at: an open safety mark, news of people, findings, what they
are asked for, and what was begun."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content

from kapjournal.tui.widgets.self_clearing_text import SelfClearingText

SHORT = 32
"""Below so many lines of the terminal the reminders take no more than `ROOM`."""
ROOM = 3
"""So many lines: the notes stand below."""

_KEY = re.compile(r"\{[a-z-]+\}")
_URGENT = "bold $error"


class Reminder(NamedTuple):
    """Something to be reminded of: sentences, and what to `press` for it, with the key's action in braces."""

    said: Sequence[str]
    press: str = ""
    style: str = ""
    is_apart: bool = False
    """Whether what to press stands on a line of its own."""

    @classmethod
    def of(cls, sentence: str, style: str = "") -> "Reminder":
        """A sentence that ends with what to press for it."""
        said, press, rest = sentence.partition(" Press {")
        return cls((said,), f"{press.strip()}{rest}" if press else "", style)

    @property
    def is_urgent(self) -> bool:
        """Whether it is never cut."""
        return self.style == _URGENT

    def in_full(self, with_keys: Callable[[str], str]) -> Iterator[Content]:
        """Its sentences, and what to press."""
        press = with_keys(self.press)
        if self.is_apart or not press:
            yield from (Content.styled(sentence, self.style) for sentence in self.said)
            if press:
                yield Content(press)
        else:
            yield Content.styled(f"{self.said[0]} {press}", self.style)

    def in_short(self, with_keys: Callable[[str], str]) -> Iterator[Content]:
        """A line for each sentence, the key first: what is cut of it is never that."""
        found = _KEY.search(self.press)
        key = f"{with_keys(found.group())}: " if found else ""
        yield from (Content.styled(f"{key}{sentence}", self.style) for sentence in self.said)


class Reminders(SelfClearingText):
    """A quiet line or more for each; not there when there is nothing to say. On a low screen there are few,
    and a key for the rest."""

    DEFAULT_CSS = """
    Reminders { height: auto; padding: 1 2 0 2; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__("")
        self.display = False
        self._reminders: list[Reminder] = []
        self._with_keys: Callable[[str], str] = str
        self._drawn: Content | None = None

    def show(
        self,
        *,
        newcomers: Sequence[str] = (),
        notices: Sequence[str] = (),
        findings: str = "",
        drafts: Sequence[str] = (),
        asked: Sequence[str] = (),
        answering: Sequence[str] = (),
        reports: Sequence[str] = (),
        urgent: Sequence[str] = (),
        ended: str = "",
        due: str = "",
        waiting: Sequence[str] = (),
        dialogues: Sequence[str] = (),
        with_keys: Callable[[str], str],
    ) -> None:
        """Show the sentences on what is `urgent`, which are never cut, on sharing that has `ended`, on
        `newcomers`, the `notices` and what is `asked`; and reminders of findings, of `drafts` and of measures
        that are being answered, by name, of `reports`, what partners say of themselves, of `dialogues`, of
        what is `waiting` and of a rehearsal that is `due`.
        `with_keys` puts the names of keys in."""
        said = [Reminder.of(sentence, _URGENT) for sentence in urgent]
        if ended:
            said.append(Reminder((ended,)))
        if newcomers:
            said.append(Reminder(newcomers, "Press {acknowledge} once you know of it.", "$warning", True))
        said += [Reminder((notice,), style="$warning") for notice in notices]
        if findings:
            said.append(Reminder.of(f"{findings} Press {{findings}} to read.", "$warning"))
        if asked:
            said.append(Reminder(asked, "Press {measures} to answer.", "$accent", True))
        if answering:
            said.append(Reminder((f"Not finished: {', '.join(answering)}.",), "Press {measures} to go on."))
        if reports:
            said.append(Reminder(reports, "Press {check-ins} for that.", "$accent", True))
        if dialogues:
            said.append(Reminder(dialogues, "Press {dialogue} for that.", "$accent", True))
        if len(drafts) > 1:
            said.append(Reminder((f"Drafts wait, “{drafts[0]}” and more.",), "Press {drafts} to choose."))
        elif drafts:
            said.append(Reminder((f"A draft waits: “{drafts[0]}”.",), "Press {drafts} to go on."))
        said += [Reminder.of(sentence) for sentence in waiting]
        if due:
            said.append(Reminder((due,), "Press {will} for that."))
        self._reminders, self._with_keys = said, with_keys
        self.display = bool(said)
        self.draw()

    @property
    def in_full(self) -> list[Content]:
        """All that is said, a line each."""
        return [line for one in self._reminders for line in one.in_full(self._with_keys)]

    def on_resize(self, event: events.Resize) -> None:
        """Say as much as there is room for."""
        self.draw()

    def on_unmount(self) -> None:
        """Forget what was said."""
        self._reminders, self._drawn = [], None
        super().on_unmount()

    def draw(self) -> None:
        """Say all on a high screen or where that takes few lines, else the most needed."""
        width = self.content_size.width or self.app.size.width
        lines = self.in_full
        if self.app.size.height < SHORT and _height(lines, width) > ROOM:
            lines = list(self._few(width))
        content = Content("\n").join(lines)
        if content != self._drawn:
            self._drawn = content
            self.update(content)

    def _few(self, width: int) -> Iterator[Content]:
        """What is urgent in full, then a line for each of the others as far as there is room, then how many
        there are more."""
        urgent = [line for one in self._reminders if one.is_urgent for line in one.in_full(self._with_keys)]
        rest = [
            line for one in self._reminders if not one.is_urgent for line in one.in_short(self._with_keys)
        ]
        yield from urgent
        room = max(ROOM - _height(urgent, width), 1)
        shown = len(rest) if len(rest) <= room else room - 1
        yield from (line.truncate(width, ellipsis=True) for line in rest[:shown])
        if shown < len(rest):
            more = len(rest) - shown
            begin = f"… and {more} more" if urgent or shown else f"{more} reminders"
            yield Content(self._with_keys(f"{begin}: {{reminders}} shows all.")).truncate(
                width, ellipsis=True
            )


def _height(lines: Sequence[Content], width: int) -> int:
    return sum(len(line.wrap(max(width, 1))) for line in lines)
