"""What is written for the table of who sees what: through the use cases, with a word in each place it has."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace

from kapjournal import clock, paths
from kapjournal.content import measure_packs
from kapjournal.content.forms import form_for
from kapjournal.domain.authorisation import words_of
from kapjournal.domain.dosing import COLUMNS, LineKind, Row, RowKind, new_row
from kapjournal.domain.forms import About, FieldKind, RecordKind, Subject
from kapjournal.domain.joint import JointKind, JointText
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import Record, SessionNamed
from kapjournal.domain.self_reports import AfterEffects, CheckIn, SelfReportDraft
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.supervision import Basis, Pulled
from kapjournal.domain.supervision_reply import Act
from kapjournal.domain.waiting import When
from kapjournal.journal import AnswersChange, NewAnswers, NewNote, NewRecord, NoteChange
from kapjournal.journal.give_copy import give_copy
from kapjournal.presentation.letter_view import Asked, keep, read_letter
from kapjournal.presentation.record_copy import as_markdown
from tests.content.invented_packs import invented
from tests.journal.written_up import all_accepted
from tests.privacy.everybody import ANA, BEN, LEE, ODE, STAFF, VARGA, Everybody, Write


def note(role: str, share: str = "", kind: NoteKind | None = None) -> Write:
    """Somebody's note, shared with whoever is named."""

    def write(here: Everybody, word: str) -> object:
        new = NewNote(f"the hallway {word} again", title=word, tags=(word,), kind=kind, share=share)
        return here.in_the_journal(role).notes.add(new)

    return write


def waiting(role: str, for_whom: str, share: str = "") -> Write:
    """Somebody's note that waits for a few members, and that others read already."""

    def write(here: Everybody, word: str) -> object:
        journal = here.in_the_journal(role)
        new = NewNote(f"the hallway {word} again", title=word, share=share)
        written = journal.notes.add(new)
        return journal.notes.share(written.id, for_whom, When(until=clock.now() + dt.timedelta(days=30)))

    return write


def offered(role: str, share: str) -> Write:
    """Somebody's note that goes to the partner when one of theirs comes for it."""

    def write(here: Everybody, word: str) -> object:
        new = NewNote(f"the hallway {word} again", title=word, share=share, when=When(both_first=True))
        return here.in_the_journal(role).notes.add(new)

    return write


def released(role: str) -> Write:
    """Somebody's half of the loop, released, and not answered yet."""

    def write(here: Everybody, word: str) -> object:
        journal = here.in_the_journal(role)
        new = NewNote(f"## When\n\nthe hallway {word} again", title=word, kind=NoteKind.CYCLE)
        return journal.cycle.release(journal.notes.add(new).id)

    return write


def withdrawn(role: str, from_whom: str) -> Write:
    def write(here: Everybody, word: str) -> object:
        journal = here.in_the_journal(role)
        written = journal.notes.add(NewNote(word, title=word, share=from_whom))
        here.look()
        return journal.notes.withdraw(written.id, from_whom)

    return write


def deleted(role: str) -> Write:
    def write(here: Everybody, word: str) -> object:
        journal = here.in_the_journal(role)
        written = journal.notes.add(NewNote(word, title=word, share="all"))
        here.look()
        journal.notes.delete(written.id)
        return None

    return write


def earlier_wording(here: Everybody, word: str) -> object:
    """What stood in a note before it was shared stays its author's."""
    ana = here.in_the_journal(ANA)
    written = ana.notes.add(NewNote(word, title=word))
    ana.notes.edit(written.id, NoteChange(body="another wording", title="another title"))
    return ana.notes.share(written.id, "all")


def page_draft(here: Everybody, word: str) -> object:
    """An unfinished page that is to be shared with everybody."""
    ana = here.in_the_journal(ANA)
    readers = frozenset(member.id for member in ana.members.all())
    text = NoteText(word, NoteKind.PAGE, clock.today(), word, (word,))
    return ana.drafts.save(Draft("", None, text, readers=readers))


def typed_for(scribe: str, whom: str) -> Write:
    """What somebody types for a partner."""

    def write(here: Everybody, word: str) -> object:
        typing = here.in_the_journal(scribe).scribe
        page = replace(typing.begin(whom), words=f"the hallway {word} again")
        return typing.hand_over(replace(typing.save(page), words=page.words))

    return write


def being_typed(here: Everybody, word: str) -> object:
    """What is typed for a partner and not handed over yet."""
    typing = here.in_the_journal(LEE).scribe
    return typing.save(replace(typing.begin("Ana"), words=word))


def attached(share: str) -> Write:
    def write(here: Everybody, word: str) -> object:
        ana = here.in_the_journal(ANA)
        written = ana.notes.add(NewNote("with a file", share=share))
        file = here.folder.parent / f"{word}.txt"
        file.write_text(f"content {word}", encoding="utf-8")
        ana.attachments.attach(written.id, file)
        file.unlink()
        return written

    return write


def session(here: Everybody, word: str) -> object:
    lee = here.in_the_journal(LEE)
    return lee.sessions.add(kind=SessionKind.DOSING, date=clock.today(), title=word)


def record(kind: RecordKind, *, to: str = "", about: About | None = None, session: int = 1) -> Write:
    """A record with the word in every field that takes words, and in every row; perhaps for a colleague."""

    def write(here: Everybody, word: str) -> object:
        written = here.lee.records.add(new_record(here, kind, about, session, word))
        return here.lee.records.share(written.id, STAFF[to][0]) if to else written

    return write


def letter(here: Everybody, word: str) -> object:
    """A letter to a prescriber about A, which stands in the record once it is finished."""
    couple = here.lee.couples.name_partners(here.couple, "Ana", "Ben")
    asked = Asked(About.FIRST, f"Is {word} to stay?", response=word, to=word)
    return keep(here.lee, couple, About.FIRST, read_letter(here.lee, couple, asked))


def pulled(here: Everybody, word: str) -> object:
    """Where a line of a write-up is from, in words, and what was marked in its review."""
    one = here.lee.records.add(new_record(here, RecordKind.SUPERVISION, None, 1, f"the {word} of June"))
    source = Pulled("loop", f"said of the {word}", "measure:ab12cd34", said=word)
    here.lee.write_ups.pull(one.id, [source])
    return here.lee.write_ups.decide(one.id, "Dr Roe", marks=[f"the {word}"])


def names_of_case(here: Everybody, word: str) -> object:
    here.lee.write_ups.set_names(here.couple, word)
    return word


def write_up_left(here: Everybody, word: str) -> object:
    """That a write-up left to somebody, as the ledger has it."""
    one = here.lee.records.add(new_record(here, RecordKind.SUPERVISION, None, 1, "low tide"))
    all_accepted(here.lee, one.id, word)
    leaving = here.lee.write_ups.leaving(one.id, word, Basis.DEIDENTIFIED)
    return here.lee.write_ups.leave(leaving, "markdown", "ab" * 32)


def supervisor_answered(here: Everybody, word: str) -> object:
    one = here.lee.records.add(new_record(here, RecordKind.SUPERVISION, None, 1, "low tide"))
    return here.lee.write_ups.reply(one.id, f"Slow down: {word}.", [Act(word, f"ask about {word}")])


def new_record(here: Everybody, kind: RecordKind, about: About | None, session: int, word: str) -> NewRecord:
    form = form_for(kind)
    of_one = form.about is Subject.PARTNER
    return NewRecord(
        kind,
        here.couple,
        fields=fields_of(kind, word),
        about=about or (About.FIRST if of_one else None),
        session=SessionNamed(session) if kind in (RecordKind.DOSING, RecordKind.READY) else None,
        rows=tuple(rows(word)) if kind is RecordKind.DOSING else (),
    )


def fields_of(kind: RecordKind, word: str) -> dict[str, str]:
    takes_words = (FieldKind.TEXT, FieldKind.LINE, FieldKind.LINES)
    fields = {one.id: word for one in form_for(kind).fields if one.kind in takes_words}
    if kind is RecordKind.SUPERVISION:
        fields |= {"question": f"{word}?", "wanted": "challenge me"}
    return fields


def rows(word: str) -> Iterator[Row]:
    """A row of each kind, all that it can hold filled."""
    for kind in RowKind:
        values = {column.id: next(iter(column.choices), word) for column in COLUMNS[kind]}
        yield new_row(kind, clock.local(clock.now()), values)


def record_withdrawn(here: Everybody, word: str) -> object:
    written = here.lee.records.add(new_record(here, RecordKind.PROGRESS, None, 1, word))
    here.lee.records.share(written.id, STAFF[ODE][0])
    here.look()
    return here.lee.records.withdraw(written.id, STAFF[ODE][0])


def record_draft(here: Everybody, word: str) -> object:
    values = tuple(fields_of(RecordKind.DOSING, word).items())
    draft = RecordDraft("", None, here.couple, RecordKind.DOSING, About.FIRST, values=values)
    return here.lee.record_drafts.save(draft)


def changed_row(here: Everybody, word: str) -> object:
    """A row that was put in and taken out again: the version before it is its author's still."""
    row = new_row(RowKind.LINE, clock.local(clock.now()), {"what": LineKind.SAID, "words": word})
    written: Record = here.lee.dosing.put(here.couple, About.SECOND, SessionNamed(7), [row])
    return here.lee.dosing.strike_row(written.id, row.id)


def copy_given(here: Everybody, word: str) -> object:
    """Ana's own dosing record, as a note in the couple's journal for her."""
    theirs = here.in_the_journal(LEE)
    written = here.lee.records.add(new_record(here, RecordKind.DOSING, About.FIRST, 8, word))
    couple = next(one for one in here.lee.couples.all() if one.case == here.couple)
    body = as_markdown(written.text, form_for(RecordKind.DOSING))
    return give_copy(here.lee, theirs, couple, written, "Ana", title=word, body=body, who=About.FIRST)


def stamped(here: Everybody, word: str) -> object:
    opened = here.lee.pads.open(here.couple, SessionNamed(9), clock.today())
    row = new_row(RowKind.LINE, clock.local(clock.now()), {"what": LineKind.BODY, "words": word})
    return opened.save(opened.pad.put(About.SECOND, row))


def kept_and_withdrawn(here: Everybody, word: str) -> object:
    """What a partner took back stays hers, and in the record of who kept it."""
    ana = here.in_the_journal(ANA)
    written = ana.notes.add(NewNote(word, title=word, share="Dr Lee"))
    with here.lee.open_couple(here.couple) as theirs:
        theirs.keeping.keep(written.id)
    return ana.notes.withdraw(written.id, "Dr Lee")


def name_of_couple(here: Everybody, word: str) -> object:
    here.lee.couples.rename(here.couple, word)
    return here.lee.couples.name_partners(here.couple, f"{word} one", f"{word} two")


def prescribers_contact(here: Everybody, word: str) -> object:
    varga = here.opened[VARGA][0]
    case = here.practice.couple("a word of the prescriber's", varga)
    return varga.records.add(NewRecord(RecordKind.CONTACT, case, fields_of(RecordKind.CONTACT, word)))


def new_answers(measure_id: str, word: str, share: str = "") -> NewAnswers:
    """Answers to invented items whose pack has the word for its version: numbers alone have none. The safety
    item of a measure that has one is marked."""
    folder = paths.config_folder() / "packs"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{measure_id}.json").write_text(json.dumps(invented(measure_id, version=word)))
    measure_packs._read.cache_clear()
    pack = measure_packs.pack_for(measure_id)
    assert pack is not None and word in pack.fingerprint
    return NewAnswers(measure_id, [1] * len(pack.items), share=share)


def check_in(role: str, share: str = "") -> Write:
    def write(here: Everybody, word: str) -> object:
        said = CheckIn(clock.today(), clock.now(), values=(("mood", 3),), line=word)
        return here.in_the_journal(role).check_ins.add(said, share, now=True)

    return write


def check_in_withdrawn(here: Everybody, word: str) -> object:
    ana = here.in_the_journal(ANA)
    found = ana.check_ins.add(CheckIn(clock.today(), clock.now(), line=word), "Ben, Dr Lee", now=True)
    here.look()
    return ana.check_ins.withdraw(found.id, "Ben, Dr Lee")


def card(role: str, share: str | None = None) -> Write:
    def write(here: Everybody, word: str) -> object:
        said = AfterEffects(
            clock.today(), clock.now(), answers=(("nausea", True),), lines=(("nausea", word),)
        )
        return here.in_the_journal(role).after_effects.add(said, share)

    return write


def report_on_the_way(here: Everybody, word: str) -> object:
    """A card of hers that is not finished: nobody of the clinic reads it yet."""
    said = AfterEffects(clock.today(), clock.now(), lines=(("nausea", word),))
    return here.in_the_journal(ANA).self_report_drafts.save(SelfReportDraft(said))


def answers(role: str, measure_id: str, share: str = "") -> Write:
    def write(here: Everybody, word: str) -> object:
        return here.in_the_journal(role).measures.answer(new_answers(measure_id, word, share))

    return write


def answers_withdrawn(here: Everybody, word: str) -> object:
    ana = here.in_the_journal(ANA)
    written = ana.measures.answer(new_answers("gad7", word, "Dr Lee"))
    here.look()
    return ana.measures.withdraw(written.id, "Dr Lee")


def answers_before(here: Everybody, word: str) -> object:
    """What stood there before answers were shared stays their author's, as does that they were deleted."""
    ana = here.in_the_journal(ANA)
    written = ana.measures.answer(new_answers("gad7", word))
    return ana.measures.edit(written.id, AnswersChange([2] * 7))


def answers_on_the_way(here: Everybody, word: str) -> object:
    """Item 9 at its mark, and the therapist ticked: but not finished."""
    ana = here.in_the_journal(ANA)
    new = new_answers("phq9", word)
    pack = measure_packs.pack_for("phq9")
    assert pack is not None
    lee = here.in_the_journal(LEE).me.id
    draft = MeasureDraft("phq9", ana.me.id, tuple(new.answers), pack.fingerprint, readers=frozenset({lee}))
    return ana.measure_drafts.save(draft)


def paper_on_the_way(here: Everybody, word: str) -> object:
    lee = here.in_the_journal(LEE)
    ana = here.in_the_journal(ANA).me.id
    return lee.measure_drafts.save(MeasureDraft("gad7", ana, (1,) * 7, date=word))


def asked(here: Everybody, word: str) -> object:
    return here.in_the_journal(LEE).measures.request("gad7", "Ben", clock.today(), f"before {word}")


def contact_line(here: Everybody, word: str) -> object:
    """Written into the mark of answers that were shared in a row before."""
    measures = here.in_the_journal(LEE).measures
    [mark] = [one for one in measures.marks() if one.is_open]
    return measures.contact(mark.id, clock.now(), f"by phone {word}", word)


def words_to_bring(role: str) -> Write:
    return lambda here, word: here.in_the_journal(role).bringing.words(f"about {word}")


def page_to_bring(role: str) -> Write:
    def write(here: Everybody, word: str) -> object:
        journal = here.in_the_journal(role)
        return journal.bringing.page(journal.notes.add(NewNote(word, title=word)).id)

    return write


def brought_and_taken_back(here: Everybody, word: str) -> object:
    ana = here.in_the_journal(ANA)
    brought = ana.bringing.words(word)
    here.look()
    ana.bringing.take_back(brought.id)
    return None


def proposed(kind: JointKind, for_therapists: bool = False) -> Write:
    """What one partner puts to the other."""

    def write(here: Everybody, word: str) -> object:
        said = f"the hallway {word} again"
        text = JointText(kind, (("topic", said),), clock.today(), None, for_therapists)
        if kind is JointKind.AUTHORISATION:
            text = words_of(f"Dr {word}", said, clock.today() + dt.timedelta(days=30))
        return here.in_the_journal(ANA).joints.propose(text)

    return write


def approved(kind: JointKind, for_therapists: bool = False) -> Write:
    """What everybody approved who has to."""

    def write(here: Everybody, word: str) -> object:
        proposed(kind, for_therapists)(here, word)
        [joint] = [one for one in here.in_the_journal(ANA).joints.all() if word in repr(one.text)]
        for role in (BEN, LEE) if kind is JointKind.AGREEMENT else (BEN,):
            here.look()
            here.in_the_journal(role).joints.approve(joint.id)
        return joint

    return write


def authorised_and_taken_back(here: Everybody, word: str) -> object:
    """What both authorised, until one of them takes the yes back."""
    joint = approved(JointKind.AUTHORISATION)(here, word)
    here.look()
    return here.in_the_journal(BEN).joints.take_back(joint.id)  # type: ignore[attr-defined]


def page_allowed(here: Everybody, word: str) -> object:
    """A page for the therapist, which may be used for supervision."""
    page = note(ANA, "Dr Lee")(here, word)
    here.look()
    return here.in_the_journal(ANA).page_consents.give(page.id)  # type: ignore[attr-defined]


def narrowed(here: Everybody, word: str) -> object:
    """What less one partner asks for than everybody approved."""
    held = here.in_the_journal(BEN).joints.holding(JointKind.AGREEMENT)
    assert held is not None
    return here.in_the_journal(BEN).joints.narrow(held.id, f"less {word}")


def proposed_and_taken_back(here: Everybody, word: str) -> object:
    proposed(JointKind.AGREEMENT)(here, word)
    [joint] = [one for one in here.in_the_journal(ANA).joints.all() if word in repr(one.text)]
    return here.in_the_journal(ANA).joints.take_back(joint.id)
