"""Sentences that every face says: whoever is named in them, a terminal is safe."""

import inspect

from kapjournal.presentation import sentences

EVIL = "\x1b[2JAna\u202e\n"


def test_a_name_in_a_sentence_can_do_nothing_to_a_terminal() -> None:
    said = [
        function(*([EVIL] * len(inspect.signature(function).parameters)))
        for name, function in inspect.getmembers(sentences, inspect.isfunction)
        if function.__module__ == sentences.__name__
        and name
        not in (
            *("acknowledged", "new_words_hold", "old_plan", "planned", "throwing_away", "not_the_same"),
            *("deleting", "waits_for"),
        )
    ]
    said += [sentences.waits_for(EVIL, too_late=too_late) for too_late in (True, False)]
    said += [sentences.deleting(EVIL, or_tray=or_tray) for or_tray in (True, False)]
    said.append(sentences.acknowledged([EVIL, EVIL]))
    said += [
        sentences.not_the_same(EVIL, to_keeper=to_keeper, of_keeper=of_keeper)
        for to_keeper in (True, False)
        for of_keeper in (True, False)
    ]
    assert len(said) > 12
    assert all("Ana" in one and not set("\x1b\u202e\n") & set(one) for one in said)


def test_deleting_names_readers_only_where_there_are_some() -> None:
    assert "may have read it already" in sentences.deleting("Ben")
    assert "read" not in sentences.deleting("")


def test_what_can_be_taken_back_is_not_said_to_be_gone() -> None:
    assert sentences.deleting("Ben", or_tray=True).startswith("Removed now, it is gone")
    assert sentences.deleting("Ben").startswith("It is gone")
