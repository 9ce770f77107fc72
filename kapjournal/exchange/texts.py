"""The words of notes on one page: each text of each note stands apart from all others.

A note has several texts if it was changed on two computers at once.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kapjournal.domain.notes import BETWEEN_TEXTS, Note
from kapjournal.exchange.labels import relabelled
from kapjournal.exchange.markdown import escaped
from kapjournal.exchange.quoting import beside_others, ended, quoted
from kapjournal.text import shown

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def on_one_page(journal: "Journal", notes: Sequence[Note]) -> Iterator[str]:
    """The words of each note, in order: one's own below the headings of the page, others' quoted."""
    is_own = {note.id: note.author == journal.me.id for note in notes}
    texts = [
        (body if is_own[note.id] else shown(body), not is_own[note.id])
        for note in notes
        for _, body in _texts(note)
    ]
    labels = iter(relabelled(texts))
    for note in notes:
        if is_own[note.id]:
            yield "".join(lead + beside_others(body, next(labels)) for lead, body in _texts(note))
        else:
            yield "\n".join(quoted(lead.lstrip() + body, next(labels)) for lead, body in _texts(note))


def on_its_own_page(journal: "Journal", note: Note) -> str:
    """The words of a note: one's own to the letter, if there is one text of it, others' quoted."""
    if note.author != journal.me.id:
        return "".join(on_one_page(journal, [note]))
    if not note.beside:
        return ended(note.text.body)
    labels = iter(relabelled([(body, False) for _, body in _texts(note)]))
    return "".join(lead + beside_others(body, next(labels), demote=False) for lead, body in _texts(note))


def _texts(note: Note) -> Iterator[tuple[str, str]]:
    """Each text, after what is written before it."""
    yield "", note.text.body
    for text in note.beside:
        yield BETWEEN_TEXTS + (f"**{escaped(text.title)}**\n\n" if text.title else ""), text.body
