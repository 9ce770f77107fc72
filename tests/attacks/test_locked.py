"""After the lock: whoever gets hold of the program's memory by way of a closed journal finds no key."""

import datetime as dt
import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

import pytest

from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.identity import Identity
from kapjournal.crypto.keyring import Keyring
from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Draft, Note, NoteKind, NoteText
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import UnlockFailed
from kapjournal.journal import NewNote, NoteChange, SessionChange, generated_recovery_words
from kapjournal.journal.channel import Channel
from kapjournal.journal.journal import Journal
from kapjournal.journal.people import Card
from kapjournal.journal.roll import Pin, Roll
from kapjournal.journal.shelf import Held, Shelf
from kapjournal.journal.version import Version
from tests.attacks.stage import PASSPHRASE, Stage

WORDS = "the hallway again, but the light was on"
DAY = dt.date(2026, 11, 20)
HOLDS_KEYS = (
    Card,
    Channel,
    ChannelKey,
    Held,
    Identity,
    Keyring,
    Note,
    Pin,
    Roll,
    Secrets,
    Shelf,
    Version,
)
NOT_HELD = (type, ModuleType, FunctionType, BuiltinFunctionType)

USE_CASES: dict[str, Callable[[Journal, Path], object]] = {
    "add_note": lambda journal, _: journal.notes.add(NewNote(WORDS)),
    "add_notes": lambda journal, _: journal.notes.add_many([NewNote(WORDS)]),
    "add_session": lambda journal, _: journal.sessions.add(kind=SessionKind.DOSING, date=DAY),
    "ask_passphrase": lambda journal, _: journal.keys.confirm_passphrase(PASSPHRASE),
    "backup": lambda journal, folder: journal.backup(folder / "backup.kap"),
    "build_index": lambda journal, _: journal.search.build_index(),
    "can_share_with": lambda journal, _: journal.members.can_share_with("Ben"),
    "cancel_invitation": lambda journal, _: journal.members.cancel_invitation("Sue"),
    "change_passphrase": lambda journal, _: journal.keys.change_passphrase(PASSPHRASE),
    "check": lambda journal, _: journal.check(),
    "comparison": lambda journal, _: journal.members.comparison_number("Ben"),
    "delete_note": lambda journal, _: journal.notes.delete("abcd"),
    "discard_draft": lambda journal, _: journal.drafts.discard("abcd"),
    "drafts": lambda journal, _: journal.drafts.all(),
    "edit_note": lambda journal, _: journal.notes.edit("abcd", NoteChange()),
    "edit_session": lambda journal, _: journal.sessions.edit(1, SessionChange()),
    "findings": lambda journal, _: journal.findings,
    "finish_draft": lambda journal, _: journal.drafts.finish(draft()),
    "history": lambda journal, _: journal.notes.history("abcd"),
    "invitations": lambda journal, _: journal.members.invitations(),
    "invite": lambda journal, _: journal.members.invite("Sue", Role.SUPERVISOR),
    "mark_verified": lambda journal, _: journal.members.mark_verified("Ben"),
    "note": lambda journal, _: journal.notes.get("abcd"),
    "notes": lambda journal, _: journal.notes.all(),
    "plan": lambda journal, _: journal.sessions.plan(3),
    "refresh": lambda journal, _: journal.refresh(),
    "remove": lambda journal, _: journal.members.remove("Ben"),
    "renew_recovery": lambda journal, _: journal.keys.renew_recovery_words(generated_recovery_words()),
    "save_draft": lambda journal, _: journal.drafts.save(draft()),
    "search": lambda journal, _: journal.search("hallway"),
    "session": lambda journal, _: journal.sessions.get(1),
    "sessions": lambda journal, _: journal.sessions.all(),
    "share": lambda journal, _: journal.notes.share("abcd", "Ben"),
    "withdraw": lambda journal, _: journal.notes.withdraw("abcd", "Ben"),
}
INNER = {
    "catch_up",
    "close",
    "greet",
    "label_of",
    "me",
    "member",
    "path",
    "planned",
    "remember",
    "sitting",
    "title",
    "waits_for_keeper",
}
"""What use cases are made of, and what says nothing of the notes."""


def draft() -> Draft:
    return Draft("", None, NoteText(WORDS, NoteKind.PAGE, DAY))


def reached(start: object) -> Iterator[Any]:
    """Everything an object leads to, but for code."""
    seen, waiting = {id(start)}, [start]
    while waiting:
        one = waiting.pop()
        yield one
        following = gc.get_referents(one)
        if isinstance(one, MethodType):
            following = [one.__self__]
        for other in following:
            if id(other) not in seen and not isinstance(other, NOT_HELD):
                seen.add(id(other))
                waiting.append(other)


def used(journal: Journal) -> None:
    """Let a journal hold everything it ever does: notes, drafts, an index."""
    journal.notes.add(NewNote(WORDS, share="Ben"))
    journal.drafts.save(draft())
    assert journal.search("hallway")
    assert journal.findings == ()


@pytest.mark.parametrize("name", ["Lee", "Ana"])
def test_nothing_a_closed_journal_leads_to_is_a_key_or_a_word(stage: Stage, name: str) -> None:
    with stage.acting(name) as (journal,):
        used(journal)
        held = stage.held[name]
        ours = {held.first, held.journal_key, journal.shelf.own.key.raw, journal._keyring.memory()}
        everything = list(reached(vars(journal)))
        assert ours <= {one for one in everything if isinstance(one, bytes)}, "the control"
        assert {type(one) for one in everything} >= set(HOLDS_KEYS) - {Secrets}, "the control"
        assert any(isinstance(one, str) and WORDS in one for one in everything), "the control"
    left = list(reached(vars(journal)))
    assert {type(one).__name__ for one in left if isinstance(one, HOLDS_KEYS)} == set()
    assert not ours & {one for one in left if isinstance(one, bytes)}
    assert not [one for one in left if isinstance(one, str) and "hallway" in one]


def test_every_use_case_is_asked_of_the_closed_journal() -> None:
    public = {name for name in dir(Journal) if not name.startswith("_")}
    assert public == USE_CASES.keys() | INNER


@pytest.mark.parametrize("use_case", USE_CASES)
def test_a_closed_journal_does_nothing_more(stage: Stage, tmp_path: Path, use_case: str) -> None:
    before = stage.rows()
    with stage.acting("Ana") as (ana,):
        pass
    with pytest.raises(UnlockFailed, match="locked"):
        USE_CASES[use_case](ana, tmp_path)
    ana.close()
    assert stage.rows() == before


def test_closing_empties_the_index_even_for_who_still_holds_it(stage: Stage) -> None:
    with stage.acting("Ana") as (ana,):
        used(ana)
        index = ana._index
        assert index.find("hallway", None, 5)
    assert index.find("hallway", None, 5) == []
    assert not [one for one in reached(vars(index)) if isinstance(one, str) and "hallway" in one]
