"""The measures of the demo's couple: what was answered on paper, what came of a mark, what is asked for."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from kapjournal import clock
from kapjournal.demo.story import date_of, evening_of, toml_file
from kapjournal.domain.measures import UNANSWERED
from kapjournal.journal import Journal, NewAnswers

FILE = "ana_and_ben_measures.toml"


def write_measures(journal: Journal) -> None:
    """Write them as the therapist, each on its day."""
    for _, entry in sorted(_by_day(toml_file(FILE)), key=lambda pair: pair[0]):
        if "answers" in entry:
            _enter(journal, entry)
        elif "how" in entry:
            _contact(journal, entry)
        else:
            with clock.at(evening_of(entry["day"])):
                journal.measures.request(entry["measure"], entry["of"], date_of(entry["by"]), entry["line"])


def _by_day(said: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for name in ("paper", "contact", "asked"):
        for entry in said[name]:
            yield entry.get("on", entry["day"]), entry


def _enter(journal: Journal, entry: Mapping[str, Any]) -> None:
    answers = [None if value == UNANSWERED else value for value in entry["answers"]]
    new = NewAnswers(entry["measure"], answers, date_of(entry["day"]))
    with clock.at(evening_of(entry["day"])):
        journal.measures.enter(new, entry["of"])


def _contact(journal: Journal, entry: Mapping[str, Any]) -> None:
    """Write the contact line into the mark of the answers of that day."""
    [mark] = [one for one in journal.measures.marks() if one.date == date_of(entry["day"]) and one.is_open]
    when = clock.local(dt.datetime.combine(date_of(entry["on"]), entry["time"]))
    with clock.at(evening_of(entry["on"])):
        journal.measures.contact(mark.id, when, entry["how"], entry["outcome"])
