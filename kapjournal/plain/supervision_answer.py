"""What a supervisor answered to a write-up, what was agreed, and what came of it, line by line."""

from functools import partial
from pathlib import Path

from kapjournal import paths
from kapjournal.domain.parsing import day_from
from kapjournal.domain.supervision_reply import Act, checked_act
from kapjournal.exchange.write_up import is_sealed, words_of_reply
from kapjournal.plain import phrasing
from kapjournal.plain.console import Back, Console, Leave
from kapjournal.plain.menus import Entry, Menu, offer
from kapjournal.plain.of_couple import OfCouple
from kapjournal.plain.supervision_write_up import WriteUp, ask_recipient
from kapjournal.plain.text_lines import COMMANDS, take_lines
from kapjournal.presentation import supervision_brief as brief
from kapjournal.stdio import file_or_stdin

_KEPT_THEN = "It is kept once you have said what was agreed; a lock before that drops it."
_KEEP = "Keep the answer, with what was agreed so far?"
_KEPT = "It is kept beside the write-up."
_IN_THE_BRIEF = "What was agreed stands in the next brief."
_NOTHING_KEPT = "Nothing was kept."


def answer(one: WriteUp) -> None:
    """Ask who answered, what, and what was agreed, and keep it beside the write-up."""
    console, acts = one.of.console, list[Act]()
    recipient = ask_recipient(one, "Who answered?")
    words = console.ask_for(
        "The path of a file with the answer, as text or sealed with age. Enter to type it here:",
        lambda typed: _from_file(console, paths.typed_file(typed)) if typed else "",
    )
    if words:
        console.text(phrasing.aloud(words))
        console.say("End of the answer.")
    else:
        console.say(f"What they answered, a line at a time. {_KEPT_THEN} {COMMANDS}")
        words = take_lines(console)
    try:
        while (act := _act(console)) is not None:
            acts.append(act)
    except Back:
        if not console.yes(_KEEP):
            console.say(_NOTHING_KEPT)
            return
    except Leave:
        if words.strip() or acts:
            one.of.write_ups.reply(one.record_id, words, acts, recipient)
        raise
    one.of.write_ups.reply(one.record_id, words, acts, recipient)
    console.say(_KEPT, _IN_THE_BRIEF if acts else "")


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
    what = console.ask("What was agreed? Enter for nothing more:")
    if not what:
        return None
    who = console.ask("Who does it? Enter for nobody in particular:")
    when = console.ask_for(
        "By which day, YYYY-MM-DD? Enter for none:", lambda answer: day_from(answer) if answer else None
    )
    return checked_act(Act(who, what, when))


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
