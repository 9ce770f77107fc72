"""The booklet of the demo's couple, as it lies beside the demo for whoever wants to see one."""

import datetime as dt
from pathlib import Path

import kapjournal.demo
from kapjournal import clock
from kapjournal.cli.runner import run
from kapjournal.content.joint import form_of
from kapjournal.demo import Demo, build
from kapjournal.domain.joint import JointKind, JointText
from kapjournal.journal import FLOOR, Journal, unlock
from kapjournal.presentation import closing
from kapjournal.presentation.joint import names_of_two

EXAMPLE = Path(kapjournal.demo.__file__).with_name("booklet.md")
THE_END = dt.datetime(2026, 9, 8, 17, tzinfo=dt.UTC)
SAID = {
    "Ana": "You wait. By the car, in that wind, and nothing funny until I had found the key in my hand.",
    "Ben": "The blue folder on the low shelf. You would rather I found things than that you were right.",
}


def opened(demo: Demo, label: str, memory: Path) -> Journal:
    door = next(one for one in demo.doors if one.label == label)
    return unlock(demo.path, label=label, passphrase=door.passphrase, record_folder=memory)


def closes(demo: Demo, memory: Path) -> None:
    """What Ana and Ben might say in the end: the form as each of them begins it, and a few words more."""
    with opened(demo, "Ana", memory) as ana, opened(demo, "Ben", memory) as ben:
        fields = {**closing.begun(ben), **closing.begun(ana)}
        for who, words in zip(names_of_two(ana), ("first", "second"), strict=True):
            fields[f"appreciation-{words}"] = SAID[who]
        fields["next-step"] = "Take both oars along on Sunday."
        order = [one.name for one in form_of(JointKind.CLOSING).fields if one.name in fields]
        text = JointText(JointKind.CLOSING, tuple((name, fields[name]) for name in order), clock.today())
        ana.joints.together(ben.joints, text)


def test_the_example_is_what_the_command_makes(tmp_path: Path, memory: Path) -> None:
    passphrase, made = tmp_path / "passphrase", tmp_path / "booklet.md"
    with clock.at(THE_END):
        demo = build(tmp_path / "demo", record_folder=memory)
        closes(demo, memory)
        passphrase.write_text(next(one.passphrase for one in demo.doors if one.label == "Ana"))
        door = ["-j", str(demo.path), "-a", "Ana", "--passphrase-file", str(passphrase)]
        assert run([*door, "booklet", str(made)], strength=FLOOR, record_folder=memory) == 0
    assert made.read_text(encoding="utf-8") == EXAMPLE.read_text(encoding="utf-8")
