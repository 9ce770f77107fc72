"""What is saved line by line is sealed for somebody else, if a key is said."""

import pyrage

from kapjournal.exchange import age
from kapjournal.journal import NewNote
from tests.cli.command_line import ANA
from tests.exchange.searched import paragraphs

from .plain_conversation import PlainConversation, opened

SECRET = str(pyrage.x25519.Identity.generate())
KEY = str(pyrage.x25519.Identity.from_str(SECRET).to_public())


def test_a_page_and_an_export_are_sealed_to_the_key_that_is_said(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern."))
    page, folder = plain.folder / "page.docx", plain.folder / "out"
    said = plain.enters(
        *("Ana", ANA, "search", "lantern", "1", "print", str(page), "age1wrong", KEY, "back", "back", "back"),
        *("export", "folder", "no", str(folder), KEY, "yes", "quit"),
    )
    assert "“age1wrong” is not the public key of a recipient" in said
    assert f"Saved as {page}.age. It is sealed to 1 recipient" in said
    assert f"The export is in {folder}.zip.age." in said and "not sealed" not in said
    sealed = (plain.folder / "page.docx.age").read_bytes()
    assert "Lantern." in paragraphs(age.opened(sealed, identity=SECRET))
    assert age.opened((plain.folder / "out.zip.age").read_bytes(), identity=SECRET).startswith(b"PK")
    assert not page.exists() and not folder.exists()
