"""The form for what a supervisor answered, and the names that never leave: what is said on them."""

from kapjournal.domain.reply_drafts import ReplyDraft
from kapjournal.text import shown_line

HEADING = "What was answered"
LEFT_OFF = "A draft, where you left it."
THROW_AWAY = "Throw the answer away?"
THROWING_AWAY = "What you typed here goes, and nothing is kept of it."
THROWN_AWAY = "The answer was thrown away."
FROM, WORDS, ACTS = "From", "The answer", "What was agreed, one a line: who; what; by which day"
ACT_LOOKS_LIKE = "Dr Lee; ask each of them alone; 2026-12-10"

FROM_A_FILE = "From a file"
FILE_WHAT = (
    "Their answer as a file of text, or one sealed with age: to your key, then name your identity file, or "
    "with a passphrase. The words come into the form, where you can change them."
)
IDENTITY, PASSPHRASE = "Your age identity file, if it is sealed to your key", "Its passphrase, if it has one"

NAMES_HEADING = "Names that never leave"
NAMES_WHAT = (
    "One person, place or employer a line; further forms of a name after commas, such as “Benjamin, Benji”. "
    "A line may begin with person:, place: or employer:. The names of the couple and of members are known "
    "without it. These are replaced in every write-up."
)
OF_COUPLE, OF_PRACTICE = "Of this couple", "Of the whole practice: towns, clinics, colleagues"
NAMES_KEPT = "The names are kept."
NO_NAMES = "No names are listed here."


def kept(draft: ReplyDraft) -> str:
    """That it is kept, and where what was agreed stands."""
    who = shown_line(draft.recipient) or "the supervisor"
    if not draft.acts.strip():
        return f"The answer of {who} is kept."
    return f"The answer of {who} is kept. What was agreed stands in the next brief."
