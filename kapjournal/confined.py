"""A program of our own beside this one, for what a stranger's bytes could do harm to.

It is given no key and no journal, works from memory to memory within limits, and may stall or end without
harm to this one.

A limit is no cage: code that took such a program over could still do what whoever runs it may, such as delete
or cut a file by its name, or look into another program's memory where the system lets programs do that. On
Linux the program that asked is safe from such a look (`__main__`).
"""

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

Stop = Callable[[], object]


def answer(
    program: str,
    arguments: Sequence[str],
    data: bytes,
    begun: Callable[[Stop], object],
    *,
    within: float,
    most: int,
) -> bytes:
    """Run a module (`program`) on `data`; what it answers, of which `most` bytes are read.

    Empty if it cannot be run, comes to harm, or is stopped before it answers: after `within` seconds, or by
    what `begun` is given, which may be called at any time."""
    command = [sys.executable, "-P", "-m", program, *arguments]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing)  # noqa: S603 - it is ours
    except OSError:
        return b""
    clock = threading.Timer(within, process.kill)
    clock.start()
    with process:
        try:
            begun(process.kill)
            return _asked(process, data, most)
        finally:
            clock.cancel()
            process.kill()


def _asked(process: "subprocess.Popen[bytes]", data: bytes, most: int) -> bytes:
    assert process.stdin is not None and process.stdout is not None  # noqa: S101 - they are pipes
    with suppress(OSError):  # it may have ended
        process.stdin.write(data)
    with suppress(OSError):
        process.stdin.close()
    return process.stdout.read(most)


def keep_within_limits(*, memory: int, seconds: int, may_open_files: bool = False) -> None:
    """For such a program, before it reads anything: from here on it has so many bytes of `memory` and
    `seconds` of work, opens no file, writes to none and starts no process, where the system has limits."""
    try:
        import resource  # noqa: PLC0415 - not on every platform
    except ImportError:
        return
    limits = [
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (getattr(resource, "RLIMIT_NPROC", None), 0),
    ]
    if not may_open_files:
        limits.append((resource.RLIMIT_NOFILE, 0))
    for limit, most in limits:
        if limit is not None:
            with suppress(ValueError, OSError):  # it is lower already, or the system has no such limit
                resource.setrlimit(limit, (most, most))
