"""What every face says of packs: what goes in, what is withheld and why, and the day a pack is due."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kapjournal.content.forms import all_forms, form_for
from kapjournal.domain import packs as rules
from kapjournal.domain.access_requests import Ground
from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About, RecordKind, Subject
from kapjournal.domain.joint import Joint
from kapjournal.domain.kept import KeptNote
from kapjournal.domain.notes import Note
from kapjournal.domain.packs import Item, Kind, Pack, Source, Why, Withheld
from kapjournal.domain.records import Record
from kapjournal.presentation import days, joint, kept, self_reports
from kapjournal.presentation.answered_measures import title_of
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

TITLE = "Packs"
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

WITHHELD_ALREADY = "That is never in a pack: there is nothing to withhold."
NEVER = "Never in this pack"
GOES_IN = "goes in"
WITHHELD = "withheld"
WHICH_GROUND = "Why is it withheld?"
LEAVE_IT_IN = "It goes in."
WHO_GETS_IT = "Who gets the joint pack?"
ASK_ONE = "Hear the words of one, to let it go in or to withhold it? Its number, or Enter for no more:"
GO_IN = "let it go in"

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
    Why.OF_BOTH: "It is for the joint pack, which both have to authorise: {kinds}.",
    Why.OF_ONE: "It is for that partner’s own pack: {kinds}.",
    Why.OF_THE_OTHER: "It is theirs.",
    Why.SAID_ALONE: "It is for the therapist alone.",
    Why.PROCESS: (
        "That is the therapist’s own psychotherapy note, kept apart from the record by law, and the right of "
        "access does not reach it (45 CFR 164.524(a)(1)(i)). What is called “{couple}” is "
        "another thing: it is part of the record, and belongs in the joint pack."
    ),
    Why.SAFETY: "Such notes are for the therapist alone, and never in a pack.",
    Why.SUPERVISION: "Such a text is about the therapist’s own work, and nothing is decided by it.",
    Why.FOR_NOBODY: "It does not say whom it is about.",
}
_ALWAYS = (
    (
        "Files of a page of which a copy was kept in the record",
        "They are named beside it, and were not copied with it.",
    ),
    (
        "What the partners wrote and do not share with the therapist",
        "The practice cannot read it. Whoever wrote it has it in their journal.",
    ),
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


def always_withheld(about: About) -> Iterator[tuple[str, str]]:
    """What no pack of this kind has, and why: the same for everybody."""
    for why, kinds in rules.always_withheld(about, _could_be()).items():
        said = _kinds_in_words(kinds)
        yield _WHAT[why].format(kinds=said), WHYS[why].format(kinds=said, couple=_lowered(RecordKind.COUPLE))
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


def page_line(item: Item, thing: Note | KeptNote) -> str:
    """What stands under the heading of a page: its day, its session, its kind."""
    if isinstance(thing, KeptNote):
        return kept.about(thing)
    session = f"Session {thing.session}" if thing.session else ""
    typed = "typed for its author" if thing.typed_by else ""
    by = f"by {shown_line(item.author)}" if item.author else ""
    return " · ".join(filter(None, (days.long_day(item.date), session, thing.text.kind.value, by, typed)))


def asked_for_less(pack: Pack, thing: Joint) -> list[tuple[str, str]]:
    """What less was asked for of an agreement, by whom and when."""
    return [
        (
            f"{shown_line(pack.two.get(one.author, 'One of the two'))} asked for less, "
            f"{days.long_day(days.of(one.written))}",
            one.line,
        )
        for one in thing.narrowings
    ]


def what_it_holds(couple: Couple, pack: Pack) -> Iterator[str]:
    """Whose a pack is, in its head."""
    if pack.about is About.COUPLE:
        yield f"What the record holds of {shown_line(couple.first)} and {shown_line(couple.second)} together."
        yield f"For {shown_line(pack.recipient)}, whom both authorised to get it."
    else:
        name = rules.name_of(couple, pack.about)
        called = f"Where it says “the {pack.about.value} partner”, it means {name}."
        yield f"What the record holds of {name} alone. {called}"


def known_by(sha256: str) -> str:
    """By what a pack is found in the ledger, in its foot."""
    return (
        "The practice finds this pack in its ledger by a number made of its words, the SHA-256 of the "
        f"markdown above this foot: {sha256}"
    )


def with_files(count: int) -> str:
    """How many files lie beside it, in its form; empty for none."""
    return f", with {_files(count)}" if count else ""


def where_files_are(count: int, name: str) -> str:
    """Where the files of its pages are."""
    return f"{_files(count)} of its pages: {name}, beside it. Hand that on too."


def files_beside(count: int) -> str:
    """That there are files, in the pack itself."""
    lie = "lies" if count == 1 else "lie"
    return f"{_files(count)} of its pages {lie} beside this pack. Who did not get that can ask the practice."


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def report_lines(item: Item) -> tuple[str, list[tuple[str, str]]]:
    """A check-in or a card: where in the course it was, and what was said."""
    said = getattr(item.thing, "said")  # noqa: B009 - one of two types, told by the kind
    return self_reports.place_in_words(said), self_reports.lines_of(said)


def how_much(pack: Pack, withheld: Sequence[Withheld]) -> str:
    """How many things go in, how many files lie beside it, and how many things the therapist withholds."""
    goes, gone = pack.without(withheld)
    count, files = len(goes), sum(len(one.thing.files) for one in goes if isinstance(one.thing, Note))
    said = f", and you withhold {len(gone)}" if gone else ""
    beside = f" {_files(files)} of its pages will lie beside it." if files else ""
    return f"{count} thing{'' if count == 1 else 's'} go{'es' if count == 1 else ''} in{said}.{beside}"


def item_cells(item: Item) -> tuple[str, ...]:
    """Id, day, section, what it is."""
    return item.id, item.date.isoformat(), item.section.value, title_in_a_list(item)


def why_not(practice: "Journal", couple: Couple | None) -> str:
    """Why the member cannot make a pack of this couple, in a sentence; empty if they can."""
    if not practice.me.role.is_therapist:
        return rules.BY_THERAPISTS
    return "" if couple and couple.first else rules.NAMES_FIRST
