"""Pictures made small for a terminal, by a process that may come to harm by them."""

import io
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from kapjournal.pictures import made_small, small
from kapjournal.pictures.small import CannotBeShown, SmallPicture

from .made_pictures import bomb, jpeg, png, shown


def made(data: bytes, width: int = 40, height: int = 40) -> SmallPicture:
    return small.small(data, width, height, lambda _: None)


def saved(image: Image.Image, form: str, **how: object) -> bytes:
    into = io.BytesIO()
    image.save(into, form, **how)
    return into.getvalue()


GOOD = {
    "JPEG": jpeg(),
    "progressive": jpeg(progressive=True),
    "CMYK": jpeg(mode="CMYK"),
    "PNG": png(),
    "grey": saved(shown("L"), "PNG"),
    "black and white": saved(shown("1"), "PNG"),
    "colours from a table": saved(shown("P"), "PNG", transparency=3),
    "GIF": saved(shown("P"), "GIF"),
    "WebP": saved(shown("RGBA"), "WEBP"),
    "several in one": saved(shown(), "MPO", save_all=True, append_images=[shown()]),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_picture_is_made_to_fit(name: str) -> None:
    picture = made(GOOD[name])
    assert (picture.width, picture.height) == (40, 26)
    assert len(picture.row(25)) == 40


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (40, 26)), (3, (40, 26)), (6, (26, 40)), (8, (26, 40))]
)
def test_it_is_turned_the_right_way_up(orientation: int, size: tuple[int, int]) -> None:
    for data in (jpeg(orientation), png(orientation)):
        picture = made(data)
        assert (picture.width, picture.height) == size


def test_what_can_be_seen_through_lies_on_white_paper() -> None:
    picture = made(saved(Image.new("RGBA", (4, 4), (0, 0, 0, 0)), "PNG"))
    assert picture.row(0) == [(255, 255, 255)] * 4


lying = bytearray(bomb(30, 30))
lying[16:24] = b"\0\0\xff\xff" * 2

BAD = {
    "nothing": b"",
    "words": b"not a picture",
    "a bomb": bomb(30_000, 30_000),
    "just too many points": bomb(5_001, 5_000),
    "a size that lies": bytes(lying),
    "a cut JPEG": jpeg()[:900],
    "a cut PNG": png()[:-400],
    "another form": saved(shown(), "TIFF"),
    "16 bits a point": saved(Image.new("I;16", (9, 9)), "PNG"),
    "no room for it": bytes(small.MAX_BYTES + 1),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_shown_is_refused(name: str) -> None:
    begun = time.monotonic()
    with pytest.raises(CannotBeShown):
        made(BAD[name])
    assert time.monotonic() - begun < small._WITHIN_SECONDS


def test_as_many_points_as_allowed_are_decoded() -> None:
    assert made(bomb(5_000, 5_000)).row(0)[0] == (0, 0, 0)


def test_decoding_as_many_points_takes_no_more_memory_than_it_may() -> None:
    """Asked of a program of its own: what was started before counts there not."""
    ask = (
        "import resource; from tests.pictures.test_small import bomb, made; made(bomb(5_000, 5_000)); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    taken = subprocess.run([sys.executable, "-c", ask], check=True, capture_output=True, text=True)
    assert int(taken.stdout) < made_small._MAX_MEMORY // 1024


def as_program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let something else stand in the place of what decodes, as if a picture had taken it over."""
    program = folder / "program"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "kill -SEGV $$",
        "exec yes",
        "printf '\\0\\1\\0\\1ab'",
        "printf '\\0\\0\\0\\0'",
        "printf '\\0\\377\\0\\1abc'",
    ],
)
def test_whatever_becomes_of_the_process_it_is_a_picture_that_cannot_be_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    as_program(tmp_path, monkeypatch, script)
    monkeypatch.setattr(small, "_WITHIN_SECONDS", 1.0)
    with pytest.raises(CannotBeShown):
        made(bytes(1_000_000))


def test_it_stops_by_itself_and_when_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_program(tmp_path, monkeypatch, "exec sleep 60")
    begun = time.monotonic()
    with pytest.raises(CannotBeShown):
        small.small(bytes(1_000_000), 9, 9, lambda stop: threading.Timer(0.1, stop).start())
    monkeypatch.setattr(small, "_WITHIN_SECONDS", 0.1)
    with pytest.raises(CannotBeShown):
        made(bytes(1_000_000))
    assert time.monotonic() - begun < 10


def test_no_python_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(CannotBeShown):
        made(png())


@pytest.mark.parametrize(
    "attempt", ["open('written', 'w')", "os.system('touch written')", "os.pipe()", "bytearray(2 << 30)"]
)
def test_what_decodes_can_write_open_and_take_nothing(tmp_path: Path, attempt: str) -> None:
    """The same limits in a process that then tries."""
    assert_in_vain(tmp_path, attempt)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing limits root")
@pytest.mark.parametrize("attempt", ["os.fork()", "os.posix_spawn('/bin/true', ['true'], {})"])
def test_what_decodes_can_start_no_process(tmp_path: Path, attempt: str) -> None:
    assert_in_vain(tmp_path, attempt)


def test_what_decodes_may_start_no_process_whoever_runs_it() -> None:
    code = (
        "import resource; from kapjournal.pictures.made_small import _keep_within_limits as k; k(); "
        "print(resource.getrlimit(resource.RLIMIT_NPROC))"
    )
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert asked.stdout.split() == [b"(0,", b"0)"]


def assert_in_vain(tmp_path: Path, attempt: str) -> None:
    code = f"import os; from kapjournal.pictures.made_small import _keep_within_limits as k; k(); {attempt}"
    command = [sys.executable, "-c", code]
    tried = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert tried.returncode == 1 or "system" in attempt
    assert list(tmp_path.iterdir()) == []
