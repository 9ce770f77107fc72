"""What every face says of packs: what goes in, what is withheld and why, and the day a pack is due."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content.forms import all_forms, form_for
from kapjournal.domain import packs as rules
from kapjournal.domain.access_requests import AccessRequest, Ground, PackLeft
from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About, RecordKind, Subject
from kapjournal.domain.joint import Joint
from kapjournal.domain.kept import KeptNote
from kapjournal.domain.notes import Note
from kapjournal.domain.packs import Item, Kind, Source, Why
from kapjournal.domain.records import Record
from kapjournal.errors import UsageError
from kapjournal.presentation import days, joint, kept, self_reports
from kapjournal.presentation.answered_measures import title_of
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

TITLE = "Packs"
FORMS = "The name of the file ends in .md, .html, .docx or .pdf, and that is what is made."
REVIEW = (
    "No program can judge words. Read what goes in, one by one: would it tell what somebody else said in "
    "confidence, or put anybody in danger? Then withhold it. The pack names what you withhold by its kind "
    "and day, with the ground and no more; think of what that line tells the reader."
)
SAME_FOR_ALL = (
    "No pack of this kind has what follows, whether or not there is any of it. This list says nothing about "
    "what there is."
)
BY_DECISION = "Withheld from this pack, by the decision of the therapist:"
RIGHTS = (
    "Who disagrees can ask the practice to have what was withheld looked at again by somebody who had no "
    "part in it, and can complain to the authority that watches over health records."
)
NOT_WHOLE = (
    "What lies in the couple’s own journal is not here: pages, measures, check-ins and after-effects. The "
    "practice could not open it on that day."
)
BOTH = "both"
NEAR = 7
"""So many days before a pack is due it is said where the therapist begins."""

WITHHELD_ALREADY = "That is never in a pack: there is nothing to withhold."
SAME_IN_EVERY = "The same in every pack of this kind."
NEVER = "What is never in it"
GOES_IN = "goes in"
WITHHELD = "withheld"
WHICH_GROUND = "Why is it withheld?"
LEAVE_IT_IN = "It goes in."
NOT_ASKED_YET = "Nobody asked for it, as far as it is noted."
WHO_GETS_IT = "Who gets the joint pack?"
NOBODY_AUTHORISED = (
    f"The two have authorised nobody for “{rules.PURPOSE}”. Each of them can do so in their journal."
)
NO_OPEN_REQUEST = "No request for this pack waits."
NOTING_ANSWERED = "It stays in the list, with the day of today."
WHICH_DAY = "The day on which they asked, YYYY-MM-DD"
ASK_TO = f"Who gets it? The one whom both authorised, for “{rules.PURPOSE}”:"
ASK_WITHHOLD = "Withhold one of them? Its number, or Enter for no more:"

_SOURCES: Mapping[Source, str] = {
    Source.PART: "what a record about both says of one alone",
    Source.PAGE: "pages",
    Source.KEPT: "pages that were kept in the record",
    Source.OBSERVATION: "pages of the clinic",
    Source.MEASURE: "answers to measures",
    Source.CHECK_IN: "check-ins",
    Source.AFTER_EFFECTS: "after-effects cards",
    Source.TOGETHER: "what both approved",
}
_NAMES: Mapping[Source, str] = {
    Source.PAGE: "Page",
    Source.KEPT: "Page, as it was kept",
    Source.OBSERVATION: "Page of the clinic",
    Source.CHECK_IN: "Check-in",
    Source.AFTER_EFFECTS: "After-effects",
}

_WHAT: Mapping[Why, str] = {
    Why.OF_BOTH: "What is about both partners",
    Why.OF_ONE: "What is about one partner alone",
    Why.OF_THE_OTHER: "What is about the other partner alone, or was written by them",
    Why.SAID_ALONE: "What each partner was asked alone, for their safety",
    Why.PROCESS: "Any {kinds}",
    Why.SAFETY: "Any {kinds}",
    Why.SUPERVISION: "Any {kinds}",
    Why.FOR_NOBODY: "What the clinic wrote in the couple’s journal and showed to neither partner",
}
WHYS: Mapping[Why, str] = {
    Why.OF_BOTH: "It needs both to authorise it, and is then in the joint pack. That is: {kinds}.",
    Why.OF_ONE: "It is for that partner’s own pack. That is: {kinds}.",
    Why.OF_THE_OTHER: "It is theirs.",
    Why.SAID_ALONE: "It is for the therapist alone.",
    Why.PROCESS: (
        "Psychotherapy notes are kept apart from the record, and the right of access does not reach them "
        "(45 CFR 164.524(a)(1)(i))."
    ),
    Why.SAFETY: "Such notes are for the therapist alone, and never in a pack.",
    Why.SUPERVISION: "Such a text is about the therapist’s own work, and nothing is decided by it.",
    Why.FOR_NOBODY: "It does not say whom it is about.",
}
_ALWAYS = (
    ("Files that are attached to a page", "They are named beside the page. Ask for them."),
    ("Drafts, and what was only marked or asked for", "They are no part of the record."),
    (
        "What colleagues of the therapist keep where the therapist cannot read it",
        "Ask the practice for it.",
    ),
)
GROUNDS: Mapping[Ground, str] = {
    Ground.CONFIDENCE: "It would reveal what somebody told in confidence.",
    Ground.DANGER: "Reading it could endanger somebody’s life or safety.",
    Ground.HARM: "It speaks of another person, and reading it could do them substantial harm.",
    Ground.PROCEEDING: "It was put together for a legal proceeding.",
}


def title(couple: Couple, about: About) -> str:
    """What a pack is called."""
    return "Joint access pack" if about is About.COUPLE else f"Access pack for {rules.name_of(couple, about)}"


def choices(couple: Couple) -> dict[str, About]:
    """Whose pack it can be, by what is chosen."""
    own = {rules.name_of(couple, one): one for one in (About.FIRST, About.SECOND)}
    return {**own, BOTH: About.COUPLE}


def for_whom(couple: Couple | None, about: About) -> str:
    """Who asked: a partner by name, or both."""
    if about is About.COUPLE:
        return BOTH
    return rules.name_of(couple, about) if couple and couple.first else f"the {about.value} partner"


def name_of(item: Item) -> str:
    """What a thing is, without a word of it: “Dosing record, session 3”."""
    thing = item.thing
    if isinstance(thing, Record):
        session = f", session {thing.text.session.number}" if thing.text.session else ""
        form = shown_line(form_for(thing.kind).title)
        return (
            f"From the {form[:1].lower()}{form[1:]}{session}" if item.kind is Source.PART else form + session
        )
    if isinstance(thing, AnsweredMeasure):
        return title_of(thing.text.measure)
    if isinstance(thing, Joint):
        return joint.title_of(thing.text.kind)
    return _NAMES[item.kind] if isinstance(item.kind, Source) else item.kind.value


def title_in_a_list(item: Item) -> str:
    """The same with the title of a page, for who may read it."""
    thing = item.thing
    if isinstance(thing, Note):
        return f"{name_of(item)}: {thing.text.name}"
    if isinstance(thing, KeptNote):
        return f"{name_of(item)}: {kept.name_of(thing)}"
    return name_of(item)


def dated(item: Item) -> str:
    """A thing by its kind and day, as a pack names what is withheld."""
    return f"{name_of(item)}, {days.long_day(item.date)}"


def withheld_in_words(item: Item, ground: Ground) -> str:
    """What a pack says of a thing that the therapist withholds."""
    return f"Withheld: {dated(item)}. {GROUNDS[ground]}"


def somebody(name: str) -> str:
    """Who is to get the joint pack (`UsageError` for nobody)."""
    if not name.strip():
        raise UsageError(rules.SAY_TO_WHOM)
    return name


def always_withheld(about: About) -> Iterator[tuple[str, str]]:
    """What no pack of this kind has, and why: the same for everybody."""
    for why, kinds in rules.always_withheld(about, _could_be()).items():
        said = _kinds_in_words(kinds)
        yield _WHAT[why].format(kinds=said), WHYS[why].format(kinds=said)
    yield from _ALWAYS


def _could_be() -> dict[Kind, Collection[About]]:
    partners = (About.FIRST, About.SECOND)
    whose = {Subject.COUPLE: (About.COUPLE,), Subject.PARTNER: partners, Subject.EITHER: tuple(About)}
    return {form.kind: whose[form.about] for form in all_forms()}


def _kinds_in_words(kinds: Collection[Kind]) -> str:
    return ", ".join(_SOURCES[one] if isinstance(one, Source) else _lowered(one) for one in kinds)


def _lowered(kind: RecordKind) -> str:
    name = shown_line(form_for(kind).title)
    return name[:1].lower() + name[1:]


def page_lines(item: Item, thing: Note | KeptNote) -> list[str]:
    """What stands under the heading of a page: its day, its session, and its files, which are not in it."""
    if isinstance(thing, KeptNote):
        return [kept.about(thing)]
    session = f"Session {thing.session}" if thing.session else ""
    files = ", ".join(shown_line(file.name) for file in thing.files)
    typed = "typed for its author" if thing.typed_by else ""
    by = f"by {shown_line(item.author)}" if item.author else ""
    first = [days.long_day(item.date), session, thing.text.kind.value, by, typed]
    return [
        " · ".join(filter(None, first)),
        *([f"Files, which are not in this pack: {files}."] if files else []),
    ]


def report_lines(item: Item) -> tuple[str, list[tuple[str, str]]]:
    """A check-in or a card: where in the course it was, and what was said."""
    said = getattr(item.thing, "said")  # noqa: B009 - one of two types, told by the kind
    return self_reports.place_in_words(said), self_reports.lines_of(said)


# --- requests -------------------------------------------------------------------------------------------


def request_in_words(request: AccessRequest, couple: Couple | None) -> str:
    """“Ana asked on 3 March 2026 for a pack; it is due on 2 April 2026.”"""
    who = for_whom(couple, request.about)
    who = "Both" if who == BOTH else who
    return (
        f"{who} asked on {days.long_day(request.asked)} for "
        f"{'the joint' if request.about is About.COUPLE else 'their own'} pack; it is due on "
        f"{days.long_day(request.due)}."
    )


def how_it_stands(requests: Sequence[AccessRequest], about: About) -> tuple[str, str]:
    """Of the last request for a pack when it was made, and how it stands: “due 2 Apr 2031”."""
    mine = [one for one in requests if one.about is about]
    waiting = next((one for one in mine if one.answered is None), None)
    if not mine:
        return NOT_ASKED_YET, ""
    last = waiting or mine[-1]
    left = last.packs[-1] if last.packs else None
    made = f" Made on {days.long_day(days.of(left.left))}: {left.form}." if left else ""
    asked = f"Asked for on {days.long_day(last.asked)}.{made}"
    if last.answered is None:
        return asked, f"due {days.short(last.due, year=True)}"
    return asked, f"answered {days.short(last.answered, year=True)}"


def reminder(practice: "Journal") -> str:
    """One line from a week before a pack is due, for the therapist: of which couple, and when; else nothing.
    Which of the two asked is not said: somebody else may see it."""
    if not practice.me.role.is_therapist:
        return ""
    today = clock.today()
    near = [one for one in practice.packs.open_requests() if (one.due - today).days <= NEAR]
    if not near:
        return ""
    couple = practice.couples.of(near[0].case)
    whose = f" of {shown_line(couple.name)}" if couple else ""
    was = "was" if near[0].due < today else "is"
    more = f" {len(near) - 1} more wait{'s' if len(near) == 2 else ''}." if len(near) > 1 else ""
    return f"A pack{whose} {was} due {days.near(near[0].due)}.{more}"


def noted_answered(request: AccessRequest, couple: Couple | None) -> str:
    """That it was noted."""
    return f"Noted: the request of {for_whom(couple, request.about)} was answered. It stays in the list."


def cells(request: AccessRequest, couple: Couple | None) -> tuple[str, ...]:
    """Id, due, asked, whose pack, couple, answered."""
    return (
        request.id,
        request.due.isoformat(),
        request.asked.isoformat(),
        for_whom(couple, request.about),
        couple.name if couple else "-",
        request.answered.isoformat() if request.answered else "-",
    )


def how_much(goes: int, gone: int) -> str:
    """How many things go in, and how many the therapist withholds."""
    withheld = f", and you withhold {gone}" if gone else ""
    return f"{goes} thing{'' if goes == 1 else 's'} go{'es' if goes == 1 else ''} in{withheld}."


def left_in_words(left: PackLeft) -> str:
    """That a pack left, which the ledger keeps."""
    withheld = f", {len(left.withheld)} withheld by you" if left.withheld else ""
    for_them, plural = shown_line(left.recipient), "" if left.items == 1 else "s"
    return (
        f"The pack for {for_them} is written: {left.items} thing{plural}{withheld}. It stands in the ledger."
    )


def ledger_cells(request: AccessRequest, left: PackLeft) -> tuple[str, ...]:
    """A pack in the columns of the ledger: id, day, recipient, basis, form, destroy by, destroyed, case word,
    question, hash."""
    basis = "authorised by each partner" if left.authorisation else "right of access"
    what = "joint pack" if request.about is About.COUPLE else "own pack"
    day = days.of(left.left).isoformat()
    return (request.id, day, left.recipient, basis, left.form, "-", "-", "-", what, left.sha256)


def item_cells(item: Item) -> tuple[str, ...]:
    """Id, day, section, what it is."""
    return item.id, item.date.isoformat(), item.section.value, title_in_a_list(item)


def why_not(practice: "Journal", couple: Couple | None) -> str:
    """Why the member cannot make a pack of this couple, in a sentence; empty if they can."""
    if not practice.me.role.is_therapist:
        return rules.BY_THERAPISTS
    return "" if couple and couple.first else rules.NAMES_FIRST
