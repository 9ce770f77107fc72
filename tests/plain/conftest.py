"""Conversations in process: without a journal, and with the journal of Dr Lee, Ana and Ben."""

import pytest

from tests.cli.command_line import CommandLine
from tests.cli.conftest import cli, empty_cli, made_once

from .plain_conversation import PlainConversation

__all__ = ["cli", "empty_cli", "made_once"]


@pytest.fixture
def alone(empty_cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> PlainConversation:
    """A conversation in a folder without a journal."""
    return PlainConversation(empty_cli.folder, empty_cli.memory, monkeypatch)


@pytest.fixture
def plain(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> PlainConversation:
    """A conversation beside the journal of three."""
    return PlainConversation(cli.folder, cli.memory, monkeypatch)
