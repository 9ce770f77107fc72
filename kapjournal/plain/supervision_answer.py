"""What a supervisor answered to a write-up, what was agreed, and what came of it, line by line."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from kapjournal import paths
from kapjournal.domain.parsing import day_from
from kapjournal.domain.reply_drafts import ReplyDraft
from kapjournal.domain.supervision_reply import Act, checked_act, in_writing
from kapjournal.errors import UsageError
from kapjournal.exchange.write_up import is_sealed, words_of_reply
from kapjournal.plain import phrasing
from kapjournal.plain.console import Back, Console, Leave
from kapjournal.plain.menus import Entry, Menu, offer
from kapjournal.plain.of_couple import OfCouple
from kapjournal.plain.supervision_write_up import WriteUp, ask_recipient
from kapjournal.plain.text_lines import COMMANDS, take_lines
from kapjournal.presentation import supervision_brief as brief
from kapjournal.stdio import file_or_stdin

_KEPT_THEN = "Each line is kept as a draft; it stands beside the write-up once you have said what was agreed."
_BEGUN = "You began this answer before and did not finish it. So far it says:"
_NO_SEMICOLON = "No semicolon, please: it would part who from what."
_KEEP = "Keep the answer, with what was agreed so far?"
_KEPT = "It is kept beside the write-up."
_IN_THE_BRIEF = "What was agreed stands in the next brief."
_NOTHING_KEPT = "Nothing was kept."


def answer(one: WriteUp) -> None:
    """Ask who answered, what, and what was agreed, and keep it beside the write-up."""
    console, page = one.of.console, _Page(one)
    page.begin()
    if page.draft.words or not page.is_from_file():
        console.say(f"What they answered, a line at a time. {_KEPT_THEN} {COMMANDS}")
        take_lines(console, page.draft.words, lambda words: page.keep(replace(page.draft, words=words)))
    try:
        while (act := _act(console)) is not None:
            acts = f"{page.draft.acts}\n{in_writing(act)}".strip()
            page.keep(replace(page.draft, acts=acts))
    except Back:
        if not console.yes(_KEEP):
            page.discard()
            console.say(_NOTHING_KEPT)
            return
    except Leave:
        if not page.draft.is_empty:
            one.of.practice.journal.reply_drafts.finish(page.draft)
        raise
    kept = one.of.practice.journal.reply_drafts.finish(page.draft)
    console.say(_KEPT, _IN_THE_BRIEF if kept.acts else "")


class _Page:
    """The answer on the way, a draft in the practice with every line."""

    def __init__(self, one: WriteUp) -> None:
        self._one = one
        self._drafts = one.of.practice.journal.reply_drafts
        begun = self._drafts.of(one.record_id)
        self.draft = begun or ReplyDraft(one.now.case, one.record_id)

    def begin(self) -> None:
        """Say what stands there; of a new one, ask who answered."""
        console, draft = self._one.of.console, self.draft
        if draft.id:
            console.say(_BEGUN)
            console.text(phrasing.aloud(draft.words))
            console.say(*draft.acts.split("\n"))
        else:
            self.draft = replace(draft, recipient=ask_recipient(self._one, "Who answered?"))

    def is_from_file(self) -> bool:
        """Whether the words are in a file; then they are read, and said."""
        console = self._one.of.console
        words = console.ask_for(
            "The path of a file with the answer, as text or sealed with age. Enter to type it here:",
            lambda typed: _from_file(console, paths.typed_file(typed)) if typed else "",
        )
        if words:
            self.keep(replace(self.draft, words=words))
            console.text(phrasing.aloud(words))
            console.say("End of the answer.")
        return bool(words)

    def keep(self, draft: ReplyDraft) -> None:
        """Seal what was typed so far."""
        self.draft = self._drafts.save(draft)

    def discard(self) -> None:
        """Throw it away."""
        if self.draft.id:
            self._drafts.discard(self.draft.id, self.draft.saved)


def _from_file(console: Console, path: Path) -> str:
    """The words of a file; one that is sealed is opened by what the therapist says."""
    data = file_or_stdin.bytes_of_file(path)
    if not is_sealed(data):
        return words_of_reply(data)
    identity = console.ask_for(
        "It is sealed. The path of your age identity file, or Enter for a passphrase:",
        lambda typed: file_or_stdin.body(str(paths.typed_file(typed))) if typed else "",
    )
    passphrase = "" if identity else console.secret("The passphrase it was sealed with:")
    return words_of_reply(data, identity=identity, passphrase=passphrase)


def _act(console: Console) -> Act | None:
    """One thing that was agreed; None for no more."""
    what = console.ask_for("What was agreed? Enter for nothing more:", _part)
    if not what:
        return None
    who = console.ask_for("Who does it? Enter for nobody in particular:", _part)
    when = console.ask_for(
        "By which day, YYYY-MM-DD? Enter for none:", lambda answer: day_from(answer) if answer else None
    )
    return checked_act(Act(who, what, when))


def _part(answer: str) -> str:
    if ";" in answer:
        raise UsageError(_NO_SEMICOLON)
    return answer


def happened(of: OfCouple) -> None:
    """Offer what was agreed and is open, to say once what came of it."""
    offer(of.console, _AGREED, of)


def _entries(of: OfCouple) -> list[Entry[OfCouple]]:
    acts = of.write_ups.acts_due(of.couple.case)
    return [Entry("", f"{brief.in_a_line(act)}.", partial(_ask_what_happened, act=act)) for act in acts]


def _ask_what_happened(of: OfCouple, act: Act) -> None:
    words = of.console.ask(f"{brief.WHAT_HAPPENED} {brief.LEAVES_IT} A hyphen puts it aside:", brief.ONCE)
    if words:
        of.write_ups.happened(act.id, "" if words == phrasing.NOTHING else words)
        of.console.say(brief.KEPT)


_AGREED = Menu[OfCouple](
    "What was agreed",
    f"Choose one to say what came of it. {brief.ONCE}",
    _entries,
    nothing="Nothing that was agreed is open.",
)
