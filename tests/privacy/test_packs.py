"""What of everything that everybody writes comes into whose pack, over the same rows as who sees what.

To the packs in which a row is not, it changes no byte: neither its words nor that it is there, nor anything
in the list of what was withheld.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from kapjournal import clock
from kapjournal.domain.authorisation import words_of
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.packs import PURPOSE
from kapjournal.domain.records import SessionNamed
from kapjournal.exchange.pack import markdown
from kapjournal.exchange.pack_page import page_of
from kapjournal.journal import NewRecord, RecordChange
from tests.cast import PASSPHRASES
from tests.conftest import Salts
from tests.journal.practices import practice
from tests.privacy.everybody import ANA, BEN, LEE, STAFF, Everybody
from tests.privacy.test_who_sees_what import TABLE, Line
from tests.shared_journal import SharedJournal

BOTH = "both"
PACKS = {ANA: About.FIRST, BEN: About.SECOND, BOTH: About.COUPLE}

IN_PACKS: Mapping[str, set[str]] = {
    "A private journal: the wording before a note was shared": {ANA},
    "A → therapist": {ANA},
    "B → therapist": {BEN},
    "A → all three": {ANA},
    "A → therapist, and partner waiting": {ANA},
    "B → therapist, and partner offered": {BEN},
    "Therapist’s observation → A": {ANA},
    "Agreement, which all three approve": {BOTH},
    "Agreement: less, as B asks for it": {BOTH},
    "Practice → therapist, which both approve": {BOTH},
    "Authorisation of a supervisor outside, which both give": {BOTH},
    "Authorisation of a supervisor outside, taken back": {BOTH},
    "A → therapist, which may be used for supervision": {ANA},
    "A dosing/vitals/meds": {ANA},
    "B dosing/vitals/meds": {BEN},
    "A dosing/vitals/meds → prescriber": {ANA},
    "A dosing/vitals/meds, a copy given to A": {ANA},
    "A → therapist, kept in the record, withdrawn": {ANA},
    "Ready card": {ANA},
    "Intake": {ANA, BEN, BOTH},
    "Plan": {ANA, BEN, BOTH},
    "Consent": {BOTH},
    "Preparation note": {ANA, BEN, BOTH},
    "Couple process note of a session": {BOTH},
    "Couple progress note": {ANA, BEN, BOTH},
    "Couple progress note → co-therapist": {ANA, BEN, BOTH},
    "Couple progress note → co-therapist, withdrawn": {ANA, BEN, BOTH},
    "Contact note": {BOTH},
    "Contact note → practice manager": {BOTH},
    "Letter about A to a prescriber outside": {ANA},
    "Closing note": {BOTH},
    "A measures (PHQ/GAD/PCL) → therapist": {ANA},
    "A measures (PHQ/GAD/PCL): item 9 → therapist": {ANA},
    "B measures (PHQ/GAD/PCL) → therapist": {BEN},
    "B CSI → therapist": {BEN},
    "A check-in → therapist": {ANA},
    "A after-effects": {ANA},
    "A page that B marks for the next session": {BEN},
}
"""In which packs a row is; those that are not here are in none."""

WITHOUT_ITS_WORD = {
    "A private journal: the wording before a note was shared",
    "A measures (PHQ/GAD/PCL) → therapist",
    "A measures (PHQ/GAD/PCL): item 9 → therapist",
    "B measures (PHQ/GAD/PCL) → therapist",
    "B CSI → therapist",
}
"""Rows of which the packs have what came later, or answers, which are numbers, and not the word."""


@dataclass(frozen=True)
class Found:
    """The three packs before a row was written, and after."""

    before: Mapping[str, str]
    after: Mapping[str, str]


def packs_of(here: Everybody) -> dict[str, str]:
    """The markdown of all three, above the foot."""
    lee, theirs = here.lee, here.in_the_journal(LEE)
    made = {}
    for whose, about in PACKS.items():
        pack = lee.packs.gather(here.couple, about, "Dr Kern" if whose == BOTH else "", theirs)
        couple = lee.couples.of(here.couple)
        assert couple is not None
        made[whose] = markdown(page_of(pack, *pack.without(()), couple, lee.title, lee.me.label))
    return made


@pytest.fixture(scope="module")
def here(met: SharedJournal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everybody]:
    """Everybody, with a request noted for each pack, and Dr Kern authorised to get the joint one."""
    place = tmp_path_factory.mktemp("packs") / "computer"
    place.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Salts, "are_quick", True)
        journal, clinic = met.copied(place / "journal"), practice(place)
        staff = {role: (clinic.joins(*who),) for role, who in STAFF.items()}
    ana, ben, lee = (journal.open(label) for label in ("Ana", "Ben", "Dr Lee"))
    everybody = Everybody(place, clinic, {ANA: (ana,), BEN: (ben,), LEE: (lee, clinic.lee), **staff})
    added = clinic.lee.couples.add("them", journal.path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
    everybody.case = added.case
    clinic.lee.couples.name_partners(added.case, "Ana", "Ben")
    joint = ana.joints.propose(words_of("Dr Kern", PURPOSE, clock.today() + dt.timedelta(days=90)))
    everybody.look()
    ben.joints.approve(joint.id)
    everybody.look()
    for about in PACKS.values():
        clinic.lee.packs.ask(added.case, about)
    yield everybody
    everybody.close()


@pytest.fixture(scope="module")
def found(here: Everybody) -> dict[str, Found]:
    """Every row written, one after the other, and the packs in between."""
    outcome = {}
    with clock.at(clock.now()):
        before = packs_of(here)
        for one in TABLE:
            one.write(here, one.word)
            here.lee.couples.name_partners(here.couple, "Ana", "Ben")  # which one row says otherwise
            here.look()
            after = packs_of(here)
            outcome[one.what] = Found(before, after)
            before = after
    return outcome


@pytest.mark.parametrize("one", TABLE, ids=lambda one: one.what)
def test_in_which_packs_it_is_and_to_the_others_it_changes_no_byte(
    one: Line, found: dict[str, Found]
) -> None:
    told, wanted = found[one.what], IN_PACKS.get(one.what, set())
    assert {whose for whose in PACKS if told.after[whose] != told.before[whose]} == wanted
    with_word = set() if one.what in WITHOUT_ITS_WORD else wanted
    assert {whose for whose in PACKS if one.word in told.after[whose]} == with_word


def test_the_joint_pack_says_who_asked_for_less(found: dict[str, Found]) -> None:
    assert "**Ben asked for less, " in found["Agreement: less, as B asks for it"].after[BOTH]


def test_the_rows_that_are_named_are_there() -> None:
    assert IN_PACKS.keys() <= {one.what for one in TABLE} and IN_PACKS.keys() >= WITHOUT_ITS_WORD


@pytest.mark.parametrize(
    ("kind", "about", "fields"),
    [
        (RecordKind.SAFETY, About.SECOND, {"text": "canary", "violence": "canary"}),
        (RecordKind.SAFETY, About.FIRST, {"text": "canary"}),
        (RecordKind.PROCESS, About.FIRST, {"text": "canary"}),
        (RecordKind.PROCESS, None, {"text": "canary"}),
        (RecordKind.PROGRESS, About.SECOND, {"data": "canary", "risk": "canary"}),
        (RecordKind.PROGRESS, About.FIRST, {"subjective-second": "canary"}),
        (RecordKind.DOSING, About.SECOND, {"adverse-what": "canary"}),
        (RecordKind.INTAKE, None, {"goals-second": "canary", "violence-asked-second": "yes"}),
        (RecordKind.INTAKE, None, {"violence-asked-first": "yes", "clearance-second": "not cleared"}),
        (RecordKind.PROGRESS, None, {"subjective-second": "canary", "risk": "canary", "measures": "canary"}),
    ],
)
def test_the_pack_of_one_is_the_same_to_the_byte_whatever_there_is_of_the_other(
    here: Everybody, found: dict[str, Found], kind: RecordKind, about: About | None, fields: dict[str, str]
) -> None:
    """Neither that there is a note on the safety of either, nor anything that is said of the other alone in a
    record about both, changes a byte of it; of neither does the joint pack."""
    assert found
    with clock.at(clock.now()):
        before = packs_of(here)
        session = SessionNamed(40)
        here.lee.records.add(NewRecord(kind, here.couple, fields, about, session=session))
        after = packs_of(here)
    assert after[ANA] == before[ANA]
    if kind in (RecordKind.SAFETY, RecordKind.PROCESS):
        assert after == before
    assert "canary" not in after[ANA] + after[BOTH] and "violence-asked" not in "".join(after.values())


def test_a_record_about_both_that_is_changed_for_one_alone_stays_as_it_is_in_the_pack_of_the_other(
    here: Everybody, found: dict[str, Found]
) -> None:
    """Not even the moment of the change is told, which the record itself has."""
    assert found
    fields = {"goals-first": "To sleep.", "goals-second": "To run.", "referral": "By a friend."}
    with clock.at(clock.now()):
        one = here.lee.records.add(NewRecord(RecordKind.INTAKE, here.couple, fields))
        before = packs_of(here)
        here.lee.records.edit(one.id, RecordChange(fields={"goals-second": "To run away."}))
        after = packs_of(here)
    assert "To sleep" in before[ANA] and "To run" not in before[ANA] + before[BOTH]
    assert (after[ANA], after[BOTH]) == (before[ANA], before[BOTH]) and after[BEN] != before[BEN]
