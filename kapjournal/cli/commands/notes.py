"""Notes: `note add | list | show | edit | share | withdraw | history | delete`."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal import config
from kapjournal.cli.fields import NONE, note_cells
from kapjournal.cli.options import options_of
from kapjournal.domain.notes import Note, NoteKind, kind_from, told_apart
from kapjournal.domain.parsing import day_from, number_from
from kapjournal.domain.waiting import AT_ONCE, When, moment_from
from kapjournal.errors import NotFound, UsageError
from kapjournal.exchange import note_fields, version_fields
from kapjournal.presentation import drafts, opening, sentences, signing, waiting
from kapjournal.presentation.people import others_in_words, readers_in_words
from kapjournal.presentation.scribe import about_typing
from kapjournal.presentation.sharing import beside
from kapjournal.stdio import file_or_stdin, questions, stderr, stdout
from kapjournal.stdio.lazy_imports import journal

if TYPE_CHECKING:
    from kapjournal.journal import Journal

app = typer.Typer(help="Write, list, show, change and share notes.")

_Id = Annotated[
    str, typer.Argument(metavar="ID", help="The note's id, or at least its first four characters.")
]
_File = Annotated[
    str | None, typer.Argument(metavar="[FILE|-]", help="Where the text is; - is standard input.")
]
_Session = Annotated[
    int | None, typer.Option(parser=number_from, metavar="N", help="The session it belongs to.")
]
_Date = Annotated[
    dt.date | None, typer.Option(parser=day_from, metavar="YYYY-MM-DD", help="The day it is about.")
]
_Kind = Annotated[
    NoteKind | None, typer.Option(parser=kind_from, metavar="KIND", help=f"One of: {', '.join(NoteKind)}.")
]
_Title = Annotated[str | None, typer.Option(metavar="TITLE", help="Its title.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_WHO = "Labels or roles, comma separated, or “all”."
_Until = Annotated[
    dt.datetime | None,
    typer.Option(
        parser=moment_from,
        metavar="'YYYY-MM-DD [HH:MM]'",
        help="From when on they can read it.",
    ),
]
_NextSession = Annotated[
    bool, typer.Option("--next-session", help="They can read it once the next session has begun.")
]
_Now = Annotated[
    bool, typer.Option("--now", help="At once, also on the day of a dose, when it would wait until tomorrow.")
]
_BothFirst = Annotated[
    bool,
    typer.Option("--both-first", help="Your partner can read it when you can read one of theirs for it."),
]
_About = Annotated[
    str, typer.Option("--about", metavar="LINE", help="With --both-first: what it is about, for their eyes.")
]
_InReturn = Annotated[
    str,
    typer.Option("--in-return", metavar="OFFER", help="For a page that your partner offers: waiting offers."),
]


@app.command()
def add(
    context: typer.Context,
    file: _File = None,
    session: _Session = None,
    date: _Date = None,
    kind: _Kind = None,
    title: _Title = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="A tag; may be given often.")] = None,
    share: Annotated[str, typer.Option(metavar="WHO", help=f"Who may read it besides you. {_WHO}")] = "",
    until: _Until = None,
    next_session: _NextSession = False,
    now: _Now = False,
    both_first: _BothFirst = False,
    about: _About = "",
    in_return: _InReturn = "",
    opens: Annotated[
        dt.date | None,
        typer.Option(
            parser=day_from,
            metavar="YYYY-MM-DD",
            help="The day on which a letter or a decision opens; its words are shown nowhere before.",
        ),
    ] = None,
) -> None:
    """Write a note. Prints its id once it is saved."""
    if file is None and not questions.is_piped():
        raise UsageError("Say where the text is: a FILE, or - and type it, with Ctrl+D at its end.")
    when = When(now, until, next_session, both_first, about, in_return)
    if when != AT_ONCE and not share:
        raise UsageError("Say with --share whom it waits for.")
    with options_of(context).unlocked(shares=bool(share)) as opened:
        body = file_or_stdin.body(file or file_or_stdin.STDIN)
        if not (body.strip() or title):
            raise UsageError("There is nothing in the text. Nothing was saved.")
        written = opened.notes.add(
            journal.NewNote(
                body=body,
                title=title or "",
                kind=kind,
                date=date,
                tags=tuple(tag or ()),
                session=session,
                share=share,
                when=when,
                opens=opens,
            )
        )
        stdout.row(written.id)
        if share:
            _say_readers(opened, written)
        for sentence in opening.opening_in_words(opened.waiting.of(written)):
            stderr.say(sentence)


@app.command("list")
def listed(
    context: typer.Context,
    session: Annotated[
        int | None,
        typer.Option(
            parser=number_from, metavar="N", help="Only of this session: what names it or is of its day."
        ),
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="LABEL", help="Only what they wrote.")] = None,
    kind: _Kind = None,
    tag: Annotated[str | None, typer.Option(metavar="TAG", help="Only with this tag.")] = None,
    as_json: _Json = False,
) -> None:
    """List the notes you can read. Columns: id, day, kind, session, readers, title."""
    with options_of(context).unlocked() as opened:
        found = opened.notes.all(session=session, by=by, kind=kind, tag=tag)
        if as_json:
            stdout.json([note_fields(opened, note) for note in found])
            return
        for note in found:
            stdout.row(*note_cells(opened, note))


@app.command()
def show(
    context: typer.Context,
    note_id: _Id,
    raw: Annotated[bool, typer.Option("--raw", help="Print the text alone, to the letter.")] = False,
    as_json: _Json = False,
) -> None:
    """Show one note."""
    if raw and as_json:
        raise UsageError("Choose --raw or --json.")
    with options_of(context).unlocked() as opened:
        note = opened.notes.get(note_id)
        if raw:
            stdout.verbatim(note.words)
            return
        signed = opened.signing.of_all([note]).get(note.id)
        fields = note_fields(opened, note, body=as_json, signed=signed if as_json else None)
        if as_json:
            stdout.json(fields)
            return
        fields["readers"] = readers_in_words(opened, note.readers)
        fields["tags"] = ", ".join(note.text.tags)
        if note.typed_by is not None:
            fields["typed_by"] = about_typing(note, opened)
        if said := waiting.about_offer(note, opened):
            stderr.say(said)
        if note.files:
            fields["files"] = ", ".join(file.name for file in note.files)
        for name, value in fields.items():
            stdout.field(name, NONE if value in (None, "") else "yes" if value is True else value)
        stdout.text("")
        if signed is None:
            stdout.text(note.words)
            return
        for part in (
            note.text.body,
            "",
            *signing.lines(signed, note.text.date, note.revised or note.written),
        ):
            stdout.text(part)
        if note.beside:
            stdout.text(note.words_beside)


@app.command()
def edit(
    context: typer.Context,
    note_id: _Id,
    file: _File = None,
    title: _Title = None,
    kind: _Kind = None,
    session: Annotated[
        int | None, typer.Option(parser=number_from, metavar="N", help="Its session; 0 is none.")
    ] = None,
    date: _Date = None,
    tag: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="Replaces all tags; may be given often, once empty for none."),
    ] = None,
) -> None:
    """Change a note of yours. Its text if FILE is given, and what else is named; prints its id."""
    if all(value is None for value in (file, title, kind, session, date, tag)):
        raise UsageError("Say what to change: a FILE or - for the text, or one of the options.")
    with options_of(context).unlocked() as opened:
        seen = opened.notes.get(note_id)  # before the text comes, which somebody may be typing
        change = journal.NoteChange(
            body=None if file is None else file_or_stdin.body(file),
            title=title,
            kind=kind,
            date=date,
            tags=None if tag is None else () if tag == [""] else tuple(tag),
            session=session,
            seen=seen.versions,
        )
        note = opened.notes.edit(note_id, change)
        stdout.row(note.id)
        if not seen.beside and note.beside:
            stderr.say(drafts.NOTE_BESIDE)
        if any(draft.of == note.id for draft in opened.drafts.all()):
            stderr.say(drafts.UNFINISHED)


@app.command()
def share(
    context: typer.Context,
    note_id: _Id,
    who: Annotated[str, typer.Option("--with", metavar="WHO", help=_WHO)],
    until: _Until = None,
    next_session: _NextSession = False,
    now: _Now = False,
    both_first: _BothFirst = False,
    about: _About = "",
    in_return: _InReturn = "",
) -> None:
    """Let others read a note of yours, now or later."""
    when = When(now, until, next_session, both_first, about, in_return)
    with options_of(context).unlocked(shares=True) as opened:
        note = opened.notes.share(note_id, who, when)
        _say_readers(opened, note)


@app.command()
def withdraw(
    context: typer.Context,
    note_id: _Id,
    who: Annotated[str, typer.Option("--from", metavar="WHO", help=_WHO)],
) -> None:
    """Stop sharing a note of yours. What was read cannot be unread."""
    with options_of(context).unlocked() as opened:
        note = opened.notes.withdraw(note_id, who)
        readers = readers_in_words(opened, note.readers)
        stderr.say(f"{sentences.WITHDRAWN} {readers} can read this note now.")


@app.command()
def history(
    context: typer.Context,
    note_id: _Id,
    version: Annotated[
        int | None,
        typer.Option(parser=number_from, metavar="N", help="Print the wording of version N, to the letter."),
    ] = None,
    as_json: _Json = False,
) -> None:
    """List a note's versions. Columns: number, saved at, readers, title; oldest first."""
    with options_of(context).unlocked() as opened:
        found = told_apart(opened.notes.history(note_id))
        if version is not None:
            wording = next((one.text.body for one in found if one.number == version), None)
            if wording is None:
                raise NotFound(f"This note has versions 1 to {len(found)}.")
            stdout.verbatim(wording)
            return
        versions = [version_fields(opened, one) for one in found]
        if as_json:
            stdout.json(versions)
            return
        for fields in versions:
            readers = fields["readers"]
            said = ", ".join(map(str, readers)) if isinstance(readers, list) else NONE
            stdout.row(fields["number"], fields["saved"], said, fields["title"] or NONE)


@app.command("set-apart")
def set_apart(context: typer.Context, note_id: _Id) -> None:
    """Make unsigned words beside a signed note of yours, from another computer, a note of their own.

    Its readers are those the words have. Prints the id of the new note."""
    with options_of(context).unlocked() as opened:
        for note in opened.notes.set_apart(note_id):
            stdout.row(note.id)
        stderr.say(signing.SET_APART)


@app.command()
def delete(
    context: typer.Context,
    note_id: _Id,
    now: Annotated[
        bool,
        typer.Option(
            "--now", help="For good, also on the day of a dose, when it would go to the tray; or from there."
        ),
    ] = False,
) -> None:
    """Delete a note of yours, for all its readers. On the day of a dose it lies in the tray first."""
    with options_of(context).unlocked() as opened:
        trayed = [one.note for one in opened.waiting.all() if one.waiting.tray] if now else []
        fitting = [one for one in trayed if one.id.startswith(note_id.strip().lower())]
        note = fitting[0] if len(fitting) == 1 else opened.notes.get(note_id)
        if not now and opened.waiting.pause_until() is not None:
            opened.notes.delete(note.id)
            stderr.say(waiting.TRAYED)
            return
        if questions.is_interactive():
            stderr.say(sentences.deleting(others_in_words(opened, note)))
            if not questions.confirm("Delete this note for good?"):
                stderr.say("Nothing was deleted.")
                return
        opened.notes.delete(note.id, now=now)
        stderr.say(sentences.DELETED)


def _say_readers(opened: "Journal", note: Note) -> None:
    for sentence in waiting.after_sharing(opened, note):
        stderr.say(sentence)
    members, given = opened.members.all(), note.readers | opened.waiting.of(note).readers
    country, said = config.load().settings.country, opened.policies.current()
    for notice in beside(said, given, members, opened.me, country):
        stderr.say(notice)
