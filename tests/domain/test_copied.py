"""What is said word for word is found, also where it was typed."""

import pytest

from kapjournal.domain.copied import copied

NOTE = "He held the door shut. She counted to forty before he let go of it, and told nobody.\nFear."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("I heard that HE held the  door shut, once.", "he held the door shut"),
        ("Then: she counted to forty before he let go of it. More.", "she counted to forty before he let go"),
        ("forty before he let go of it and told", "forty before he let go of it and"),
        ("He held the door.", ""),
        ("before he let go of it she cried", ""),
        ("Fear.", ""),
        ("", ""),
    ],
)
def test_a_short_sentence_as_a_whole_and_a_run_of_a_longer_one(text: str, says: str) -> None:
    assert copied([text], [NOTE]) == says


def test_what_is_written_without_spaces_is_compared_too() -> None:
    assert copied(["我说他把门关上了很久。"], ["他把门关上了很久。"])
    assert not copied(["他开门。"], ["他把门关上了很久。"])
