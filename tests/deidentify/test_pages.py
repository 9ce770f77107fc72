"""Hard pages, with honest expectations: what is missed is written down, and noticed when it changes."""

import pytest

from kapjournal.deidentify import Replacements, find, known_from, replaced, story_points

from .pages import PAGES, HardPage


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.title)
def test_what_is_found_what_is_missed_and_what_is_wrong(page: HardPage) -> None:
    findings = find(page.text, known_from(page.names), Replacements())
    assert sorted(one.text for one in findings) == sorted([*page.found, *page.wrong])
    left = replaced(page.text, findings)
    assert [missed for missed in page.missed if missed not in left] == []


def test_a_story_without_a_name_has_words_to_look_at() -> None:
    story = PAGES[-1]
    words = [one.text for one in story_points(story.text)]
    assert words == ["first woman", "ferry", "twin", "island", "school", "burned"]
