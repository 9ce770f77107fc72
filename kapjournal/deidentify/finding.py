"""All that identifies somebody in a text, found."""

from collections.abc import Sequence
from datetime import date

from kapjournal.deidentify.findings import Finding, FindingKind, Known
from kapjournal.deidentify.names import name_spans
from kapjournal.deidentify.patterns import pattern_spans
from kapjournal.deidentify.replacements import Replacements
from kapjournal.deidentify.spans import NameSpan, Span, settled
from kapjournal.deidentify.words import forgotten


def find(
    text: str,
    known: Sequence[Known],
    replacements: Replacements,
    sessions: Sequence[tuple[int, date]] = (),
) -> list[Finding]:
    """What identifies somebody in `text`, in order and without overlaps.

    `replacements` gets a word for each of `known` that is found and has none. With `sessions`, numbers and
    days of them, a date that can be told says how far it is from one of them; else it becomes “[date]”.
    """
    with forgotten():
        spans = [*_named(text, known, replacements), *pattern_spans(text, sessions)]
    return [
        Finding(span.start, span.end, span.kind, text[span.start : span.end], span.replacement)
        for span in settled(text, spans)
    ]


def places_of_names(text: str, known: Sequence[Known]) -> list[tuple[int, int]]:
    """Where known names stand, in order: those inside an address or a date too, which `find` gives whole."""
    with forgotten():
        return [(span.start, span.end) for span in name_spans(text, known)]


def _named(text: str, known: Sequence[Known], replacements: Replacements) -> list[Span]:
    found = [(span, _whom(span, known)) for span in name_spans(text, known)]
    replacements.prepare((whom for _, whom in found), text, known)
    return [
        Span(span.start, span.end, whom.kind, replacements.of(whom, is_plural=span.is_plural))
        for span, whom in found
    ]


def _whom(span: NameSpan, known: Sequence[Known]) -> Known:
    """Who or what is meant. A name that several have, such as that of a family, stands for none of them: it
    gets a word of its own."""
    owners = [known[index] for index in sorted(span.owners)]
    if len(owners) == 1:
        return owners[0]
    kinds = {owner.kind for owner in owners}
    kind = kinds.pop() if len(kinds) == 1 else FindingKind.NAME
    return Known(kind, (" & ".join(dict.fromkeys(owner.forms[0] for owner in owners)),))
