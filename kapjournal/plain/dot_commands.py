"""Dot commands: the lines that are no text while the author writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from kapjournal import config, paths
from kapjournal.domain.parsing import number_from
from kapjournal.errors import KapjournalError, UsageError
from kapjournal.plain import bringing, phrasing
from kapjournal.plain.console import ToCouples
from kapjournal.plain.line_editor import END, LineCommand, LineEditor
from kapjournal.presentation.crisis_notice import crisis_lines
from kapjournal.presentation.prompts import hint, prompts
from kapjournal.stdio import file_or_stdin
from kapjournal.text import without_controls


@dataclass(frozen=True, slots=True)
class DotCommand:
    """What help says of a command, and what it does."""

    sentence: str
    action: LineCommand


def write(page: LineEditor) -> None:
    """Say how to write, then take lines until the page ends."""
    page.console.say(
        hint(page.draft.text) if page.is_empty else "",
        "Write now, a line at a time. A dot alone on a line ends the page. Dot help says what else you can "
        "do, dot prompt offers a question to write about.",
    )
    page.take_lines(partial(_command, _commands(page)))


def _help(page: LineEditor, _: str) -> None:
    page.console.say(
        "You are writing. Every line you type is kept as a draft that only you can open, as soon as you "
        "press Enter. Words such as help or quit are words here. These lines are commands:",
        *(dot.sentence for dot in _commands(page).values()),
        "To write such a line itself, put one more dot before it.",
    )


def _read(page: LineEditor, _: str) -> None:
    page.console.text(phrasing.aloud(page.body))
    page.console.say("That is the end of the page so far.")


def _prompt(page: LineEditor, _: str) -> None:
    """Say the next prompt of the kind; after the last comes the first."""
    all_of_them = prompts(page.draft.text, page.unlocked.journal.own_prompts.all())
    words = [one.words for one in all_of_them]
    place = words.index(page.prompt) + 1 if page.prompt in words else 0
    page.prompt = words[place % len(words)] if words else ""
    said = all_of_them[place % len(words)].said if words else ""
    first = "Nothing of it is on the page; dot take puts it there as a heading." if place == 0 else ""
    page.console.say(said or "This kind of note has no prompts.", first if page.prompt else "")


def _take(page: LineEditor, _: str) -> None:
    if not page.prompt:
        page.console.say("Hear a prompt first, with dot prompt.")
        return
    gap = [""] if page.lines and page.lines[-1].strip() else []
    page.add("\n".join([*gap, f"## {page.prompt}", ""]))
    page.console.say("It is on the page, as a heading.")


def _numbers(page: LineEditor, _: str) -> None:
    page.console.text("\n".join(f"{number}. {line or 'empty'}" for number, line in enumerate(page.lines, 1)))
    page.console.say("That is the end of the page so far.")


def _change(page: LineEditor, rest: str) -> None:
    number, _, words = rest.partition(" ")
    _in_place(page, number, words.strip())


def _drop(page: LineEditor, number: str) -> None:
    _in_place(page, number)


def _in_place(page: LineEditor, number: str, *words: str) -> None:
    try:
        place = number_from(number) - 1
        if not 0 <= place < len(page.lines):
            raise UsageError(f"There is no line {number}. Dot numbers reads each line with its number.")
    except KapjournalError as error:
        page.console.say(str(error))
        return
    before = page.lines[place]
    page.put(place, *words)
    page.console.say(f"Line {number} was: {before}", _now(*words))


def _now(words: str | None = None) -> str:
    if words is None:
        return "It is taken away."
    return f"Now: {words}" if words else "Now it is empty."


def _undo(page: LineEditor, _: str) -> None:
    if not page.lines:
        page.console.say("There is no line to take away.")
        return
    page.console.say(f"Taken away: {page.lines[-1]}")
    page.put(len(page.lines) - 1)


def _file(page: LineEditor, path: str) -> None:
    try:
        text, dropped = without_controls(file_or_stdin.body_of_file(paths.typed(path)))
    except KapjournalError as error:
        page.console.say(str(error))
        return
    page.add(text.removesuffix("\n"))
    page.console.say(
        "The text of the file is at the end of the page now.",
        "Control characters in it were left out." if dropped else "",
    )


def _bring(page: LineEditor, number: str) -> None:
    try:
        place = number_from(number) if number else len(page.lines)
        if not 1 <= place <= len(page.lines):
            raise UsageError(f"There is no line {number}. Dot numbers reads each line with its number.")
        bringing.bring_words(page.unlocked, page.lines[place - 1])
    except KapjournalError as error:
        page.console.say(str(error))


def _crisis(page: LineEditor, _: str) -> None:
    page.console.say(*crisis_lines(config.load().settings.country))


def _lock(page: LineEditor, _: str) -> None:
    page.save()
    page.console.lock()


def _couples(page: LineEditor, _: str) -> None:
    if page.is_empty or page.save():
        raise ToCouples


DOT_COMMANDS = {
    ".": DotCommand("A dot alone on a line: end the page, then choose what becomes of it.", lambda *_: END),
    ".done": DotCommand("Dot done, typed .done: the same as a dot alone.", lambda *_: END),
    ".prompt": DotCommand(
        "Dot prompt, typed .prompt: hear a question that may help; again for the next.", _prompt
    ),
    ".take": DotCommand("Dot take, typed .take: put that question on the page, as a heading.", _take),
    ".read": DotCommand("Dot read, typed .read: hear the page so far.", _read),
    ".undo": DotCommand("Dot undo, typed .undo: take the last line away.", _undo),
    ".numbers": DotCommand("Dot numbers, typed .numbers: hear every line with its number.", _numbers),
    ".change": DotCommand(
        "Dot change, typed .change, a number and words: put these words in the place of that line.", _change
    ),
    ".drop": DotCommand("Dot drop, typed .drop and a number: take that line away.", _drop),
    ".file": DotCommand(
        "Dot file, typed .file and the path of a file: put its text at the end of the page.", _file
    ),
    ".bring": DotCommand(
        "Dot bring, typed .bring: bring the last line to the next session; with a number, that line.", _bring
    ),
    ".crisis": DotCommand("Dot crisis, typed .crisis: hear whom to call. The page waits.", _crisis),
    ".lock": DotCommand("Dot lock, typed .lock: lock the journal; the page waits behind your door.", _lock),
    ".help": DotCommand("Dot help, typed .help: hear this.", _help),
}


_WITHIN_PRACTICE = {
    ".couples": DotCommand(
        "Dot couples, typed .couples: go back to your practice; the page waits in this journal.", _couples
    )
}


def _commands(page: LineEditor) -> Mapping[str, DotCommand]:
    return DOT_COMMANDS | _WITHIN_PRACTICE if page.unlocked.within else DOT_COMMANDS


def _command(commands: Mapping[str, DotCommand], line: str) -> LineCommand | None:
    dot = commands.get(line.partition(" ")[0].rstrip())
    return dot.action if dot else None
