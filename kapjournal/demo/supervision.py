"""Takes the demo's couple to supervision: their write-up, its review, that it left, and what came back."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kapjournal import clock
from kapjournal.demo.story import date_of, evening_of, toml_file
from kapjournal.domain import departures as ledger
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.records import Record
from kapjournal.domain.review import Decision, Review
from kapjournal.domain.supervision import BASIS, RECIPIENT, Basis, Pulled
from kapjournal.domain.supervision_reply import Act
from kapjournal.domain.write_up_work import Choice
from kapjournal.exchange.write_up import made
from kapjournal.journal import Journal
from kapjournal.presentation.supervision_pulled import taken
from kapjournal.presentation.supervision_sources import read_candidates


@dataclass(frozen=True, slots=True)
class StorySupervision:
    """What is said around a write-up of the files. `day` as in `StoryNote`: on its evening it is written,
    reviewed, and leaves. `names` are texts of names files; `pulled` are lines by their field, each as the
    program offers it; `story` are the answers to the story check; an act is due on a day, too."""

    day: int
    reviewer: str
    names: Mapping[str, str]
    pulled: Mapping[str, tuple[str, ...]]
    story: Mapping[str, str]
    words: str
    acts: tuple[tuple[str, str, int], ...]


def supervision_from(file: str) -> StorySupervision:
    """Read it from one of the TOML files beside this one."""
    said = toml_file(file)
    return StorySupervision(
        day=said["day"],
        reviewer=said["reviewer"],
        names=said["names"],
        pulled={field: tuple(lines) for field, lines in said["pulled"].items()},
        story=said["review"]["story"],
        words=said["reply"]["words"].strip(),
        acts=tuple((act["who"], act["what"], act["when"]) for act in said["reply"]["act"]),
    )


def take_to_supervision(practice: Journal, couple: Couple, told: StorySupervision) -> None:
    """Finish the write-up of a couple, whose text is a record already; let it leave, and be answered."""
    written = evening_of(told.day) + dt.timedelta(hours=1)  # all records of that day are
    write_ups = practice.write_ups
    with clock.at(written), practice.open_couple(couple.case) as theirs:
        write_ups.set_names(None, told.names["practice"].strip())
        write_ups.set_names(couple.case, told.names["couple"].strip())
        [record] = practice.records.of_kinds([RecordKind.SUPERVISION], couple.case)
        write_ups.pull(record.id, list(_lines(practice, couple, record, told, theirs)))
        recipient = record.text.fields[RECIPIENT]
        review = write_ups.review(record.id, recipient, theirs)
        write_ups.decide(record.id, recipient, list(_decisions(review, told)), theirs=theirs)
    with clock.at(written + dt.timedelta(minutes=30)), practice.open_couple(couple.case) as theirs:
        _let_leave(practice, record, told.reviewer, theirs)
    acts = [Act(who, what, date_of(day)) for who, what, day in told.acts]
    write_ups.reply(record.id, told.words, acts)


def _lines(
    practice: Journal, couple: Couple, record: Record, told: StorySupervision, theirs: Journal
) -> Iterator[Pulled]:
    """The lines that are pulled, as they are offered."""
    for field, lines in told.pulled.items():
        basis = record.text.fields[BASIS]
        offered = {one.line: one for one in read_candidates(practice, couple, field, basis, theirs).found}
        yield from taken([offered[line] for line in lines], basis)


def _decisions(review: Review, told: StorySupervision) -> Iterator[Decision]:
    """What is proposed stands, no other word means somebody, and each question has its answer."""
    yield from (Decision(Choice.ACCEPT, one.id) for one in review.items)
    yield from (Decision(Choice.NOBODY, one.id) for one in review.words)
    yield from (Decision(Choice.STORY, one, answer) for one, answer in told.story.items())


def _let_leave(practice: Journal, record: Record, reviewer: str, theirs: Journal) -> None:
    """Write into the ledger that it left, sealed; there is no file of it here."""
    fields, until = record.text.fields, ledger.destroy_by(None, clock.today())
    leaving = practice.write_ups.leaving(record.id, fields[RECIPIENT], Basis(fields[BASIS]), theirs=theirs)
    sha256, _ = made(leaving, reviewer, until, ".md", _nothing_to_stop)
    practice.write_ups.leave(leaving, "markdown, sealed with age", sha256, until, theirs)


def _nothing_to_stop(_: Callable[[], object]) -> None:
    """What makes no PDF takes no while."""
