"""The parts check-in, a step at a time: every line is kept before the next is asked for."""

from collections.abc import Sequence

from kapjournal import config
from kapjournal.content.parts import parts as content
from kapjournal.domain.members import Member, Role
from kapjournal.domain.parts import Step, answers_from, heading, is_check_in, may_be_spoken_for, read
from kapjournal.plain import writing
from kapjournal.plain.console import Back
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.line_editor import END, LineCommand, LineEditor
from kapjournal.presentation import parts as saying
from kapjournal.presentation import sentences
from kapjournal.presentation.crisis_notice import crisis_lines
from kapjournal.presentation.drafts import GOES_ON

_LINES = (
    "Type your answer, line by line; a dot on a line of its own goes on. Dot back leaves, dot lock locks, "
    "dot crisis says whom to call."
)
_LINES_AGAIN = "Type your answer; a dot goes on."
_HELP = "Nothing has to be answered, and nothing is counted. Back keeps what you answered as a draft."


def is_partner(unlocked: Unlocked) -> bool:
    """Whether the check-in is for this member."""
    return unlocked.journal.me.role is Role.PARTNER


def is_begun(page: LineEditor) -> bool:
    """Whether a page is a check-in on its way."""
    return is_check_in(content().steps, page.current)


def parts(unlocked: Unlocked) -> None:
    """Begin a check-in: ask its steps."""
    _steps(LineEditor(unlocked, saying.begin(unlocked.journal)), content().steps)


def go_on(page: LineEditor) -> None:
    """Go on with a check-in on its way, at the last of its steps that was begun."""
    steps = content().steps
    last = max(place for place, step in enumerate(steps) if heading(step) in page.lines)
    page.console.say(GOES_ON)
    _steps(page, steps[last:])


def _steps(page: LineEditor, left: Sequence[Step]) -> None:
    """Ask the steps that are left, make a note of the answers, and offer a page for the partner after a
    yes."""
    unlocked, console, steps = page.unlocked, page.console, content().steps
    try:
        for step in left:
            how_far = saying.how_far(steps.index(step))
            console.say(f"Step {how_far}. {step.question} {step.help}", content().safety)
            _step(page, step, _LINES if step is left[0] else _LINES_AGAIN)
        answers = read(steps, page.body) or {}
        if not answers:
            page.discard()
            console.say(saying.NOTHING_YET)
            return
        _, meanwhile = page.finish()
        console.say(saying.IS_A_NOTE, meanwhile)
    except Back:
        _keep_or_not(page)
        raise
    finally:
        page.leave()
    partner = saying.partner_of(unlocked.journal)
    if partner is not None and may_be_spoken_for(answers):
        _offer_page(unlocked, partner, saying.quotable(answers))


def _step(page: LineEditor, step: Step, how_to: str) -> None:
    """Ask one step. What stands there from before is said: lines are put below it, other words in its
    place. `how_to` is said where lines are typed."""
    if heading(step) not in page.lines:
        page.lines += [*([""] if page.lines else []), heading(step), ""]
    answer_from = page.lines.index(heading(step)) + 1
    if before := "\n".join(page.lines[answer_from:]).strip():
        page.console.say("You answered:")
        page.console.text(before)
    try:
        if step.words:
            asked = f"{', '.join(step.words)}: {'which one' if step.one else 'which, with commas between'}?"
            answer = page.console.ask_for(
                f"{asked} Enter {'leaves it' if before else 'goes on'}:",
                lambda typed: answers_from((step,), {step.id: typed})[step.id],
                _HELP,
            )
            if answer:
                page.lines[answer_from:] = ["", answer]
        else:
            page.console.say(how_to)
            page.take_lines(_command)
    finally:
        if not any(line.strip() for line in page.lines[answer_from:]):
            del page.lines[answer_from - 1 :]
            while page.lines and not page.lines[-1].strip():
                page.lines.pop()
    if page.lines:
        page.save()


def _command(line: str) -> LineCommand | None:
    match line.strip():
        case ".":
            return lambda *_: END
        case ".back":
            return _go_back
        case ".lock":
            return lambda page, _: page.console.lock()
        case ".crisis":
            return lambda page, _: page.console.say(*crisis_lines(config.load().settings.country))
    return None


def _keep_or_not(page: LineEditor) -> None:
    """Keep what was answered, unless it is to be thrown away; of a page without an answer nothing stays."""
    if not page.lines:
        page.discard()
        return
    page.console.say(saying.KEPT)
    if page.console.yes(f"Throw it away instead? {sentences.throwing_away(of_a_note=False)}"):
        page.discard()
        page.console.say("The draft is thrown away.")


def _go_back(_page: LineEditor, _words: str) -> None:
    raise Back


def _offer_page(unlocked: Unlocked, partner: Member, quotes: list[tuple[Step, str]]) -> None:
    console = unlocked.console
    if not console.yes(saying.QUOTE.format(partner=partner.label)):
        return
    chosen = [answer for step, answer in quotes if console.yes(f"Quote what you said to: {step.question}")]
    writing.go_on(unlocked, saying.page_for(unlocked.journal, partner, chosen))
