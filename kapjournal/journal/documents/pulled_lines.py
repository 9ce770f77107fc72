"""How lines that were pulled into a write-up lie in a document, with where each is from."""

from collections.abc import Iterable

from kapjournal.domain.supervision import MAX_PULLED, Pulled
from kapjournal.text import is_line, storable


def pulled_to_data(pulled: Iterable[Pulled]) -> list[list[str]]:
    """Each as field, line, source, reason, and source in words."""
    return [[one.field, one.line, one.source, one.reason, one.said] for one in pulled]


def pulled_from_data(data: object) -> tuple[Pulled, ...]:
    """Undo `pulled_to_data` (`ValueError`, `TypeError`, `KapjournalError`)."""
    if type(data) is not list or len(data) > MAX_PULLED:
        raise ValueError
    return tuple([_pulled(*one) for one in data])


def _pulled(field: str, line: str, source: str, reason: str, said: str) -> Pulled:
    if not all(is_line(one) for one in (field, source, reason, said)):
        raise ValueError
    pulled = Pulled(field, storable(line), source, reason, said)
    _ = pulled.kind  # refuses what no program pulls from
    return pulled
