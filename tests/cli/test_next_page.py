"""Which page fits now, on the command line."""

import datetime as dt

from kapjournal import clock

from .command_line import CommandLine


def test_the_page_that_fits(cli: CommandLine) -> None:
    nothing_near = "No dose and no session is near: a page about anything."
    assert cli.done("Ana", "next-page").lines == [f"page\t{nothing_near}"]
    tomorrow = clock.today() + dt.timedelta(1)
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", str(tomorrow), "--doses", "Ben")
    assert cli.done("Ben", "next-page").lines == ["intention\tBefore the dose tomorrow: an intention."]
    assert cli.done("Ana", "next-page", "--json").json == {
        "kind": "intention",
        "why": "before-session",
        "session": 1,
        "date": tomorrow.isoformat(),
        "sentence": "Before session 1 tomorrow: an intention.",
    }
    assert cli.as_("Dr Lee", "next-page").code == 6
