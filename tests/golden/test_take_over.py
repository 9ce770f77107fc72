"""Everybody takes what they wrote in the old journal along into the one of today, and nothing else."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from kapjournal.domain.notes import NoteKind
from kapjournal.errors import CannotSave, NotFound, Refused, UnlockFailed
from kapjournal.journal import FLOOR, Journal, NewNote, NoteChange, TakenOver, join
from kapjournal.journal.strict_encoding import moment_to_text

from .format1 import PASSPHRASES, PEOPLE, OldFile, note_data, own_notes
from .todays_journal import ROLES, enter
from .what_a_member_reads import what_a_member_reads

Door = Callable[[str], Any]
WAS = ("title", "kind", "date", "tags", "session", "body", "written", "revised")


@pytest.fixture
def door(today: Path, memory: Path) -> Door:
    """Somebody's door into the journal of today."""

    @contextmanager
    def opened(label: str) -> Iterator[Journal]:
        with closing(enter(today, label, memory)) as journal:
            yield journal
            assert journal.check().is_clean

    return opened


def take(journal: Journal, old_file: Path, label: str | None = None) -> TakenOver:
    return journal.take_over(old_file, label=label, passphrase=PASSPHRASES[label or journal.me.label])


def the(journal: Journal, title: str) -> str:
    return next(note.id for note in journal.notes.all() if note.text.title == title)


def said(notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(({key: note[key] for key in WAS} for note in notes), key=lambda note: note["written"])


@pytest.mark.parametrize("label", PEOPLE)
def test_each_has_their_own_notes_again_word_for_word_and_for_themselves_alone(
    label: str, door: Door, old_file: Path
) -> None:
    before = old_file.read_bytes()
    with door(label) as journal:
        report = take(journal, old_file)
        assert report.notes == len(own_notes(label)) and report.is_whole and not report.unreadable
    with door(label) as journal:
        reads = what_a_member_reads(journal)
        assert said(reads["notes"]) == said(own_notes(label))
        assert all(note["readers"] == [label] for kind in ("notes", "earlier") for note in reads[kind])
    for other in set(PEOPLE) - {label}:
        with door(other) as journal:
            assert journal.notes.all() == [] and journal.drafts.all() == []
    assert old_file.read_bytes() == before
    assert [path.name for path in old_file.parent.iterdir()] == [old_file.name]


def test_all_of_them_take_over_one_after_the_other_and_share_again(door: Door, old_file: Path) -> None:
    for label in PEOPLE:
        with door(label) as journal:
            take(journal, old_file)
    with door("Ana") as ana:
        assert len(ana.notes.all()) == len(own_notes("Ana"))
        ana.notes.share(the(ana, "Tags"), "Ben,Dr Löwe")
    with door("Ben") as ben:
        assert len(ben.notes.all()) == len(own_notes("Ben")) + 1
        assert len(ben.notes.get(the(ben, "Tags")).text.tags) == 32


def test_recovery_words_of_the_old_journal_serve_as_well(door: Door, old_file: Path) -> None:
    with door("Ana") as ana:
        report = ana.take_over_with_recovery_words(old_file, PEOPLE["Ana"]["recovery"])
        assert report.notes == len(own_notes("Ana"))
        again = take(ana, old_file)
        assert (again.notes, again.already_here) == (0, report.notes + report.drafts)


def test_the_earlier_wordings_come_too_with_the_moment_of_each(door: Door, old_file: Path) -> None:
    with door("Ana") as ana:
        assert take(ana, old_file).earlier == 2
    with door("Ana") as ana:
        history = ana.notes.history(the(ana, "Tabs, once more"))
        assert [(one.text.title, one.text.body, one.text.tags) for one in history] == [
            ("Tabs", "\tone\n\t\ttwo\t \n\n\n", ()),
            ("Tabs, once more", "\tone\n", ()),
            ("Tabs, once more", "\tone\n", ("later",)),
        ]
        then = [one["saved"] for one in PEOPLE["Ana"]["reads"]["earlier"]]
        assert [moment_to_text(one.saved) for one in history][:2] == then[:2]


def test_who_could_read_is_no_earlier_wording(door: Door, old_file: Path) -> None:
    """Ben withdrew a note from Ana and changed no word of it: nobody but him reads it now anyway."""
    with door("Ben") as ben:
        assert take(ben, old_file).earlier == 0
        assert len(ben.notes.history(the(ben, "Withdrawn"))) == 1


def test_drafts_come_as_drafts_and_become_versions_of_their_note(door: Door, old_file: Path) -> None:
    with door("Ana") as ana:
        take(ana, old_file)
        (draft,) = ana.drafts.all()
        assert (draft.text.title, draft.text.body, draft.text.tags) == (
            "A draft",
            "Not yet\nsaid.",
            ("soon",),
        )
        assert draft.of is None and draft.cursor == (1, 3) and draft.readers == {ana.me.id}
    with door("Ben") as ben:
        take(ben, old_file)
        (draft,) = ben.drafts.all()
        assert draft.of == the(ben, "First")
        ben.drafts.finish(draft)
        assert [one.text.body for one in ben.notes.history(the(ben, "First"))] == [
            "We spoke.",
            "We spoke, and",
        ]


def test_a_note_goes_with_the_number_its_session_had_at_last(door: Door, old_file: Path) -> None:
    """Ana wrote it about session 2, which became 12 before another one became the second here."""
    with door("Ana") as ana:
        take(ana, old_file)
        about = {note.text.title: note.session for note in ana.notes.all()}
        assert about[""] == 12 and about["Tabs, once more"] == 1 and about["Tags"] is None


def test_a_note_about_a_session_that_is_not_here_comes_without_it(door: Door, old_file: Path) -> None:
    old = OldFile(old_file, "Ana")
    old.write("note", note_data("Elsewhere", session=["0" * 20, 77]), "Far off.")
    with door("Ana") as ana:
        assert take(ana, old_file).without_session == 1
        assert ana.notes.get(the(ana, "Elsewhere")).session is None
        assert take(ana, old_file).without_session == 0


def test_what_was_deleted_in_the_old_journal_stays_deleted(door: Door, old_file: Path) -> None:
    old = OldFile(old_file, "Ben")
    document = old.write("note", note_data("Regretted"), "Never mind.")
    old.write("earlier", {"readers": [], "data": note_data("Regretted")}, "Never.", document=document)
    old.write("note", None, document=document)
    with door("Ben") as ben:
        take(ben, old_file)
        assert {note.text.title for note in ben.notes.all()} == {n["title"] for n in own_notes("Ben")}


def test_done_again_nothing_comes_twice_and_what_happened_here_since_stays(
    door: Door, old_file: Path
) -> None:
    with door("Ana") as ana:
        first = take(ana, old_file)
        ana.notes.edit(the(ana, "Separators"), NoteChange(body="Changed here."))
        ana.notes.delete(the(ana, "After Kim"))
        ana.drafts.finish(ana.drafts.all()[0])
    OldFile(old_file, "Ana").write("note", note_data("Written there since"), "New.")
    with door("Ana") as ana:
        again = take(ana, old_file)
        assert asdict(again) == {
            **asdict(first),
            "notes": 1,
            "earlier": 0,
            "drafts": 0,
            "already_here": first.notes + first.drafts,
            "without_session": 0,
        }
        titles = [note.text.title for note in ana.notes.all()]
        assert len(titles) == len(set(titles)) and "After Kim" not in titles
        assert {"Written there since", "A draft"} <= set(titles)
        assert ana.notes.get(the(ana, "Separators")).text.body == "Changed here."
        assert ana.drafts.all() == []


def test_a_draft_that_was_thrown_away_here_does_not_come_again(door: Door, old_file: Path) -> None:
    with door("Ana") as ana:
        take(ana, old_file)
        ana.drafts.discard(ana.drafts.all()[0].id)
    with door("Ana") as ana:
        assert take(ana, old_file).drafts == 0 and ana.drafts.all() == []


def test_done_on_two_computers_each_note_is_there_once(
    door: Door, today: Path, old_file: Path, tmp_path: Path
) -> None:
    (folder := tmp_path / "elsewhere").mkdir()
    with door("Ana") as ana:
        ana.backup(folder / "ours.kap")
        take(ana, old_file)
    with closing(enter(folder / "ours.kap", "Ana", folder)) as other:
        take(other, old_file)
    with door("Ana") as ana:
        ana.copies.merge(folder / "ours.kap")
        notes = ana.notes.all()
        assert said(what_a_member_reads(ana)["notes"]) == said(own_notes("Ana"))
        assert not any(note.beside for note in notes) and len(ana.drafts.all()) == 1
        assert {note.text.title for note in notes} >= {"Tags", "After Kim"}


@pytest.mark.parametrize("label", ["Ana", "Nobody", ""])
def test_a_wrong_passphrase_or_label_opens_nothing_and_says_nothing_else(
    label: str, door: Door, old_file: Path
) -> None:
    with door("Ana") as ana:
        with pytest.raises(UnlockFailed, match=r"^That did not open a door of the old journal\."):
            ana.take_over(old_file, label=label, passphrase="not what opens it")
        assert ana.notes.all() == []


def test_recovery_words_that_are_not_of_that_journal_open_nothing(door: Door, old_file: Path) -> None:
    with door("Ana") as ana, pytest.raises(UnlockFailed, match="opened nothing in the old journal"):
        ana.take_over_with_recovery_words(old_file, " ".join(["abandon"] * 23 + ["art"]))


@pytest.mark.parametrize(("me", "other"), [(me, other) for me in ROLES for other in ROLES if me != other])
def test_nobody_takes_over_the_words_of_somebody_else_who_is_here(
    me: str, other: str, door: Door, old_file: Path
) -> None:
    with door(me) as journal:
        with pytest.raises(Refused, match=r"Nothing was taken over\.$"):
            take(journal, old_file, other)
        assert journal.notes.all() == [] and journal.drafts.all() == []


def test_of_two_in_one_role_the_label_tells_whose_words_they_are(door: Door, old_file: Path) -> None:
    words = PEOPLE["Ana"]["recovery"]
    with door("Ben") as ben, pytest.raises(Refused, match="that of Ana, who is in this journal too"):
        ben.take_over_with_recovery_words(old_file, words)


def test_in_another_role_nothing_is_taken_over(door: Door, old_file: Path) -> None:
    with door("Dr Löwe") as keeper, pytest.raises(Refused, match="that of a supervisor, and here you are a"):
        take(keeper, old_file, "Kim")


def test_with_the_card_gone_a_kind_of_another_role_is_still_refused(door: Door, old_file: Path) -> None:
    old = OldFile(old_file, "Ana")
    old.drop(old.rows("papers")[0])
    with door("Dr Löwe") as keeper:
        keeper.members.remove("Ana")
        with pytest.raises(Refused, match=r"a kind of note that the partners write.*Nothing was taken over"):
            take(keeper, old_file, "Ana")
        assert keeper.notes.all() == []


def test_somebody_with_another_label_today_says_the_old_one(
    door: Door, old_file: Path, today: Path, memory: Path
) -> None:
    with door("Dr Löwe") as keeper:
        keeper.members.remove("Kim")
        code = keeper.members.invite("Kim Lange", ROLES["Kim"], strength=FLOOR)
    joined, _ = join(
        today,
        code=code,
        label="Kim Lange",
        passphrase="Kim Lange opens this door",
        with_recovery=False,
        strength=FLOOR,
        record_folder=memory,
    )
    with joined:
        with pytest.raises(UnlockFailed):
            joined.take_over(old_file, passphrase=PASSPHRASES["Kim"])
        assert take(joined, old_file, "Kim").notes == 1


def test_what_is_taken_over_is_a_note_like_any_other(door: Door, old_file: Path) -> None:
    with door("Ana") as ana:
        take(ana, old_file)
        assert [hit.note.text.title for hit in ana.search("כתבתי")] == ["שלום Ana"]
        ana.notes.edit(the(ana, "Tags"), NoteChange(tags=("fewer",), kind=NoteKind.PAGE))
        ana.notes.add(NewNote("Today.", "Beside them", date=dt.date(2026, 5, 1)))
    with door("Ana") as ana:
        assert [len(one.text.tags) for one in ana.notes.history(the(ana, "Tags"))] == [32, 1]


def test_a_stop_in_the_middle_leaves_nothing_of_it(
    door: Door, old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with door("Ana") as ana:
        with monkeypatch.context() as patch:
            patch.setattr("kapjournal.journal.take_over._write_draft", _full)
            with pytest.raises(CannotSave):
                take(ana, old_file)
        assert ana.notes.all() == []
        assert take(ana, old_file).notes == len(own_notes("Ana"))


def _full(*_: object) -> None:
    raise CannotSave("The disk is full.")


def test_a_file_that_is_not_there_is_not_found(door: Door, tmp_path: Path) -> None:
    with door("Ana") as ana, pytest.raises(NotFound):
        take(ana, tmp_path / "none.kap")


def test_a_journal_of_today_is_not_taken_over(door: Door, today: Path) -> None:
    with door("Ana") as ana, pytest.raises(Refused, match="is a journal of today"):
        take(ana, today)
