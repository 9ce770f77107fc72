"""A therapist's morning with two couples, line by line; and what nobody else hears of it."""

import re
import shutil
from pathlib import Path

import pytest

from kapjournal.domain.forms import About, RecordKind
from kapjournal.idle import Inactivity
from kapjournal.journal import Journal, NewAnswers, NewNote, NewRecord, unlock
from kapjournal.journal.drafts import Drafts
from kapjournal.plain.console import Console
from kapjournal.presentation import couples, sentences
from tests.cast import meet, practice_of_lee
from tests.cli.command_line import ANA, LEE
from tests.content.invented_packs import lay_packs

from .plain_conversation import Answer, PlainConversation, code_told, opened, word_asked_back

MORNING = "one door in the morning"
UMAS = {"Dr Lee": LEE, "Uma": "uma opens this door"}
ADDED: tuple[Answer, ...] = ("add", "Ana and Ben", "ours.kap", "yes", "", LEE)


def at(plain: PlainConversation, passphrase: str, *answers: Answer) -> str:
    """All that is said behind Dr Lee's door into the practice; everything typed must have been asked for."""
    said = plain.says(passphrase, *answers, path=plain.folder / "practice.kap", label="Dr Lee")
    assert plain.err == "" and plain.not_typed == []
    return said


def behind(plain: PlainConversation, name: str, label: str, passphrase: str) -> Journal:
    return unlock(plain.folder / name, label=label, passphrase=passphrase, record_folder=plain.memory)


@pytest.fixture
def practice(plain: PlainConversation) -> PlainConversation:
    """A practice beside the journal of three, and another couple's."""
    meet(plain.folder / "theirs.kap", plain.memory, UMAS)
    made = practice_of_lee(plain.folder / "practice.kap", plain.memory)
    made.close()
    return plain


@pytest.fixture
def filled(practice: PlainConversation) -> PlainConversation:
    """The same with both couples; the second asks for its passphrase each time."""
    with behind(practice, "practice.kap", "Dr Lee", MORNING) as opened:
        for name, file, opens in (("Ana and Ben", "ours.kap", True), ("Uma", "theirs.kap", False)):
            path = practice.folder / file
            opened.couples.add(name, path, label="Dr Lee", passphrase=LEE, opens=opens)
    return practice


def test_a_morning_with_two_couples(practice: PlainConversation) -> None:
    said = at(
        practice,
        MORNING,
        *ADDED,
        *("add", "Uma", "theirs.kap", "no", "dr lee", "not this one", LEE),
        *("1", "write", "Before ten", "She came early.", ".", "done", "couples"),
        *("uma", "", LEE, "sessions", "add", "dosing", "2026-11-20", "", "", "", "", "back", "back"),
        *("change", "Uma", "move", "1", "rename", "Uma and Vic", "back"),
        *("1", "", LEE, "lock"),
        *("Dr Lee", MORNING, "quit"),
    )
    assert practice.code == 0
    assert said.index(couples.NO_COUPLES) < said.index("Your couples. Choose by number or word")
    for sentence in (
        "Ana and Ben is in your practice. Their journal opens with it: nothing more is asked.",
        "That did not open a door. Check the label and the passphrase.",
        "Uma is in your practice. Their journal asks for its own passphrase each time.",
        "1. Ana and Ben: no session ahead.",
        "2. Uma: asks for its own passphrase.",
        "This is the journal of Ana and Ben.",
        "The journal of Ana and Ben is closed. You are in your practice.",
        "Added: Session 1. Dosing",
        "The journal of Uma is closed. You are in your practice.",
        "Uma is number 1 in your list.",
        "You call them Uma and Vic from now on.",
        "This is the journal of Uma and Vic.",
    ):
        assert sentence in said, sentence
    doors = said.split("Locked.")[1]
    assert "The journal is practice.kap." in doors and "1. Uma and Vic: asks for its own" in doors
    with opened(practice, "Dr Lee", LEE) as lee:
        assert [note.text.body for note in lee.notes.all()] == ["She came early."]
    with behind(practice, "theirs.kap", "Uma", UMAS["Uma"]) as uma:
        assert [session.number for session in uma.sessions.all()] == [1]


def test_below_the_couples_stand_five_lines_and_every_word_leads_on(filled: PlainConversation) -> None:
    said = at(filled, MORNING, "brief", "back", "record", "back", "minutes", "", "4", "back", "quit")
    menu = said.partition("Your couples. Choose by number or word, or type help, lock or quit.\n")[2]
    assert menu.split("Your couples, your choice:")[0].splitlines()[2:] == [
        "3. record and brief: brief, record, supervision, unsigned, search.",
        "4. add or change: add, change.",
        "5. people: See who is in this practice, invite staff, compare.",
        "6. files: backup, copy, merge, check, archive.",
        "7. door and settings: lock, quit, settings, passphrase, recovery words, new keys, will.",
    ]
    assert "Of which couple, number or name?" in said and "Whose record, number or name?" in said
    assert "Add or change. Choose by number or word, or type back.\n1. add: " in said


def test_a_practice_without_couples_offers_to_add_one(practice: PlainConversation) -> None:
    said = at(practice, MORNING, "1", "back", "quit")
    assert "1. add: Add a couple whose journal you are in.\n2. people: " in said
    assert "What do you call them?" in said and "record and brief" not in said


def test_a_lock_in_the_middle_of_a_page_loses_nothing(filled: PlainConversation) -> None:
    said = at(
        filled,
        MORNING,
        *("Ana and Ben", "write", "", "half a", ".lock"),
        *("Dr Lee", MORNING, "Ana and Ben", "sentence", ".couples", "2", "", LEE, "couples"),
        *("1", "or more", ".", "couples", "1", "quit"),
    )
    assert said.count("This is the page you were writing. Every line of it is kept.") == 2
    assert said.count("The page you were writing waits there.") == 1
    assert "A draft waits" in said.rsplit("This is the journal of Ana and Ben.", 1)[1]
    with opened(filled, "Dr Lee", LEE) as lee:
        assert [draft.text.body for draft in lee.drafts.all()] == ["half a\nsentence\nor more"]


def test_quiet_locks_the_journal_and_the_practice_and_keeps_the_line(
    filled: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    closed: list[Path] = []

    def clock() -> float:
        return now[0]

    def later(_: str) -> str:
        now[0] += 3600
        return "typed too late"

    def at_the_doors(_: str) -> str:
        closed.append(Path("the doors"))
        return "Dr Lee"

    def noting(journal: Journal) -> None:
        closed.append(journal.path)
        close(journal)

    close = Journal.close
    monkeypatch.setattr("kapjournal.plain.console.Inactivity", lambda limit: Inactivity(limit, clock, clock))
    monkeypatch.setattr(Journal, "close", noting)
    said = at(
        filled,
        MORNING,
        *("1", "write", "", "in time", later, at_the_doors),
        *(MORNING, "1", ".", "keep", "couples", "quit"),
    )
    at_the_lock = closed.index(Path("the doors"))
    shut = [path.name for path in closed[at_the_lock - 2 : at_the_lock]]
    assert shut == ["ours.kap", "practice.kap"], "the inner one first, both before the doors"
    assert "Locked after 5 minutes without a line." in said
    with opened(filled, "Dr Lee", LEE) as lee:
        assert [draft.text.body for draft in lee.drafts.all()] == ["in time\ntyped too late"]


def test_a_page_that_cannot_be_saved_is_not_left_for_the_couples(
    filled: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves, save = iter([False, False]), Drafts.save

    def failing(drafts: Drafts, draft: object) -> object:
        if not next(saves, True):
            raise OSError(28, "No space left on device")
        return save(drafts, draft)  # type: ignore[arg-type]

    monkeypatch.setattr(Drafts, "save", failing)
    said = at(filled, MORNING, "1", "write", "", "all of it", ".couples", ".couples", "1", ".", "keep")
    assert said.count("Every word is still on the page.") == 2
    with opened(filled, "Dr Lee", LEE) as lee:
        assert [draft.text.body for draft in lee.drafts.all()] == ["all of it"]


def by_its_number(heard: str) -> str:
    """The number of the choice that leads back to the couples."""
    return str(re.findall(r"(\d+)\. couples:", heard)[-1])


def test_couples_leads_back_from_everywhere_and_an_empty_page_is_not_kept(filled: PlainConversation) -> None:
    said = at(
        filled,
        MORNING,
        *("1", "read", "couples", "1", "people", "couples", "1", "people", "invite", "couples"),
        *("1", "passphrase", "couples", "1", "write", "couples", "1", "write", "", ".couples"),
        *("1", "write", "", "couples", ".help", ".", "help", "couples"),
        *("1", "door", by_its_number, "couples", "quit"),
    )
    assert said.count("You are in your practice.") == 8
    assert "waits there" not in said
    assert "Dot couples, typed .couples: go back to your practice; the page waits in this journal." in said
    assert "In this journal, couples leads from everywhere back to your practice." in said
    assert "There is no choice “couples” here." in said, "in the practice itself it means nothing"
    with opened(filled, "Dr Lee", LEE) as lee:
        assert [draft.text.body for draft in lee.drafts.all()] == ["couples"]


def test_what_was_read_of_one_couple_is_out_of_sight_before_the_next(
    filled: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Console, "move_out_of_sight", lambda console: console.say("Out of sight."))
    said = at(filled, MORNING, "1", "couples", "1", "back", "1", "write", "", "a line", ".couples", "lock")
    assert said.count("Out of sight.\nThe journal of Ana and Ben is closed.") == 3
    assert said.count("Out of sight.\nLocked.") == 1


def test_what_bad_input_gets(practice: PlainConversation) -> None:
    (practice.folder / "no.kap").write_text("no journal")
    said = at(
        practice,
        MORNING,
        *("add", "  ", "Ana and Ben", "nowhere.kap", "no.kap", "ours.kap", "yes", "9", "Dr Lee", "", "wrong"),
        *(LEE, "add", "ANA and ben", "Others", "ours.kap", "yes", "", LEE, "add", "back"),
        *("add", "Us", "practice.kap", "yes", MORNING),
        *("change", "1", "rename", "Ana", "move", "soon", "0", "locate", "theirs.kap", "nowhere", "", "back"),
        *("change", "nobody", "", "9999", "quit"),
    )
    for sentence in (
        "A couple needs a name that you know them by.",
        "There is no such file.",
        "That is none of these:",
        "There is a couple called “ANA and ben” already. Choose another name.",
        "That is the journal of a couple who is here already: Ana and Ben.",
        "practice.kap is this practice itself.",
        "theirs.kap is the journal of somebody else.",
        "There is no choice “9999” here.",
    ):
        assert sentence in said, sentence
    assert said.count("That did not open a door.") == 2
    with behind(practice, "practice.kap", "Dr Lee", MORNING) as lee:
        assert [(one.name, one.path) for one in lee.couples.all()] == [("Ana", practice.folder / "ours.kap")]


def test_a_journal_that_moved_is_found_again(filled: PlainConversation) -> None:
    moved = filled.folder / "moved.kap"
    (filled.folder / "theirs.kap").rename(moved)
    said = at(filled, MORNING, "2", "", "2", "ours.kap", "moved.kap", "", LEE, "couples", "quit")
    assert "ours.kap is the journal of somebody else." in said
    assert "Nothing was changed." in said
    assert f"The journal of Uma is looked for at {moved}." in said
    assert "This is the journal of Uma." in said
    shutil.copy(moved, filled.folder / "ours.kap")
    said = at(filled, MORNING, "1", "", "quit")
    assert "lies the journal of somebody else." in said and "This is the journal of" not in said


def test_new_keys_in_a_journal_are_said_and_it_opens_again_with_the_practice(
    filled: PlainConversation,
) -> None:
    renewed = "another door of mine here"
    said = at(
        filled,
        MORNING,
        *("1", "new keys", LEE, renewed, renewed, word_asked_back, "couples"),
        *("change", "1", "let open", "", "no longer this", "let open", "", renewed, "back"),
        *("1", "couples", "quit"),
    )
    assert "Your keys in this journal were replaced." not in said, "the way was dropped with the keys"
    assert said.count("This is the journal of Ana and Ben.") == 2


def test_how_a_journal_opens_can_be_changed(filled: PlainConversation) -> None:
    said = at(
        filled,
        MORNING,
        *("change", "1", "ask each time", "back", "1", "back", "change", "2", "let open", "", LEE, "back"),
        *("2", "couples", "quit"),
    )
    assert "The journal of Ana and Ben asks for its own passphrase now." in said
    assert "The journal of Uma opens with your practice now." in said
    assert said.count("This is the journal of") == 1


def test_a_couple_known_by_a_number_is_meant_by_it(filled: PlainConversation) -> None:
    said = at(filled, MORNING, "change", "1", "rename", "2", "back", "2", "couples", "quit")
    assert "This is the journal of 2." in said


def test_what_keeps_the_practice(filled: PlainConversation) -> None:
    renewed, again = "another door in the morning", "a third door in the morning"
    said = at(
        filled,
        MORNING,
        *("help", "people", "invite", "Kim", "practice-manager", "no", "list", "back"),
        *("backup", "kept.kap", "check", "recovery words", MORNING, word_asked_back),
        *("passphrase", MORNING, renewed, renewed),
        *("new keys", renewed, again, again, word_asked_back, "1", "couples", "lock"),
        *("Dr Lee", again, "1", "quit"),
    )
    roles = said.split("Choose one of these:\n")[1].split("What Kim is in the practice")[0]
    assert "practice-manager" in roles and "partner" not in roles
    assert couples.YOUR_COUPLES in said and couples.ONLY_THE_PRACTICE in said
    assert "All is as it was left." in said
    assert "Kim, practice-manager, invited on" in said
    assert sentences.KEYS_REPLACED in said
    assert said.count("This is the journal of Ana and Ben.") == 2
    assert (filled.folder / "kept.kap").exists()


def test_a_practice_is_begun_and_a_colleague_joins_and_sees_no_couple(practice: PlainConversation) -> None:
    file = practice.folder / "ours-too.kap"
    said = practice.says(
        *("another", "practice", "Dr Lee", "partner", "therapist", MORNING, MORNING, str(file)),
        *(word_asked_back, "back", *ADDED),
        *("people", "invite", "Kim", "practice-manager", "no", "quit"),
        path=practice.file,
    )
    assert practice.err == "" and practice.not_typed == []
    assert couples.PRACTICE in said and couples.ONE_FOR_ALL in said
    assert "practice.kap" in said.split("The file will be")[1].split("\n")[0]
    assert "That is none of these:" in said, "a partner is nobody in a practice"
    assert f"The practice is made. Its file is {file}." in said
    kims = "kim has a door here too"
    said = practice.says("join", code_told(said), "Kim", kims, kims, word_asked_back, "quit", path=file)
    assert practice.err == ""
    behind(practice, file.name, "Dr Lee", MORNING).close()
    said = practice.says(kims, "quit", path=file, label="Kim")
    assert couples.NO_COUPLES in said and "Ana" not in said


def test_a_practice_manager_is_nobody_in_a_couples_journal(filled: PlainConversation) -> None:
    said = at(filled, MORNING, "1", "people", "invite", "Kim", "practice-manager", "supervisor", "no", "quit")
    roles = said.split("Choose one of these:\n")[1].split("What Kim is to the couple")[0]
    assert "partner" in roles and "practice-manager" not in roles


def test_the_keyboard_is_handed_over_in_a_couples_journal_and_comes_back_to_it(
    filled: PlainConversation,
) -> None:
    vics = "vic has a door here too"
    said = at(
        filled,
        MORNING,
        *("change", "2", "let open", "", LEE, "back"),
        *("2", "people", "invite", "Vic", "partner", "yes", "", vics, vics, "", word_asked_back, "yes"),
        *(MORNING, "people", "couples", "lock", "quit"),
    )
    turned, back = said.index("Vic, press Enter to go on:"), said.index(sentences.hand_back("Dr Lee", "Vic"))
    while_vic_sits_there = said[turned:back]
    for word in ("practice", "couples", "Ana", "Ben", MORNING):
        assert word not in while_vic_sits_there
    assert said.index("This is the journal of Uma.", back) < said.index(sentences.met("Vic"))
    assert said.rindex("The journal is practice.kap.") > back


def test_a_partner_who_opens_their_own_journal_sees_nothing_of_a_practice(filled: PlainConversation) -> None:
    at(filled, MORNING, "1", "write", "", "for the morning", ".couples", "quit")
    said = filled.enters(
        *("Ana", ANA, "couples", "help", "people", "back", "settings", "back", "back"),
        *("write", "", "", ".couples", ".help", ".", "keep", "check", "lock", "help", "quit"),
    )
    for word in ("ractice", "asks for its own", "opens with"):
        assert word not in said
    assert said.count("couples") == said.count("“couples”") + said.count(sentences.WHAT_THIS_IS)
    assert "There is no choice “couples” here." in said
    with opened(filled, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == [".couples"]


def test_a_damaged_journal_leaves_the_practice_open(filled: PlainConversation) -> None:
    (filled.folder / "ours.kap").write_bytes(b"no journal any more")
    said = at(filled, MORNING, "1", "check", "quit")
    assert "This is the journal of" not in said and "All is as it was left." in said


def test_the_end_of_the_input_ends_cleanly_everywhere(filled: PlainConversation) -> None:
    with opened(filled, "Dr Lee", LEE) as lee:
        lee.notes.add(NewNote("Lantern."))
    walk: tuple[Answer, ...] = (
        *("add", "Third", "theirs.kap", "no", "", "wrong", "back", "change", "1", "rename", "", "move", ""),
        *("locate", "", "ask each time", "let open", "", LEE, "back", "1", "write", "", "x", ".couples"),
        *("2", "", "wrong", "back", "quit"),
    )
    for length in range(len(walk)):
        said = at(filled, MORNING, *walk[:length])
        assert filled.code == 0 and said.endswith("You have left kapjournal.\n"), (length, said[-500:])


def test_a_search_across_leads_into_a_couples_journal_at_the_note(filled: PlainConversation) -> None:
    with opened(filled, "Ana", ANA) as ana:
        ana.notes.add(NewNote("The lighthouse was on.", share="Dr Lee"))
    said = at(filled, MORNING, "search", "lightH", "1", "", "back", "couples", "back", "quit")
    assert "1 note or record. Not searched: Uma." in " ".join(said.split())
    assert "Ana and Ben, " in said and "by Ana. Found: The lighthouse was on." in said
    assert said.index("Found: The lighthouse") < said.index("This is the journal of Ana and Ben.")
    assert "The lighthouse was on." in said.split("This is the journal of Ana and Ben.")[1]


def test_a_page_is_kept_in_the_record(filled: PlainConversation) -> None:
    with opened(filled, "Ana", ANA) as ana:
        ana.notes.add(NewNote("The lighthouse was on.", share="Dr Lee"))
    found = ("search", "lightH", "1")
    said = at(filled, MORNING, *found, "keep", "keep", "back", "back", "couples", "back", "quit")
    assert "A copy of this page is kept in your record." in said
    assert "This version is kept in your record already." in said
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as practice:
        assert [note.body for note in practice.kept.all()] == ["The lighthouse was on."]
    with opened(filled, "Dr Lee", LEE) as lee:
        assert not lee.keeping.is_possible, "not through the practice"


def test_a_contact_line_is_in_the_record_too(filled: PlainConversation) -> None:
    """As on the screens: the line closes the mark, and is a contact note in the practice."""
    lay_packs("phq9")
    with opened(filled, "Ana", ANA) as ana:
        ana.measures.answer(NewAnswers("phq9", (*[0] * 8, 2), share="Dr Lee"))
    steps = ("measures", "marks", "1", "on the phone", "2026-03-02", "9:30", "Safe; again on Friday.", "2")
    said = at(filled, MORNING, "1", *steps, "back", "back", "couples", "quit")
    assert "A contact note about Ana goes into your clinical record, too." in said
    assert "and the mark is closed. A contact note about Ana is in your clinical record." in said
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as practice:
        [record] = practice.records.all()
        assert record.kind is RecordKind.CONTACT and record.text.about is About.SECOND
        assert "Safe; again on Friday." in record.text.fields["text"]


def test_what_needs_the_therapist_stands_beside_the_couple(filled: PlainConversation) -> None:
    lay_packs("phq9")
    with opened(filled, "Ana", ANA) as ana:
        ana.measures.answer(NewAnswers("phq9", (*[0] * 8, 2), share="Dr Lee"))
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as practice:
        couple = practice.couples.get("Ana and Ben")
        practice.records.add(NewRecord(RecordKind.PROGRESS, couple.case, {"plan": "Meet again."}))
    steps = ("measures", "marks", "1", "on the phone", "2026-03-02", "9:30", "Safe; again on Friday.", "2")
    there = ("1", "couples", "1", *steps, "back", "back", "couples")
    said = at(filled, MORNING, *there, "quit")
    beside = [line for line in said.splitlines() if line.startswith("1. Ana and Ben: ")]
    assert beside[0] == "1. Ana and Ben: no session ahead; safety; unsigned."
    assert beside[-1] == "1. Ana and Ben: no session ahead; unsigned."
