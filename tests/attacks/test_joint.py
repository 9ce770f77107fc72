"""What two approve: nobody approves in another's name, and nobody alone brings back what was left behind."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from kapjournal import clock
from kapjournal.crypto.row import row_from
from kapjournal.domain.ids import DocumentId, IdentityId, MemberId
from kapjournal.domain.joint import Joint, JointKind, JointText, Narrowing, Response, Standing
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.joint import Approval, NarrowedWords, Proposal
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.vault.joint_repository import StoredAnswer
from kapjournal.journal.vault.unit_of_work import DocumentChange
from tests.attacks.attacked_journal import AttackedJournal, forge
from tests.attacks.test_old_keys import renewed
from tests.internals import vault_of

TODAY = dt.date(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def words(said: str, kind: JointKind = JointKind.AGREEMENT) -> JointText:
    return JointText(kind, (("touch", said),), TODAY)


def agreed(said: str, ana: Journal, ben: Journal, lee: Journal) -> Joint:
    joint = ana.joints.propose(words(said))
    for one in (ben, lee):
        one.refresh()
        one.joints.approve(joint.id)
    for one in (ana, ben, lee):
        one.refresh()
    return ana.joints.get(joint.id)


def named(journal: Journal, joint: Joint) -> ContentName:
    return next(one.words for one in vault_of(journal).joints.all() if one.joint.id == joint.id)


def own_answer(journal: Journal, joint: Joint) -> StoredAnswer:
    [answer] = vault_of(journal).joints.own_answers(named(journal, joint))
    return answer


def answers(journal: Journal, joint: Joint, **changes: object) -> None:
    """Write an answer anew, as a program does that knows no rules."""
    answer = own_answer(journal, joint)
    said = replace(answer.approval.response, **changes)  # type: ignore[arg-type]
    content = registry.APPROVAL.encode(answer.approval._replace(response=said), None)
    readers = frozenset(answer.stored.version.readers)
    with vault_of(journal).unit_of_work() as unit:
        unit.put(DocumentChange.again(answer.stored.version, readers, [answer.stored], content=content))


def deletes_answer(journal: Journal, joint: Joint) -> None:
    with vault_of(journal).unit_of_work() as unit:
        unit.delete([own_answer(journal, joint).stored], [])


def standings(journal: Journal) -> list[tuple[str, Standing]]:
    return [(one.text.field("touch"), one.standing) for one in journal.joints.all()]


def approval_by(
    author: MemberId,
    of: ContentName,
    readers: list[MemberId],
    kind: JointKind = JointKind.AGREEMENT,
    **said: object,
) -> DocumentVersion:
    response = replace(Response(author, approves=True, written=clock.now()), **said)  # type: ignore[arg-type]
    content = registry.APPROVAL.encode(Approval(of, response, kind), None)
    return DocumentVersion(DocumentId(bytes(16)), "approval", author, tuple(readers), NOW, content.data)


def test_the_approvals_are_by_the_keys_of_each(attacked: AttackedJournal) -> None:
    """On the raw file: each yes lies in a row that its author's keys alone made, and each of the readers
    finds it."""
    before = attacked.rows().keys()
    with attacked.acting("Ana", "Ben", "Lee") as people:
        agreed("hands", *people)
        rows = [row_from(attacked.rows()[row]) for row in attacked.rows().keys() - before]
        authors = {
            stored.row: stored.version.author for stored in vault_of(people[0]).envelopes.of_type("approval")
        }
        assert set(authors.values()) == {one.me.id for one in people}
        for one in people:
            own = vault_of(one).envelopes.channels.own.key
            mine = {row.id for row in rows if own.find(row) is not None}
            assert {row for row, author in authors.items() if author == one.me.id} <= mine
            assert set(authors) <= {
                row.id
                for row in rows
                if any(
                    channel.key.find(row) is not None for channel in vault_of(one).envelopes.channels.all()
                )
            }
    raw = b"".join(file.read_bytes() for file in attacked.folder.rglob("*") if file.is_file())
    assert not any(word in raw for word in (b"hands", b"approves", b"agreement", b"for_therapists"))


def test_an_approval_and_a_narrowing_look_like_a_note(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        joint = agreed("hands", ana, ben, lee)
        note = ana.notes.add(NewNote("a line", share="all"))
        length = len(attacked.rows()[vault_of(ana).notes.stored(note.id).row])
        ana.joints.narrow(joint.id, "less")
        for type_ in ("joint", "approval", "narrowing"):
            for stored in vault_of(ana).envelopes.of_type(type_):
                assert len(attacked.rows()[stored.row]) == length


@pytest.mark.parametrize(
    "bend",
    [
        lambda ana, wide, narrow: answers(ana, wide, written=clock.now() + dt.timedelta(hours=1)),
        lambda ana, wide, narrow: answers(ana, narrow, written=NOW - dt.timedelta(days=3_000)),
        lambda ana, wide, narrow: answers(ana, narrow, approves=False, held=False),
        lambda ana, wide, narrow: deletes_answer(ana, narrow),
        lambda ana, wide, narrow: ana.joints.take_back(narrow.id),
    ],
    ids=["later", "backdated", "says no", "deletes", "takes back"],
)
def test_nobody_alone_brings_the_wider_agreement_back(
    attacked: AttackedJournal, bend: Callable[[Journal, Joint, Joint], object]
) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        wide, narrow = agreed("anywhere", ana, ben, lee), agreed("hands", ana, ben, lee)
        bend(ana, wide, narrow)
        for one in (ben, lee):
            one.refresh()
            assert ("anywhere", Standing.REPLACED) in standings(one)


@pytest.mark.parametrize("victim", ["Ana", "Ben", "Lee"])
def test_who_knew_the_old_passphrase_approves_in_nobodys_name(attacked: AttackedJournal, victim: str) -> None:
    """Neither as the one who has new keys now, nor to them as one of the others."""
    with attacked.acting("Ana", "Ben", "Lee") as people:
        by_name = dict(zip(("Ana", "Ben", "Lee"), people, strict=True))
        writer = by_name["Ben" if victim == "Ana" else "Ana"]
        of = named(writer, writer.joints.propose(words("anywhere")))
        ids = {name: one.me.id for name, one in by_name.items()}
        by_name[victim].refresh()
        pins = vault_of(by_name[victim]).membership.book.pins
    secrets = {
        name: pins[ids[name]].channel_secrets[IdentityId(ids[name]), IdentityId(ids[victim])]
        for name in ids
        if name != victim
    }
    thief = renewed(attacked, victim)
    everybody = sorted(ids.values())
    thief.writes(approval_by(ids[victim], of, everybody, held=True), everybody)
    for name, secret in secrets.items():
        readers = sorted((ids[name], ids[victim]))
        thief.writes_as(ids[name], secret, approval_by(ids[name], of, readers, held=True))
    with attacked.acting("Ana", "Ben", "Lee") as people:
        for one in people:
            one.refresh()
            [(_, standing)] = standings(one)
            assert standing in (Standing.PROPOSED, Standing.DECLINED)


def test_a_yes_holds_for_the_very_words_it_names(attacked: AttackedJournal) -> None:
    """Who writes other words under the same name has nobody's yes."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        joint = agreed("hands", ana, ben, lee)
        stored = next(one.stored for one in vault_of(ana).joints.all())
        content = registry.JOINT.encode(Proposal(words("anywhere"), joint.written), None)
        readers = frozenset(stored.version.readers)
        with vault_of(ana).unit_of_work() as unit:
            unit.put(DocumentChange.again(stored.version, readers, [stored], content=content))
        for one in (ben, lee):
            one.refresh()
            assert Standing.HOLDS not in dict(standings(one)).values()


def test_a_therapist_puts_no_words_to_two_and_narrows_nothing(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        joint = agreed("hands", ana, ben, lee)
        readers = sorted(one.me.id for one in (ana, ben, lee))
        content = registry.JOINT.encode(Proposal(words("anywhere"), NOW), None)
        forge(
            attacked,
            lee,
            readers,
            DocumentVersion(DocumentId(bytes(16)), "joint", lee.me.id, tuple(readers), NOW, content.data),
        )
        of = named(lee, joint)
        content = registry.NARROWING.encode(NarrowedWords(of, Narrowing(lee.me.id, "nothing", NOW)), None)
        forge(
            attacked,
            lee,
            readers,
            DocumentVersion(
                DocumentId(bytes([1] * 16)),
                "narrowing",
                lee.me.id,
                tuple(readers),
                NOW,
                content.data,
                content.text,
            ),
        )
        ana.refresh()
        assert standings(ana) == [("hands", Standing.HOLDS)]
        assert ana.joints.get(joint.id).narrowings == ()


@pytest.mark.parametrize("type_", ["joint", "approval", "narrowing"])
@pytest.mark.parametrize(
    "data", [b"{}", b"[]", b'{"kind":"agreement","fields":3}', b'{"of":["00"]}', b"\xff"]
)
def test_what_is_none_of_it_is_in_nobodys_way(attacked: AttackedJournal, type_: str, data: bytes) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        readers = [ben.me.id, ana.me.id]
        forge(
            attacked,
            ben,
            readers,
            DocumentVersion(DocumentId(bytes(16)), type_, ben.me.id, tuple(readers), NOW, data),
        )
        ana.refresh()
        agreed("hands", ana, ben, lee)
        assert standings(ana) == [("hands", Standing.HOLDS)]
