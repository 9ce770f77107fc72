"""Pages written in steps, one at a time: every line is kept before the next is asked for."""

from collections.abc import Sequence

from kapjournal import clock, config
from kapjournal.content.steps import sheet_of
from kapjournal.domain.members import Member, Role
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.parts import may_be_spoken_for
from kapjournal.domain.steps import Answers, Step, answers_from, heading, read
from kapjournal.domain.witness import left_of
from kapjournal.plain import phrasing, writing
from kapjournal.plain.console import Back
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.line_editor import END, LineCommand, LineEditor
from kapjournal.presentation import parts as quoting
from kapjournal.presentation import sentences
from kapjournal.presentation import steps as saying
from kapjournal.presentation.crisis_notice import crisis_lines
from kapjournal.presentation.drafts import GOES_ON
from kapjournal.presentation.people import partner_of_me
from kapjournal.presentation.witness import PASSED

_LINES = (
    "Type your answer, line by line; a dot on a line of its own goes on. Dot back leaves, dot lock locks, "
    "dot crisis says whom to call."
)
_LINES_AGAIN = "Type your answer; a dot goes on."
_HELP = "Nothing has to be answered, and nothing is counted. Back keeps what you answered as a draft."


def is_partner(unlocked: Unlocked) -> bool:
    """Whether pages in steps are for this member."""
    return unlocked.journal.me.role is Role.PARTNER


def witness_is_offered(unlocked: Unlocked) -> bool:
    """Whether the page of a witness is put before this member."""
    return saying.witness_is_offered(unlocked.journal)


def is_begun(page: LineEditor) -> bool:
    """Whether a page is one in steps on its way."""
    return saying.kind_in_steps(page.current) is not None


def parts(unlocked: Unlocked) -> None:
    """Begin a check-in with a part."""
    begin(unlocked, NoteKind.PARTS)


def witness(unlocked: Unlocked) -> None:
    """Begin the page of a witness."""
    begin(unlocked, NoteKind.WITNESS)


def begin(unlocked: Unlocked, kind: NoteKind) -> None:
    """Begin a page of a kind: ask its steps."""
    _steps(LineEditor(unlocked, saying.begin(unlocked.journal, kind)), sheet_of(kind).steps)


def go_on(page: LineEditor) -> None:
    """Go on with a page on its way, at the last of its steps that was begun."""
    steps = sheet_of(page.draft.text.kind).steps
    last = max(place for place, step in enumerate(steps) if heading(step) in page.lines)
    page.console.say(GOES_ON)
    _steps(page, steps[last:])


def _steps(page: LineEditor, left: Sequence[Step]) -> None:
    """Ask the steps that are left and make a note of the answers; of a check-in a yes leads on."""
    unlocked, console, kind = page.unlocked, page.console, page.draft.text.kind
    sheet = sheet_of(kind)
    try:
        for step in left:
            how_far = saying.how_far(kind, sheet.steps.index(step))
            console.say(f"Step {how_far}. {phrasing.ended(step.question)} {step.help}", sheet.safety)
            _step(page, step, _LINES if step is left[0] else _LINES_AGAIN)
        answers = read(sheet.steps, page.body) or {}
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
    if kind is NoteKind.PARTS:
        _offer_page(unlocked, answers)


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
            page.take_lines(_Listening(page).command)
    finally:
        if not any(line.strip() for line in page.lines[answer_from:]):
            del page.lines[answer_from - 1 :]
            while page.lines and not page.lines[-1].strip():
                page.lines.pop()
    if page.lines:
        page.save()


class _Listening:
    """Tells the dot commands from the lines of one step, and says at a line of a witness's page, once, that
    seven minutes have passed."""

    def __init__(self, page: LineEditor) -> None:
        self._console = page.console
        self._began = clock.uptime()
        self._is_said = page.draft.text.kind is not NoteKind.WITNESS

    def command(self, line: str) -> LineCommand | None:
        """The command a line is, None for a line of the answer."""
        found = _command(line)
        if found is None and not self._is_said and not left_of(clock.uptime() - self._began):
            self._is_said = True
            self._console.say(PASSED)
        return found


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


def _offer_page(unlocked: Unlocked, answers: Answers) -> None:
    """Begin a page for the partner, if the part may be spoken for and its author wants it."""
    console, partner = unlocked.console, partner_of_me(unlocked.journal)
    if partner is None or not may_be_spoken_for(answers) or not _wanted(unlocked, partner):
        return
    quotes = quoting.quotable(answers)
    chosen = [answer for step, answer in quotes if console.yes(f"Quote what you said to: {step.question}")]
    writing.go_on(unlocked, quoting.page_for(unlocked.journal, partner, chosen))


def _wanted(unlocked: Unlocked, partner: Member) -> bool:
    return unlocked.console.yes(quoting.QUOTE.format(partner=partner.label))
