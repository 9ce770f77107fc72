"""Typing for a partner who cannot, a line at a time: each is sealed to them before the next is asked for."""

from dataclasses import replace

from kapjournal import signals
from kapjournal.domain.members import Member
from kapjournal.domain.scribe import HandedPage, ScribePage
from kapjournal.errors import KapjournalError
from kapjournal.plain.console import Locked
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import pick
from kapjournal.presentation import scribe as saying

_HOW = (
    "Type now, a line at a time. A dot alone on a line ends the page, dot lock locks the journal. Words such "
    "as help or quit are words here. To write a line that begins with a dot, put one more dot before it."
)


def scribe(unlocked: Unlocked) -> None:
    """Ask whose words they are, and take them; or take a page back that went to the wrong person."""
    label_of = unlocked.journal.members.label_of
    choices: dict[str, Member | HandedPage | None] = {m.label: m for m in saying.whose(unlocked.journal)}
    for page in unlocked.journal.scribe.handed():
        choices[f"{saying.TAKE_BACK_CHOICE} {saying.handed_line(page, label_of(page.of))}"] = page
    chosen = pick(unlocked.console, f"{saying.WHOSE} Enter for nobody:", {**choices, "": None})
    if isinstance(chosen, HandedPage):
        _take_back(unlocked, chosen)
    elif chosen is not None:
        _Typing(unlocked, chosen.label).run()


def hand_over_left(unlocked: Unlocked) -> str:
    """Hand over what a lock or a crash had left behind; what is said of it."""
    return saying.handed_later(unlocked.journal, unlocked.journal.scribe.hand_over_left())


def may_type(unlocked: Unlocked) -> bool:
    """Whether there is somebody for whom the member can type."""
    return bool(saying.whose(unlocked.journal))


def _take_back(unlocked: Unlocked, page: HandedPage) -> None:
    name = unlocked.journal.members.label_of(page.of)
    if unlocked.console.yes(f"{saying.TAKE_BACK} {saying.taking_back(name)}"):
        unlocked.journal.scribe.take_back(page.id)
        unlocked.console.say(saying.TAKEN_BACK)


class _Typing:
    """One page. However it comes to be left, what was typed is handed over; after a lock at the next opening,
    which needs none of the words."""

    def __init__(self, unlocked: Unlocked, label: str) -> None:
        self._journal, self._console = unlocked.journal, unlocked.console
        self._name = label
        self._page: ScribePage = self._journal.scribe.begin(label)
        self._lines: list[str] = []
        self._is_closed = False

    def run(self) -> None:
        """Take lines, then ask what becomes of them."""
        self._console.say(
            f"{saying.heading(self._name, self._journal.me.label)}.", saying.for_one_alone(self._name), _HOW
        )
        try:
            while self._take_lines() and not self._ask():
                pass
        except Locked as locked:
            if locked.line.strip():
                self._console.say(saying.LAST_LINE_LOST)
            raise
        finally:
            if not self._is_closed and not self._journal.is_closed:
                self._hand_over()
            self._lines.clear()

    def _take_lines(self) -> bool:
        """Take lines until a dot; whether there is anything to ask about."""
        while (line := self._console.line()) != ".":
            if line.strip() == ".lock":
                self._hand_over()
                self._console.lock()
            self._lines.append(line.removeprefix(".") if line.startswith("..") else line)
            if not self._console.more_is_waiting():
                self._save()
        return bool(self._words.strip())

    @property
    def _words(self) -> str:
        return "\n".join(self._lines)

    def _save(self) -> None:
        try:
            with signals.deferred():
                self._page = self._journal.scribe.save(replace(self._page, words=self._words))
        except KapjournalError as error:
            self._console.say(f"This could not be saved. {error} Every word is still on the page.")

    def _ask(self) -> bool:
        """Whether the page is done."""
        does = {"hand over": "hand", "write on": "more", "throw away": "discard"}
        chosen = pick(self._console, "What becomes of it? Enter hands it over:", {**does, "": "hand"})
        if chosen == "discard" and self._console.yes(
            f"{saying.THROW_AWAY} {saying.throwing_away(self._name)}"
        ):
            self._discard(saying.THROWN_AWAY)
        elif chosen == "hand":
            self._hand_over()
        else:
            self._console.say("Type on. A dot alone on a line ends the page.")
        return self._is_closed

    def _hand_over(self) -> None:
        if not self._words.strip():
            self._discard(saying.NO_WORDS)
            return
        with signals.deferred():
            self._journal.scribe.hand_over(replace(self._page, words=self._words))
            self._is_closed = True
        self._console.say(saying.handed(self._name))

    def _discard(self, said: str) -> None:
        with signals.deferred():
            self._journal.scribe.discard(self._page.id)
            self._is_closed = True
        self._console.say(said)
