"""Exports on the command line."""

from .command_line import CommandLine, one_sentence


def test_export_writes_prints_where_and_says_it_is_not_sealed(cli: CommandLine) -> None:
    cli.write("Ana", "mine", "--title", "Mine")
    cli.write("Ben", "his", "--share", "Ana")
    dest = cli.folder / "out"
    outcome = cli.done("Ana", "export", str(dest))
    assert outcome.text == f"{dest}\n"
    assert "not sealed" in outcome.err
    assert len(list(dest.iterdir())) == 2
    again = cli.as_("Ana", "export", str(dest))
    assert (again.code, again.out) == (6, b"")
    cli.done("Ana", "export", str(dest), "--force", "--include-shared")
    assert len(list(dest.iterdir())) == 3
    one = cli.folder / "all.md"
    cli.done("Ana", "export", str(one), "--one-document", "--include-shared")
    assert "This note is Ben’s." in one.read_text()
    lost = cli.as_("Ana", "export", str(cli.folder / "no" / "where"))
    assert lost.code == 7
    assert one_sentence(lost)


def test_a_link_that_leads_nowhere_is_not_replaced(cli: CommandLine) -> None:
    link = cli.folder / "link"
    link.symlink_to(cli.folder / "unmounted" / "disk")
    cli.write("Ana", "something to export")
    assert cli.as_("Ana", "backup", str(link)).code == 6
    assert cli.as_("Ana", "export", str(link), "--one-document").code == 6
    assert link.is_symlink()


def test_export_selects(cli: CommandLine) -> None:
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", "2024-11-17")
    first = cli.write("Ana", "first words", "--session", "1")
    second = cli.write("Ana", "second words", "--date", "2024-11-01")
    after = cli.write("Ana", "words of the day after", "--date", "2024-11-18")
    his = cli.write("Ben", "his words", "--share", "Ana")
    one = cli.folder / "one.md"

    def exported(*options: str) -> str:
        cli.done("Ana", "export", str(one), "--one-document", "--force", *options)
        return one.read_text()

    assert "first" in (page := exported("--session", "1"))
    assert "second" not in page
    assert "words of the day after" in page
    assert "second" in (page := exported("--note", second))
    assert "first words" not in page
    assert "his words" in exported("--note", his, "--include-shared")
    assert "second" in exported("--session", "1", "--note", second)
    line = ("export", str(one), "--one-document", "--force")
    assert cli.as_("Ana", *line, "--note", his).code == 6
    assert cli.as_("Ana", *line, "--session", "9").code == 4
    assert cli.as_("Ben", *line, "--note", first).code == 4
    assert cli.as_("Ben", *line, "--note", after).code == 4
