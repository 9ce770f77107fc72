"""The parts check-in, a step at a time: every line is kept before the next is asked for."""

from kapjournal.content.parts import parts as content
from kapjournal.domain.members import Member, Role
from kapjournal.domain.parts import Step, answers_from, heading, may_be_spoken_for, read
from kapjournal.plain import writing
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.line_editor import END, LineCommand, LineEditor
from kapjournal.presentation import parts as saying

_LINES = "Type your answer, line by line; a dot on a line of its own goes on."
_HELP = "Nothing has to be answered, and nothing is counted. Back keeps what you answered as a draft."


def is_partner(unlocked: Unlocked) -> bool:
    """Whether the check-in is for this member."""
    return unlocked.journal.me.role is Role.PARTNER


def parts(unlocked: Unlocked) -> None:
    """Ask the six steps, make a note of the answers, and offer a page for the partner after a yes."""
    console, steps = unlocked.console, content().steps
    page = LineEditor(unlocked, saying.begin(unlocked.journal))
    try:
        for place, step in enumerate(steps):
            console.say(f"Step {saying.how_far(place)}. {step.question} {step.help}", content().safety)
            _step(page, step)
        answers = read(steps, page.body) or {}
        if not answers:
            console.say(saying.NOTHING_YET)
            return
        _, meanwhile = page.finish()
        console.say(saying.IS_A_NOTE, meanwhile)
    finally:
        page.leave()
    partner = saying.partner_of(unlocked.journal)
    if partner is not None and may_be_spoken_for(answers):
        _offer_page(unlocked, partner, saying.quotable(answers))


def _step(page: LineEditor, step: Step) -> None:
    before = [*page.lines]
    page.lines += [*([""] if before else []), heading(step), ""]
    begun = len(page.lines)
    if step.words:
        asked = f"{', '.join(step.words)}: {'which one' if step.one else 'which, with commas between'}?"
        answer = page.console.ask_for(
            f"{asked} Enter goes on:", lambda typed: answers_from((step,), {step.id: typed})[step.id], _HELP
        )
        page.lines += [answer] if answer else []
    else:
        page.console.say(_LINES)
        page.take_lines(_ends)
    if not any(line.strip() for line in page.lines[begun:]):
        page.lines = before
    if page.lines:
        page.save()


def _ends(line: str) -> "LineCommand | None":
    return (lambda _page, _words: END) if line.strip() == "." else None


def _offer_page(unlocked: Unlocked, partner: Member, quotes: list[tuple[Step, str]]) -> None:
    console = unlocked.console
    if not console.yes(saying.QUOTE.format(partner=partner.label)):
        return
    chosen = [answer for step, answer in quotes if console.yes(f"Quote what you said to: {step.question}")]
    writing.go_on(unlocked, saying.page_for(unlocked.journal, partner, chosen))
