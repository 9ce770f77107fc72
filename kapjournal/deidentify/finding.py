"""All that identifies somebody in a text, found."""

import re
from collections.abc import Sequence
from datetime import date

from kapjournal.deidentify.findings import Finding, Known
from kapjournal.deidentify.replacements import Replacements


def find(
    text: str,
    known: Sequence[Known],
    replacements: Replacements,
    sessions: Sequence[tuple[int, date]] = (),
) -> list[Finding]:
    """What identifies somebody in `text`, in order and without overlaps.

    `replacements` gets a word for each of `known` that has none. With `sessions`, numbers and days of them,
    a date says how far it is from one of them; without, it becomes “[date]”.
    """
    replacements.prepare(known, text)
    by_form = {form.casefold(): one for one in reversed(known) for form in one.forms}
    if not by_form:
        return []
    forms = "|".join(map(re.escape, sorted(by_form, key=len, reverse=True)))
    found = re.finditer(rf"(?<!\w)(?:{forms})(?!\w)", text, re.IGNORECASE)
    return [
        Finding(one.start(), one.end(), who.kind, one.group(), replacements.of(who))
        for one in found
        if (who := by_form.get(one.group().casefold()))
    ]
