"""What two approve, line by line: put to the other, said yes to, narrowed, taken back."""

from kapjournal import clock
from kapjournal.domain.joint import JointKind, JointText, Standing
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened

TODAY = clock.today()


def put(plain: PlainConversation, kind: JointKind = JointKind.AGREEMENT) -> None:
    with opened(plain, "Ana", ANA) as ana:
        day = ana.joints.propose(JointText(kind, (("touch", "Hands, if asked"),), TODAY)).text.date
    assert day == TODAY


def test_one_writes_it_down_and_all_say_yes(plain: PlainConversation) -> None:
    touch = ("Hands, if asked", "Not the face", "")
    said = plain.enters(
        *("Ana", ANA, "together", "write together", "agreement", *touch, "", "", "Red", "", "", "", "", ""),
        *("yes", "back", "quit"),
    )
    assert plain.not_typed == []
    for sentence in (
        "What you type is kept nowhere until you put it to the other.",
        "Pictures and recordings. Is anything photographed or recorded? Enter keeps: No. A minus leaves",
        "Ben and Dr Lee have still to say yes.",
    ):
        assert sentence in said, sentence
    said = plain.enters("Ben", BEN, "together", "1", "yes", "back", "back", "quit")
    assert "Ana put something to you: Agreement. Choose together to read it." in said
    assert "Your yes is to these very words." in said and "Not the face" in said
    assert "Dr Lee has still to say yes." in said
    said = plain.enters("Dr Lee", LEE, "together", "1", "yes", "back", "back", "quit")
    assert "It holds. You may always ask for less." in said
    said = plain.enters("Ben", BEN, "together", "1", "less", "", "No hands today", "back", "back", "quit")
    assert "It counts from now on." in said and "Ana put" not in said
    with opened(plain, "Dr Lee", LEE) as lee:
        joint = lee.joints.holding(JointKind.AGREEMENT)
        assert joint is not None and [one.line for one in joint.narrowings] == ["No hands today"]
        assert dict(joint.text.fields) == {
            "touch": "Hands, if asked\nNot the face",
            "stop": "Red",
            "pictures": "No.",
        }


def test_what_is_half_typed_is_kept_nowhere(plain: PlainConversation) -> None:
    said = plain.enters(
        "Ana", ANA, "together", "write together", "practice", "Tea at nine", "back", "back", "quit"
    )
    assert plain.not_typed == [] and "What you type is kept nowhere" in said
    with opened(plain, "Ana", ANA) as ana:
        assert ana.joints.all() == [] and ana.drafts.all() == []


def test_a_no_and_words_taken_back(plain: PlainConversation) -> None:
    put(plain)
    said = plain.enters("Ben", BEN, "together", "1", "no", "yes", "back", "quit")
    assert "The words stay for you two, and nobody is bound to them." in said
    with opened(plain, "Ana", ANA) as ana:
        assert [one.standing for one in ana.joints.all()] == [Standing.DECLINED]
    said = plain.enters("Ana", ANA, "together", "1", "no", "no", "no", "yes", "back", "quit")
    assert "It is gone. Nobody reads it any more." in said
    with opened(plain, "Ana", ANA) as ana:
        assert ana.joints.all() == []


def test_written_anew_it_begins_with_the_words_from_before(plain: PlainConversation) -> None:
    put(plain, JointKind.PRACTICE)
    said = plain.enters(
        *("Ana", ANA, "together", "1", "anew", "Tea at nine", "", "-", "2097-03-09", "yes", "yes"),
        *("back", "back", "quit"),
    )
    assert plain.not_typed == [] and "Enter keeps: Hands, if asked" in said
    assert "Once it holds, Dr Lee can too." in said
    with opened(plain, "Ana", ANA) as ana:
        [_, text] = [one.text for one in ana.joints.all()]
        assert text.fields == (("sentence", "Tea at nine"),) and text.for_therapists and text.review


def test_there_is_nothing_of_it_for_a_therapist_at_first(plain: PlainConversation) -> None:
    said = plain.enters("Dr Lee", LEE, "together", "quit")
    assert "Nothing is written down together yet." in said


def test_ben_says_yes_at_anas_keyboard(plain: PlainConversation) -> None:
    put(plain, JointKind.PRACTICE)
    said = plain.enters("Ana", ANA, "together", "1", "yes here", BEN, "yes", "back", "back", "quit")
    assert plain.not_typed == []
    assert "Ben, do you say yes to these very words?" in said and "It holds." in said
    with opened(plain, "Ben", BEN) as ben:
        assert [one.standing for one in ben.joints.all()] == [Standing.HOLDS]
