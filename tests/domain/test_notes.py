"""Kinds and who may write them, tags, titles."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role, folded
from kapjournal.domain.notes import (
    MAX_TAG,
    MAX_TAGS,
    Note,
    NoteKind,
    NoteText,
    check_may_write,
    default_kind,
    kind_from,
    kinds_of,
    tags_from,
    title_from,
)
from kapjournal.errors import Refused, UsageError


def test_the_kinds_are_those_the_format_fixes() -> None:
    assert " ".join(NoteKind) == (
        "capture reflect weave cycle witness appreciation gratitude body values parts intention practice "
        "decision letter dialogue page observation"
    )


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", NoteKind)
def test_partners_write_every_kind_but_the_one_the_clinic_writes(role: Role, kind: NoteKind) -> None:
    if (role is Role.PARTNER) != (kind is NoteKind.OBSERVATION):
        check_may_write(role, kind)
        assert kind in kinds_of(role)
    else:
        with pytest.raises(Refused, match=f"“{kind}”"):
            check_may_write(role, kind)
        assert kind not in kinds_of(role)


@pytest.mark.parametrize("role", Role)
def test_the_kind_nobody_has_to_choose_is_one_they_may_write(role: Role) -> None:
    check_may_write(role, default_kind(role))


@pytest.mark.parametrize("kind", NoteKind)
def test_a_kind_is_read_in_any_case(kind: NoteKind) -> None:
    assert kind_from(f" {kind.value.upper()} ") is kind


def test_a_word_that_is_no_kind_gets_the_list_of_them() -> None:
    with pytest.raises(UsageError, match="capture, reflect"):
        kind_from("poem")


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ([], ()),
        (["home", " Trust "], ("home", "Trust")),
        (["#home", "##home", "# home", "# # home", "HOME"], ("home",)),
        (["c#", "two words"], ("c#", "two words")),
        (["سلام", "🌊"], ("سلام", "🌊")),
    ],
)
def test_tags_are_kept_once_without_their_hash(words: list[str], tags: tuple[str, ...]) -> None:
    assert tags_from(words) == tags


@pytest.mark.parametrize("word", ["", " ", "#", "# #", "#\ufe0f", "a,b", "a\nb", "\x1b", "a" * (MAX_TAG + 1)])
def test_a_tag_of_the_wrong_form_is_a_usage_error(word: str) -> None:
    with pytest.raises(UsageError):
        tags_from(["fine", word])


def test_a_note_has_room_for_so_many_tags() -> None:
    words = [f"tag {n}" for n in range(MAX_TAGS)]
    assert len(tags_from(words + words)) == MAX_TAGS
    with pytest.raises(UsageError, match="at most 32"):
        tags_from([*words, "one more"])


@given(st.lists(st.text(st.one_of(st.characters(), st.sampled_from("# ,\t")), max_size=45), max_size=40))
def test_storing_tags_twice_changes_nothing(words: list[str]) -> None:
    try:
        tags = tags_from(words)
    except UsageError:
        return
    assert tags_from(tags) == tags
    assert len({folded(tag) for tag in tags}) == len(tags)
    assert not any(tag.startswith("#") or "," in tag or not tag.strip() for tag in tags)


def test_a_title_is_one_line_and_may_be_empty() -> None:
    assert title_from("") == ""
    assert title_from("  What stayed with me ") == "What stayed with me"
    with pytest.raises(UsageError, match="A title is one line"):
        title_from("one\ntwo")


def test_a_note_is_private_when_only_its_author_reads_it() -> None:
    written = dt.datetime(2026, 11, 18, tzinfo=dt.UTC)
    text = NoteText("words", NoteKind.PAGE, written.date())
    note = Note("n", MemberId(b"a" * 32), frozenset({MemberId(b"a" * 32)}), text, written, None, None)
    assert note.is_private
    assert not dataclasses.replace(
        note, readers=frozenset({MemberId(b"a" * 32), MemberId(b"b" * 32)})
    ).is_private


@pytest.mark.parametrize(
    ("title", "body", "name"),
    [
        ("Hall\x1b", "words", "Hall␛"),
        ("", "# First *words*\nmore", "First words more"),
        ("", " \n", "Untitled"),
    ],
)
def test_a_note_is_called_by_its_title_or_first_words(title: str, body: str, name: str) -> None:
    assert NoteText(body, NoteKind.PAGE, dt.date(2026, 11, 24), title).name == name
