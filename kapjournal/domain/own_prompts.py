"""A member's own prompts, which stand beside those that come with the program, for them alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kapjournal.domain.notes import NoteKind
from kapjournal.errors import UsageError
from kapjournal.text import storable_line

MAX_LENGTH = 144
"""In characters: two lines above the editor, as of every prompt."""
MAX_OF_A_KIND = 20


@dataclass(frozen=True, slots=True)
class OwnPrompts:
    """The prompts by the name of the kind of note they are for. Kinds that only a newer program knows are
    among them, and stay."""

    by_kind: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, kind: NoteKind) -> tuple[str, ...]:
        """Those of one kind."""
        return self.by_kind.get(kind.value, ())

    def put(self, kind: NoteKind, lines: Iterable[str]) -> "OwnPrompts":
        """These in the place of those of one kind (`UsageError`)."""
        return OwnPrompts(_without_empty({**self.by_kind, kind.value: prompts_from(lines)}))

    def joined(self, other: "OwnPrompts") -> "OwnPrompts":
        """All of both: of what was written on two computers at once nothing is lost."""
        kinds = sorted({*self.by_kind, *other.by_kind})
        both = {k: (*self.by_kind.get(k, ()), *other.by_kind.get(k, ())) for k in kinds}
        return OwnPrompts(
            {kind: tuple(sorted(dict.fromkeys(lines)))[:MAX_OF_A_KIND] for kind, lines in both.items()}
        )


def prompts_from(lines: Iterable[str]) -> tuple[str, ...]:
    """Prompts as they are stored: one line each, empty ones and repetitions left out (`UsageError`)."""
    given = [storable_line(line.strip(), "prompt", MAX_LENGTH) for line in lines if line.strip()]
    if len(given) > MAX_OF_A_KIND:
        raise UsageError(f"A kind of note has at most {MAX_OF_A_KIND} prompts of your own.")
    return tuple(dict.fromkeys(given))


def _without_empty(by_kind: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {kind: lines for kind, lines in by_kind.items() if lines}
