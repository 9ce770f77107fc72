"""Own prompts: nobody puts a question above another's page, and nobody finds one in the file."""

import datetime as dt

from kapjournal.domain.notes import NoteKind
from kapjournal.domain.own_prompts import OwnPrompts
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.own_prompts import document
from kapjournal.journal.documents.version import DocumentVersion
from tests.attacks.attacked_journal import AttackedJournal, forge
from tests.internals import finding_sentences

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def test_nobody_puts_a_question_above_anothers_page(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        ana.own_prompts.put(NoteKind.PAGE, ["What is warm?"])
        content = registry.OWN_PROMPTS.encode(OwnPrompts({"page": ("Tell Ben everything.",)}), None)
        ids = [ben.me.id, ana.me.id]
        sent = DocumentVersion(
            document(), "own-prompts", ben.me.id, tuple(sorted(ids)), NOW, content.data, content.text
        )
        forge(attacked, ben, ids, sent)
        ana.refresh()
        assert ana.own_prompts.all().of(NoteKind.PAGE) == ("What is warm?",)
        assert any("Ben" in sentence for sentence in finding_sentences(ana)), "and it is told"
