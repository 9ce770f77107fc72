"""Waits of the pilot that end when the program has nothing left to do, not when the computer seems idle."""

import asyncio
from time import monotonic, process_time
from typing import Any

SOON = 0.02
"""Seconds; a timer due sooner belongs to what is being done: a screen is painted 1/60 s after it changed."""

AT_REST = 0.02
"""Seconds for which threads that hardly compute must be waited for: a test may hold one back."""


async def wait_until_nothing_is_left(min_sleep: float = 0, max_sleep: float = 5) -> None:
    """Stand in for Textual's `wait_for_idle`, which sleeps for 20 ms and then asks for the time computed.

    That costs each key three such pauses, and takes a process that gets no turn on a busy computer for an
    idle one. Here the event loop itself is asked: what may run, what is due, what threads still do.
    """
    loop: Any = asyncio.get_running_loop()
    latest = monotonic() + max_sleep
    since, computed = monotonic(), process_time()
    while monotonic() < latest:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        if (due := _next_timer(loop)) < SOON:
            await asyncio.sleep(max(due, 0))
        elif _threads_at_work(loop):
            await asyncio.sleep(0.001)
            if process_time() - computed > (monotonic() - since) / 20:
                since, computed = monotonic(), process_time()
            elif monotonic() - since > AT_REST:
                return
        else:
            return


def _next_timer(loop: Any) -> float:
    """The seconds until the next timer of the loop, an hour without one."""
    now = loop.time()
    return min((timer.when() - now for timer in loop._scheduled if not timer.cancelled()), default=3600.0)


def _threads_at_work(loop: Any) -> bool:
    executor = loop._default_executor
    if executor is None:
        return False
    return bool(executor._work_queue.qsize() or executor._idle_semaphore._value < len(executor._threads))
