"""The answer to a write-up on the way: sealed for its author alone, as it was typed, until it is kept."""

from dataclasses import replace

import pytest

from kapjournal import clock
from kapjournal.domain.members import Role
from kapjournal.domain.reply_drafts import ReplyDraft
from kapjournal.errors import Refused, UsageError
from kapjournal.journal.documents.version import DocumentType
from kapjournal.text import MAX_BODY_BYTES
from tests.internals import vault_of
from tests.journal.practices import Practice
from tests.journal.test_write_ups import write_up

WORDS = "Slow down.\nAsk the silent one."


def begun(practice: Practice) -> ReplyDraft:
    case = practice.couple()
    return ReplyDraft(case, write_up(practice.lee, case), "Dr Roe", WORDS, "I; ask; 2026-04-01\nnonsense")


def test_it_is_found_as_it_was_typed_by_its_author_alone(practice: Practice) -> None:
    roe, draft = practice.joins("Dr Roe", Role.SUPERVISOR), begun(practice)
    saved = practice.lee.reply_drafts.save(draft)
    again = practice.lee.reply_drafts.save(replace(saved, words=f"{WORDS} "))
    practice.look()
    assert again.id == saved.id
    found = practice.lee.reply_drafts.of(draft.write_up)
    assert found is not None and replace(found, id="", saved=None) == replace(draft, words=f"{WORDS} ")
    assert roe.reply_drafts.all() == [] and practice.lee.reply_drafts.of("0" * 20) is None
    [row] = vault_of(practice.lee).envelopes.drafts.values()
    assert row.version.type == DocumentType.REPLY_DRAFT, "one, however often it was saved"
    assert practice.lee.check().is_clean and roe.check().is_clean


def test_it_goes_with_its_answer_and_stays_with_what_is_wrong(practice: Practice) -> None:
    lee = practice.lee
    draft = lee.reply_drafts.save(begun(practice))
    with pytest.raises(UsageError, match="WHO;WHAT"):
        lee.reply_drafts.finish(draft)
    assert lee.reply_drafts.all() == [draft] and lee.write_ups.replies(draft.write_up) == []
    kept = lee.reply_drafts.finish(replace(draft, acts="I; ask; 2026-04-01\n"))
    assert (kept.words, kept.recipient, [act.what for act in kept.acts]) == (WORDS, "Dr Roe", ["ask"])
    assert lee.reply_drafts.all() == [] and lee.write_ups.replies(draft.write_up) == [kept]


def test_two_programs_keep_both(practice: Practice) -> None:
    """Also where all is saved within one millisecond: by its moment a state is known."""
    lee = practice.lee
    with clock.at(clock.now()):
        first = lee.reply_drafts.save(begun(practice))
        lee.reply_drafts.save(replace(first, words="By the one."))
        other = lee.reply_drafts.save(replace(first, words="By the other."))
    assert other.id != first.id
    assert {one.words for one in lee.reply_drafts.all()} == {"By the one.", "By the other."}
    lee.reply_drafts.discard(other.id, other.saved)
    assert [one.words for one in lee.reply_drafts.all()] == ["By the one."]


@pytest.mark.parametrize("field", ["words", "acts", "recipient"])
def test_what_cannot_be_kept_is_refused_and_the_state_before_stays(practice: Practice, field: str) -> None:
    lee = practice.lee
    draft = lee.reply_drafts.save(begun(practice))
    for text in ("\x00", "a" * (MAX_BODY_BYTES - 1)):
        with pytest.raises(Refused):
            lee.reply_drafts.save(replace(draft, **{field: text}))  # type: ignore[arg-type]
    assert lee.reply_drafts.all() == [draft]
