"""All that identifies somebody in a text, found."""

from collections.abc import Sequence
from datetime import date

from kapjournal.deidentify.findings import Finding, FindingKind, Known
from kapjournal.deidentify.names import name_spans
from kapjournal.deidentify.patterns import PATTERNS, pattern_spans
from kapjournal.deidentify.plain_view import glued_apart
from kapjournal.deidentify.replacements import Replacements
from kapjournal.deidentify.spans import NameSpan, Span, settled
from kapjournal.deidentify.words import forgotten
from kapjournal.progress import Counting, Progress, in_silence


def find(
    text: str,
    known: Sequence[Known],
    replacements: Replacements,
    sessions: Sequence[tuple[int, date]] = (),
    follow: Progress = in_silence,
) -> list[Finding]:
    """What identifies somebody in `text`, in order and without overlaps.

    `replacements` gets a word for each of `known` that is found and has none. With `sessions`, numbers and
    days of them, a date that can be told says how far it is from one of them; else it becomes “[date]”.
    `follow` hears how much of the looking is done.
    """
    return find_each([text], known, replacements, sessions, follow)[0]


def find_each(
    texts: Sequence[str],
    known: Sequence[Known],
    replacements: Replacements,
    sessions: Sequence[tuple[int, date]] = (),
    follow: Progress = in_silence,
) -> list[list[Finding]]:
    """The same of several texts that one reader gets: no word that is new stands in any of them. Nothing is
    found that reaches from one into another."""
    counting = Counting(follow, (1 + PATTERNS) * sum(map(len, texts)))
    with forgotten():
        named = _named(texts, known, replacements)
        counting.add(sum(map(len, texts)))
        return [
            [
                Finding(
                    *(span.start, span.end, span.kind, text[span.start : span.end]),
                    *(span.replacement, span.is_listed),
                )
                for span in settled(text, [*names, *_patterns(text, names, sessions, counting)])
            ]
            for text, names in zip(texts, named, strict=True)
        ]


def _patterns(
    text: str, names: Sequence[Span], sessions: Sequence[tuple[int, date]], counting: Counting
) -> list[Span]:
    """What is found by its form, also where a name is written together with it: “Ana3 March 2026”."""
    found = pattern_spans(text, sessions, counting)
    if (apart := glued_apart(text, names)) is not None:
        found += pattern_spans(apart, sessions, Counting())
    return found


def places_of_names(texts: Sequence[str], known: Sequence[Known]) -> list[list[tuple[int, int]]]:
    """Where known names stand in each text, in order: those inside an address or a date too, which `find`
    gives whole."""
    with forgotten():
        return [[(span.start, span.end) for span in each] for each in name_spans(texts, known)]


def _named(texts: Sequence[str], known: Sequence[Known], replacements: Replacements) -> list[list[Span]]:
    found = [[(span, _whom(span, known)) for span in spans] for spans in name_spans(texts, known)]

    def is_found(word: str) -> bool:  # not as the first word of a sentence: there it may be an everyday word
        text = f"we met {word}, {word}s and {word}es"
        return any(word in text[span.start : span.end] for span in name_spans([text], known)[0])

    replacements.prepare((whom for each in found for _, whom in each), "\n".join(texts), known, is_found)
    return [[_in_its_place(span, whom, replacements) for span, whom in each] for each in found]


def _in_its_place(span: NameSpan, whom: Known, replacements: Replacements) -> Span:
    word = replacements.of(whom, is_plural=span.is_plural)
    return Span(span.start, span.end, whom.kind, word, is_listed=whom.kind is not FindingKind.MARKED)


def _whom(span: NameSpan, known: Sequence[Known]) -> Known:
    """Who or what is meant. A name that several have, such as that of a family, stands for none of them: it
    gets a word of its own."""
    owners = [known[index] for index in sorted(span.owners)]
    if len(owners) == 1:
        return owners[0]
    kinds = {owner.kind for owner in owners}
    kind = kinds.pop() if len(kinds) == 1 else FindingKind.NAME
    return Known(kind, (" & ".join(dict.fromkeys(owner.forms[0] for owner in owners)),))
