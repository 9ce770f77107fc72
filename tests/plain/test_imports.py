"""Bringing in notes of other programs, line by line."""

from tests.cli.command_line import ANA
from tests.exchange.imports.making import folder

from .plain_conversation import PlainConversation


def test_it_is_said_what_would_come_then_it_comes_and_goes_again(plain: PlainConversation) -> None:
    vault = folder(
        plain.folder / "vault", {"2024-03-02 Kettle.md": "It hummed.", "b.md": "héllo".encode("cp1252")}
    )
    said = plain.enters(
        *("Ana", ANA, "import", "", str(vault), "yes", "", "no"),
        *("import", str(vault), "yes", "no such", "", "yes", "quit"),
    )
    assert plain.not_typed == []
    assert "Say where it is, or type back." in said
    assert "It looks like this: Markdown: a file or a folder" in said
    assert "To come: 1 note of 2 March 2024." in said and "b.md: It is not UTF-8" in said
    assert "There is no encoding “no such”" in said
    assert said.index("Nothing was imported.") < said.index("Imported: 1 note of 2 March 2024.")
    said = plain.enters("Ana", ANA, "imported", "2", "imported", "1", "yes", "quit")
    assert "markdown · vault · 1 note" in said and "There is no import 2." in said
    assert "Taken out: 1 note." in said
    assert "imported" not in plain.enters("Ana", ANA, "files", "back", "quit").lower()


def test_another_kind_can_be_chosen(plain: PlainConversation) -> None:
    place = folder(plain.folder / "words", {"a.txt": "[2024-03-02 09:30] Kettle\nIt hummed."})
    said = plain.enters("Ana", ANA, "import", str(place), "no", "text", "yes", "quit")
    assert plain.not_typed == []
    assert "It looks like this: jrnl" in said and "Imported: 1 note" in said


def test_what_lets_more_come_is_asked_where_it_does(plain: PlainConversation) -> None:
    heic = b"\0\0\0\x18ftypheic" + bytes(40)
    files: dict[str, str | bytes] = {"a.md": "![](p.heic)", "p.heic": heic, "b.md": "héllo".encode("cp1252")}
    place = folder(plain.folder / "vault", files)
    said = plain.enters("Ana", ANA, "import", str(place), "yes", "cp1252", "yes", "yes", "quit")
    assert plain.not_typed == []
    assert said.index("To come: 1 note of") < said.index("Imported: 2 notes of")
    assert "with 1 file" in said[said.index("Imported") :]
