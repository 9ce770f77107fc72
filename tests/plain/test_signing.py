"""Signing line by line: an observation, another's, and what is added."""

from kapjournal.domain.members import Role
from kapjournal.domain.signing import SIGNED_IS_LOCKED, AddendumKind, Signer
from kapjournal.journal import FLOOR, NewNote, NoteChange, join
from kapjournal.presentation import signing
from tests.cli.command_line import ANA, LEE

from .plain_conversation import PlainConversation, opened
from .test_copies import elsewhere, open_at

SIGNER = Signer("Dr Mina Lee", "LMFT")
ROES = "a lamp by the ferry"


def observed(plain: PlainConversation, *, signed: bool = False) -> str:
    with opened(plain, "Dr Lee", LEE) as lee:
        note = lee.notes.add(NewNote("They sat close.", title="Third hour", share="all"))
        if signed:
            lee.signing.sign(note.id, SIGNER)
    return note.id


def test_a_therapist_signs_once_it_is_said_what_that_means(plain: PlainConversation) -> None:
    note = observed(plain)
    said = plain.enters(
        *("Dr Lee", LEE, "search", "close", "1", "sign", "", SIGNER.name, SIGNER.credentials, "no"),
        *("sign", "", "yes", "edit", "delete", "hear", "quit"),
    )
    assert plain.not_typed == []
    assert said.index(signing.SIGNING) < said.index("Your name, as it stands")
    assert "A signature needs a name." in said
    assert "Nothing was signed." in said
    assert "You signed as Dr Mina Lee, LMFT before." in said
    assert signing.SIGNED in said
    assert "There is no choice “edit” here." in said
    assert "There is no choice “delete” here." in said
    assert "It is signed." in said
    assert "Signed by Dr Mina Lee, LMFT, as author, " in said
    assert "The signature holds." in said
    with opened(plain, "Dr Lee", LEE) as lee:
        assert lee.notes.get(note).is_signed


def test_a_signed_note_says_why_it_stays_as_it_is(plain: PlainConversation) -> None:
    observed(plain, signed=True)
    said = plain.enters("Dr Lee", LEE, "search", "close", "1", "history", "1", "use again", "quit")
    assert SIGNED_IS_LOCKED in said
    assert "There is no choice “use again” here." in said


def test_a_partner_hears_who_signed_and_is_offered_nothing(plain: PlainConversation) -> None:
    note = observed(plain, signed=True)
    with opened(plain, "Dr Lee", LEE) as lee:
        lee.signing.add(note, AddendumKind.LATE_ENTRY, "# Hands\nBen held hers.", "left out", SIGNER)
    said = plain.enters("Ana", ANA, "search", "close", "1", "quit")
    assert "It is signed." in said
    assert said.count("The signature holds.") == 2
    assert "LATE ENTRY. Service on " in said
    assert "Heading: Hands\nBen held hers." in said
    assert "This note. Choose by" not in said


def test_what_is_added_is_a_page_first_then_has_a_kind_a_reason_and_a_name(plain: PlainConversation) -> None:
    note = observed(plain, signed=True)
    said = plain.enters(
        *("Dr Lee", LEE, "search", "close", "1", "add to", "Ben held", ".", "keep"),
        *("add to", "her hand.", ".", "done", "late entry", "", "left out that evening"),
        *(SIGNER.name, SIGNER.credentials, "no", "done", "3", "left out", "", "yes", "hear", "quit"),
    )
    assert plain.not_typed == []
    assert signing.PAGE_ADDS in said
    assert signing.NO_REASON in said
    assert said.index(signing.ADDING) < said.index("Sign it and add it?") < said.index(signing.ADDED)
    assert "Ben held\nher hand." in said
    with opened(plain, "Dr Lee", LEE) as lee:
        found = lee.signing.of(note)
        assert found is not None
        assert [(one.kind, one.reason) for one in found.addenda] == [(AddendumKind.LATE_ENTRY, "left out")]
        assert lee.drafts.all() == []


def test_what_is_added_waits_among_the_drafts_by_what_it_is(plain: PlainConversation) -> None:
    observed(plain, signed=True)
    said = plain.enters(
        *("Dr Lee", LEE, "search", "close", "1", "add to", "Ben held", ".", "help", "keep"),
        *("back", "back", "drafts", "1", ".", "keep", "back", "quit"),
    )
    assert "Finish: say what it adds, sign it and add it." in said and "becomes a note" not in said
    assert "Addition to “Third hour”. For " in said
    assert said.count("Addendum, amendment or late entry to “Third hour”.") == 2
    again = plain.enters("Dr Lee", LEE, "quit")
    assert "A draft waits: “Addition to “Third hour””." in again


def test_another_puts_a_name_under_it_once(plain: PlainConversation) -> None:
    note = observed(plain, signed=True)
    with opened(plain, "Dr Lee", LEE) as lee:
        code = lee.members.invite("Dr Roe", Role.SUPERVISOR, strength=FLOOR)
        join(
            plain.file,
            code=code,
            label="Dr Roe",
            passphrase=ROES,
            with_recovery=False,
            strength=FLOOR,
            record_folder=plain.memory,
        )[0].close()
        lee.refresh()
        lee.notes.share(note, "Dr Roe")
    said = plain.enters(
        *("Dr Roe", ROES, "search", "close", "1", "co-sign", "Dr Jo Roe", "MD", "yes", "co-sign", "hear"),
        "quit",
    )
    assert signing.COSIGNED in said
    assert "There is no choice “co-sign” here." in said
    assert "Signed by Dr Jo Roe, MD, as co-signer, " in said


def test_unsigned_words_beside_a_signed_note_are_told_apart_and_set_apart(plain: PlainConversation) -> None:
    note = observed(plain)
    there = elsewhere(plain)
    with open_at(there, "Dr Lee", LEE) as lee:
        lee.notes.edit(note, NoteChange("They sat apart."))
    with opened(plain, "Dr Lee", LEE) as lee:
        lee.signing.sign(note, SIGNER)
        lee.copies.merge(there)
    said = plain.enters("Dr Lee", LEE, "search", "close", "1", "set apart", "hear", "quit")
    assert plain.not_typed == []
    first, then = said[said.index("The text:") :].split(signing.SET_APART)
    words = ("They sat close.", "Signed by Dr Mina Lee", "Not part of what is signed", "They sat apart.")
    places = [first.find(word) for word in (*words, signing.UNSIGNED_BESIDE)]
    assert -1 not in places and places == sorted(places)
    assert "They sat close." in then and "They sat apart." not in then
