"""Pages of ours as they are heard: without marks, a row of a table in one line."""

from kapjournal.exchange.heard_words import heard


def test_marks_are_not_heard() -> None:
    page = (
        "### Dosing record\n\n**Start:** 09:40\n\n**Present**\\\nDr Lee\n\n- **Headache:** no\n\n"
        "| Time | What |\n| --- | --- |\n| 10:06 | dose: 80 mg |\n\n> ##### When\n>\n> It *goes* quiet\\.\n"
    )
    assert list(heard(page)) == [
        "Heading: Dosing record",
        "Start: 09:40",
        "Present\nDr Lee",
        "Headache: no",
        "Time, What",
        "10:06, dose: 80 mg",
        "Heading: When",
        "It goes quiet.",
    ]


def test_what_is_too_deep_is_heard_as_it_was_typed() -> None:
    deep = "> " * 200 + "so"
    assert list(heard(deep)) == [deep]
