"""Two partners at one keyboard: their doors, and from step to step."""

from kapjournal.domain.dialogue import Step
from kapjournal.journal import Journal
from kapjournal.tui.screens.dialogue import DialogueScreen
from tests.internals import vault_of
from tests.tui.app_pilot import AppPilot, enters, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to

S = Step
FIRST_TURN = (
    S.NOW,
    S.ARRIVE,
    S.BEGINS,
    S.SENDER,
    S.MIRROR,
    S.MORE,
    S.SUMMARY,
    S.VALIDATION,
    S.EMPATHY,
    S.SWITCH,
)
SECOND_TURN = (S.SENDER, S.MIRROR, S.MORE, S.SUMMARY, S.VALIDATION, S.EMPATHY)
TO_THE_PAGE = (S.WISH, S.GIFT, S.KEEP)


async def goes_to_dialogues(pilot: AppPilot, who: str = "Ana") -> None:
    """One opens their door, and goes to the dialogues."""
    await enters(pilot, who, PASSPHRASES[who])
    await comes_to(pilot, "course")
    await pilot.press("D")
    await comes_to(pilot, "dialogues")
    await until(pilot, lambda: getattr(pilot.app.screen, "_found", None) is not None)


async def begins(pilot: AppPilot) -> None:
    """Ana opens her door, and Ben his beside it."""
    await goes_to_dialogues(pilot)
    await pilot.press("n")
    await opens_beside(pilot, "Ben")
    await comes_to(pilot, "dialogue")
    await until(pilot, lambda: not screen_of(pilot)._busy)


async def opens_beside(pilot: AppPilot, who: str) -> None:
    """Somebody types their passphrase."""
    await sees(pilot, f"Turn the keyboard to {who}")
    await pilot.press(*PASSPHRASES[who], "enter")


def screen_of(pilot: AppPilot) -> DialogueScreen:
    """The page that prompts them."""
    found = pilot.app.screen
    assert isinstance(found, DialogueScreen)
    return found


async def goes_on(pilot: AppPilot, *steps: Step, key: str = "enter") -> None:
    """Press a key for each step, and wait until it is there."""
    for step in steps:
        await pilot.press(key)
        await until(pilot, lambda step=step: screen_of(pilot)._dialogue.step is step)  # type: ignore[misc]


async def speaks(pilot: AppPilot, topic: str = "Sundays") -> None:
    """From the topic to the page, with one turn each."""
    await pilot.press(*topic)
    await goes_on(pilot, *FIRST_TURN, *SECOND_TURN, *TO_THE_PAGE)


async def kept_place(pilot: AppPilot) -> None:
    """Wait until the step is in the file."""
    app = pilot.app
    await until(
        pilot, lambda: not [one for one in app.workers if one.group == "place" and not one.is_finished]
    )


def decrypted(journal: Journal) -> bytes:
    """All that a door has a key to, as it lies there."""
    envelopes = vault_of(journal).envelopes
    stored = [*envelopes.current.values(), *envelopes.drafts.values()]
    return b"".join(one.version.to_bytes() for one in stored)
