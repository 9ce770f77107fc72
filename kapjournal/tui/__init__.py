"""The terminal UI. Nothing heavy is imported before `show`; the journal only after the first paint."""

import asyncio
import os
import sys
import threading

from kapjournal import config
from kapjournal.errors import UsageError
from kapjournal.presentation.launch_request import LaunchRequest


def show(launch: LaunchRequest) -> int:
    """Run the UI until the person leaves, and return the exit code.

    Where a thread is still at work (a key being derived), the process ends here and now: leaving is quick.
    """
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        sys.stderr.write(
            "The screens need a terminal. kapjournal --plain does without, and everything is a command "
            "as well: kapjournal --help.\n"
        )
        return UsageError.exit_code
    from kapjournal.tui.shell import terminal, theme  # noqa: PLC0415 - Textual is imported when it is shown
    from kapjournal.tui.shell.app import KapApp  # noqa: PLC0415
    from kapjournal.tui.textual_internals import terminal_input  # noqa: PLC0415

    terminal_input.install()
    app = KapApp(config.load(), theme.load_all(), path=launch.path, label=launch.label, notice=launch.notice)
    terminal.set_neutral_title()
    app.run(loop=asyncio.new_event_loop())
    terminal.wipe()
    if app.crash:
        sys.stderr.write(app.crash + "\n")
    code = app.return_code or 0
    if threading.active_count() > 1:
        from kapjournal import exchange  # noqa: PLC0415 - the screens start without it

        exchange.abandon()
        sys.stderr.flush()
        os._exit(code)
    return code
