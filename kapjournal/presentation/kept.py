"""What every face says of pages that are kept in the record, and of those withdrawn since."""

from collections.abc import Collection, Iterable

from kapjournal.domain.ids import MemberId
from kapjournal.domain.kept import GoneNote, KeptNote
from kapjournal.domain.members import Member, Role
from kapjournal.presentation import days
from kapjournal.presentation.progress import size
from kapjournal.presentation.readers import listed
from kapjournal.text import excerpt, shown_line

KEPT = "A copy of this page is kept in your record. You alone can read it, and nobody here is told."
KEPT_ALREADY = "This version is kept in your record already."
NOTHING_WITHDRAWN = "No page that you could read was withdrawn or deleted, as far as it was met here."
WITHDRAWN_OR_DELETED = (
    "Pages that you could read and that a partner withdrew or deleted. Of those you did not keep nothing is "
    "left but these days: when they were first met here, and when they were found to be gone."
)


def may_be_kept(readers: Collection[MemberId], members: Iterable[Member], me: Member) -> str:
    """To a partner who shares with therapists: that these may keep a copy; empty where that is not so."""
    if me.role is not Role.PARTNER:
        return ""
    names = [
        shown_line(member.label) for member in members if member.role.is_therapist and member.id in readers
    ]
    return f"{listed(names)} may keep a copy in the record." if names else ""


def after_keeping(note: KeptNote, is_new: bool) -> list[str]:
    """That a page is kept, and which of its files are not."""
    said = [KEPT if is_new else KEPT_ALREADY]
    if is_new and note.files:
        files = (f"{shown_line(file.name)} ({size(file.size)})" for file in note.files)
        said.append(f"Files are not copied; the record names them: {listed(list(files))}.")
    return said


def name_of(note: KeptNote) -> str:
    """A kept page in a list: its title or first words."""
    return shown_line(note.title) or excerpt(note.body, 60) or "Untitled"


def title_in_a_list(note: KeptNote) -> str:
    """A kept page among records: “Kept: For Thursday”."""
    return f"Kept: {name_of(note)}"


def about(note: KeptNote) -> str:
    """Whose page it is, who typed it for them, of which day, when it was written and kept, and which files
    were left out."""
    revised = f"changed {days.at(note.revised)}" if note.revised else ""
    files = [f"{shown_line(file.name)} ({size(file.size)})" for file in note.files]
    parts = (
        f"by {shown_line(note.label)}",
        f"typed by {shown_line(note.typed_by.label)}" if note.typed_by else "",
        days.short(note.date, year=True),
        f"Session {note.session}" if note.session else "",
        f"written {days.at(note.written)}",
        revised,
        f"kept {days.at(note.kept)}",
        f"files not copied: {listed(files)}" if files else "",
    )
    return " · ".join(part for part in parts if part)


def kept_or_not(gone: GoneNote) -> str:
    """Whether a page that is gone was kept: “kept: no”, or its name."""
    return f"kept: {listed([name_of(note) for note in gone.kept])}" if gone.kept else "kept: no"


def gone_in_a_line(gone: GoneNote) -> str:
    """A page that is gone, in the therapist's list of one couple."""
    return f"{gone.seen.isoformat()}, gone by {gone.gone.isoformat()}; {kept_or_not(gone)}"
