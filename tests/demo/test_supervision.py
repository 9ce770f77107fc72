"""The demo's couple taken to supervision: what stands in their files, and the write-up that lies beside the
demo in every form, made by the program itself, with nobody's name in it."""

import datetime as dt
import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

import kapjournal.demo
from kapjournal import clock
from kapjournal.cli.runner import run
from kapjournal.deidentify import known_from, replacements
from kapjournal.demo import Demo, build, practice_story, story
from kapjournal.domain.consents import without_supervision
from kapjournal.domain.couples import Couple
from kapjournal.domain.records import Record
from kapjournal.domain.supervision import Basis, Source
from kapjournal.journal import FLOOR, Journal, unlock
from kapjournal.presentation import supervision_brief as brief
from tests.exchange.age_tool import age_d, age_keygen, needs_age
from tests.exchange.searched import said_by

THE_DAY = dt.datetime(2026, 9, 8, 21, tzinfo=dt.UTC)
EXAMPLES = [
    Path(kapjournal.demo.__file__).with_name(f"write_up{ending}")
    for ending in (".md", ".html", ".docx", ".pdf")
]
TOLD = practice_story.load(story.load()).couples[0]
WHOM = "Dr Quist"


class Dice(random.Random):
    """In the place of `secrets`: the same words each time."""

    randbelow = random.Random.randrange


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(place: Path) -> Demo:
    with pytest.MonkeyPatch.context() as patch, clock.at(THE_DAY):
        patch.setattr(replacements, "secrets", Dice("supervised"))
        return build(place / "demo", practice=True, record_folder=place / "memory")


@pytest.fixture
def lee(demo: Demo, place: Path) -> Iterator[Journal]:
    assert demo.practice is not None
    with (
        clock.at(THE_DAY),
        unlock(
            demo.practice.path,
            label=None,
            passphrase=demo.practice.door.passphrase,
            record_folder=place / "memory",
        ) as practice,
    ):
        yield practice


def couple_of(lee: Journal) -> Couple:
    return lee.couples.get(TOLD.name)


def write_up(lee: Journal) -> Record:
    [found] = [one for one in lee.records.all(couple_of(lee).case) if one.kind == "supervision"]
    return found


def exported(demo: Demo, place: Path, name: str, *more: str) -> Path:
    """The write-up, as the command lets it leave."""
    assert demo.practice is not None
    passphrase, dest = place / "passphrase", place / name
    passphrase.write_text(demo.practice.door.passphrase)
    door = ["-j", str(demo.practice.path), "--passphrase-file", str(passphrase)]
    with clock.at(THE_DAY):
        with unlock(
            demo.practice.path,
            label=None,
            passphrase=demo.practice.door.passphrase,
            record_folder=place / "memory",
        ) as practice:
            record = write_up(practice).id
        left = run(
            [*door, "supervision", "export", record, str(dest), *more],
            strength=FLOOR,
            record_folder=place / "memory",
        )
    assert left == 0
    return dest


# --- what stands in their files ---------------------------------------------------------------------------


def test_both_authorised_somebody_and_one_allowed_a_page(lee: Journal) -> None:
    with lee.open_couple(couple_of(lee).case) as theirs:
        [given] = theirs.authorisations.current()
        assert given.recipient == WHOM and theirs.authorisations.check(WHOM, "supervision") == given
        [allowed] = theirs.page_consents.all()
        assert theirs.members.label_of(allowed.author) == "Ana"


def test_they_were_told_at_intake_too(lee: Journal) -> None:
    assert without_supervision(lee.records.all(couple_of(lee).case), clock.today()) == ()


def test_the_write_up_has_lines_of_the_record_and_of_the_page(lee: Journal) -> None:
    assert TOLD.supervision is not None
    sources = lee.write_ups.sources(write_up(lee).id)
    assert [one.line for one in sources] == [
        line for lines in TOLD.supervision.pulled.values() for line in lines
    ]
    kinds = {one.kind for one in sources}
    assert kinds == {Source.RECORD, Source.SESSION, Source.MEASURE, Source.PAGE}
    assert all(one.said and not one.reason for one in sources)
    moment = write_up(lee).text.fields["moment"].split("\n")
    assert 10 <= len(moment) <= 20


def test_it_says_nothing_that_a_write_up_does_not(lee: Journal) -> None:
    """No amounts and no day; its review has all the names of the two and everything is decided."""
    words = "\n".join(write_up(lee).text.fields.values())
    assert not re.search(r"\d\s*(mg|mcg|µg|ml)\b|\b(19|20)\d\d\b", words, re.IGNORECASE)
    review = lee.write_ups.review(write_up(lee).id, WHOM)
    assert review.is_complete and {"Ana", "Ben", "Mira"} <= {one.text for one in review.items}


def test_it_left_and_what_was_agreed_stands_in_the_brief(lee: Journal) -> None:
    case = couple_of(lee).case
    [left] = lee.write_ups.departures(case)
    assert (left.recipient, left.basis, left.kept) == (WHOM, Basis.AUTHORISED, 0)
    [reply] = lee.write_ups.replies(write_up(lee).id)
    assert reply.words and left.left < reply.written
    [due] = brief.to_ask(lee, case)
    entries = list(brief.entries(lee, case))
    assert len(entries) == 2 and entries[0].words.startswith(due.what)
    assert entries[0].words.endswith(brief.WHAT_HAPPENED)


# --- the example ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.suffix)
def test_the_example_is_what_the_command_makes(demo: Demo, place: Path, example: Path) -> None:
    made = exported(demo, place, example.name)
    assert read(made) == read(example), f"If that is meant, copy {made} to {example}."
    moment = dt.datetime.fromtimestamp(made.stat().st_mtime, dt.UTC)
    assert (moment.hour, moment.minute, moment.second, moment.microsecond) == (12, 0, 0, 0)


def read(path: Path) -> object:
    """What is compared of a file: of a DOCX its parts, of a PDF the words of each sheet."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as found:
            return [(one.filename, one.date_time, found.read(one)) for one in found.infolist()]
    if path.suffix == ".pdf":
        return [page.extract_text() for page in PdfReader(path).pages]
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.suffix)
def test_nothing_in_it_tells_who_they_are_where_or_when(example: Path) -> None:
    said = said_by(example).casefold()
    there = [name for name in names() if re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", said)]
    assert there == []
    assert [day for day in days() if day.casefold() in said] == []
    assert not re.search("kapjournal|python-docx|libreoffice", said)


def names() -> set[str]:
    """Everybody and everything of theirs that has a name, in every form, and the words that make it up."""
    assert TOLD.supervision is not None
    listed = [
        form for text in TOLD.supervision.names.values() for known in known_from(text) for form in known.forms
    ]
    labels = [person.label for person in TOLD.course.people]
    whole = {*listed, *labels, TOLD.name, TOLD.course.title, TOLD.file, "Mina Lee", "practice.kap"}
    assert {"Annie", "Benji", "Mira", "Port Ellery", "Lantern Street Clinic", "Skerrow Ferries"} <= whole
    common = {"dr", "and", "the", "hill", "school", "street", "clinic", "on", "island", "run", "surgery"}
    parts = {part for name in whole for part in re.findall(r"[A-Z]\w+", name)}
    return whole | {part for part in parts if part.casefold() not in common}


def days() -> set[str]:
    """The days of their sessions and of all that was noted, in the forms in which files say days."""
    found = [session.day for session in TOLD.course.sessions] + [record.day for record in TOLD.records]
    with clock.at(THE_DAY):
        dates = {story.date_of(day) for day in found if day != 0}
    forms = ("%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%m/%d/%Y", "%B %d, %Y")
    return {one.strftime(form) for one in dates for form in forms} | {f"{one.day} {one:%B}" for one in dates}


def test_it_is_small_enough_to_lie_there() -> None:
    assert sum(example.stat().st_size for example in EXAMPLES) < 100_000


def test_it_is_two_sheets_and_as_long_as_one_reads_in_ten_minutes() -> None:
    markdown, pdf = EXAMPLES[0], EXAMPLES[-1]
    words = [word for word in markdown.read_text(encoding="utf-8").split() if re.search(r"\w", word)]
    assert 700 <= len(words) <= 900
    assert len(PdfReader(pdf).pages) == 2


@needs_age
def test_sealed_it_is_opened_by_the_tool_age_and_is_the_example(demo: Demo, place: Path) -> None:
    key = age_keygen(place)
    sealed = exported(demo, place, "sealed.md.age", "--age", key.recipient)
    assert age_d(sealed, key) == EXAMPLES[0].read_bytes()
    said = sealed.read_bytes()
    assert not any(name.encode() in said for name in ("Dr Quist", "Ana, ", "supervision"))
