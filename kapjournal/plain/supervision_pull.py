"""Lines of the record pulled into a write-up, by their numbers."""

from collections.abc import Mapping, Sequence

from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import Form
from kapjournal.domain.pulling import places_from
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.supervision import BASIS, Pulled
from kapjournal.errors import KapjournalError
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import pick
from kapjournal.presentation import supervision_pulled as saying
from kapjournal.presentation.supervision_sources import FIELDS, Candidate, Candidates, read_candidates


def ask_for_lines(practice: Unlocked, couple: Couple, form: Form, draft: RecordDraft) -> Sequence[Pulled]:
    """Ask for which field, say what there is, and return the lines that are chosen; none if none are."""
    console, basis = practice.console, draft.fields.get(BASIS, "")
    shown = form.shown_in(draft.layout, draft.fields)
    known: Mapping[str, str] = {one.heading: one.id for one in shown if one.id in FIELDS}
    field = pick(console, "Into which field, number or name? Enter for none:", {**known, "": ""})
    if not field:
        return ()
    candidates = read_candidates(practice.journal, couple, field, basis)
    console.say(*saying.numbered(candidates))
    return _chosen(practice, candidates, basis) if candidates.found else ()


def _chosen(practice: Unlocked, candidates: Candidates, basis: str) -> Sequence[Pulled]:
    """Ask for numbers until they can be read, and for a reason where one is needed."""
    console = practice.console
    while answer := console.ask("Which lines, by number, such as 3 5-9? Enter for none:"):
        try:
            numbers = places_from(answer, len(candidates.found))
            lines = [candidates.found[number - 1] for number in numbers]
            return saying.taken(lines, basis, _reason(practice, lines))
        except KapjournalError as error:
            console.say(str(error))
    return ()


def _reason(practice: Unlocked, lines: Sequence[Candidate]) -> str:
    is_alone = len(lines) == 1 and lines[0].needs_reason
    return practice.console.ask(saying.WHY_THIS_LINE) if is_alone else ""
