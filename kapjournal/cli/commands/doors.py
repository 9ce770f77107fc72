"""What makes or changes a door: `new`, `join`, `passphrase`, `recovery-words`, `recover`."""

from functools import partial
from typing import Annotated

import typer

from kapjournal import paths, signals
from kapjournal.cli import passphrases
from kapjournal.cli.options import options_of
from kapjournal.domain.members import JournalKind, Role, role_from
from kapjournal.errors import UsageError
from kapjournal.presentation import couples, sentences, will
from kapjournal.stdio import file_or_stdin, questions, stderr, stdout
from kapjournal.stdio.lazy_imports import journal

_Label = Annotated[str, typer.Option(metavar="LABEL", help="What you are called in this journal.")]
_NewPassphraseFile = Annotated[
    str | None,
    typer.Option(
        metavar="PATH|-",
        help="A file whose first line is the new passphrase. Without it, one is offered or generated.",
    ),
]
_NoRecovery = Annotated[bool, typer.Option("--no-recovery", help="Make no recovery words.")]


def new(
    context: typer.Context,
    label: _Label,
    role: Annotated[Role, typer.Option(parser=role_from, metavar="ROLE", help=f"One of: {', '.join(Role)}.")],
    title: Annotated[str, typer.Option(metavar="TITLE", help="What the journal is called.")] = "",
    new_passphrase_file: _NewPassphraseFile = None,
    practice: Annotated[
        bool, typer.Option("--practice", help="Begin a practice: the clinic's own file, with its couples.")
    ] = False,
    no_recovery: _NoRecovery = False,
) -> None:
    """Begin a journal. Who begins it is its keeper, who invites the others."""
    options = options_of(context)
    kind = JournalKind.PRACTICE if practice else JournalKind.COURSE
    name = "practice" if practice else "journal"
    path = options.file or paths.private_folder(paths.data_folder()) / f"{name}{paths.SUFFIX}"
    check = partial(journal.check_passphrase, familiar=(label, title, path.stem))
    chosen = passphrases.new(new_passphrase_file or options.passphrase_file, check)
    with signals.deferred():
        made, recovery = journal.create(
            path,
            label=label,
            role=role,
            passphrase=chosen.text,
            title=title,
            kind=kind,
            with_recovery=not no_recovery,
            strength=options.strength,
            record_folder=options.record_folder,
        )
        made.close()
        passphrases.print_secrets(chosen, recovery)
    stderr.say(f"The {name} is {path}.")
    if practice:
        stderr.say(couples.ONE_FOR_ALL)
    passphrases.ask_back(recovery)


def join(
    context: typer.Context,
    label: _Label,
    code: Annotated[
        str | None, typer.Option(metavar="WORDS", help="The six words of the invitation.")
    ] = None,
    code_file: Annotated[
        str | None, typer.Option(metavar="PATH|-", help="A file whose first line is the six words.")
    ] = None,
    new_passphrase_file: _NewPassphraseFile = None,
    no_recovery: _NoRecovery = False,
) -> None:
    """Join a journal with six words from its keeper."""
    options = options_of(context)
    if (code is None) == (code_file is None):
        raise UsageError("Give the six words either with --code or with --code-file.")
    path = options.journal_file()
    words = code if code is not None else file_or_stdin.first_line(code_file or "", "the code file")
    check = partial(journal.check_passphrase, familiar=(label, path.stem, *journal.doors(path)))
    chosen = passphrases.new(new_passphrase_file or options.passphrase_file, check)
    with signals.deferred():
        made, recovery = journal.join(
            path,
            code=words,
            label=label,
            passphrase=chosen.text,
            with_recovery=not no_recovery,
            strength=options.strength,
            record_folder=options.record_folder,
        )
        made.close()
        passphrases.print_secrets(chosen, recovery)
    stderr.say(sentences.JOINED)
    passphrases.ask_back(recovery)


def passphrase(context: typer.Context, new_passphrase_file: _NewPassphraseFile = None) -> None:
    """Change the passphrase of your door. If somebody may know the old one, take new-keys instead."""
    options = options_of(context)
    with options.unlocked() as opened:
        chosen = passphrases.new(new_passphrase_file, opened.keys.check_new_passphrase)
        with signals.deferred():
            opened.keys.change_passphrase(chosen.text, strength=options.strength)
            passphrases.print_secrets(chosen)
    stderr.say(sentences.DOOR_CHANGED)


def new_keys(
    context: typer.Context,
    new_passphrase_file: _NewPassphraseFile = None,
    no_recovery: Annotated[
        bool, typer.Option("--no-recovery", help="Have no recovery words. Those from before open nothing.")
    ] = False,
) -> None:
    """Replace your keys, because somebody may know your old passphrase.

    An older copy of the file and your old passphrase open nothing that is written from then on. You stay who
    you are; the others compare their 60 digits with you anew. Your other computers need a new copy.
    """
    options = options_of(context)
    with options.unlocked() as opened:
        chosen = passphrases.new(new_passphrase_file, opened.keys.check_new_passphrase)
        recovery = None if no_recovery else journal.generated_recovery_words()
        with signals.deferred():
            closes_will = will.closed_by_keys(opened)
            opened.keys.replace(chosen.text, recovery, strength=options.strength)
            passphrases.print_secrets(chosen, recovery)
    stderr.say(sentences.KEYS_REPLACED)
    if closes_will:
        stderr.say(closes_will)
    passphrases.ask_back(recovery)


def recovery_words(
    context: typer.Context,
    on_stdout: Annotated[
        bool,
        typer.Option("--stdout", help="Print the words on standard output, and ask for none of them back."),
    ] = False,
) -> None:
    """Get 24 new recovery words. Those you had before open nothing from then on.

    They hold once one of them was asked back; until then nothing changes.
    """
    options = options_of(context)
    if not on_stdout and not questions.is_interactive():
        raise UsageError(
            "Somebody has to write the words down at a terminal. With --stdout they are printed for a script."
        )
    with options.unlocked() as opened:
        words = journal.generated_recovery_words()
        if on_stdout:
            with signals.deferred():
                stdout.field("recovery", words)
                had_some = opened.keys.renew_recovery_words(words)
        else:
            passphrases.show_words(words)
            if not passphrases.are_on_paper(words):
                raise UsageError(
                    "So nothing was changed: these words open nothing. Begin again when you like."
                )
            had_some = opened.keys.renew_recovery_words(words)
    stderr.say(sentences.new_words_hold(had_some=had_some))


def recover(
    context: typer.Context,
    words_file: Annotated[
        str | None,
        typer.Option(
            metavar="PATH|-",
            help="A file whose first line is the 24 recovery words; with --will, whose first two lines are "
            "two shares.",
        ),
    ] = None,
    new_passphrase_file: _NewPassphraseFile = None,
    with_shares: Annotated[
        bool, typer.Option("--will", help="Open a practice with two shares of its will instead.")
    ] = False,
) -> None:
    """Open your door with your recovery words. It gets a new passphrase."""
    options = options_of(context)
    path = options.journal_file()
    given = passphrases.two_shares(words_file) if with_shares else _recovery_words(words_file)
    check = partial(journal.check_passphrase, familiar=(path.stem, *journal.doors(path)))
    chosen = passphrases.new(new_passphrase_file, check)
    with signals.deferred():
        recover_with = (
            partial(journal.recover, words=given)
            if isinstance(given, str)
            else partial(journal.recover_with_shares, shares=given)
        )
        opened = recover_with(
            path,
            passphrase=chosen.text,
            strength=options.strength,
            record_folder=options.record_folder,
        )
        label = opened.me.label
        opened.close()
        passphrases.print_secrets(chosen)
    what = "shares" if with_shares else "recovery words"
    stderr.say(f"The door of {label} has a new passphrase. The {what} stay as they are.")


def _recovery_words(source: str | None) -> str:
    if source is None and questions.is_interactive():
        return questions.secret("Your 24 recovery words:")
    return file_or_stdin.first_line(source or file_or_stdin.STDIN, "the recovery words")
