"""What stands beside a note."""

from kapjournal.domain.notes import NoteKind
from kapjournal.presentation.notes import KIND_IN_WORDS


def test_every_kind_says_what_it_is_for() -> None:
    assert set(KIND_IN_WORDS) == set(NoteKind)
