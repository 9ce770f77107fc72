"""The partners are alike: what one may do and see, the other may do and see."""

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.domain.self_reports import AfterEffects, CheckIn
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.waiting import When
from kapjournal.errors import KapjournalError
from kapjournal.journal import Journal, NewNote, NoteChange, SessionChange
from kapjournal.presentation.readers import in_words
from kapjournal.presentation.self_reports import all_reports, in_a_row, lines_of, place_in_words, reminders

from .open_journals import OpenJournals, copy_of

DAY = dt.date(2026, 3, 1)
START = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def attempt(seen: list[Any], deed: Callable[[], Any]) -> Any:
    try:
        return deed()
    except KapjournalError as error:
        seen.append((type(error).__name__, str(error)))
        return None


def sight(journal: Journal, called: dict[str, str]) -> list[Any]:
    """Everything a person can see of the journal, but for ids and digits, which are random."""
    journal.refresh()

    def name(identity: bytes) -> str:
        return called[journal.members.label_of(MemberId(identity))]

    notes = [
        (
            name(note.author),
            sorted(name(reader) for reader in note.readers),
            len(in_words(note.readers, journal.members.all(), journal.me.id)),
            (note.text.body, note.text.title, note.text.kind, note.text.date, note.text.tags),
            (note.session, note.written, note.revised, note.is_private),
        )
        for note in journal.notes.all()
    ]
    histories = [
        [
            (v.number, v.saved, v.text.body, sorted(map(name, v.readers)))
            for v in journal.notes.history(note.id)
        ]
        for note in journal.notes.all()
        if note.author == journal.me.id
    ]
    return [
        sorted((name(m.id), m.role, m.is_keeper, m.verified, m.removed) for m in journal.members.all()),
        journal.title,
        notes,
        histories,
        [(draft.text.body, draft.of is None, draft.saved) for draft in journal.drafts.all()],
        [(s.number, s.kind, s.date, s.title, name(s.author)) for s in journal.sessions.all()],
        [
            (name(one.author), sorted(map(name, one.readers)), lines_of(one.said), place_in_words(one.said))
            for one in all_reports(journal)
        ],
        [in_a_row(journal, one) for one in all_reports(journal) if one.author == journal.me.id],
        reminders(journal),
        [(name(one.author), one.about) for one in journal.offers.to_me()],
        [
            (page.note.text.body, page.obstacles, [name(hold.reader) for hold in page.waiting.holds])
            for page in journal.waiting.all()
        ],
        [(name(one.author), bool(one.note), one.words, one.date) for one in journal.bringing.current()],
        sorted((hit.title, hit.excerpt) for hit in journal.search("word")),
        journal.findings,
        journal.check(),
    ]


def play(three: OpenJournals, one: Journal, other: Journal) -> list[Any]:
    """A scenario in which `one` and `other` do different things; returns all that anybody saw."""
    seen: list[Any] = []
    its, others = one.me.label, other.me.label
    called = {its: "one", others: "other", "Dr Lee": "keeper"}
    people = (one, other, three.lee)
    offered = NewNote("words to offer", share=others, date=DAY, when=When(both_first=True, about="words"))
    one.notes.add(offered)
    seen += [sight(journal, called) for journal in people]
    [offer] = other.offers.to_me()
    other.notes.add(NewNote("words for it", share=its, date=DAY, when=When(in_return=offer.id)))
    three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY)
    seen += [sight(journal, called) for journal in people]
    note = one.notes.add(NewNote("words to both", "A title", NoteKind.WEAVE, DAY, ("calm",), 1, "all"))
    one.notes.add(NewNote("words to oneself", date=DAY))
    other.notes.add(NewNote("words to the partner", share=its, date=DAY))
    other.notes.add(NewNote("words to the therapist", share="therapist", date=DAY))
    three.lee.notes.add(NewNote("words of the clinic", share="partners", date=DAY))
    one.drafts.save(Draft("", None, NoteText("words on the way", NoteKind.PAGE, DAY)))
    feeling = CheckIn(DAY, START, values=(("mood", 3),), line="words of a check-in")
    noticed = AfterEffects(DAY + dt.timedelta(days=3), START, answers=(("water-pain", True),))
    seen += [sight(journal, called) for journal in people]
    shared = one.check_ins.add(feeling, others, now=True)
    one.check_ins.add(feeling)
    card = one.after_effects.add(noticed)
    one.bringing.page(note.id)
    other.bringing.words("words to bring")
    seen += [sight(journal, called) for journal in people]
    deeds: list[Callable[[], object]] = [
        lambda: other.notes.edit(note.id, NoteChange("words of another")),
        lambda: other.notes.delete(note.id),
        lambda: other.notes.withdraw(note.id, its),
        lambda: one.notes.add(NewNote("b", kind=NoteKind.OBSERVATION)),
        lambda: one.sessions.add(kind=SessionKind.DOSING, date=DAY),
        lambda: one.sessions.edit(1, SessionChange(title="mine")),
        lambda: one.members.invite("Sue", Role.SUPERVISOR),
        lambda: other.members.remove(its),
        lambda: one.notes.share(note.id, its),
        lambda: one.notes.share(note.id, "partner"),
        lambda: one.notes.all(by="Nobody"),
        lambda: one.check_ins.add(feeling, others),
        lambda: other.check_ins.delete(shared.id),
        lambda: other.after_effects.get(card.id),
        lambda: one.after_effects.share(card.id, others),
        lambda: three.lee.check_ins.add(feeling),
        lambda: other.bringing.page(note.id),
        lambda: one.bringing.words(""),
        lambda: other.notes.add(replace(offered, share=its)),
        lambda: three.lee.notes.add(replace(offered, kind=None)),
    ]
    for deed in deeds:
        try:
            deed()
        except KapjournalError as error:
            sentence = str(error)
            for known in (note.id, shared.id, card.id):
                sentence = sentence.replace(known, "ID")
            sentence = sentence.replace(its, "one").replace(others, "other")
            seen.append((type(error), sentence))
    one.notes.edit(note.id, NoteChange("words changed"))
    one.notes.withdraw(note.id, others)
    other.members.mark_verified(its)
    seen += [sight(journal, called) for journal in people]
    three.lee.members.remove(others)
    one.notes.edit(note.id, NoteChange("words after"))
    return seen + [sight(journal, called) for journal in (*people, one)]


def test_everything_anybody_sees_is_the_same_with_the_partners_swapped(
    three: OpenJournals,
    made_once: OpenJournals,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def at_the_same_times(one: Journal, other: Journal, three: OpenJournals) -> list[Any]:
        seconds = itertools.count()
        monkeypatch.setattr(clock, "now", lambda: START + dt.timedelta(seconds=next(seconds)))
        return play(three, one, other)

    swapped = copy_of(made_once, tmp_path_factory.mktemp("swapped"))
    first = at_the_same_times(three.ana, three.ben, three)
    second = at_the_same_times(swapped.ben, swapped.ana, swapped)
    swapped.close()
    assert len(first) == len(second) > 20
    for ana_first, ben_first in zip(first, second, strict=True):
        assert ana_first == ben_first
