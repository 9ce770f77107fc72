"""A forgotten passphrase."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Static

from kapjournal.domain.members import Role
from kapjournal.errors import UnlockFailed
from kapjournal.journal import FLOOR, Journal, join, unlock
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import sees, until
from tests.tui.people_steps import comes_to, fills, presses

Open = Callable[[str], Journal]


@pytest.fixture
def with_roe(journal_file: Path, opened: Open, memory: Path) -> list[str]:
    """A supervisor joins whose keys have not met the others'; her recovery words."""
    with opened("Dr Lee") as lee:
        code = lee.members.invite("Dr Roe", Role.SUPERVISOR, strength=FLOOR)
    roe, words = join(
        journal_file,
        code=code,
        label="Roe",
        passphrase="only Roe ever knew this",
        strength=FLOOR,
        record_folder=memory,
    )
    roe.close()
    assert words
    return words.split()


async def test_a_forgotten_passphrase_is_replaced_with_the_words(
    app: KapApp, with_roe: list[str], journal_file: Path, memory: Path
) -> None:
    async with app.run_test(size=(80, 36)) as pilot:
        await presses(pilot, "#forgot")
        await comes_to(pilot, "recover")
        await sees(pilot, "Without the words nobody can open your door, not even the keeper.")
        await presses(pilot, "#do")
        await sees(pilot, "Type the 24 words from your paper first.")
        page = app.screen.query_one(WritingArea)
        page.load_text(
            "\n".join(f"{n}. {word.upper()}" for n, word in enumerate(["lemmon", *with_roe[1:]], 1))
        )
        await until(pilot, lambda: not app.screen.query_one("#do").has_class("-active"))
        await fills(pilot, own="only Roe knows this lately", again="only Roe knows this lately")
        await presses(pilot, "#do")
        await sees(pilot, "Word 1 is not on the list")
        assert "lemmon" not in str(app.screen.query_one("StatusLine", Static).render())
        page.load_text("\n".join(f"{n}. {word.upper()}" for n, word in enumerate(with_roe, 1)))
        await until(pilot, lambda: not app.screen.query_one("#do").has_class("-active"))
        await presses(pilot, "#do")
        await sees(pilot, "Your door has a new passphrase. The recovery words stay as they are.")
        assert app._journal is not None
        assert app._journal.me.label == "Roe"
    unlock(journal_file, label="Roe", passphrase="only Roe knows this lately", record_folder=memory).close()
    with pytest.raises(UnlockFailed):
        unlock(journal_file, label="Roe", passphrase="only Roe ever knew this", record_folder=memory)
