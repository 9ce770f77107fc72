"""The booklet from the command line: what both approved, and no other word of the journal."""

import datetime as dt

from pypdf import PdfReader

from kapjournal import clock
from kapjournal.domain.authorisation import words_of
from kapjournal.domain.joint import JointKind, JointText
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal, NewNote, unlock

from .command_line import PASSPHRASES, CommandLine, one_sentence

DAY = dt.date(2026, 3, 2)
BOTH = {
    JointKind.DIALOGUE: "Sundays",
    JointKind.LOOP: "Sea fog",
    JointKind.PRACTICE: "Tea at nine",
    JointKind.CLOSING: "A walk by the lake",
}
FIELDS = {
    JointKind.DIALOGUE: "topic",
    JointKind.LOOP: "name",
    JointKind.PRACTICE: "sentence",
    JointKind.CLOSING: "next-step",
    JointKind.AGREEMENT: "touch",
}


def text(kind: JointKind, said: str) -> JointText:
    if kind is JointKind.AUTHORISATION:
        return words_of(said, said, clock.today() + dt.timedelta(days=30))
    return JointText(kind, ((FIELDS[kind], said),), DAY)


def opened(cli: CommandLine, label: str) -> Journal:
    return unlock(cli.file, label=label, passphrase=PASSPHRASES[label], record_folder=cli.memory)


def of_two(cli: CommandLine) -> None:
    """What both approved, and beside it all that is no such thing: each with a word that says so."""
    with opened(cli, "Dr Lee") as lee, opened(cli, "Ana") as ana, opened(cli, "Ben") as ben:
        lee.sessions.add(kind=SessionKind.CLOSING, date=DAY, title="SECRET title")
        lee.notes.add(NewNote("SECRET of the therapist", share="all"))
        ana.notes.add(NewNote("SECRET page", share="all"))
        for journal in (ana, ben):
            journal.refresh()
        for kind, said in BOTH.items():
            ana.joints.together(ben.joints, text(kind, said))
        for kind in JointKind:
            ana.joints.propose(text(kind, "SECRET proposal"))
        declined = [ana.joints.propose(text(kind, "SECRET declined")) for kind in JointKind]
        ended = ana.joints.together(ben.joints, text(JointKind.DIALOGUE, "SECRET ended"))
        agreement = ana.joints.together(ben.joints, text(JointKind.AGREEMENT, "SECRET agreement"))
        ana.joints.together(ben.joints, text(JointKind.AUTHORISATION, "SECRET authorisation"))
        lee.refresh()
        lee.joints.approve(agreement.id)
        ben.refresh()
        ben.joints.narrow(agreement.id, "SECRET narrowing")
        for one in (*declined, ended):
            ben.joints.take_back(one.id)
        ana.refresh()


def test_only_what_both_approved_leaves_the_journal(cli: CommandLine) -> None:
    of_two(cli)
    made = cli.folder / "booklet.md"
    said = cli.done("Ana", "booklet", str(made), "--json")
    assert said.json == {"file": str(made)} and "not sealed" in said.err
    words = made.read_text()
    assert [one for one in BOTH.values() if one not in words] == []
    assert words.startswith("# Ana and Ben\n\nMarch 2026\n") and "SECRET" not in words
    assert made.stat().st_mode & 0o077 == 0
    other = cli.folder / "other.md"
    cli.done("Ben", "booklet", str(other))
    assert other.read_text() == words


def test_its_name_says_what_is_made_and_nothing_is_written_over(cli: CommandLine) -> None:
    of_two(cli)
    page, pdf = cli.folder / "booklet.html", cli.folder / "booklet.pdf"
    for one in (page, pdf):
        cli.done("Ana", "booklet", str(one))
        assert one.stat().st_mode & 0o077 == 0
        again = cli.as_("Ana", "booklet", str(one))
        assert again.code == 6 and one_sentence(again)
    assert "Sea fog" in page.read_text() and "SECRET" not in page.read_text()
    found = "".join(one.extract_text() for one in PdfReader(pdf).pages)
    assert "Sea fog" in found and "SECRET" not in found
    odd = cli.as_("Ana", "booklet", str(cli.folder / "booklet.txt"))
    assert odd.code == 2 and one_sentence(odd)
    assert cli.as_("Ana", "booklet", str(cli.file)).code in (2, 6)
    assert sorted(one.name for one in cli.folder.glob(".*")) == []


def test_it_is_the_partners_and_there_is_none_before_they_approved_anything(cli: CommandLine) -> None:
    empty = cli.as_("Ana", "booklet", str(cli.folder / "booklet.md"))
    assert empty.code == 6 and "what you two approved" in empty.err
    of_two(cli)
    theirs = cli.as_("Dr Lee", "booklet", str(cli.folder / "booklet.md"))
    assert theirs.code == 6 and one_sentence(theirs) and "Ask one of them" in theirs.err
    assert not (cli.folder / "booklet.md").exists()
