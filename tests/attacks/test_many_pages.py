"""Many handed pages that name one row, and pages that somebody with old keys says are known already."""

import secrets

import pytest

from kapjournal.crypto.row import Row, read_row
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.ids import MemberId, RowId
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.earlier import Deletion
from kapjournal.journal.documents.handed import page_document
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.vault import handed_pages
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.attacks.test_old_keys import kinds, renewed
from tests.attacks.test_scribe import NOW, WORDS, made, sent, typed


@pytest.mark.parametrize("amiss", ["nothing", "token", "sealed"])
def test_a_row_that_many_pages_name_is_read_once_a_look(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch, amiss: str
) -> None:
    """Sixteen mebibytes were read, and their words held, for each of ten thousand rows of four kibibytes."""
    read: list[RowId] = []

    def counted(row_id: RowId, sealed: bytes) -> Row:
        read.append(row_id)
        return read_row(row_id, sealed)

    with attacked.acting("Ben", "Ana") as (ben, ana):
        content = made(attacked, ben, ana, b"typed once")
        if amiss == "token":
            content = content._replace(token=secrets.token_bytes(32))
        if amiss == "sealed":
            content = content._replace(sealed=secrets.token_bytes(len(content.sealed)))
        for _ in range(20):
            sent(attacked, ben, [ana], content)
        monkeypatch.setattr(handed_pages, "read_row", counted)
        ana.refresh()
        assert read == [content.part] * (2 if amiss == "nothing" else 1), "to look, and to take it in"
        assert bodies(ana) == ({"typed once"} if amiss == "nothing" else set())
        told = [found.kind for found in ana.findings]
        assert told == ([] if amiss == "nothing" else [FindingKind.HANDED_ALTERED])


@pytest.mark.parametrize("type_", ["note", "deleted"])
def test_old_keys_drop_no_page_unread(attacked: AttackedJournal, type_: str) -> None:
    """Every row that comes can be guessed to be a page: its id lies open in the file."""
    thief = renewed(attacked, "Ana")
    with attacked.acting("Lee") as (lee,):
        content = typed(lee)
        document = page_document(lee.me.id, content.part)
    me = MemberId(thief.id)
    data = registry.DELETED.encode(Deletion((), (), ()), None).data if type_ == "deleted" else b"{}"
    thief.writes(DocumentVersion(document, type_, me, (me,), NOW, data), [me])
    for _ in range(2):
        with attacked.acting("Ana") as (ana,):
            assert bodies(ana) == {WORDS}
            assert FindingKind.WRITTEN_WITH_OLD_KEYS in kinds(ana)
