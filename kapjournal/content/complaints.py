"""What is wrong in any of a clinic's files in the settings folder, for a face to name as it begins."""

from kapjournal.content import (
    crisis,
    dialogue,
    forms,
    joint,
    measure_packs,
    measures,
    pad,
    practice,
    prompts,
    self_reports,
    steps,
    story_check,
    supervision,
    topics,
)

_CONTENTS = (
    *(prompts, crisis, forms, pad, practice, measures, measure_packs, self_reports, steps, topics, dialogue),
    *(joint, story_check, supervision),
)


def complaints() -> tuple[str, ...]:
    """A sentence for each thing that is left out, file by file."""
    return tuple(said for content in _CONTENTS for said in content.complaints())
