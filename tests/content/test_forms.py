"""The forms of the clinical record: ours, a clinic's laid over them, and what no file can change."""

from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.content import forms
from kapjournal.domain.forms import About, FieldKind, RecordKind, Subject
from kapjournal.errors import Refused, UsageError
from kapjournal.toml import FieldError


def own(name: str, text: str) -> Path:
    folder = paths.config_folder() / "forms"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize("kind", RecordKind)
def test_every_kind_has_a_form_of_whole_headings(kind: RecordKind) -> None:
    form = forms.form_for(kind)
    assert form.id == kind and form.kind is kind and form.title and form.fields
    assert len({field.heading for field in form.fields}) == len(form.fields)
    assert not forms.complaints()


def test_the_note_of_a_psychotherapist_is_free_text_and_a_safety_note_is_of_one() -> None:
    assert [field.id for field in forms.form_for(RecordKind.PROCESS).fields] == ["text"]
    assert forms.form_for(RecordKind.SAFETY).about is Subject.PARTNER
    with pytest.raises(UsageError, match=r"About: .* Say which"):
        forms.form_for(RecordKind.SAFETY).check_about(About.COUPLE)
    with pytest.raises(UsageError, match="is about the couple"):
        forms.form_for(RecordKind.INTAKE).check_about(About.FIRST)
    assert forms.form_for(RecordKind.PROGRESS).check_about(None) is About.COUPLE


def test_each_layout_has_its_fields_and_no_text_is_out_of_sight() -> None:
    form = forms.form_for(RecordKind.PROGRESS)
    assert list(form.layouts) == ["SOAP", "DAP", "BIRP", "GIRP"]
    common = ["measures", "risk", "homework", "next-date"]
    assert [field.id for field in form.shown_in("DAP")] == ["data", "assessment", "plan", *common]
    shown = [field.id for field in form.shown_in("GIRP", {"data", "plan"})]
    assert shown == ["goal", "intervention", "response", "plan", *common, "data"]
    assert form.layout("birp") == "BIRP" and form.layout("") == "SOAP"
    with pytest.raises(UsageError, match="Layout: “Progress note” has no “PIE”"):
        form.layout("PIE")


def test_a_clinic_changes_headings_and_adds_fields_without_code() -> None:
    own(
        "intake.toml",
        '[fields.referral]\nheading = "How they came"\n\n'
        '[fields.interpreter]\nheading = "Interpreter"\nkind = "yes-no"\n',
    )
    own("progress.toml", '[layouts]\nPIE = ["data", "intervention", "response"]\n')
    form = forms.form_for(RecordKind.INTAKE)
    assert form.field("referral").heading == "How they came"
    assert form.field("referral").help == "Who sent them, and what was asked for."
    assert form.fields[-1].id == "interpreter" and form.fields[-1].kind is FieldKind.YES_NO
    assert form.title == "Intake summary" and forms.complaints() == ()
    assert list(forms.form_for(RecordKind.PROGRESS).layouts) == ["SOAP", "DAP", "BIRP", "GIRP", "PIE"]


@pytest.mark.parametrize("kind", RecordKind)
def test_our_own_file_is_one_that_a_clinic_can_begin_with(kind: RecordKind) -> None:
    ours = forms.form_for(kind)
    forms._read.cache_clear()
    own(f"{kind}.toml", (forms.FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))
    assert forms.complaints() == () and forms.form_for(kind) == ours


@pytest.mark.parametrize("field", ["dose", "vitals", "start", "modality", "score", "diagnosis", "plan"])
def test_a_process_note_has_no_other_field_whatever_a_clinics_file_says(field: str) -> None:
    file = own("process.toml", f'title = "Mine"\n\n[fields.{field}]\nheading = "Mine"\n')
    [complaint] = forms.complaints()
    assert complaint.startswith(f"{file}, line 3: A process note is free text and has no other field")
    assert complaint.endswith("Ours is used.")
    form = forms.form_for(RecordKind.PROCESS)
    assert form.title == "Process note" and [one.id for one in form.fields] == ["text"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("process.toml", '[layouts]\nSOAP = ["text"]\n', "has no other field: “SOAP”"),
        ("safety.toml", 'about = "couple"\n', ", line 1: A safety note is about one partner"),
        ("safety.toml", 'about = "either"\n', ", line 1: A safety note is about one partner"),
        ("contact.toml", '[fields.text]\nkind = "line"\n', ", line 2: What “text” holds stays text"),
        ("intake.toml", 'about = "clinic"\n', ", line 1: “about” is one of couple, partner, either."),
        ("intake.toml", "score = 3\n", ", line 1: “score” is none of title, about"),
        ("intake.toml", '[fields.date]\nheading = "x"\n', ", line 1: “date” cannot be the name of a field"),
        ("intake.toml", '[fields."A b"]\nheading = "x"\n', "“A b” cannot be the name of a field"),
        ("intake.toml", "[fields.new]\n", ", line 1: “heading” is one line of at most 72"),
        ("intake.toml", '[fields.new]\nheading = "a\\nb"\n', ", line 2: “heading” is one line"),
        ("intake.toml", '[fields.new]\nheading = "x"\nkind = "sum"\n', ", line 3: “kind” is one of text"),
        ("intake.toml", '[fields.new]\nheading = "x"\nkind = "choice"\n', "“choices” is a list of lines"),
        ("intake.toml", '[fields.new]\nheading = "x"\nchoices = ["a"]\n', "“choices” is a list of lines"),
        ("progress.toml", '[layouts]\nPIE = ["nothing"]\n', ", line 2: “nothing” is no field of this form"),
        ("intake.toml", "fields = 3\n", ", line 1: “fields” is a table."),
        ("intake.toml", "[fields", "could not be read"),
        ("dosing.toml", 'about = "either"\n', ", line 1: A dosing record is about one partner"),
        ("ready.toml", 'about = "couple"\n', ", line 1: A ready card is about one partner"),
        ("dose.toml", "", "there is no form of that name"),
        ("progress.toml", 'readers = ["everybody"]\n', ", line 1: “readers” is a list of roles: therapist"),
        ("progress.toml", 'readers = ["partner"]\n', ", line 1: “readers” is a list of roles"),
        ("process.toml", 'readers = ["supervisor"]\n', ", line 1: Who reads a process note or a safety"),
        ("safety.toml", 'readers = ["co-therapist"]\n', ", line 1: Who reads a process note or a safety"),
    ],
)
def test_a_broken_file_is_named_and_ours_is_used(name: str, text: str, said: str) -> None:
    before = {kind: forms.form_for(kind) for kind in RecordKind}
    forms._read.cache_clear()
    file = own(name, text)
    [complaint] = forms.complaints()
    assert complaint.startswith(str(file)) and said in complaint
    assert {kind: forms.form_for(kind) for kind in RecordKind} == before


def test_a_value_that_does_not_fit_is_refused_by_the_name_of_its_field() -> None:
    intake = forms.form_for(RecordKind.INTAKE)
    with pytest.raises(UsageError, match=r"^Date of clearance, first partner: not a day"):
        intake.field("clearance-first-date").checked("2026-02-30")
    with pytest.raises(UsageError, match=r"^Secrets policy signed by both: one of yes, no, not asked"):
        intake.field("secrets-policy-signed").checked("perhaps")
    with pytest.raises(UsageError, match=r"^Prescriber: one line"):
        intake.field("prescriber").checked("a\nb")
    with pytest.raises(Refused, match=r"^Referral: The text holds an escape"):
        intake.field("referral").checked("\x1b[2J")
    with pytest.raises(UsageError, match="“dose” is no field of “Intake summary”; they are referral"):
        intake.field("dose")
    assert intake.field("secrets-policy-signed").checked("Not asked") == "not asked"
    assert intake.field("referral").checked("  as it was typed \n") == "  as it was typed \n"
    assert intake.field("referral").checked(" \n") == ""


def test_an_error_of_a_form_says_its_field() -> None:
    with pytest.raises(FieldError) as refused:
        forms.read_form("intake", {"title": "x", "about": "couple", "fields": {"a": 3}})
    assert refused.value.field == "fields.a"
