"""The review of a write-up put together: the names that are known, what is found by them, and the words that
stand in their place for one recipient."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from kapjournal.content import story_check
from kapjournal.deidentify import (
    Finding,
    FindingKind,
    Known,
    Replacements,
    find_each,
    known_from,
    places_of_names,
    story_points,
    words_to_look_at,
)
from kapjournal.deidentify.words import words as words_in
from kapjournal.domain import review as rules
from kapjournal.domain.couples import Couple, which_partner
from kapjournal.domain.deciding import NEVER
from kapjournal.domain.forms import About, Form
from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import Role, folded
from kapjournal.domain.partner_words import FIRST, SECOND
from kapjournal.domain.records import Record, RecordText
from kapjournal.domain.review import Found, Review, Section
from kapjournal.domain.supervision import BASIS, NAMED_AROUND, RECIPIENT, STILL_NAMED
from kapjournal.domain.write_up_work import ReviewWork, WriteUpWork, same_recipient
from kapjournal.errors import Refused
from kapjournal.journal.couples_journal import CouplesJournal
from kapjournal.text import shown_line

CASE = "(case)"
"""Under this the word for the case is drawn, which is the word of no name."""

_AND = re.compile(r"\s*(?:[,;/+&]|\band\b)\s*", re.IGNORECASE)
_NAMES = (FindingKind.PERSON, FindingKind.PLACE, FindingKind.EMPLOYER, FindingKind.NAME)
"""Kinds of what is found by a list alone, and never by its form."""

_PARAGRAPH = "\n\n"

Sessions = Sequence[tuple[int, dt.date]]


@dataclass(frozen=True, slots=True)
class Told:
    """What tells somebody in a write-up: the couples of the practice, labels of members, what the practice
    and the couple's journal are called, and the texts of names files. `clients` is what the two
    themselves are called."""

    couples: tuple[Couple, ...]
    labels: tuple[str, ...]
    practice: str
    journal: str
    names: tuple[str, ...]
    clients: tuple[str, ...] = ()
    two: tuple[tuple[str, ...], ...] = ()
    """What the first and the second partner are called each; nothing where it is not known who is who."""
    sessions: Sessions = ()
    unread: str = ""
    """Why the couple's journal could not be read, if it could not: the labels there are missing then."""

    def known(self, recipient: str, marks: Iterable[str]) -> tuple[Known, ...]:
        """All the names, each person, place and employer once."""
        people = [
            *self.labels,
            recipient,
            *(name for one in self.couples for name in (one.first, one.second)),
        ]
        together = [self.journal, *(one.name for one in self.couples)]
        others = [name for one in together for name in _AND.split(one)]
        listed = [one for text in self.names for one in known_from(text)]
        known = [
            *listed,
            *(Known(FindingKind.PERSON, (name,)) for name in people),
            Known(FindingKind.EMPLOYER, (self.practice,)),
            *(Known(FindingKind.NAME, (name,)) for name in others),
            *(Known(FindingKind.MARKED, (mark,)) for mark in marks),
            *(Known(FindingKind.PERSON, forms) for forms in self.two),
        ]
        return _each_once(one for one in known if all(len(form.strip()) > 1 for form in one.forms))

    def known_two(self, known: Iterable[Known]) -> dict[str, Known]:
        """The two among the names, by what a line of the record calls each."""
        by_form = {folded(form): one for one in known for form in one.forms}
        return {
            said: next(
                (by_form[form] for form in map(folded, forms) if form in by_form),
                Known(FindingKind.PERSON, forms),
            )
            for said, forms in zip((FIRST, SECOND), self.two, strict=False)
        }

    def check_words(self, words: Iterable[str], recipient: str) -> None:
        """Refuse words in the place of what was found that say a name themselves (`Refused`)."""
        known = self.known(recipient, ())
        said = [*words]
        for names, found in zip(_listed(said, known), find_each(said, (), Replacements()), strict=True):
            dates = [one.text for one in found if one.kind is FindingKind.DATE]
            if never := (*names, *dates):
                raise Refused(f"“{shown_line(never[0])}”: {NEVER}")

    def check_around(self, words: Mapping[str, str], recipient: str) -> None:
        """Refuse what goes with a write-up, by what it is, if a name of the two or of a list stands in it
        (`Refused`). The therapist, their colleagues and the recipient may be named there."""
        listed = [one for text in self.names for one in known_from(text)]
        clients = [Known(FindingKind.PERSON, (name,)) for name in self.clients if len(name) > 1]
        known = [
            one
            for one in (*listed, *clients)
            if not any(same_recipient(form, recipient) for form in one.forms)
        ]
        for what, found in zip(words, _listed([*words.values()], known), strict=True):
            if found:
                raise Refused(NAMED_AROUND.format(what=what, text=shown_line(found[0])))


def told(
    couples: Sequence[Couple],
    case: CaseId,
    records: Iterable[Record],
    theirs: CouplesJournal | str,
    labels: Iterable[str],
    title: str,
    names: Iterable[str],
) -> Told:
    """What tells the couple of a case: names and the days of sessions, in the practice and in their journal.
    `theirs` is why that cannot be read, if it cannot."""
    sessions = (record.text.session for record in records)
    days = {one.number: one.date for one in sessions if one is not None and one.date is not None}
    all_labels, journal, unread = [*labels], "", ""
    partners: list[str] = []
    two = [one for one in couples if one.case == case]
    clients = [part for one in two for part in (one.first, one.second, *_AND.split(one.name))]
    if isinstance(theirs, str):
        unread = theirs
    else:
        members = theirs.members.all()
        all_labels += [member.label for member in members]
        partners = [member.label for member in members if member.role is Role.PARTNER]
        clients += partners
        journal = theirs.title
        days |= {one.number: one.date for one in theirs.sessions.all()}
    return Told(
        *(tuple(couples), tuple(all_labels), title, journal, tuple(names)),
        *(tuple(clients), _who_is_who(two, partners)),
        *(tuple(sorted(days.items())), unread),
    )


def _who_is_who(couples: Sequence[Couple], labels: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """What each of the two is called: by the therapist, and by the labels of which it is known whose they
    are."""
    called: dict[About, list[str]] = {}
    for couple in couples:
        if couple.first:
            called = {About.FIRST: [couple.first], About.SECOND: [couple.second]}
        for label in labels:
            other = next((one for one in labels if one != label), "")
            if (which := which_partner(couple, label, other)) is not None:
                called[which].append(label)
    return tuple(map(tuple, called.values()))


def sections_of(form: Form, text: RecordText) -> tuple[Section, ...]:
    """The fields that leave: the filled ones of the layout, in its order. The basis and who reads it are said
    when it leaves. What is not one of the answers of a choice is refused (`Refused`)."""
    ids = form.layouts.get(text.layout, ()) or tuple(field.id for field in form.fields)
    fields = text.fields
    made = []
    for one in ids:
        field = form.field(one)
        if one not in fields or one in (RECIPIENT, BASIS):
            continue
        if field.answers and fields[one] not in field.answers:
            raise Refused(f"{field.heading}: one of {', '.join(field.answers)}.")
        made.append(Section(one, field.heading, fields[one]))
    return tuple(made)


def reviewed(
    work: WriteUpWork,
    others: Iterable[WriteUpWork],
    sections: tuple[Section, ...],
    recipient: str,
    told: Told,
) -> tuple[Review, WriteUpWork]:
    """The review of these sections for a recipient, and what belongs to the write-up with words for all that
    was found. `others` are of the same couple."""
    begun = _begun(work, others, recipient)
    known, sessions = told.known(recipient, work.marks), told.sessions
    texts = [section.text for section in sections]
    whole = _PARAGRAPH.join(texts)
    replacements = Replacements({**begun.words, **({CASE: begun.case_word} if begun.case_word else {})})
    two = told.known_two(known)
    replacements.prepare([Known(FindingKind.NAME, (CASE,)), *two.values()], whole, known)
    inside = find_each(texts, known, replacements, sessions)
    words = replacements.dumped()
    now = replace(begun, case_word=words.pop(CASE), words=words)
    found = rules.by_item(
        sections,
        (_found(section, one) for section, each in zip(sections, inside, strict=True) for one in each),
    )
    to_look_at = (
        word for text, each in zip(texts, inside, strict=True) for word in words_to_look_at(text, each)
    )
    lines = ((line, [word.text for word in words_in(line)]) for line in whole.split("\n"))
    questions = {one.id: one.question for one in story_check.questions().values()}
    review = Review(
        write_up=work.write_up,
        recipient=now.recipient,
        case_word=now.case_word,
        unread=told.unread,
        sections=sections,
        found=found,
        items=rules.items_of(sections, found),
        words=rules.words_of(lines, to_look_at),
        questions=rules.questions_of(questions, [(one.question_id, one.text) for one in story_points(whole)]),
        two=_words_of(two, replacements),
    )
    return review.with_decided(now.decided), work.with_review(now)


def _words_of(two: Mapping[str, Known], replacements: Replacements) -> dict[str, str]:
    """The word for each of the two; none where both are called the same."""
    words = {said: replacements.of(known) for said, known in two.items()}
    return words if len(set(words.values())) == len((FIRST, SECOND)) else {}


def _begun(work: WriteUpWork, others: Iterable[WriteUpWork], recipient: str) -> ReviewWork:
    """The review for a recipient as far as it went. In another write-up of the same couple they get the same
    words, so that they know them again; nobody else does."""
    mine = work.review(recipient) or ReviewWork(recipient, "")
    words, case_word = dict(mine.words), mine.case_word
    for one in others:
        theirs = one.review(recipient)
        if theirs is not None and one.write_up != work.write_up:
            case_word = case_word or theirs.case_word
            taken = {folded(word) for word in words.values()}
            words |= {
                name: word
                for name, word in theirs.words.items()
                if name not in words and folded(word) not in taken
            }
    return replace(mine, case_word=case_word, words=words)


def check_nothing_is_named(
    sections: Iterable[Section], told: Told, work: WriteUpWork, recipient: str
) -> None:
    """Look once more at what leaves, headings too, for every name that is known (`Refused`)."""
    known, kept = told.known(recipient, ()), work.review(recipient)
    put = {folded(word) for word in kept.words.values()} if kept else set()
    texts = [(section.heading, text) for section in sections for text in (section.heading, section.text)]
    named = _listed([text for _, text in texts], known)
    for (heading, _), names in zip(texts, named, strict=True):
        for text in names:
            if folded(text) not in put:
                raise Refused(STILL_NAMED.format(heading=heading, text=shown_line(text)))


def _listed(texts: Sequence[str], known: Sequence[Known]) -> list[list[str]]:
    """The names in each text as it is written, and as it reads: letters in circles are letters."""
    looks = [dict.fromkeys((text, normalize("NFKC", text))) for text in texts]
    places = iter(places_of_names([one for look in looks for one in look], known))
    return [[one[start:end] for one in look for start, end in next(places)] for look in looks]


def _found(section: Section, one: Finding) -> Found:
    return Found(section.id, one.start, one.end, one.kind.value, one.text, one.replacement, one.is_listed)


def _each_once(known: Iterable[Known]) -> tuple[Known, ...]:
    """Those that share a form are one: it would stand for none of them else."""
    made: dict[int, Known] = {}
    place: dict[str, int] = {}  # of the one that has a form
    for number, one in enumerate(known):
        same = sorted({place[form] for form in map(folded, one.forms) if form in place})
        together = [*(made.pop(at) for at in same), one]
        kind = min((each.kind for each in together), key=_surest)
        at = same[0] if same else number
        made[at] = Known(kind, tuple(dict.fromkeys(form for each in together for form in each.forms)))
        place |= {folded(form): at for form in made[at].forms}
    return tuple(made[at] for at in sorted(made))


def _surest(kind: FindingKind) -> int:
    """In which order a kind is taken, of several for one: what is listed is a name, though it was marked."""
    return (kind is FindingKind.NAME) + 2 * (kind is FindingKind.MARKED)
