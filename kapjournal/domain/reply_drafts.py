"""The answer to a write-up on the way: what was typed of it, as it was typed."""

import datetime as dt
from dataclasses import dataclass

from kapjournal.domain.ids import CaseId


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """An answer to the write-up of that record id that is not kept yet; nobody but its author can read it.

    `recipient` is who answered, and `acts` what was agreed, one a line. Both stand as they were typed, also
    what is wrong.
    """

    case: CaseId
    write_up: str
    recipient: str = ""
    words: str = ""
    acts: str = ""
    id: str = ""
    saved: dt.datetime | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that was typed."""
        return self.words, self.acts, self.recipient

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed of the answer; who gives it stands there from the beginning."""
        return not self.words.strip() and not self.acts.strip()
