"""The story check points to words, and answers nothing."""

from kapjournal.deidentify import story_points


def test_it_points_to_what_bears_on_each_question() -> None:
    text = (
        "The only vet on the island, she adopted twins after the flood. **Mur**der, and a sea\u00adside town."
    )
    points = [(one.question_id, one.text) for one in story_points(text)]
    assert points == [
        ("place", "The only"),
        ("job", "vet"),
        ("place", "island"),
        ("children", "adopted"),
        *(("event", "twins"), ("children", "twins")),
        ("event", "flood"),
        ("event", "Mur**der"),
        ("place", "town"),
    ]
    assert all(text[one.start : one.end] == one.text for one in story_points(text))


def test_no_point_says_nothing() -> None:
    assert story_points("They were quiet together.") == []
