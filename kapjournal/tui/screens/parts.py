"""The parts check-in on the screens: its help, and the page for the partner that a yes leads to."""

from collections.abc import Callable

from kapjournal.content.steps import sheet_of
from kapjournal.domain.members import Member
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.parts import may_be_spoken_for
from kapjournal.domain.steps import Answers
from kapjournal.presentation import parts as saying
from kapjournal.presentation.people import partner_of_me
from kapjournal.text import shown_line
from kapjournal.tui import actions
from kapjournal.tui.screens.steps import StepsScreen


class PartsScreen(StepsScreen):
    """Asks, at the end, whether to begin a page for the partner, where the part may be spoken for."""

    NAME = "parts"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        f"This is a check-in with one part of you, step by step. {StepsScreen.HOW} If the part may be spoken "
        "for, you are asked whether to begin a page for your partner, and what of this you want to quote."
        f"\n\n{sheet_of(NoteKind.PARTS).safety}"
    )

    def _then(self, answers: Answers) -> Callable[[], None]:
        partner = partner_of_me(self._journal) if may_be_spoken_for(answers) else None
        quotes = [(step.question, answer.strip()) for step, answer in saying.quotable(answers)]

        def then() -> None:
            if partner is not None:
                self._offer_page(partner, quotes)

        return then

    def _offer_page(self, partner: Member, quotes: list[tuple[str, str]]) -> None:
        from kapjournal.tui.modals.quote import QuoteModal  # noqa: PLC0415

        app, shell, journal = self.app, self.shell, self._journal

        def answered(chosen: list[str] | None) -> None:
            if chosen is not None:
                app.call_later(shell.open_editor, journal, saying.page_for(journal, partner, chosen))

        app.call_later(app.push_screen, QuoteModal(shown_line(partner.label), quotes), answered)
