"""Pictures without their details: nothing of what they say is left, and nothing of what they show is lost."""

import io
import random
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms, ImageSequence

from kapjournal.errors import Refused
from kapjournal.pictures import CannotBeCleaned, Detail, without_details
from kapjournal.presentation import attachments as wording
from tests.pictures.made_pictures import IFD, MADE, SECRETS, Base, jpeg, png, shown, webp

Make = Callable[[int], bytes]


def cleaned(data: bytes) -> tuple[bytes, frozenset[Detail]]:
    found = without_details(io.BytesIO(data))
    assert found is not None
    return b"".join(found), found.taken_out


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def frames(data: bytes) -> list[bytes]:
    return [frame.convert("RGBA").tobytes() for frame in ImageSequence.Iterator(opened(data))]


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
@pytest.mark.parametrize("orientation", [1, 6])
def test_nothing_of_what_it_says_is_left(make: Make, orientation: int) -> None:
    data = make(orientation)
    assert any(secret in data for secret in SECRETS)
    left, _ = cleaned(data)
    assert not [secret for secret in SECRETS if secret in left]
    assert set(opened(left).getexif()) <= {Base.Orientation}
    assert not opened(left).info.keys() & {"xmp", "comment", "Author", "XML:com.adobe.xmp"}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_what_it_shows_is_the_same_to_the_last_point(make: Make) -> None:
    data = make(6)
    left, _ = cleaned(data)
    assert frames(left) == frames(data)
    assert opened(left).mode == opened(data).mode
    assert opened(left).info.get("dpi") == opened(data).info.get("dpi")
    assert opened(left).info.get("duration") == opened(data).info.get("duration")
    assert opened(left).info.get("loop") == opened(data).info.get("loop")


@pytest.mark.parametrize("make", [jpeg, png, webp])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_which_way_up_it_is_stays(make: Make, orientation: int) -> None:
    left, _ = cleaned(make(orientation))
    assert opened(left).getexif().get(Base.Orientation, 1) == orientation
    assert (b"xif" in left.lower() or b"EXIF" in left) == (orientation != 1)


@pytest.mark.parametrize("make", [jpeg, png, webp])
def test_a_person_is_told_what_was_taken_out(make: Make) -> None:
    assert cleaned(make(1))[1] == set(Detail)


def test_of_a_picture_that_says_nothing_nothing_is_taken() -> None:
    for form in ("JPEG", "PNG", "WEBP", "GIF"):
        into = io.BytesIO()
        shown().save(into, form)
        assert cleaned(into.getvalue()) == (into.getvalue(), frozenset())


@pytest.mark.parametrize("make", [jpeg, png, webp])
def test_cleaned_twice_it_is_the_same(make: Make) -> None:
    once, _ = cleaned(make(6))
    assert cleaned(once) == (once, frozenset())


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_its_colours_stay(form: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    into = io.BytesIO()
    shown().save(into, form, icc_profile=profile, exif=Image.Exif())
    assert opened(cleaned(into.getvalue())[0]).info["icc_profile"] == profile


def test_a_person_is_told_before_that_a_colour_profile_stays() -> None:
    """It is kept whole, and can name a screen."""
    assert "A colour profile stays" in wording.ATTACHING and "name it" in wording.ATTACHING


def test_the_small_picture_in_an_old_head_goes() -> None:
    """A cropped picture can still carry, small, what it was before."""
    into = io.BytesIO()
    shown().save(into, "JPEG")
    data = into.getvalue()
    assert data[6:11] == b"JFIF\0"
    small = data[:4] + (16 + 12).to_bytes(2, "big") + data[6:18] + bytes([2, 2]) + b"quokkaquokka" + data[20:]
    left, taken_out = cleaned(small)
    assert b"quokka" not in left
    assert taken_out == {Detail.OTHER}
    assert frames(left) == frames(data)


def moving(form: str) -> bytes:
    """Moving pictures that say nothing beside."""
    into = io.BytesIO()
    shown().save(into, form, save_all=True, append_images=[shown().rotate(90)], duration=90, loop=3)
    return into.getvalue()


def in_a_frame(name: bytes, said: bytes) -> bytes:
    """Something beside the picture in the first frame of a WebP file."""
    data = moving("WEBP")
    at = data.index(b"ANMF")
    length = int.from_bytes(data[at + 4 : at + 8], "little")
    frame = data[at + 8 : at + 8 + length] + name + struct.pack("<I", len(said)) + said + bytes(len(said) % 2)
    changed = data[:at] + b"ANMF" + struct.pack("<I", len(frame)) + frame + data[at + 8 + length :]
    return b"RIFF" + struct.pack("<I", len(changed) - 8) + changed[8:]


def behind_a_name(extra: bytes) -> bytes:
    """A block more in what says how often a GIF file shows its pictures."""
    head, name, rest = moving("GIF").partition(b"NETSCAPE2.0")
    return head + name + extra + rest


def in_a_control(extra: bytes) -> bytes:
    """A block more in what says how long a picture of a GIF file is shown."""
    head, control, rest = moving("GIF").partition(b"!\xf9\x04")
    return head + control + rest[:4] + extra + rest[4:]


def at_the_end(said: bytes) -> bytes:
    """A PNG file whose last chunk, which has to be empty, is not."""
    into = io.BytesIO()
    shown().save(into, "PNG")
    body = b"IEND" + said
    return into.getvalue()[:-12] + struct.pack(">I", len(said)) + body + struct.pack(">I", zlib.crc32(body))


HIDDEN = {
    "a frame of WebP": (in_a_frame(b"EXIF", b"quokka"), moving("WEBP")),
    "a frame of WebP, odd": (in_a_frame(b"quok", b"quokk"), moving("WEBP")),
    "the loop of GIF": (behind_a_name(b"\6quokka"), moving("GIF")),
    "the moment of GIF": (in_a_control(b"\4quok"), moving("GIF")),
    "the end of PNG": (at_the_end(b"quokka"), at_the_end(b"")),
}


@pytest.mark.parametrize(("data", "plain"), HIDDEN.values(), ids=HIDDEN)
def test_what_hides_in_a_block_of_the_picture_goes(data: bytes, plain: bytes) -> None:
    assert b"quok" in data
    assert cleaned(data) == (plain, frozenset([Detail.OTHER]))
    assert cleaned(plain) == (plain, frozenset())
    assert frames(plain) == frames(data)


UNCLEANABLE = {
    "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0",
    "HEIC of several": b"\0\0\0\x18ftypmif1\0\0\0\0",
    "AVIF": b"\0\0\0\x18ftypavif\0\0\0\0",
    "TIFF": b"II*\0\x08\0\0\0",
    "big TIFF": b"MM\0+\0\x08\0\0",
    "HEIF": b"\0\0\0\x18ftypheif\0\0\0\0",
    "HEIF, moving": b"\0\0\0\x18ftyphevm\0\0\0\0",
    "HEIF of a phone": b"\0\0\0\x18ftypMiHE\0\0\0\0",
    "Minolta raw": b"\0MRM\0\0\0\0",
    "Sigma raw": b"FOVb\0\0\0\0",
    "Canon raw": b"II\x1a\0\0\0HEAPCCDR",
    "JPEG XR": b"II\xbc\x01\0\0\0\0",
    "JPEG XL": b"\0\0\0\x0cJXL \r\n\x87\n",
    "a bare JPEG XL": b"\xff\x0a\0\0",
    "Photoshop": b"8BPS\0\x01",
}


@pytest.mark.parametrize("head", UNCLEANABLE.values(), ids=UNCLEANABLE)
def test_a_picture_that_cannot_be_cleaned_is_refused(head: bytes) -> None:
    with pytest.raises(CannotBeCleaned, match=r"cannot be taken out here.*JPEG or PNG"):
        without_details(io.BytesIO(head + bytes(100)))


@pytest.mark.parametrize(
    "data", [b"words", b"%PDF-1.7", b"ID3\4", b"\0\0\0\x18ftypmp42", b"RIFF\0\0\0\0WAVE"]
)
def test_what_is_no_picture_is_left_alone(data: bytes) -> None:
    assert without_details(io.BytesIO(data)) is None


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_a_broken_picture_is_refused_or_says_nothing(make: Make) -> None:
    """Cut anywhere, or with any byte changed, no picture leads to an unexpected error or tells more."""
    data, rng = make(6), random.Random(4)
    for _ in range(150):
        at = rng.randrange(12, len(data))
        for broken in (data[:at], data[:at] + rng.randbytes(1) + data[at + 1 :]):
            try:
                left, _ = cleaned(broken)
            except Refused:
                continue
            assert b"PhoneMaker" not in left and b"SN-123456" not in left


def with_exif(block: bytes) -> bytes:
    """A photograph that says nothing but this."""
    into = io.BytesIO()
    shown().save(into, "JPEG")
    data, block = into.getvalue(), b"Exif\0\0" + block
    return data[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + data[2:]


def one_tag(tag: int, form: int, value: bytes) -> bytes:
    """EXIF of one tag, whose value takes more than four bytes."""
    return struct.pack("<4sIHHHIIi", b"II*\0", 8, 1, tag, form, 1, 26, 0) + value


def test_odd_exif_is_taken_out_and_said() -> None:
    rng = random.Random(7)
    for _ in range(300):
        block = rng.choice([b"II*\0", b"MM\0*", b""]) + rng.randbytes(rng.randrange(60))
        left, _ = cleaned(with_exif(block))
        assert frames(left) == frames(with_exif(b""))
        assert set(opened(left).getexif()) <= {Base.Orientation}


def test_exif_that_stands_nowhere_is_taken_out_and_said() -> None:
    """An address that no file can have: Pillow overflows."""
    block = one_tag(IFD.Exif, 16, struct.pack("<Q", 2**64 - 1))
    assert cleaned(with_exif(block)) == (cleaned(with_exif(b""))[0], frozenset([Detail.OTHER]))


@pytest.mark.parametrize(("form", "value"), [(12, struct.pack("<d", 6)), (5, struct.pack("<II", 6, 1))])
def test_which_way_up_it_is_stays_however_the_number_is_written(form: int, value: bytes) -> None:
    left, taken_out = cleaned(with_exif(one_tag(Base.Orientation, form, value)))
    assert opened(left).getexif()[Base.Orientation] == 6
    assert taken_out == frozenset()
