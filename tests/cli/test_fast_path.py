"""The command line without a command, read without the parser."""

from pathlib import Path

import pytest

from kapjournal.cli.launch_arguments import without_command
from tests.cli.command_line import CommandLine


@pytest.mark.parametrize(
    ("arguments", "environment", "plain"),
    [
        (["--plain"], {}, True),
        (["--plain", "-j", "f.kap", "-a", "Ana"], {}, True),
        (["-j", "f.kap", "--plain"], {}, True),
        ([], {"KAPJOURNAL_PLAIN": "1"}, True),
        ([], {"KAPJOURNAL_PLAIN": "0"}, False),
        ([], {}, False),
    ],
)
def test_the_plain_face_is_asked_for_without_the_parser(
    arguments: list[str], environment: dict[str, str], plain: bool
) -> None:
    launch = without_command(arguments, environment)
    assert launch is not None
    assert launch.plain is plain
    assert launch.path == (Path("f.kap") if "f.kap" in arguments else None)


def test_what_the_quick_way_does_not_know_is_for_the_parser(cli: CommandLine) -> None:
    assert without_command(["--plain", "note", "list"], {}) is None
    assert without_command([], {"KAPJOURNAL_PLAIN": "perhaps"}) is None
    outcome = cli.run("--plain", "--passphrase-file", "x")
    assert getattr(outcome.code, "plain", False) is True
