"""Keeping partners' pages in the record: `record keep | kept | withdrawn`."""

from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.cli.fields import NONE
from kapjournal.cli.options import options_of
from kapjournal.cli.practice import CoupleOption, by_case, couple_name, practice
from kapjournal.domain.couples import Couple, named
from kapjournal.domain.ids import CaseId
from kapjournal.domain.kept import GoneNote, KeptNote
from kapjournal.errors import UsageError
from kapjournal.exchange import iso_time
from kapjournal.presentation import kept as saying
from kapjournal.stdio import stderr, stdout
from kapjournal.stdio.lazy_imports import journal

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add these to the commands of the record."""
    app.command()(keep)
    app.command()(kept)
    app.command()(withdrawn)


def keep(
    context: typer.Context,
    note_id: Annotated[
        str,
        typer.Argument(metavar="NOTE-ID", help="The page's id in the couple's journal, or its beginning."),
    ],
    couple: CoupleOption = None,
) -> None:
    """Keep a copy of a partner's page in the record, as it is now. You alone can read it. Prints its id.

    It stays when they withdraw or delete the page. The same version is kept once, a later one beside it."""
    name = couple_name(context, couple)
    if name is None:
        raise UsageError("Say in whose journal the page is: -c NAME.")
    with options_of(context).of_the_couple(name).unlocked() as theirs:
        copy, is_new = theirs.keeping.keep(note_id)
        stdout.row(copy.id)
        for sentence in saying.after_keeping(copy, is_new):
            stderr.say(sentence)


def kept(
    context: typer.Context,
    kept_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Show one, by the id of the copy or of the page.")
    ] = None,
    couple: CoupleOption = None,
    canonical: Annotated[
        bool,
        typer.Option(
            "--canonical", help="Print what was copied in the one form of which it has the SHA-256."
        ),
    ] = False,
    as_json: _Json = False,
) -> None:
    """List the pages you kept. Columns: id, kept at, couple, author, day, the page's id, title, whether it
    was withdrawn or deleted since. With an ID, show one."""
    with practice(context) as opened:
        couples = by_case(opened)
        if kept_id is not None:
            _show(opened, opened.kept.get(kept_id), couples, canonical=canonical, as_json=as_json)
            return
        if canonical:
            raise UsageError("Say which kept page: record kept ID --canonical.")
        case = _case(context, couple, couples)
        gone = {(one.case, one.note): one for one in opened.kept.withdrawn(case)}
        found = opened.kept.all(case)
        if as_json:
            stdout.json([_fields(note, couples, gone.get((note.case, note.note))) for note in found])
            return
        for note in found:
            left = gone.get((note.case, note.note))
            stdout.row(
                note.id,
                iso_time(note.kept),
                _name(couples, note.case) or NONE,
                note.label,
                note.date.isoformat(),
                note.note,
                saying.name_of(note),
                f"gone by {left.gone.isoformat()}" if left else NONE,
            )


def withdrawn(context: typer.Context, couple: CoupleOption = None, as_json: _Json = False) -> None:
    """List the pages you could read and that partners withdrew or deleted. Columns: couple, the day it was
    first met here, the day it was found gone, whether you kept it, and if so its title."""
    with practice(context) as opened:
        couples = by_case(opened)
        found = opened.kept.withdrawn(_case(context, couple, couples))
        if as_json:
            stdout.json([_gone_fields(one, couples) for one in found])
            return
        for one in found:
            name = _name(couples, one.case) or NONE
            days = one.seen.isoformat(), one.gone.isoformat()
            titles = ", ".join(map(saying.name_of, one.kept))
            stdout.row(name, *days, "kept" if one.kept else "not kept", titles or NONE)
        if not found:
            stderr.say(saying.NOTHING_WITHDRAWN)


def _show(
    opened: "Journal", note: KeptNote, couples: dict[CaseId, Couple], *, canonical: bool, as_json: bool
) -> None:
    if canonical:
        stdout.verbatim(journal.canonical_form_of(note).decode("utf-8"))
        return
    left = {(one.case, one.note): one for one in opened.kept.withdrawn(note.case)}
    fields = _fields(note, couples, left.get((note.case, note.note)))
    if as_json:
        stdout.json(fields)
        return
    shown = {name: value for name, value in fields.items() if name != "body"}
    shown["tags"] = ", ".join(note.tags)
    shown["files"] = ", ".join(f"{file.name} (not copied)" for file in note.files)
    for name, value in shown.items():
        stdout.field(name, NONE if value in (None, "") else value)
    stdout.text("")
    stdout.text(note.body)


def _fields(note: KeptNote, couples: dict[CaseId, Couple], gone: GoneNote | None) -> dict[str, object]:
    return {
        "id": note.id,
        "couple": _name(couples, note.case),
        "case": note.case.hex(),
        "note": note.note,
        "author": note.label,
        "member": note.author.hex(),
        "typed_by": note.typed_by.label if note.typed_by else None,
        "kind": note.kind.value,
        "title": note.title,
        "date": note.date.isoformat(),
        "tags": list(note.tags),
        "session": note.session,
        "written": iso_time(note.written),
        "revised": iso_time(note.revised) if note.revised else None,
        "kept": iso_time(note.kept),
        "gone_by": gone.gone.isoformat() if gone else None,
        "files": [{"name": one.name, "size": one.size, "digest": one.digest} for one in note.files],
        "sha256": journal.sha256_of(note),
        "body": note.body,
    }


def _gone_fields(gone: GoneNote, couples: dict[CaseId, Couple]) -> dict[str, object]:
    return {
        "couple": _name(couples, gone.case),
        "case": gone.case.hex(),
        "seen": gone.seen.isoformat(),
        "gone_by": gone.gone.isoformat(),
        "kept": [{"id": note.id, "title": note.title} for note in gone.kept],
    }


def _case(context: typer.Context, couple: str | None, couples: dict[CaseId, Couple]) -> CaseId | None:
    name = couple_name(context, couple)
    return None if name is None else named(couples.values(), name).case


def _name(couples: dict[CaseId, Couple], case: CaseId) -> str | None:
    return couples[case].name if case in couples else None
