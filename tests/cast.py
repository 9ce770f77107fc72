"""The three people of every test: Dr Lee, therapist and keeper, and the partners Ana and Ben."""

from collections.abc import Callable, Mapping
from pathlib import Path

from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.members import JournalKind, Role
from kapjournal.journal import FLOOR, Journal, create, join
from tests.internals import vault_of

PASSPHRASES = {"Dr Lee": "lee opens this door", "Ana": "ana opens this door", "Ben": "ben opens this door"}
LABELS = tuple(PASSPHRASES)
MORNING = "one door in the morning"
"""Dr Lee's passphrase in a practice."""


def meet(
    path: Path,
    record_folder: Path | Callable[[str], Path],
    passphrases: Mapping[str, str] = PASSPHRASES,
    *,
    title: str = "Ours",
    invited_as: Mapping[str, str] | None = None,
    with_recovery: bool = False,
) -> dict[str, Secrets]:
    """Make a journal in which the three have met and pinned each other, the keeper named first.

    Every door costs the least that is accepted. Returns what each member's slot holds, by label, so that no
    door has to be stretched again. `record_folder` is one computer's, or says which for each label.
    """

    def folder_of(label: str) -> Path:
        return record_folder if isinstance(record_folder, Path) else record_folder(label)

    keeper_label, *partners = passphrases
    keeper, _ = create(
        path,
        label=keeper_label,
        role=Role.THERAPIST,
        passphrase=passphrases[keeper_label],
        title=title,
        with_recovery=with_recovery,
        strength=FLOOR,
        record_folder=folder_of(keeper_label),
    )
    everyone = [keeper]
    for label in partners:
        joined, _ = join(
            path,
            code=keeper.members.invite((invited_as or {}).get(label, label), Role.PARTNER, strength=FLOOR),
            label=label,
            passphrase=passphrases[label],
            with_recovery=with_recovery,
            strength=FLOOR,
            record_folder=folder_of(label),
        )
        everyone.append(joined)
    for journal in (*everyone, *everyone):
        journal.refresh()
    keeper.members.acknowledge(*partners)
    secrets = {journal.me.label: vault_of(journal).secrets for journal in everyone}
    for journal in everyone:
        journal.close()
    return secrets


def practice_of_lee(path: Path, record_folder: Path) -> Journal:
    """Dr Lee's practice, new and open."""
    practice, _ = create(
        path,
        label="Dr Lee",
        role=Role.THERAPIST,
        passphrase=MORNING,
        kind=JournalKind.PRACTICE,
        with_recovery=False,
        strength=FLOOR,
        record_folder=record_folder,
    )
    return practice


def joins(path: Path, label: str, code: str, record_folder: Path) -> None:
    """Somebody more joins with a code, and leaves again; the others have not looked yet."""
    joined, _ = join(
        path,
        code=code,
        label=label,
        passphrase=f"{label} opens this door",
        with_recovery=False,
        strength=FLOOR,
        record_folder=record_folder,
    )
    joined.close()
