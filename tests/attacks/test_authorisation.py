"""An authorisation is by the keys of both partners, for its very words, and ends when either says so."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from kapjournal import clock
from kapjournal.crypto.row import row_from
from kapjournal.domain import authorisation as rules
from kapjournal.domain.authorisation import words_of
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.joint import Joint, JointKind, JointText, Response, Standing
from kapjournal.domain.members import Role
from kapjournal.errors import Refused
from kapjournal.journal import FLOOR, Journal, NewNote, join
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.joint import Approval, Proposal
from kapjournal.journal.documents.version import DocumentVersion, new_document_id
from kapjournal.journal.vault.unit_of_work import DocumentChange
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal, forge
from tests.attacks.test_joint import answers, approval_by, named
from tests.attacks.test_joint_undone import stored_words
from tests.attacks.test_old_keys import renewed
from tests.internals import vault_of

NOW = dt.datetime(2031, 3, 2, 9, tzinfo=dt.UTC)
"""Later than the journal was made, by the clock of whichever computer this runs on."""
UNTIL = dt.date(2032, 1, 31)
FOR = "supervision of our therapy"
WORDS = ("Dr Kern", FOR)


@pytest.fixture(autouse=True)
def now() -> object:
    with clock.at(NOW):
        yield


def words(recipient: str = "Dr Kern", purpose: str = FOR, until: dt.date = UNTIL) -> JointText:
    return words_of(recipient, purpose, until)


def looked(*people: Journal) -> None:
    for one in (*people, *people):
        one.refresh()


def given(ana: Journal, ben: Journal, lee: Journal) -> Joint:
    joint = ana.joints.propose(words())
    ben.refresh()
    ben.joints.approve(joint.id)
    looked(ana, ben, lee)
    assert lee.authorisations.check(*WORDS).id == joint.id
    return joint


def shown_to(joint: Joint, ana: Journal, *readers: Journal) -> None:
    """Seal words that do not hold to a therapist, and Ana's answer to them, as a program does that knows no
    rules."""
    everybody = frozenset(one.me.id for one in (ana, *readers))
    stored = [stored_words(ana, joint)]
    stored += [one.stored for one in vault_of(ana).joints.own_answers(named(ana, joint))]
    for one in stored:
        with vault_of(ana).unit_of_work() as unit:
            unit.put(DocumentChange.again(one.version, everybody, [one]))


def refused(journal: Journal, recipient: str = "Dr Kern", purpose: str = FOR) -> str:
    journal.refresh()
    with pytest.raises(Refused) as why:
        journal.authorisations.check(recipient, purpose)
    assert (recipient, purpose) not in [
        (one.recipient, one.purpose) for one in journal.authorisations.current()
    ]
    return str(why.value)


def test_on_the_raw_file_each_yes_is_by_its_authors_keys_and_nothing_is_said(
    attacked: AttackedJournal,
) -> None:
    before = attacked.rows().keys()
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        given(ana, ben, lee)
        rows = [row_from(sealed) for row, sealed in attacked.rows().items() if row not in before]
        stored = vault_of(lee).envelopes.of_type("approval")
        assert {one.version.author for one in stored} == {ana.me.id, ben.me.id}
        for one in (ana, ben):
            own = vault_of(one).envelopes.channels.own.key
            mine = {row.id for row in rows if own.find(row) is not None}
            assert {answer.row for answer in stored if answer.version.author == one.me.id} <= mine
    raw = b"".join(file.read_bytes() for file in attacked.folder.rglob("*") if file.is_file())
    assert not any(word in raw for word in (b"Kern", b"supervision", b"authorisation", b"recipient"))


# --- one partner alone ----------------------------------------------------------------------------------


def test_one_alone_gives_none_whatever_their_program_says(attacked: AttackedJournal) -> None:
    """That everybody approved, twice over, in the other's name, or for the therapist to find."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        joint = ana.joints.propose(words())
        of, everybody = named(ana, joint), sorted(one.me.id for one in (ana, ben, lee))
        answers(ana, joint, held=True)
        shown_to(joint, ana, ben, lee)
        for author in (ana.me.id, ben.me.id):
            forged = approval_by(author, of, everybody, JointKind.AUTHORISATION, held=True)
            forge(attacked, ana, everybody, forged._replace(document=new_document_id()))
        for one in (lee, ben):
            assert refused(one).startswith("Only one of the two has said yes to Dr Kern so far.")


def test_new_keys_of_one_are_not_a_second_yes(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        joint = ana.joints.propose(words())
        of, everybody = named(ana, joint), sorted(one.me.id for one in (ana, ben, lee))
        ana_id = ana.me.id
    thief = renewed(attacked, "Ana")  # her own keys from before, beside those she has now
    thief.writes(approval_by(ana_id, of, everybody, JointKind.AUTHORISATION, held=True), everybody)
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        shown_to(joint, ana, ben, lee)
        assert refused(lee).startswith("Only one of the two")


def test_who_strikes_the_other_and_comes_again_gives_none_with_two_doors(attacked: AttackedJournal) -> None:
    """The keeper's door in the wrong hands: Ben is struck, and a second Ana invited in his place."""
    with attacked.acting("Lee") as (lee,):
        lee.members.remove("Ben")
        code = lee.members.invite("Benn", Role.PARTNER, strength=FLOOR)
    eve, _ = join(
        attacked.path,
        code=code,
        label="Benn",
        passphrase=PASSPHRASE,
        with_recovery=False,
        strength=FLOOR,
        record_folder=attacked.folder / "memory-Eve",
    )
    with eve, attacked.acting("Ana", "Lee") as (ana, lee):
        looked(lee, ana, eve)
        with pytest.raises(Refused, match="nobody authorises anything in their place"):
            ana.joints.propose(words())
        text, people = words(), (ana, eve, lee)
        everybody = sorted(one.me.id for one in people)
        content, document = registry.JOINT.encode(Proposal(text, NOW), None), new_document_id()
        version = DocumentVersion(document, "joint", ana.me.id, tuple(everybody), NOW, content.data)
        forge(attacked, ana, everybody, version)
        of = ContentName(ana.me.id, document, version.digest(vault_of(ana).journal_id))
        for one in (ana, eve):
            one.refresh()
            yes = approval_by(one.me.id, of, everybody, JointKind.AUTHORISATION, held=True)
            forge(attacked, one, everybody, yes._replace(document=new_document_id()))
        looked(*people)
        assert [one.approved_by for one in lee.authorisations.all()] == [{ana.me.id, eve.me.id}]
        assert Standing.HOLDS not in [one.standing for one in lee.authorisations.all()]
        assert refused(lee)


def test_a_yes_of_who_was_struck_since_counts_no_more(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        given(ana, ben, lee)
        lee.members.remove("Ben")
        assert refused(lee) == rules.ENDED_WITH_SHARING.format(recipient="Dr Kern")


@pytest.mark.parametrize("victim", ["Ana", "Ben"])
def test_who_knew_the_old_passphrase_gives_none_in_a_partners_name(
    attacked: AttackedJournal, victim: str
) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as people:
        by_name = dict(zip(("Ana", "Ben", "Lee"), people, strict=True))
        writer = by_name["Ben" if victim == "Ana" else "Ana"]
        joint = writer.joints.propose(words())
        of, everybody = named(writer, joint), sorted(one.me.id for one in people)
        victim_id = by_name[victim].me.id
    thief = renewed(attacked, victim)
    thief.writes(approval_by(victim_id, of, everybody, JointKind.AUTHORISATION, held=True), everybody)
    with attacked.acting("Ana", "Ben", "Lee") as people:
        writer = people[1 if victim == "Ana" else 0]
        shown_to(joint, writer, *(one for one in people if one is not writer))
        assert refused(people[2]).startswith("Only one of the two")


def test_a_therapist_forges_no_yes(attacked: AttackedJournal) -> None:
    """Neither their own for a partner's, nor one in the name of that partner, nor the words themselves."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        joint = ana.joints.propose(words())
        shown_to(joint, ana, ben, lee)
        lee.refresh()
        of, everybody = named(lee, joint), sorted(one.me.id for one in (ana, ben, lee))
        for author in (lee.me.id, ben.me.id):
            yes = approval_by(author, of, everybody, JointKind.AUTHORISATION, held=True)
            forge(attacked, lee, everybody, yes._replace(document=new_document_id()))
        content = registry.JOINT.encode(Proposal(words("Dr Weiss"), NOW), None)
        mine = DocumentVersion(new_document_id(), "joint", lee.me.id, tuple(everybody), NOW, content.data)
        forge(attacked, lee, everybody, mine)
        for one in (ana, ben, lee):
            one.refresh()
            assert [(found.id, found.standing) for found in one.authorisations.all()] == [
                (joint.id, Standing.PROPOSED)
            ]
        assert refused(lee).startswith("Only one of the two")
        assert refused(lee, "Dr Weiss") == rules.NONE_GIVEN


# --- a yes to other words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        ("Dr Weiss", FOR, UNTIL),
        ("Dr Kern", "a lecture", UNTIL),
        ("Dr Kern", FOR, dt.date(2040, 1, 1)),
    ],
    ids=["another recipient", "another purpose", "a later day"],
)
@pytest.mark.parametrize("is_new", [False, True], ids=["in their place", "beside them"])
def test_a_yes_is_to_the_words_it_names(
    attacked: AttackedJournal, other: tuple[str, str, dt.date], is_new: bool
) -> None:
    """Ana has Ben's yes to one thing, and puts another in its place, or beside it with his yes again."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        joint = given(ana, ben, lee)
        stored, everybody = stored_words(ana, joint), frozenset(one.me.id for one in (ana, ben, lee))
        content = registry.JOINT.encode(Proposal(words(*other), joint.written), None)
        if is_new:
            mine = ana.joints.propose(words(*other))
            shown_to(mine, ana, ben, lee)
            [his] = [
                one for one in vault_of(ana).envelopes.of_type("approval") if one.version.author == ben.me.id
            ]
            replayed = his.version._replace(document=new_document_id())
            forge(attacked, ana, sorted(everybody), replayed)
            attacked.insert(his.row, attacked.rows()[his.row])
        else:
            with vault_of(ana).unit_of_work() as unit:
                unit.put(DocumentChange.again(stored.version, everybody, [stored], content=content))
            yes = approval_by(
                ana.me.id, named(ana, joint), sorted(everybody), JointKind.AUTHORISATION, held=True
            )
            forge(attacked, ana, sorted(everybody), yes._replace(document=new_document_id()))
        lee.refresh()
        found = [one for one in lee.authorisations.all() if one.text.review == other[2]]
        changed = [one for one in found if one.text == words(*other)]
        assert changed and Standing.HOLDS not in [one.standing for one in changed]
        if other[:2] != WORDS:
            assert refused(lee, *other[:2])
        else:
            assert all(one.until == UNTIL for one in lee.authorisations.current())


@pytest.mark.parametrize(
    "bend",
    [
        lambda text: replace(text, fields=(*text.fields, ("also", "Dr Weiss"))),
        lambda text: replace(text, fields=(("recipient", "Dr Kern\nDr Weiss"), text.fields[1])),
        lambda text: replace(text, review=None),
        lambda text: replace(text, fields=text.fields[::-1]),
    ],
    ids=["a field more", "two names", "no last day", "turned round"],
)
def test_words_of_another_form_are_none(
    attacked: AttackedJournal, bend: Callable[[JointText], JointText]
) -> None:
    """No name stands where the one who says yes does not look for it."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        everybody = sorted(one.me.id for one in (ana, ben, lee))
        content = registry.JOINT.encode(Proposal(bend(words()), NOW), None)
        version = DocumentVersion(
            DocumentId(bytes(16)), "joint", ana.me.id, tuple(everybody), NOW, content.data
        )
        forge(attacked, ana, everybody, version)
        for one in (ben, lee):
            one.refresh()
            assert one.authorisations.all() == []
        assert refused(lee) == rules.NONE_GIVEN


@pytest.mark.parametrize("name", ["Dr Kеrn", "Dr Ꮶern", "Dr  Kem"])
def test_who_is_called_nearly_so_is_somebody_else(attacked: AttackedJournal, name: str) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        given(ana, ben, lee)
        assert "is for Dr Kern, and not for" in refused(lee, name)


# --- a yes that was taken back --------------------------------------------------------------------------


def restored(attacked: AttackedJournal, before: dict[bytes, bytes], after: dict[bytes, bytes]) -> None:
    """The row of the yes stands again; the no beside it is left."""
    for row, sealed in before.items():
        if sealed != after.get(row):
            attacked.insert(row, sealed)


def struck(attacked: AttackedJournal, before: dict[bytes, bytes], after: dict[bytes, bytes]) -> None:
    """The no is gone; that the yes was dropped is left."""
    for row in after.keys() - before.keys():
        attacked.delete(row)


def put_back(attacked: AttackedJournal, before: dict[bytes, bytes], after: dict[bytes, bytes]) -> None:
    """All of it is as it was."""
    restored(attacked, before, after)
    struck(attacked, before, after)


@pytest.mark.parametrize("who", ["Ana", "Ben"])
@pytest.mark.parametrize("hide", [restored, struck, put_back])
def test_no_row_that_is_put_back_hides_that_it_was_taken_back(
    attacked: AttackedJournal,
    who: str,
    hide: Callable[[AttackedJournal, dict[bytes, bytes], dict[bytes, bytes]], None],
) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        joint = given(ana, ben, lee)
    before = attacked.rows()
    with attacked.acting(who) as (one,):
        one.joints.take_back(joint.id)
    with attacked.acting("Lee") as (lee,):
        assert "was taken back on 2 March 2031" in refused(lee)
    hide(attacked, before, attacked.rows())
    with attacked.acting("Lee") as (lee,):
        why = refused(lee)
        assert why == rules.SOMETHING_MISSING or "was taken back" in why


@pytest.mark.parametrize("hide", [restored, struck])
def test_neither_does_it_on_a_computer_that_has_not_seen_it(
    attacked: AttackedJournal,
    hide: Callable[[AttackedJournal, dict[bytes, bytes], dict[bytes, bytes]], None],
) -> None:
    """But for the whole file as it was: nobody there can know what came later."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        joint = given(ana, ben, lee)
    before = attacked.rows()
    with attacked.acting("Ben") as (ben,):
        ben.joints.take_back(joint.id)
    hide(attacked, before, attacked.rows())
    lee = attacked.open_at("another computer", "Lee")
    with lee:
        assert refused(lee)


def test_an_older_one_that_was_taken_back_does_not_hold_again_with_a_newer(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        older = given(ana, ben, lee)
        ben.joints.take_back(older.id)
        looked(ana, ben, lee)
        newer = ana.joints.propose(words(until=dt.date(2031, 4, 1)))
        ben.refresh()
        ben.joints.approve(newer.id)
        looked(ana, ben, lee)
        answers(ana, older, written=NOW + dt.timedelta(days=3), held=True)
        lee.refresh()
        assert lee.authorisations.check(*WORDS).id == newer.id
        assert [one.standing for one in lee.authorisations.all() if one.id == older.id] == [Standing.ENDED]


def test_of_two_answers_of_one_partner_from_two_computers_the_no_counts(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        joint = given(ana, ben, lee)
        of, kind = named(ben, joint), JointKind.AUTHORISATION
        for approves, later in ((False, 1), (True, 9)):
            said = Response(ben.me.id, approves, NOW + dt.timedelta(hours=later), held=True)
            content = registry.APPROVAL.encode(Approval(of, said, kind), None)
            readers = frozenset(one.me.id for one in (ana, ben, lee))
            with vault_of(ben).unit_of_work() as unit:
                unit.put(DocumentChange(new_document_id(), "approval", readers, content))
        assert "was taken back" in refused(lee)


def test_a_therapist_hides_no_revocation_from_their_own_program_by_saying_no_or_yes(
    attacked: AttackedJournal,
) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        joint = given(ana, ben, lee)
        ana.joints.take_back(joint.id)
        lee.refresh()
        everybody: list[MemberId] = sorted(one.me.id for one in (ana, ben, lee))
        yes = approval_by(lee.me.id, named(lee, joint), everybody, JointKind.AUTHORISATION, held=True)
        forge(attacked, lee, everybody, yes)
        assert "was taken back" in refused(lee)


# --- its last day ---------------------------------------------------------------------------------------


def test_a_clock_set_back_makes_none_last(attacked: AttackedJournal) -> None:
    """What stands in the journal is from after its last day, of Ben's and of the therapist's own."""
    later = dt.datetime(2032, 2, 5, 9, tzinfo=dt.UTC)
    for who in ("Ben", "Lee"):
        attack = attacked.copied(attacked.folder.with_name(f"by-{who}"))
        with attack.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
            given(ana, ben, lee)
            with clock.at(later):
                {"Ben": ben, "Lee": lee}[who].notes.add(NewNote("later", share="all"))
            assert "ran out on 31 January 2032. The clock of this computer is behind" in refused(lee)


def test_earlier_keys_do_not_bring_the_last_day_forward(attacked: AttackedJournal) -> None:
    """Who knew the old passphrase ends nothing by a page from a day to come."""
    thief = renewed(attacked, "Ben")
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        given(ana, ben, lee)
        note = ben.notes.add(NewNote("a page", share="all"))
        stored = vault_of(ben).notes.stored(note.id)
        everybody = sorted(one.me.id for one in (ana, ben, lee))
        ahead = dt.datetime(2050, 1, 1, tzinfo=dt.UTC)
        forged = stored.version._replace(document=new_document_id(), written=ahead, follows=())
    thief.writes(forged, everybody)
    with attacked.acting("Lee") as (lee,):
        assert lee.authorisations.check(*WORDS)
