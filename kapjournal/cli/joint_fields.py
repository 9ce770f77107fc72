"""Words that two approve, as JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapjournal.domain.joint import Joint, Standing
from kapjournal.domain.joint_standing import has_held, held_from, held_until, lacking
from kapjournal.exchange.json_fields import iso_time
from kapjournal.presentation import authorising

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def joint_fields(journal: "Journal", joint: Joint, every: Sequence[Joint]) -> dict[str, object]:
    """All of it for a script; moments are UTC, and null where they are not known or have not come."""
    label, until = journal.members.label_of, held_until(joint, every)
    tells_who = not (authorising.is_authorisation(joint) and joint.standing is Standing.ENDED)
    return {
        "id": joint.id,
        "kind": joint.text.kind.value,
        "by": label(joint.author),
        "date": joint.text.date.isoformat(),
        "review": joint.text.review.isoformat() if joint.text.review else None,
        "for_therapists": joint.text.for_therapists,
        "standing": joint.standing.value,
        "fields": dict(joint.text.fields),
        "approved_by": sorted(label(one) for one in joint.approved_by) if tells_who else [],
        "lacking": [label(one.id) for one in lacking(joint, journal.members.all())]
        if joint.standing is Standing.PROPOSED
        else [],
        "less": [
            {"by": label(one.author), "line": one.line, "written": iso_time(one.written)}
            for one in joint.narrowings
        ],
        "held_from": iso_time(held_from(joint)) if has_held(joint) else None,
        "held_until": iso_time(until) if has_held(joint) and until else None,
    }
