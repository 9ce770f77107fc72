"""Choosing from menus, in the words of the screens."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from kapjournal.journal import NewNote
from kapjournal.plain import course, main_menu, practice, supervision, writing
from kapjournal.plain.console import RESERVED_WORDS, Console
from kapjournal.plain.line_editor import LineEditor
from kapjournal.plain.menus import Entry, find, group, meant_by, offered
from kapjournal.plain.supervision_review import _Way
from kapjournal.tui import actions
from tests.cli.command_line import ANA, LEE, PASSPHRASES
from tests.supervised import ROE, ROES, supervise

from .plain_conversation import PlainConversation, opened


def test_a_long_list_is_said_in_parts_and_can_be_chosen_from_at_any_time(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add_many(NewNote(f"number {number:02}.") for number in range(1, 46))
    said = plain.enters("Ana", ANA, "read", "1", "", "45", "back", "", "3", "quit")
    assert plain.not_typed == []
    assert "\n40. number " in said
    assert "\n41. number " not in said
    assert said.count("End of the note.") == 2


def test_the_words_are_those_of_the_screens() -> None:
    entries: list[Entry[Any]] = [*_in_groups(main_menu._ENTRIES), *course._OWN_ENTRIES, *_page_entries()]
    said = {(entry.word, entry.sentence) for entry in entries}
    shared = {action.label for action in actions.ACTIONS} & {entry.word for entry in entries}
    assert shared >= {"write", "drafts", "search", "findings", "share", "withdraw", "edit", "done", "discard"}
    for action in actions.ACTIONS:
        if action.id in shared - {"quit", "settings"}:
            assert (action.label, action.sentence) in said
    of_a_practice = {(entry.word, entry.sentence) for entry in _in_groups(practice._ENTRIES)}
    [write_ups] = [action for action in actions.ACTIONS if action.id == "write-ups"]
    assert (write_ups.label, write_ups.sentence) in of_a_practice


def _in_groups(entries: Sequence[Entry[Any]]) -> Iterator[Entry[Any]]:
    for entry in entries:
        yield from _in_groups(entry.within(None)) if entry.is_group else [entry]


def _page_entries() -> tuple[Entry[LineEditor], ...]:
    class Nobody:
        draft = type("Draft", (), {"of": None, "readers": frozenset()})
        unlocked = type(
            "Unlocked",
            (),
            {"readers": lambda *_: "", "journal": SimpleNamespace(notes=SimpleNamespace(all=list))},
        )()

    return writing._end_entries(Nobody())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "place"),
    [("2", 1), ("write", 1), ("W", 1), ("r", 0), ("0", None), ("9", None), ("", None), ("x", None)],
)
def test_a_choice_is_found_by_number_word_or_beginning(answer: str, place: int | None) -> None:
    assert find(answer, ["read", "write"]) == place


def test_a_word_that_is_a_number_goes_before_the_number_of_a_line() -> None:
    assert [find(answer, ["3", "17", "write"]) for answer in ("3", "17", "2", "9")] == [0, 1, 1, None]


# the main menu: short, and all of it a word away

PARTNERS = (
    ("write", "Write a new note."),
    ("read", "Read the course, and the notes along it."),
    ("waiting", "What of yours waits, and for whom."),
    ("how you are", "check-ins, parts, witness, measures."),
    ("for the session", "sessions, bring, your page, talk, scribe."),
    ("find", "search, loop, intentions, look back."),
    ("people and sharing", "people, together, dialogue, policy."),
    ("files", "export, import, backup, copy, merge, check, archive, booklet."),
    ("door and settings", "lock, quit, settings, passphrase, recovery words, new keys."),
)
THERAPISTS = (
    *PARTNERS[:2],
    ("how they are", "check-ins, measures."),
    ("for the session", "sessions, bring, talk, scribe."),
    ("find", "search, loop, intentions."),
    PARTNERS[6],
    ("files", "export, import, backup, copy, merge, check, archive."),
    PARTNERS[8],
)
SUPERVISORS = (
    *THERAPISTS[:3],
    ("sessions", "The sessions of the course, and what is planned."),
    ("find", "search, intentions."),
    ("people and sharing", "people, policy."),
    *THERAPISTS[6:],
)


def main_menu_heard(said: str) -> list[tuple[str, ...]]:
    """The words and sentences of the main menu as it was said first."""
    said = said.partition("Main menu. Choose by number or word, or type help, lock or quit.\n")[2]
    lines = said.partition("Main menu, your choice:")[0].splitlines()
    found = [re.fullmatch(r"(\d+)\. ([^:]+): (.+)", line) for line in lines]
    assert [int(one[1]) for one in found if one] == list(range(1, len(lines) + 1))
    return [(one[2], one[3]) for one in found if one]


def test_each_role_hears_a_main_menu_of_at_most_nine_lines_and_only_what_is_theirs(
    plain: PlainConversation,
) -> None:
    supervise(plain.file, plain.memory, lambda label: opened(plain, label, PASSPHRASES[label]))
    for label, door, menu in (("Ana", ANA, PARTNERS), ("Dr Lee", LEE, THERAPISTS), (ROE, ROES, SUPERVISORS)):
        heard = main_menu_heard(plain.enters(label, door, "quit"))
        assert heard == list(menu) and len(heard) <= 9


def test_a_draft_is_offered_beside_what_waits(plain: PlainConversation) -> None:
    for label, door, begun, line in (
        ("Ana", ANA, ("write", "", "", "half", "."), "3. what waits: drafts, waiting."),
        ("Dr Lee", LEE, ("write", "", "half", "."), "3. drafts: Go on with something unfinished."),
    ):
        said = plain.enters(label, door, *begun, "keep", "drafts", "back", "quit")
        assert line in said and plain.not_typed == []


def test_a_list_is_gone_into_and_back_from(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, "8", "back", "files", "6", "write", "back", "", "quit")
    assert plain.not_typed == []
    assert said.count("Files. Choose by number or word, or type back.\n1. export: ") == 2
    assert "All is as it was left." in said and "There is no choice “write” here." in said
    assert said.count("Main menu. Choose by") == 2, "and Enter says it once more"


def test_a_word_leads_from_the_main_menu_to_whatever_stands_deeper(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, "check-in", "back", "minutes", "7", "compare", "", "trends", "quit")
    assert plain.not_typed == []
    assert "Mood, 0 heavy, 10 light:" in said and "With whom do you compare?" in said
    assert not re.search(r"^(Check-ins|How you are|Settings|People)\. Choose", said, re.MULTILINE)
    said = plain.enters("Dr Lee", LEE, "check-in", "back", "quit")
    assert "Check-ins. Choose by number or word, or type back.\n1. read: " in said


def test_a_word_that_stands_in_several_places_chooses_none(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, "list", "sessions", "list", "quit")
    assert plain.not_typed == []
    assert "sessions, then list: Hear the sessions.\npeople, then list: Hear who is here.\n" in said
    assert "There are no sessions yet." in said


def test_every_entry_has_a_word_that_leads_to_it_from_the_top() -> None:
    everything = [*_in_groups(main_menu._ENTRIES)]
    everybody = [replace(entry, when=lambda _: True, within=lambda _: ()) for entry in everything]
    top = (group("first", *everybody[:12]), group("second", *everybody[12:]))
    for entry in everybody:
        found = [one for _, one in meant_by(entry.word, top, _Somebody())]
        assert entry in found and {one.word for one in found} == {entry.word}


def test_every_entry_of_a_practice_has_a_word_that_leads_to_it_too() -> None:
    top = [entry for entry in practice._ENTRIES if isinstance(entry, Entry)]
    everybody = [replace(entry, when=lambda _: True) for entry in _in_groups(top)]
    for entry in everybody:
        assert [one.word for _, one in meant_by(entry.word, everybody, _Somebody())] == [entry.word]
    assert "supervision" in {entry.word for entry in everybody}


def test_the_words_of_a_write_up_are_no_word_that_means_the_same_everywhere() -> None:
    words = [entry.word for entry in supervision._ONE.entries(None)]  # type: ignore[arg-type]
    assert words == ["again", "change", "review", "export", "answer"]
    assert not {*words, *_Way} & RESERVED_WORDS


def test_of_a_group_no_more_is_offered_than_fits() -> None:
    def entry(word: str, *, fits: bool) -> Entry[_Somebody]:
        return Entry(word, "", lambda _: None, lambda _: fits)

    both = group("both", entry("one", fits=True), entry("two", fits=True))
    single = group("single", entry("three", fits=True), entry("four", fits=False))
    empty = group("empty", entry("five", fits=False))
    found = offered((both, single, empty), _Somebody())
    assert [one.line for one in found] == ["both: one, two.", "three: "]


class _Somebody:
    console = Console(5)
