"""Whose an action is: what is offered to no other role, on whatever screen."""

from kapjournal.domain.members import Role

_OF_PARTNERS = frozenset(
    {
        *("answer", "question-before", "question-after", "parts", "waiting", "bring", "talk", "witness"),
        *("write-half", "open-half", "release-half", "otherwise", "booklet", "own-brief"),
        "page-consent",
    }
)
_OF_THE_CLINIC = frozenset({"whose"})
_OF_BOTH = frozenset({"brought", "scribe", "loop", "dialogue", "together"})
"""Of partners and of therapists."""
_OF_THERAPISTS = frozenset({"paper", "ask", "marks", "contact", "write-ups", "ledger", "packs"})


def is_for(role: Role, action_id: str) -> bool:
    """Whether an action is one for this role, wherever it stands; of others nothing is said."""
    if action_id in _OF_THERAPISTS:
        return role.is_therapist
    if action_id in _OF_BOTH:
        return role.is_of_the_course
    return action_id not in (_OF_THE_CLINIC if role is Role.PARTNER else _OF_PARTNERS)
