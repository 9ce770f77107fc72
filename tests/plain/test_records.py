"""The clinical record and the dose pad line by line: written, kept, read, shared; nothing typed is lost."""

from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, NewRecord, join
from tests.cli.command_line import LEE
from tests.plain.test_practice import MORNING, at, behind, filled, practice

from .plain_conversation import PlainConversation

__all__ = ["filled", "practice"]

NAMED = ("change", "1", "partners", "Ana", "Ben", "back")


def test_a_progress_note_is_filled_in_and_read(filled: PlainConversation) -> None:
    said = at(
        filled,
        MORNING,
        *NAMED,
        *("record", "1", "write", "Progress note", "Ben"),
        *("Assessment", "They slept.", "..dots stay", ".", "Next date", "friday", "2026-03-09"),
        *("session", "3", "layout", "DAP", "Data", "As said.", ".", "done"),
        *("4", "back", "back", "record", "1", "back", "quit"),
    )
    for sentence in (
        "Records call them Ana and Ben.",
        "Next date: not a day. Write it as YYYY-MM-DD.",
        "It is a record now.",
        "Assessment:\nThey slept.\n.dots stay",
        "Data:\nAs said.",
        "May be reviewed from ",
    ):
        assert sentence in said, sentence
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        [record] = lee.records.all()
        assert record.text.about is About.SECOND and record.text.layout == "DAP"
        assert record.text.session and record.text.session.number == 3
        assert record.text.fields["assessment"] == "They slept.\n.dots stay"


def test_a_lock_in_the_middle_of_a_form_keeps_every_line(filled: PlainConversation) -> None:
    said = at(
        filled,
        MORNING,
        *("record", "1", "write", "Contact", "both", "What", "one", "two", ".lock"),
        *("Dr Lee", MORNING, "record", "1", "4", "What", "three", ".", "keep", "quit"),
    )
    assert "Draft: Contact" in said
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        [draft] = lee.record_drafts.all()
        assert "one\ntwo\nthree" in draft.fields.values() and lee.records.all() == []


def test_what_is_wrong_is_said_and_stays(filled: PlainConversation) -> None:
    said = at(
        filled,
        MORNING,
        *("record", "1", "write", "Closing", "both", "day", "soon", "done"),
        *("day", "2026-03-02", "done", "quit"),
    )
    assert "Day: not a day. Write it as YYYY-MM-DD." in said and "It is a record now." in said


def test_a_process_note_is_shared_with_one_colleague_and_with_care(filled: PlainConversation) -> None:
    path = filled.folder / "practice.kap"
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        code = lee.members.invite("Kim", Role.SUPERVISOR, strength=FLOOR)
    kim, _ = join(
        path,
        code=code,
        label="Kim",
        passphrase="kim opens this door",
        with_recovery=False,
        strength=FLOOR,
        record_folder=filled.folder / "kim",
    )
    kim.close()
    said = at(
        filled,
        MORNING,
        *("record", "1", "write", "Process note", "both", "Process note", "my own thoughts", ".", "done"),
        *("4", "share", "Kim", "no", "share", "Kim", "yes", "stop", "Kim", "history", "1"),
        *("back", "back", "quit"),
    )
    assert said.count("psychotherapy note in the sense of 45 CFR 164.501") == 2
    assert "Nothing was shared." in said and "Kim can read it now." in said
    assert "Stopped sharing it with Kim." in said
    rows = [line for line in said.splitlines() if "Process note · both" in line and ". " in line]
    assert rows and all("my own thoughts" not in line for line in rows)


def test_a_dosing_session_line_by_line(filled: PlainConversation) -> None:
    said = at(
        filled,
        MORNING,
        *NAMED,
        *("record", "1", "pad", "2", "help", "vitals 124/80 72 98", "2 vitals 1420/84"),
        *("1 dose", "80", "mg", "sublingual", "lozenge", "", "Dr Ito"),
        *("2 d", "back", "said the ceiling is far", "body hands open", "and closed again"),
        *("1 effect nausea", "effect nausea", "spit", "wrong line", "undo", "yes", "rows", "clocks", "back"),
        *("pad", "2", "done", "plan", "back", "quit"),
    )
    for sentence in (
        "before, 124/80, pulse 72, SpO2 98.",
        "Systolic: “1420” cannot be. It is kept as typed.",
        "80 mg, sublingual, lozenge, ordered by Dr Ito.",
        "It is taken out.",
        "body: and closed again.",
        "nausea, until ",
        "Ana: 0:00 since the dose, dose ",
        "The pad is kept as it is; it goes on when you open it again.",
        "The dosing record is written.",
        "There is no plan yet.",
    ):
        assert sentence in said, sentence
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        assert lee.record_drafts.all() == []
        kinds = {record.text.about: [row.kind for row in record.text.rows] for record in lee.dosing.all()}
    assert kinds == {
        About.FIRST: ["vitals", "dose", "effect", "spit"],
        About.SECOND: ["vitals", "line", "line", "line"],
    }


def test_a_lock_on_the_pad_loses_no_line(filled: PlainConversation) -> None:
    at(filled, MORNING, "record", "1", "pad", "2", "said one", "dose", "lock", "Dr Lee", MORNING, "quit")
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        [draft] = lee.record_drafts.all()
        assert [row.kind for row in draft.rows] == ["line", "dose"] and draft.kind is RecordKind.DOSING


def test_in_a_couples_journal_there_is_no_record(filled: PlainConversation) -> None:
    said = filled.enters("Dr Lee", LEE, "record", "quit")
    assert "There is no choice “record” here." in said and "clinical record" not in said


def test_a_record_is_signed_and_added_to_after_a_lock(filled: PlainConversation) -> None:
    said = at(
        filled,
        MORNING,
        *("record", "1", "write", "Contact", "both", "What", "He rang.", ".", "done", "back"),
        *("unsigned", "1", "sign", "Dr Mina Lee", "LMFT", "yes"),
        *("add to", "She rang too.", ".lock"),
        *("Dr Lee", MORNING, ".done", "done", "addendum", "not known then", "", "yes"),
        *("record", "1", "4", "back", "back", "quit"),
    )
    for sentence in (
        "It is signed, and locked from now on.",
        "Addendum, amendment or late entry to “Contact note · both”.",
        "This is the page you were writing.",
        "It is added, and signed.",
        "Signed by Dr Mina Lee, LMFT, as author, ",
        "The signature holds.",
        "Reason: not known then.",
        "She rang too.",
    ):
        assert sentence in said, sentence
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        [record] = lee.records.all()
        signed = lee.signing.of(record.id)
        assert record.is_signed and lee.signing.unsigned() == [] and lee.drafts.all() == []
        assert signed is not None and [one.body for one in signed.addenda] == ["She rang too."]


def test_what_is_to_be_added_waits_in_the_record(filled: PlainConversation) -> None:
    said = at(
        filled,
        MORNING,
        *("record", "1", "write", "Contact", "both", "What", "He rang.", ".", "done", "back"),
        *("unsigned", "1", "sign", "Dr Mina Lee", "LMFT", "yes", "add to", "She rang too.", ".", "keep"),
        *("back", "back", "record", "1", "4", ".", "done", "addendum", "not known then", "", "yes"),
        *("back", "quit"),
    )
    assert "Draft: Addition to “Contact note · both”. She rang too." in said
    assert said.count("Addendum, amendment or late entry to “Contact note · both”.") == 2
    assert "It is added, and signed." in said
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        assert lee.drafts.all() == []


def test_the_brief_is_said(filled: PlainConversation) -> None:
    wrote = (
        "record",
        "1",
        "write",
        "Progress note",
        "both",
        "Plan",
        "Slow down.",
        ".",
        "done",
        "back",
        "back",
    )
    said = at(filled, MORNING, *wrote, "brief", "1", "quit")
    brief = said[said.index("Of which couple") :]
    assert "Plan\n  Slow down.\n" in brief and "Unsigned\n  Progress note " in brief
    assert "End of the brief." in brief


def test_a_late_entry_is_asked_why(filled: PlainConversation) -> None:
    said = at(
        filled,
        MORNING,
        *("record", "1", "write", "Contact", "both", "What", "He rang.", ".", "day", "2026-03-02", "done"),
        *("4", "sign", "", "the server was down", "Dr Mina Lee", "", "yes", "again", "back", "back", "quit"),
    )
    assert "Say in a line why it is late." in said
    assert "LATE ENTRY. Service on Mon 2 Mar 2026, written " in said


def test_on_the_pad_what_was_agreed_is_heard_and_less_is_a_line_alone(filled: PlainConversation) -> None:
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        case = lee.couples.all()[0].case
        lee.records.add(NewRecord(RecordKind.PREPARATION, case, {"stop-signal": "A palm held up."}))
    said = at(
        filled,
        MORNING,
        *("record", "1", "pad", "2", "2 less no light either", "agreed", "done", "back", "quit"),
    )
    assert said.count("Stop signal (preparation note): A palm held up.") == 2
    assert "narrows the agreement at their own door. You may always ask for less." in said
    assert "said: Less: no light either" in said
