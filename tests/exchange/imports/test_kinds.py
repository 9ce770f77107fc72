"""Each kind of source as its program writes it: what comes, and what of a bad one is named while the rest
comes."""

import datetime as dt
import json
from pathlib import Path

import pytest

from kapjournal.domain.incoming import Remedy

from .making import folder, read, zipped

DAY = dt.date(2024, 3, 2)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)


def test_an_obsidian_vault_comes_with_days_tags_and_embedded_files(tmp_path: Path) -> None:
    vault = folder(
        tmp_path / "vault",
        {
            ".obsidian/app.json": "{}",
            ".trash/gone.md": "gone",
            "Daily/2024-03-02.md": "Woke early #sleep/short, `#no` and https://a.example/#no\n\n![[lake.png]]",
            "Daily/2024-03-03 A walk.md": "See [[2024-03-02]] [a plan](../files/a%20plan.pdf) [x](http://a/b.c)",
            "Note.md": "---\ntitle: 'It''s'\ncreated: 2024-03-02T08:30:00+01:00\n"
            'tags:\n  - one\n  - "two words"\n'
            "mood: 4\n---\nWords",
            "img/deep/lake.png": PNG,
            "files/a plan.pdf": b"%PDF",
            "files/unnamed.pdf": b"%PDF",
        },
    )
    notes, problems = read("markdown", vault)
    daily, walk, note = notes
    assert (daily.date, daily.title, daily.tags) == (DAY, "", ("sleep/short",))
    assert [file.name for file in daily.files] == ["lake.png"]
    assert (walk.date, walk.title) == (DAY + dt.timedelta(1), "A walk")
    assert [file.name for file in walk.files] == ["a plan.pdf"]
    assert (note.date, note.title, note.tags) == (DAY, "It's", ("one", "two words"))
    assert note.body == "Words\n\n```yaml\nmood: 4\n```\n"
    assert note.written == dt.datetime(2024, 3, 2, 7, 30, tzinfo=dt.UTC)
    assert [(one.where, one.is_lost) for one in problems] == [("files/unnamed.pdf", False)]


def test_a_zip_of_the_same_is_read_the_same(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a/2024-03-02.md": "![x](lake.png)",
        "a/lake.png": PNG,
        "__MACOSX/._a.md": "x",
    }
    [note], problems = read("markdown", zipped(tmp_path / "a.zip", files))
    assert note.date == DAY and [file.name for file in note.files] == ["lake.png"] and not problems


@pytest.mark.parametrize(
    ("above", "title", "tags"),
    [
        ('title: "A: b"\ntags: [x, "y z", 3]', "A: b", ("x", "y z", "3")),
        ('title: plain # said\ntags: "x, y #z"', "plain", ("x", "y", "z")),
        ("Title: T\ntag:\n- x\n- y", "T", ("x", "y")),
        ("tags: []\ntitle:", "n", ()),
        ("title: |\n  two\n  lines", "two\nlines", ()),
        ("title: null\ntags: ~", "n", ()),
    ],
)
def test_what_stands_above_a_note_is_read_as_people_write_it(
    above: str, title: str, tags: tuple[str, ...], tmp_path: Path
) -> None:
    [note], _ = read("markdown", folder(tmp_path / "f", {"n.md": f"---\n{above}\n---\nBody"}))
    assert (note.title, note.tags, note.body) == (title, tags, "Body")


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("title: T\ntags: [a, b\nmood: 4", "T"),
        ('title: "T\nmood: 4', "n"),
        ("title: T\nwords that are no field", "T"),
        ("title: T\ntitle: Again", "T"),
        ("{{{\ntitle: T", "T"),
        ("title: T\ntags:\nwords", "T"),
    ],
)
def test_front_matter_that_cannot_be_read_stands_below_the_words_to_the_letter(
    above: str, title: str, tmp_path: Path
) -> None:
    [note], [problem] = read("markdown", folder(tmp_path / "f", {"n.md": f"---\n{above}\n---\nBody"}))
    assert note.body == f"Body\n\n```yaml\n{above}\n```\n" and note.title == title
    assert (problem.where, problem.is_lost) == ("n.md", False) and "cannot be read" in problem.sentence


@pytest.mark.parametrize(
    "line",
    [
        "date: some day",
        "session: first",
        "kind: poem",
        "done?: no",
        '"two words": 3',
        "a:\n  b: 1",
        "tag:\n  b: 1",
    ],
)
def test_a_field_that_no_note_has_a_place_for_stands_below_the_words(line: str, tmp_path: Path) -> None:
    text = f"---\ntitle: T\n{line}\ntags: [a]\n---\nBody\n"
    [note], problems = read("markdown", folder(tmp_path / "f", {"n.md": text}))
    assert note.body == f"Body\n\n```yaml\n{line}\n```\n" and not problems
    assert (note.title, note.tags) == ("T", ("a",))


def test_fields_with_code_in_them_end_where_they_end(tmp_path: Path) -> None:
    [note], _ = read("markdown", folder(tmp_path / "f", {"n.md": "---\nquery: |\n  ```js\n  x\n---\n"}))
    assert note.body == "````yaml\nquery: |\n  ```js\n  x\n````\n"


@pytest.mark.parametrize("kind", ["markdown", "text"])
def test_of_an_empty_file_no_note_comes_and_that_is_said(kind: str, tmp_path: Path) -> None:
    notes, [problem] = read(kind, folder(tmp_path / "f", {"Lake.md": "", "b.md": "words"}))
    assert [note.body for note in notes] == ["words"]
    assert (problem.where, problem.is_lost) == ("Lake.md", False)


def test_what_is_no_front_matter_stays_words(tmp_path: Path) -> None:
    [note], _ = read("markdown", folder(tmp_path / "f", {"n.md": "---\nnot closed: yes\n\nBody"}))
    assert note.body.startswith("---\nnot closed")


def test_the_day_is_the_files_where_nothing_says_another(tmp_path: Path) -> None:
    import os  # noqa: PLC0415

    place = folder(tmp_path / "f", {"n.md": "Body"})
    os.utime(place / "n.md", (1709371800, 1709371800))
    [note], _ = read("markdown", place)
    assert note.date == DAY and note.written == dt.datetime(2024, 3, 2, 9, 30, tzinfo=dt.UTC)


def test_links_that_lead_out_or_nowhere_are_named_and_the_note_comes(tmp_path: Path) -> None:
    folder(tmp_path, {"secret.txt": "secret"})
    vault = folder(
        tmp_path / "v",
        {
            "n.md": "![x](../secret.txt) ![y](/etc/passwd.txt) ![[../../secret.txt]] ![[gone.png]] "
            "[z](gone.md) [o](../other.md) <x> [f](file:///etc/hosts.txt) ![c](<C:\\a\\b.png>) [web](https://a.example/b.png)"
        },
    )
    [note], problems = read("markdown", vault)
    assert not note.files
    out = {"../secret.txt", "/etc/passwd.txt", "../../secret.txt", "../other.md", "file:///etc/hosts.txt"}
    out.add("C:\\a\\b.png")
    assert {one.where for one in problems if one.is_lost} == {f"n.md: {target}" for target in out}
    assert [one.where for one in problems if not one.is_lost] == ["n.md: gone.png"]
    assert len({one.sentence for one in problems}) == 2


DAY_ONE = {
    "metadata": {"version": "1.0"},
    "entries": [
        {
            "uuid": "A",
            "creationDate": "2024-03-02T01:30:00Z",
            "modifiedDate": "2024-03-04T01:30:00Z",
            "timeZone": "America/New_York",
            "text": "# A walk\n\nTo the lake.\n\n![](dayone-moment://PIC1)\n\n![](dayone-moment:/audio/SND1)",
            "tags": ["lake"],
            "starred": True,
            "photos": [
                {"identifier": "PIC1", "md5": "abc", "type": "png"},
                {"identifier": "PIC2", "md5": "lost", "type": "jpeg", "filename": "IMG_2.JPG"},
            ],
            "audios": [{"identifier": "SND1", "md5": "def", "format": "m4a"}],
        },
        {"uuid": "B", "text": "no day"},
        "nothing",
        {"uuid": "C", "creationDate": "2024-03-05T09:00:00Z", "text": "Plain", "photos": "none"},
    ],
}


def test_day_one_comes_with_its_own_days_and_pictures(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "Journal.json": json.dumps(DAY_ONE),
        "photos/abc.png": PNG,
        "audios/def.m4a": b"sound",
    }
    notes, problems = read("day-one", zipped(tmp_path / "d.zip", files))
    walk, plain = notes
    assert (walk.title, walk.date, walk.tags) == ("A walk", dt.date(2024, 3, 1), ("lake", "starred"))
    assert walk.body == "To the lake.\n\n![photo-1.png](<photo-1.png>)\n\n![audio-1.m4a](<audio-1.m4a>)"
    assert [file.name for file in walk.files] == ["photo-1.png", "audio-1.m4a"]
    assert walk.written == dt.datetime(2024, 3, 2, 1, 30, tzinfo=dt.UTC) and walk.revised
    assert plain.body == "Plain"
    assert [one.where for one in problems] == [
        "Journal.json, entry 1: IMG_2.JPG",
        "Journal.json, entry 2",
        "Journal.json, entry 3",
    ]


def test_of_json_that_breaks_off_all_that_stands_before_comes(tmp_path: Path) -> None:
    text = json.dumps(DAY_ONE)
    cut = text[: text.index('{"uuid": "C"') + 20]
    notes, problems = read("day-one", zipped(tmp_path / "d.zip", {"Journal.json": cut}))
    assert [note.title for note in notes] == ["A walk"]
    assert problems[-1].where == "Journal.json" and "not whole JSON" in problems[-1].sentence


@pytest.mark.parametrize(
    "text", ["", "no", "[", "{", '{"a": 1}', '{"entries": 3}', '{"entries": [', "\x00", "[" * 9999]
)
def test_what_is_no_journal_is_said_to_be_none(text: str, tmp_path: Path) -> None:
    for kind, name in (("day-one", "J.json"), ("jrnl", "j.json"), ("standard-notes", "b.txt")):
        notes, problems = read(kind, folder(tmp_path / kind, {name: text}))
        assert not notes and len(problems) == 1 and problems[0].is_lost


def test_bad_entries_of_jrnl_are_named_and_the_rest_comes(tmp_path: Path) -> None:
    entries = [{"title": "T", "body": "b", "date": "2024-03-02", "time": "x", "tags": 3}, {"title": "T"}, 3]
    entries.append({"title": "T", "body": "b", "date": "yesterday"})
    notes, problems = read("jrnl", folder(tmp_path / "j", {"j.json": json.dumps({"entries": entries})}))
    assert [(note.date, note.tags) for note in notes] == [(DAY, ())]
    assert [one.where for one in problems] == ["j.json, entry 2", "j.json, entry 3", "j.json, entry 4"]


SUPER = json.dumps(
    {
        "root": {
            "children": [{"children": [{"text": "One "}, {"text": "line"}]}, {"children": [{"text": "Two"}]}]
        }
    }
)
STANDARD_NOTES = {
    "version": "004",
    "items": [
        {
            "uuid": "n1",
            "content_type": "Note",
            "created_at": "2024-03-02T10:00:00.000Z",
            "updated_at": "2024-03-09T10:00:00.000Z",
            "content": {"title": "Kettle", "text": "Words", "references": []},
        },
        {
            "uuid": "n2",
            "content_type": "Note",
            "created_at": "2024-03-02T10:00:00.000Z",
            "content": {"title": "Super", "text": SUPER, "noteType": "super"},
        },
        {"uuid": "n3", "content_type": "Note", "content": "004:sealed"},
        {"uuid": "n4", "content_type": "Note", "content": {"title": "Old", "text": "x", "trashed": True}},
        {"uuid": "t", "content_type": "Tag", "content": {"title": "lake", "references": [{"uuid": "n1"}]}},
        {"uuid": "p", "content_type": "SN|UserPreferences", "content": {}},
    ],
}


def test_a_decrypted_backup_of_standard_notes_comes_with_its_tags(tmp_path: Path) -> None:
    name = "Standard Notes Backup and Import File.txt"
    files = {name: json.dumps(STANDARD_NOTES), "Items/Note/Kettle-n1.txt": "Words"}
    notes, problems = read("standard-notes", zipped(tmp_path / "b.zip", files))
    kettle, super_ = notes
    assert (kettle.title, kettle.body, kettle.tags, kettle.date) == ("Kettle", "Words", ("lake",), DAY)
    assert kettle.revised == dt.datetime(2024, 3, 9, 10, tzinfo=dt.UTC)
    assert super_.body == "One line\n\nTwo"
    assert [(one.where.rpartition(", ")[2], one.is_lost) for one in problems] == [
        ("item 2", False),
        ("item 3", True),
    ]


def test_items_of_joplin_that_are_sealed_trashed_or_broken_do_not_come(tmp_path: Path) -> None:
    def item(name: str, words: str, **said: object) -> tuple[str, str]:
        own = name * 32
        lines = "\n".join(f"{key}: {value}" for key, value in {"id": own, "type_": 1, **said}.items())
        return f"{own}.md", f"{words}\n\n{lines}"

    files = dict(
        [
            item("a", "Kettle\n\nWords", user_created_time="2024-03-02T10:00:00.000Z"),
            item("b", "Gone\n\nx", deleted_time=1709371800),
            item("c", "", encryption_applied=1),
            ("d" * 32 + ".md", "no item at all"),
            item("e", "Page\n\n<b>x</b>", markup_language=2),
        ]
    )
    notes, problems = read("joplin", folder(tmp_path / "raw", files))
    assert [(note.title, note.body) for note in notes] == [("Kettle", "Words"), ("Page", "<b>x</b>")]
    assert [(one.where[0], one.is_lost) for one in problems] == [("d", True), ("c", True), ("e", False)]


def test_plain_words_come_file_by_file(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "2024-03-02 Kettle.txt": "Words",
        "b/c.text": "More",
        "d.png": PNG,
        "README": "Third",
    }
    notes, problems = read("text", folder(tmp_path / "t", files))
    assert [note.title for note in notes] == ["Kettle", "README", "c"] and notes[0].date == DAY
    assert [(one.where, one.is_lost) for one in problems] == [("d.png", False)]
    [note], _ = read("text", folder(tmp_path / "u", {"my.diary": "Words"}) / "my.diary")
    assert note.body == "Words"


@pytest.mark.parametrize(
    ("data", "encoding", "words"),
    [
        ("héllo".encode("utf-16"), "", "héllo"),
        (b"\xef\xbb\xbfhello", "", "hello"),
        ("héllo".encode("cp1252"), "cp1252", "héllo"),
        ("héllo".encode(), "cp1252", "héllo"),
        ("hello".encode("utf-16-le"), "utf-16-le", "hello"),
    ],
)
def test_words_are_read_as_they_say_they_are_encoded(
    data: bytes, encoding: str, words: str, tmp_path: Path
) -> None:
    [note], _ = read("text", folder(tmp_path / "t", {"a.txt": data}), encoding)
    assert note.body == words


def test_words_in_another_encoding_are_told_with_the_way_out(tmp_path: Path) -> None:
    notes, [problem] = read("text", folder(tmp_path / "t", {"a.txt": "héllo".encode("cp1252"), "b.txt": "b"}))
    assert [note.body for note in notes] == ["b"] and problem.where == "a.txt"
    assert problem.sentence == "It is not UTF-8, and cannot be read." and problem.remedy is Remedy.ENCODING


def test_a_note_of_ten_megabytes_is_read_in_one_go(tmp_path: Path) -> None:
    """Brackets, links and tags that never end are no reason to look at a text again and again."""
    for words in ("[" * 10_000_000, "![[" * 3_000_000, "](" * 5_000_000, "#a " * 3_000_000, "`" * 10_000_000):
        notes, _ = read("markdown", folder(tmp_path / "t", {"a.md": words}))
        assert len(notes) == 1
