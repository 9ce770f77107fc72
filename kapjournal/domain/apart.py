"""Going apart: what is refused once sharing has ended in a couple's journal."""

NOTHING_MORE_IS_SHARED = (
    "Sharing has ended in this journal. You can write for yourself; a note you had shared can be changed "
    "once you have stopped sharing it."
)
NOBODY_MORE_JOINS = "Sharing has ended in this journal, and nobody more joins it. Begin a new one."
HAS_ENDED_ALREADY = "Sharing has ended in this journal already."
ONLY_IN_A_COUPLES_JOURNAL = "This is a practice. Sharing is ended in the journal of a couple."
