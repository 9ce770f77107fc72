"""Drafts, taken up again: each goes on as what it was begun as, a page or a check-in step by step."""

from functools import partial

from kapjournal.domain.notes import Draft
from kapjournal.plain import phrasing, steps, writing
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.line_editor import LineEditor
from kapjournal.plain.menus import Entry, Menu, offer
from kapjournal.presentation import sentences
from kapjournal.presentation.drafts import PageOwner, added_to, name_of


def drafts(unlocked: Unlocked) -> None:
    """Offer the member's drafts; choosing one goes on with it."""

    def entries(unlocked: Unlocked) -> list[Entry[Unlocked]]:
        return [
            Entry("", _in_a_list(unlocked, draft), partial(_open, draft=draft))
            for draft in unlocked.journal.drafts.all()
        ]

    offer(
        unlocked.console,
        Menu("Drafts", sentences.DRAFTS_ARE_YOURS, entries, nothing="There are no drafts."),
        unlocked,
    )


def resume(unlocked: Unlocked) -> None:
    """Go on with the page a lock interrupted, if it is this member's; its last line may be nowhere else."""
    interrupted = unlocked.conversation.interrupted.pop(PageOwner.of(unlocked.journal), None)
    if interrupted is None:
        return
    found = [
        draft for draft in unlocked.journal.drafts.all() if draft.id and draft.id == interrupted.draft.id
    ]
    page = LineEditor(unlocked, found[0] if found else interrupted.draft)
    if interrupted.whole:
        page.lines.clear()
    if interrupted.lines:
        page.add("\n".join(interrupted.lines))
    unlocked.console.say("This is the page you were writing. Every line of it is kept.")
    if steps.is_begun(page):
        steps.go_on(page)
    else:
        writing.be_at(page)


def _open(unlocked: Unlocked, draft: Draft) -> None:
    note, page = added_to(unlocked.journal, draft), LineEditor(unlocked, draft)
    if note is not None:
        writing.add_to(unlocked, draft, note.text.name)
    elif steps.is_begun(page):
        steps.go_on(page)
    else:
        writing.go_on(unlocked, draft)


def _in_a_list(unlocked: Unlocked, draft: Draft) -> str:
    readers = unlocked.readers(draft.readers)
    name = phrasing.ended(name_of(unlocked.journal, draft))
    return f"{name} For {readers[0].lower()}{readers[1:]}."
