"""One rule of the product broken at a time, in a copy of the tree: the histories or a test must notice.

    python -m tests.copies.mutants [WORDS OF A NAME ...]

Run by hand; it takes some minutes. The last column says what noticed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
HISTORIES = ("-m", "tests.copies", "12", "90", "700")
STORIES = (
    *("-m", "pytest", "-x", "-n", "0", "-p", "no:cacheprovider"),
    *("tests/copies", "tests/attacks/test_twins.py", "--ignore=tests/copies/test_machine.py"),
)


class Mutant(NamedTuple):
    """A rule, and how to break it: in a file of the product one text in the place of another."""

    rule: str
    file: str
    text: str
    broken: str


VAULT = "journal/vault"
MUTANTS = (
    Mutant(
        "standing beats dropped",
        "crypto/row.py",
        "return state[:1] == DROPPED and other[:1] == STANDING",
        "return state[:1] == STANDING and other[:1] == DROPPED",
    ),
    Mutant(
        "last writer wins a row",
        "crypto/row.py",
        "return state[:1] == DROPPED and other[:1] == STANDING",
        "return True",
    ),
    Mutant(
        "withdrawal does not win",
        f"{VAULT}/resolving.py",
        "lost = frozenset().union(*(step.lost for step in elsewhere)) if elsewhere else frozenset()",
        "lost = frozenset()",
    ),
    Mutant(
        "deletion does not win",
        f"{VAULT}/resolving.py",
        "if any(step.deleted for step in elsewhere):",
        "if False:",
    ),
    Mutant(
        "deletion forgotten on resolving",
        f"{VAULT}/unit_of_work.py",
        "if SPECS[change.type].keeps_earlier or before.is_deletion:",
        "if SPECS[change.type].keeps_earlier and not before.is_deletion:",
    ),
    Mutant(
        "readers of a save are the union",
        f"{VAULT}/note_writer.py",
        "readers = frozenset.intersection(*(",
        "readers = frozenset().union(*(",
    ),
    Mutant("replica id never renewed", f"{VAULT}/vault.py", "        if spent:\n", "        if False:\n"),
    Mutant(
        "replica id renewed only when the file is behind",
        f"{VAULT}/rollback_detection.py",
        "if twice or channel.highest(self._record.replica) != remembered:",
        "if channel.highest(self._record.replica) < remembered:",
    ),
    Mutant(
        "no id check on taking in",
        f"{VAULT}/uniting.py",
        "sealed, row = carried(row_id, read), read_row(row_id, read)",
        'sealed, row = read, __import__("kapjournal.crypto.row", fromlist=[""]).row_from(read)',
    ),
    Mutant(
        "same said twice: each keeps its own",
        f"{VAULT}/resolving.py",
        "first, *others = sorted(same, key=lambda one: one.envelope)",
        "first, *others = sorted(same, key=id)",
    ),
    Mutant(
        "earlier words not kept",
        "journal/documents/registry.py",
        "note.decode, _SHARED, keeps_earlier=True",
        "note.decode, _SHARED, keeps_earlier=False",
    ),
    Mutant(
        "a save drops what it did not see",
        f"{VAULT}/note_writer.py",
        "previous = [one for one in standing if seen is None or one.envelope in seen]",
        "previous = list(standing)",
    ),
    Mutant(
        "record saved before the file has it",
        f"{VAULT}/vault.py",
        "  # until what the file is about to have is true in memory too\n            unit.publish()",
        "\n                unit.publish()\n                self.remember()",
    ),
    Mutant(
        "drops not counted",
        f"{VAULT}/numbering.py",
        "channel.drops + self._new_drops[channel.name],",
        "0,",
    ),
    Mutant(
        "a notice forgotten where a channel loses a row",
        f"{VAULT}/unit_of_work.py",
        "        notices |= self._numbering.unstamped(change.readers | set(notices))\n",
        "",
    ),
    Mutant(
        "put-back rows not set aside",
        f"{VAULT}/standing_versions.py",
        "if envelope in dropped or replaced.get((author, envelope), -1) >= stored.generation:",
        "if False:",
    ),
    Mutant(
        "twins not ignored", f"{VAULT}/standing_versions.py", "elif (author, envelope) not in seen:", "else:"
    ),
    Mutant(
        "drops of others not taken in",
        f"{VAULT}/standing_versions.py",
        "if stored.version.author == self._me and stored.row not in altered",
        "if stored.row not in altered",
    ),
    Mutant(
        "drafts deleted outright though another program looked",
        f"{VAULT}/vault.py",
        "        self.envelopes.fresh_drafts.clear()",
        "        pass",
    ),
)


def main(words: list[str]) -> int:
    survived = 0
    for mutant in MUTANTS:
        if words and not any(word in mutant.rule for word in words):
            continue
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as name:
            noticed = _noticed(mutant, Path(name))
        survived += noticed is None
        print(f"{mutant.rule:55} {noticed or 'SURVIVED'} ({time.monotonic() - began:.0f} s)", flush=True)
    return 1 if survived else 0


def _noticed(mutant: Mutant, folder: Path) -> str | None:
    """What notices that a rule is broken; None if nothing does."""
    for part in ("kapjournal", "tests", "themes"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    file = folder / "kapjournal" / mutant.file
    text = file.read_text()
    if mutant.text not in text:
        return f"CANNOT BE BROKEN: {mutant.file} has not the text"
    file.write_text(text.replace(mutant.text, mutant.broken))
    for called, arguments in (("stories", STORIES), ("histories", HISTORIES)):
        ran = subprocess.run(
            [sys.executable, *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            return f"{called}: {_last_word(ran.stdout + ran.stderr)}"
    return None


def _last_word(output: str) -> str:
    lines = [line for line in output.splitlines() if "Error" in line or line.startswith("FAILED")]
    return (lines or output.splitlines() or [""])[-1][:110]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
