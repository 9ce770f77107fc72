"""What the demo's couple report of themselves: check-ins, and cards on the days after a dose."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from kapjournal import clock
from kapjournal.demo.story import moment_on, toml_file
from kapjournal.domain.notes import SessionRef
from kapjournal.domain.self_reports import AfterEffects, CheckIn, Moment
from kapjournal.journal import Journal

_TIMES = {Moment.BEFORE: dt.time(8, 30), Moment.AFTER: dt.time(18, 30), Moment.BETWEEN: dt.time(20)}
"""When a check-in is made. Every session is between the first two."""
_CARDS = dt.time(9, 30)


def write_reports(journal: Journal, file: str) -> None:
    """Write those of one of the TOML files beside this one as the partner they are of, each on its day."""
    said = toml_file(file)
    refs = {session.number: SessionRef(session.id, session.number) for session in journal.sessions.all()}
    for entry in said["check-ins"]:
        _check_in(journal, entry, refs)
    for entry in said["card"]:
        _card(journal, entry, refs)


def _check_in(journal: Journal, entry: Mapping[str, Any], refs: Mapping[int, SessionRef]) -> None:
    moment = Moment(entry["moment"])
    with clock.at(moment_on(entry["day"], _TIMES[moment])):
        said = CheckIn(
            date=clock.today(),
            written=clock.now(),
            moment=moment,
            session=refs.get(entry.get("session", 0)),
            values=tuple(sorted(entry["values"].items())),
            line=entry.get("line", ""),
        )
        journal.check_ins.add(said, entry.get("share", ""))


def _card(journal: Journal, entry: Mapping[str, Any], refs: Mapping[int, SessionRef]) -> None:
    answers = {name: True for name in entry.get("yes", ())} | {name: False for name in entry["no"]}
    with clock.at(moment_on(entry["day"], _CARDS)):
        said = AfterEffects(
            date=clock.today(),
            written=clock.now(),
            session=refs[entry["session"]],
            answers=tuple(sorted(answers.items())),
            lines=tuple(sorted(entry.get("lines", {}).items())),
        )
        journal.after_effects.add(said)
