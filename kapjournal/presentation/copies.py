"""What is said of copies of a journal: what a merge brought, and what a copy is for."""

from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.presentation.people import notices
from kapjournal.progress import Progress, in_silence
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal, MergeReport

MERGING = (
    "What is new in the other copy comes in here, and what is new here goes into it; nothing is lost, "
    "whichever is older. A note that was written in both at once shows both texts."
)
MERGING_TWICE = "It can be done as often as you like."

FOR_OWN_COMPUTER = (
    "It opens with your passphrase of today and holds what you wrote and what you can read, nothing that "
    "others wrote for themselves."
)
TOGETHER = (
    "Bring the two together whenever both files are within reach, as often as you like: open one of them and "
    "choose “Bring in another copy”, or type kapjournal merge and the path of the other."
)

BACKING_UP = (
    "A backup is the whole journal in a second file, sealed like it. It opens with the passphrases of today, "
    "each person’s door with their own, and with nothing else but their recovery words."
)

MAY_COME_BACK = "If you have another copy of this journal, bring it in: what is missing may be in it."
LETTING_GO = (
    "Do this if you know about it: where it is, that it is lost for good, or who wrote it. You are no longer "
    "told; should it come back, it is shown again. What goes missing later is told as before."
)

NOTHING_MISSING = "Nothing is missing."
LET_GO = "What is missing now is not missed any more. Should it come back, it is shown again."


def for_newcomer(name: str) -> str:
    """What to do with a copy made for somebody who is invited."""
    return (
        f"Give {shown_line(name)} this file by one road and the six words by another. They put it on their "
        "own computer first, and join with it there: what they write lies in that file."
    )


def heading(name: str) -> str:
    """What a copy is: for another computer of the member, or for somebody who is invited."""
    return f"A copy for {shown_line(name)}" if name else "A copy for another computer of yours"


def purpose(name: str) -> str:
    """What a copy is for, and what to do with it."""
    return for_newcomer(name) if name else FOR_OWN_COMPUTER


def written(path: Path) -> str:
    """Where the copy is."""
    return f"The copy is written: {shown_line(str(path))}"


def next_steps(name: str) -> list[str]:
    """What to do with a copy that is written: how it is joined there, and how the two come together again."""
    joining = (
        f"On their computer {shown_line(name)} starts kapjournal, chooses “Join with a code” and names this "
        "file, or types kapjournal -j FILE join --label LABEL."
    )
    return [joining, TOGETHER] if name else [TOGETHER]


def merge(journal: "Journal", path: Path, follow: Progress = in_silence) -> "tuple[MergeReport, list[str]]":
    """Bring another copy together with this one; what that did, in sentences too, with what there is to know
    about people since."""
    known = notices(journal)
    report = journal.copies.merge(path, follow)
    return report, [*merged(report), *(notice for notice in notices(journal) if notice not in known)]


def merged(report: "MergeReport") -> list[str]:
    """What a merge did, in sentences: of notes, for what lies in a file says that others wrote, too."""
    taken, given = report.taken, report.given
    said = {
        f"New here: {_notes(report.new)}.": report.new,
        f"Changed here: {_notes(report.changed)}.": report.changed,
        f"Written on both: {_notes(report.two_texts)}. Both texts stand there now, one below the other.": (
            report.two_texts
        ),
        f"Gone here: {_notes(report.gone)}, deleted or no longer shared with you.": report.gone,
        "Nothing in the other copy was new to you.": not (report.new or report.changed or report.gone),
        "What was damaged here is whole again.": taken.mended,
        "What was damaged in the other copy is whole again.": given and given.mended,
        "Some of the other copy is damaged; that was not taken.": taken.refused,
        "The other copy cannot be written: it was left as it is.": given is None,
        "Both copies hold the same now.": given is not None,
    }
    return [sentence for sentence, is_so in said.items() if is_so]


def _notes(count: int) -> str:
    return "one note" if count == 1 else f"{count:,} notes"
