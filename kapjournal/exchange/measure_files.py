"""One person's measures as texts for files that are not sealed: a chart's picture, a table, and FHIR."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import uuid4

from kapjournal import clock
from kapjournal.domain.administered import Administered
from kapjournal.exchange.fhir import measures_bundle
from kapjournal.exchange.json_fields import as_json
from kapjournal.exchange.measures_csv import measures_csv


class AnswersForm(StrEnum):
    """What a file with answers is written as."""

    CSV = "csv"
    FHIR = "fhir"


def answers_text(answers: Sequence[Administered], form: AnswersForm) -> str:
    """What one person answered, as a table or as a FHIR bundle. Whom it is about stands in neither: as FHIR
    they are a number that is new each time."""
    if form is AnswersForm.CSV:
        return measures_csv(answers)
    return as_json(measures_bundle(answers, subject=uuid4(), made=clock.now()), indent=2) + "\n"
