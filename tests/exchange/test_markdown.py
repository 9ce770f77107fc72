"""Front matter that any YAML reader takes as it was meant, names that cannot leave their folder."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from kapjournal.exchange.json_fields import as_json
from kapjournal.exchange.markdown import escaped, file_name, front_matter, heading, shared_by
from kapjournal.presentation.days import long_day

from .fake_journal import ANA, BEN, FIRST, FakeJournal, note

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
YAML_CANNOT = re.compile(
    "[^\x09\x0a\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u0085\u2028\u2029\ufeff]"
)


@given(LINES, st.lists(LINES, max_size=3))
def test_every_title_and_tag_comes_back_from_the_front_matter(title: str, tags: list[str]) -> None:
    text = front_matter(FakeJournal().journal, note("n1", title=title, tags=tuple(tags), readers=[BEN]))
    assert not YAML_CANNOT.search(text)
    first, *lines, last = text.splitlines()
    assert first == last == "---"
    fields = {name: json.loads(value) for name, value in (line.split(": ", 1) for line in lines)}
    assert (fields["title"], fields["tags"]) == (title, tags)
    assert fields["readers"] == ["Ana", "Ben"]
    assert fields["written"] == "2024-11-12T08:30:15.123Z"
    assert fields["session"] is None
    assert "body" not in fields


def test_characters_beyond_the_first_plane_are_not_split() -> None:
    assert as_json("🕯") == '"🕯"'


@given(st.text())
def test_json_holds_nothing_a_terminal_obeys(text: str) -> None:
    printed = as_json({"a": text})
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", printed)
    assert json.loads(printed) == {"a": text} or re.search("[\ud800-\udfff]", text)


@given(st.text(), st.text(min_size=1))
def test_a_file_name_is_plain_and_stays_in_its_folder(title: str, id: str) -> None:
    assert re.fullmatch(r"2024-11-12-[a-z0-9-]{1,40}-[A-Za-z0-9]*\.md", file_name(note(id, title=title)))


def test_a_file_name_reads_like_its_title() -> None:
    assert file_name(note("ab12", title="Was blieb: Élan & co.")) == "2024-11-12-was-blieb-elan-co-ab12.md"
    assert file_name(note("ab12", title="光")) == "2024-11-12-page-ab12.md"
    assert file_name(note("ab12", title="../../etc/passwd")) == "2024-11-12-etc-passwd-ab12.md"


def test_a_title_is_no_markdown() -> None:
    assert heading(note("a", title="# [x](y) *z* <b>")) == r"\# \[x\]\(y\) \*z\* \<b\>"
    assert heading(note("a")) == "Page"
    assert escaped("plain words, 1 2 3") == "plain words, 1 2 3"


def test_who_shared_it_is_said_of_others_notes_alone() -> None:
    assert shared_by(FakeJournal().journal, note("a", readers=[BEN])) == ""
    his = note("b", author=BEN, readers=[ANA])
    assert shared_by(FakeJournal().journal, his) == "*This note is Ben’s. Ben shared it with you.*"


def test_days_read_the_same_everywhere() -> None:
    assert long_day(FIRST.date) == "10 November 2024"
