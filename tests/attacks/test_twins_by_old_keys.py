"""A thief with the keys of before writes once more what later keys say: which of the two stays?"""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.own_prompts import OwnPrompts
from kapjournal.journal import NewNote
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.own_prompts import document
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.trust.proofs import Proof
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.attacks.test_old_keys import FUTURE, renewed
from tests.attacks.test_waiting import DAY, LATER, NOON, TEN, opens_on
from tests.internals import vault_of

WARM, TELL = "What is warm?", "Tell Ben everything."


def test_what_waits_is_not_given_up_for_a_copy_of_it_by_old_keys(attacked: AttackedJournal) -> None:
    """Versions that say the same become one, and who writes many has the smallest envelope id."""
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("meant for him", share="Ben", when=LATER))
        current = vault_of(ana).envelopes.current.values()
        [said] = [one.version for one in current if one.version.type == "waiting"]
    with clock.at(NOON):
        thief = renewed(attacked, "Ana")
    for _ in range(8):
        thief.writes(said, [MemberId(thief.id)])
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        assert len(ana.waiting.all()) == 1
    assert opens_on(attacked, TEN) == {"meant for him"}


@pytest.mark.parametrize("lines", [(TELL,), (TELL, WARM)])
def test_old_keys_put_no_question_above_a_page(attacked: AttackedJournal, lines: tuple[str, ...]) -> None:
    with attacked.acting("Ana") as (ana,):
        ana.own_prompts.put(NoteKind.PAGE, [WARM])
    thief = renewed(attacked, "Ana")
    me = MemberId(thief.id)
    content = registry.OWN_PROMPTS.encode(OwnPrompts({"page": lines}), None)
    thief.writes(DocumentVersion(document(), "own-prompts", me, (me,), FUTURE, content.data), [me])
    for _ in range(2):
        with attacked.acting("Ana") as (ana,):
            assert ana.own_prompts.all().of(NoteKind.PAGE) == (WARM,)
    with attacked.acting("Ana") as (ana,):
        ana.own_prompts.put(NoteKind.LETTER, ["Dear …"])
        assert ana.own_prompts.all().of(NoteKind.PAGE) == (WARM,)


def test_own_prompts_come_along_to_new_keys_and_copies_of_two_computers_too(
    attacked: AttackedJournal,
) -> None:
    with attacked.acting("Ana") as (ana,):
        ana.own_prompts.put(NoteKind.PAGE, [WARM])
    renewed(attacked, "Ana")
    with attacked.acting("Ana") as (ana,):
        assert ana.own_prompts.all().of(NoteKind.PAGE) == (WARM,)
        [said] = vault_of(ana).envelopes.standing(ana.me.id, document())
        assert said.generation == vault_of(ana).envelopes.channels.own.generation
        assert said.version.written is not None and said.version.written < dt.datetime.now(dt.UTC)


@pytest.mark.parametrize("type_", ["waiting", "note"])
def test_what_old_keys_put_in_front_of_what_waits_hides_nothing_of_it(
    attacked: AttackedJournal, type_: str
) -> None:
    """What bears a signature is shown first: a closed letter opened, and no page went any more."""
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        letter = ana.notes.add(NewNote("Dear Ben", kind=NoteKind.LETTER))
        ana.waiting.close(letter.id, DAY + dt.timedelta(days=9))
        ana.notes.add(NewNote("meant for him", share="Ben", when=LATER))
        current = vault_of(ana).envelopes.current.values()
        said = [one.version for one in current if one.version.type == "waiting"]
    with clock.at(NOON):
        thief = renewed(attacked, "Ana")
    proof = Proof(MemberId(thief.id), 0, b"{}", bytes(64))
    for one in said:
        odd = one._replace(type=type_, data=b'{"note":"00"}', proofs=(proof,), follows=())
        thief.writes(odd, [MemberId(thief.id)])
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        assert len(ana.waiting.all()) == 2
        assert "Dear Ben" not in bodies(ana)
    assert opens_on(attacked, TEN) == {"meant for him"}
