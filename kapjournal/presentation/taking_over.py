"""What is said of taking over one's own words from an older journal."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kapjournal.journal import TakenOver

_YOURS_ALONE = (
    "They are yours alone until you share them. The old file was left as it is; keep it until you have "
    "looked at what came."
)


def taken_over(report: "TakenOver") -> list[str]:
    """What came, what did not, and what to know of it, in sentences."""
    said = []
    if report.notes or report.drafts:
        counts = (
            _counted(report.notes, "note"),
            _counted(report.earlier, "earlier version"),
            _counted(report.drafts, "draft"),
        )
        said += [f"Taken over: {', '.join(counts)}.", _YOURS_ALONE]
    elif not report.already_here:
        said.append("There was nothing of yours to take over.")
    if report.already_here:
        said.append(f"Taken over before, and left as here: {report.already_here}.")
    if report.without_session:
        said.append(
            f"{_counted(report.without_session, 'note')} belonged to a session whose number is not in this "
            "journal, and came without it."
        )
    if report.unreadable:
        said.append(f"Damaged in the old file and not taken over: {report.unreadable}.")
    if not report.is_whole:
        said.append(
            "The old file is not as you left it: something of yours was taken out of it or put back. Another "
            "copy of it may have more; take over from that one too."
        )
    return said


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
