"""One person's measures as files that are not sealed: the picture of a chart, a table, and FHIR."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from kapjournal import clock, staging
from kapjournal.domain.ids import MemberId
from kapjournal.domain.measures import Measure
from kapjournal.errors import Refused
from kapjournal.exchange.chart_svg import chart_svg
from kapjournal.exchange.destination import errors_in_words, refuse_journal_files
from kapjournal.exchange.fhir import measures_bundle
from kapjournal.exchange.json_fields import as_json
from kapjournal.exchange.measures_csv import measures_csv
from kapjournal.presentation.measure_charts import answered_by, course_of

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class MeasureFile(StrEnum):
    """What a file is, by the end of its name."""

    SVG = "svg"
    CSV = "csv"
    FHIR = "json"


def chart_text(journal: "Journal", person: MemberId, measure: Measure) -> str:
    """The picture of one partner's course of a measure, as SVG."""
    return chart_svg(course_of(journal, person, measure))


def answers_text(journal: "Journal", person: MemberId, kind: MeasureFile) -> str:
    """All that one partner answered and the member can read, as a table or as a FHIR bundle. Whom it is about
    stands in neither."""
    found = answered_by(journal, person)
    if kind is MeasureFile.CSV:
        return measures_csv(found)
    return as_json(measures_bundle(found, subject=uuid4(), made=clock.now()), indent=2) + "\n"


def save(journal: "Journal", dest: Path, text: str) -> Path:
    """Write a file (mode 0600), wholly or not at all, and never over another (`Refused`, `CannotSave`)."""
    refuse_journal_files(journal, dest)
    beside = dest.absolute().parent
    try:
        with journal.writing_unsealed(beside), staging.new_file(dest.absolute()) as partial:
            partial.write_bytes(text.encode("utf-8"))
    except FileExistsError:
        raise Refused(f"There is something at {dest} already. Nothing was changed.") from None
    except OSError as error:
        with errors_in_words(dest):
            raise error from None
    return dest
