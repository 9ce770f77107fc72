"""Looking after a journal: export, archive, check, a new passphrase, new recovery words, new keys."""

from kapjournal import clock, exchange, paths, signals
from kapjournal.domain.parsing import number_from
from kapjournal.errors import UsageError
from kapjournal.exchange.archiving import write
from kapjournal.exchange.archiving.write import Form
from kapjournal.plain.console import Back
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import pick
from kapjournal.plain.new_passphrase import ask_back, new_passphrase, say_recovery
from kapjournal.plain.sealing import ask_sealing
from kapjournal.presentation import archive as archiving
from kapjournal.presentation import findings, sentences, will
from kapjournal.presentation.progress import in_quarters
from kapjournal.stdio.lazy_imports import journal as journals


def export(unlocked: Unlocked) -> None:
    """Write notes as markdown: in what form, which, where; then what that means, and whether it is meant."""
    console = unlocked.console
    one_document = pick(
        console,
        "Write a folder or one document, number or word:",
        {"folder, a file a note": False, "one document": True},
    )
    known = unlocked.journal.sessions.all()
    sessions = (
        console.ask_for(
            "Only the notes of which sessions? Their numbers, commas between them. Enter for all notes:",
            lambda answer: [number_from(word.strip()) for word in answer.split(",") if word.strip()],
        )
        if known
        else []
    )
    shared = console.yes("Take along what others shared with you?")
    notes = exchange.select(unlocked.journal, sessions=sessions, include_shared=shared)
    offered = exchange.suggested(one_document=one_document, today=clock.today())
    console.say(f"It will be {offered}.")
    answer = console.ask("Press Enter to take that, or type another path:")
    dest = paths.typed(answer) if answer else offered
    sealing = ask_sealing(console)
    there = exchange.place_of(dest, one_document=one_document, sealing=sealing).exists()
    console.say(exchange.warning(unlocked.journal, notes, sealing))
    question = "Something is there already. Replace the files of an earlier export?"
    if not console.yes(question if there else "Write it?"):
        console.say("Nothing was written.")
        return
    written = exchange.export(
        unlocked.journal,
        dest,
        notes,
        one_document=one_document,
        force=there,
        tell=console.say,
        sealing=sealing,
        progress=in_quarters(console.say),
    )
    console.say(f"The export is in {written}. {sentences.EXPORTED}")


def archive(unlocked: Unlocked) -> None:
    """Write all that the member can read: in what form, and where; then what that means, and whether it is
    meant."""
    console, journal = unlocked.console, unlocked.journal
    console.say(archiving.meaning(of_a_practice=journal.is_practice))
    forms = [form for form in Form if not (journal.is_practice and form is Form.ICS)]
    form = pick(
        console, "In what form, number or word:", {form.value: form for form in forms}, archiving.IN_WORDS
    )
    process_notes = journal.is_practice and console.yes(f"{archiving.PROCESS_NOTES}?")
    offered = write.suggested(form, clock.today())
    console.say(f"It will be {offered}.")
    answer = console.ask("Press Enter to take that, or type another path:")
    sealing = ask_sealing(console)
    console.say(write.warning(journal, form, sealing))
    if not console.yes("Write it?"):
        console.say("Nothing was written.")
        return
    place = write.write_archive(
        journal,
        paths.typed(answer) if answer else offered,
        form,
        process_notes=process_notes,
        sealing=sealing,
        tell=console.say,
        progress=in_quarters(console.say),
    )
    console.say(archiving.written(str(place)), sentences.EXPORTED)


def check(unlocked: Unlocked) -> None:
    """Look whether every sealed value is as its author left it."""
    report = unlocked.journal.check(in_quarters(unlocked.console.say))
    unlocked.console.say(*findings.checked(unlocked.journal, report))


def passphrase(unlocked: Unlocked) -> None:
    """Change the passphrase of the member's door."""
    unlocked.console.say(sentences.OLDER_COPIES)
    unlocked.journal.keys.confirm_passphrase(unlocked.console.secret("Your passphrase as it is now:"))
    chosen = new_passphrase(unlocked.console, unlocked.journal.keys.check_new_passphrase)
    with signals.deferred():
        unlocked.journal.keys.change_passphrase(chosen, strength=unlocked.conversation.strength)
    unlocked.console.say(sentences.DOOR_CHANGED)


def recovery_words(unlocked: Unlocked) -> None:
    """Make new recovery words; the passphrase is asked for first, since the door may stand open."""
    console = unlocked.console
    console.say(sentences.NEW_WORDS_FIRST)
    unlocked.journal.keys.confirm_passphrase(console.secret("Your passphrase once more:"))
    words = journals.generated_recovery_words()
    say_recovery(console, words, sentences.NEW_WORDS)
    try:
        ask_back(console, words, may_go_back=True)
    except Back:
        console.say(sentences.NEW_WORDS_LEFT)
        return
    with signals.deferred():
        had_some = unlocked.journal.keys.renew_recovery_words(words)
    console.say(sentences.new_words_hold(had_some=had_some))


def new_keys(unlocked: Unlocked) -> None:
    """Replace the member's keys, once one of their recovery words was given back; until then all is as it
    was."""
    console, keys = unlocked.console, unlocked.journal.keys
    console.say(sentences.NEW_KEYS)
    known = console.secret("Your passphrase as it is now:")
    keys.confirm_passphrase(known)
    try:
        chosen = new_passphrase(console, keys.check_new_passphrase)
        if chosen == known:
            raise UsageError(sentences.STILL_THE_SAME)
        words = journals.generated_recovery_words()
        say_recovery(console, words, sentences.NEW_KEYS_WORDS)
        ask_back(console, words, may_go_back=True)
    except Back:
        console.say(sentences.NEW_KEYS_LEFT)
        return
    closes_will = will.closed_by_keys(unlocked.journal)
    with signals.deferred():
        keys.replace(chosen, words, strength=unlocked.conversation.strength)
    console.say(sentences.KEYS_REPLACED, closes_will)
