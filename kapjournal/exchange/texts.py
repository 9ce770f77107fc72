"""The words of notes on one page: each text of each note stands apart from all others.

A note has several texts if it was changed on two computers at once, or if something was added to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal.domain.notes import Note
from kapjournal.domain.signing import SignedDocument
from kapjournal.exchange.labels import relabelled
from kapjournal.exchange.markdown import escaped
from kapjournal.exchange.quoting import beside_others, ended, quoted
from kapjournal.presentation import signing
from kapjournal.text import shown

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a note. `above` is what the export says before it; `lead` also, and is quoted with it."""

    body: str
    is_own: bool
    above: str = ""
    lead: str = ""

    @property
    def as_read(self) -> tuple[str, bool]:
        """The words as they come into the page, and whether they are another's."""
        return self.body if self.is_own else shown(self.body), not self.is_own

    def written(self, labels: Mapping[str, str], *, demote: bool = True) -> str:
        """The text as a part of a page."""
        if self.is_own:
            return self.above + self.lead + beside_others(self.body, labels, demote=demote)
        return self.above + quoted(self.lead.lstrip() + self.body, labels)


@dataclass(frozen=True, slots=True)
class _Words:
    """All texts of a note, in order, and what the export says below the last."""

    texts: Sequence[_Text]
    below: str

    def written(self, labels: Iterator[Mapping[str, str]], *, demote: bool = True) -> str:
        """The words as a part of a page, with new labels for each text."""
        return "".join(text.written(next(labels), demote=demote) for text in self.texts) + self.below


def on_one_page(journal: "Journal", notes: Sequence[Note]) -> Iterator[str]:
    """The words of each note, in order: one's own below the headings of the page, others' quoted."""
    signed = journal.signing.of_all(notes)
    each = [_words(journal, note, signed.get(note.id)) for note in notes]
    labels = iter(relabelled([text.as_read for words in each for text in words.texts]))
    return (words.written(labels) for words in each)


def on_its_own_page(journal: "Journal", note: Note, signed: SignedDocument | None) -> str:
    """The words of a note: one's own to the letter, if there is nothing else, others' quoted."""
    is_own = note.author == journal.me.id
    if is_own and not (note.beside or signed):
        return ended(note.text.body)
    words = _words(journal, note, signed)
    return words.written(iter(relabelled([text.as_read for text in words.texts])), demote=not is_own)


def _words(journal: "Journal", note: Note, signed: SignedDocument | None) -> _Words:
    me = journal.me.id
    is_own = note.author == me
    texts = [_Text(note.text.body, is_own)]
    known = [*map(signing.signature_line, signed.signatures), *signing.digests(signed)] if signed else []
    under = _under(*known) if known else ""
    for addendum in signed.addenda if signed else ():
        heading = f"**{escaped(signing.addendum_heading(addendum, note.text.date))}**\n\n"
        texts.append(_Text(addendum.body, addendum.author == me, above=under + heading))
        under = _under(signing.signature_line(addendum.signature))
    for text in note.beside:
        title = f"**{escaped(text.title)}**\n\n" if text.title else ""
        above = under if is_own else f"{under}\n"
        texts.append(_Text(text.body, is_own, above=above, lead=note.before_each_beside + title))
        under = ""
    return _Words(texts, under)


def _under(*lines: str) -> str:
    """A rule, and each line of what is known of signatures."""
    return "\n***\n\n" + "".join(f"*{escaped(line)}*\n\n" for line in lines)
