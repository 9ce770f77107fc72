"""The way to the page on which somebody types for a partner, and back from one for the wrong person."""

from functools import partial
from typing import TYPE_CHECKING

from kapjournal.domain.scribe import HandedPage
from kapjournal.presentation import scribe as saying
from kapjournal.text import shown_line
from kapjournal.tui import background
from kapjournal.tui.modals.choice import Choice, ChoiceModal
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.navigation.routes import ScribeRoute
from kapjournal.tui.screens.app_screen import JournalScreen

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def type_for(screen: JournalScreen, journal: "Journal") -> None:
    """Ask whose words they are, unless that can be one person alone, and open the page for them; offer what
    can still be taken back."""
    background.run(screen, journal.scribe.handed, partial(_ask, screen, journal), screen.say_error)


def _ask(screen: JournalScreen, journal: "Journal", handed: list[HandedPage]) -> None:
    labels = [member.label for member in saying.whose(journal)]
    pages = {page.id: page for page in handed}
    if len(labels) == 1 and not pages:
        _begin(screen, journal, labels[0])
        return
    choices = [Choice(f"{at}", label) for at, label in enumerate(labels)]
    for page in handed:
        line = saying.handed_line(page, journal.members.label_of(page.of))
        choices.append(Choice(page.id, saying.TAKE_BACK_CHOICE, line))

    def chosen(answer: str | None) -> None:
        if answer in pages:
            _ask_whether_back(screen, journal, pages[answer])
        elif answer is not None:
            _begin(screen, journal, labels[int(answer)])

    aside = saying.WHOSE_ASIDE + (f" {saying.CAN_BE_TAKEN_BACK}" if handed else "")
    screen.app.push_screen(ChoiceModal(saying.WHOSE, choices, aside=aside), chosen)


def _begin(screen: JournalScreen, journal: "Journal", label: str) -> None:
    def opened(route: ScribeRoute) -> None:
        screen.shell.go_to(route)

    background.run(
        screen, lambda: ScribeRoute(journal, journal.scribe.begin(label)), opened, screen.say_error
    )


def _ask_whether_back(screen: JournalScreen, journal: "Journal", page: HandedPage) -> None:
    def answered(sure: bool | None) -> None:
        if sure:
            background.run(
                screen,
                lambda: journal.scribe.take_back(page.id),
                lambda _: screen.say(saying.TAKEN_BACK),
                screen.say_error,
            )

    name = shown_line(journal.members.label_of(page.of))
    screen.app.push_screen(ConfirmModal(saying.TAKE_BACK, saying.taking_back(name), "Take back"), answered)
