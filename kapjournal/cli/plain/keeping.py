"""Keeping a journal, and taking out of it: export, backup, check, a new passphrase."""

from pathlib import Path

from kapjournal import clock, exchange, paths, signals
from kapjournal.cli.lazily import journal as journals
from kapjournal.cli.plain.menus import pick
from kapjournal.cli.plain.new_door import ask_back, new_passphrase, say_recovery
from kapjournal.cli.plain.seat import Seat
from kapjournal.cli.plain.talk import Back
from kapjournal.domain import sentences
from kapjournal.domain.values import number_from
from kapjournal.errors import UsageError
from kapjournal.presentation import findings


def export(seat: Seat) -> None:
    """Write notes as markdown: in what form, which, where; then what that means, and whether it is meant."""
    talk = seat.talk
    one_document = pick(
        talk,
        "Write a folder or one document, number or word:",
        {"folder, a file a note": False, "one document": True},
    )
    known = seat.journal.sessions.all()
    sessions = (
        talk.ask_for(
            "Only the notes of which sessions? Their numbers, commas between them. Enter for all notes:",
            lambda answer: [number_from(word.strip()) for word in answer.split(",") if word.strip()],
        )
        if known
        else []
    )
    shared = talk.yes("Take along what others shared with you?")
    notes = exchange.select(seat.journal, sessions=sessions, include_shared=shared)
    offered = exchange.suggested(one_document=one_document, today=clock.today())
    talk.say(f"It will be {offered}.")
    answer = talk.ask("Press Enter to take that, or type another path:")
    dest = paths.typed(answer) if answer else offered
    there = dest.exists()
    talk.say(exchange.warning(seat.journal, notes))
    question = "Something is there already. Replace the files of an earlier export?"
    if not talk.yes(question if there else "Write it?"):
        talk.say("Nothing was written.")
        return
    exchange.export(seat.journal, dest, notes, one_document=one_document, force=there)
    talk.say(f"The export is in {dest}. {sentences.EXPORTED}")


def backup(seat: Seat) -> None:
    """Write a sealed copy."""
    dest = seat.talk.ask_for("The path of the new file:", _path)
    seat.journal.backup(dest)
    seat.talk.say(
        f"The copy is {dest}. It is sealed like the journal, and opens with the passphrases of today."
    )


def check(seat: Seat) -> None:
    """Look at every sealed value again."""
    report = seat.journal.check()
    if report.is_clean:
        seat.talk.say("All is as it was left.")
        return
    seat.talk.say(
        sentences.NOT_WHOLE,
        *findings.sentences(report.findings, seat.journal),
    )


def passphrase(seat: Seat) -> None:
    """Change one's passphrase."""
    seat.talk.say(sentences.OLDER_COPIES)
    seat.journal.keys.confirm_passphrase(seat.talk.secret("Your passphrase as it is now:"))
    chosen = new_passphrase(seat.talk)
    with signals.deferred():
        seat.journal.keys.change_passphrase(chosen, strength=seat.host.strength)
    seat.talk.say(sentences.DOOR_CHANGED)


def recovery_words(seat: Seat) -> None:
    """New words in the place of those one has: first the passphrase, since the door may stand open."""
    talk = seat.talk
    talk.say(sentences.NEW_WORDS_FIRST)
    seat.journal.keys.confirm_passphrase(talk.secret("Your passphrase once more:"))
    words = journals.generated_recovery_words()
    say_recovery(talk, words, sentences.NEW_WORDS)
    try:
        ask_back(talk, words, may_go_back=True)
    except Back:
        talk.say(sentences.NEW_WORDS_LEFT)
        return
    with signals.deferred():
        had_some = seat.journal.keys.renew_recovery_words(words)
    talk.say(sentences.new_words_hold(had_some=had_some))


def _path(answer: str) -> Path:
    if not answer:
        raise UsageError("Say where it should be.")
    return paths.typed(answer)
