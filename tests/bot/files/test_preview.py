"""Pictures made small: as large as there is room for, of what can be read, and of nothing else."""

from __future__ import annotations

import io
import os
import struct
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageOps

from bot.files.preview import MOST_PIXELS, preview
from tests.fakes.sending import PNG

ROOM = 24_000


def screenshot(width: int = 1920, height: int = 1080, mode: str = "RGB") -> Image.Image:
    """A window with some text and a button, as people send them."""
    picture = Image.new(mode, (width, height), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width, 60), fill="navy")
    for line in range(20):
        draw.text((40, 100 + 40 * line), f"550 5.7.1 Unable to relay, line {line} of the trace", fill="black")
    return picture


def saved(picture: Image.Image, folder: Path, kind: str) -> Path:
    path = folder / f"picture.{kind}"
    picture.save(path, kind)
    return path


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_a_picture_of_every_kind_is_made_as_small_as_there_is_room(tmp_path: Path, kind: str) -> None:
    small = preview(saved(screenshot(), tmp_path, kind), ROOM)
    assert small is not None
    assert len(small) <= ROOM
    with Image.open(io.BytesIO(small)) as shown:
        assert (shown.format, shown.mode) == ("JPEG", "RGB")
        assert shown.width / shown.height == pytest.approx(16 / 9, abs=0.01), "nothing is cut off or stretched"
        assert shown.width >= 640, "one can read it"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_what_is_transparent_or_grey_is_shown_too(tmp_path: Path, mode: str) -> None:
    picture = Image.new(mode, (400, 300))
    assert preview(saved(picture, tmp_path, "PNG"), ROOM) is not None


def test_what_is_transparent_stands_on_white(tmp_path: Path) -> None:
    small = preview(saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), tmp_path, "PNG"), ROOM)
    assert small is not None
    with Image.open(io.BytesIO(small)) as shown:
        assert min(shown.getpixel((25, 25))) > 250


def test_a_picture_stands_as_its_camera_was_held_and_tells_nothing_else(tmp_path: Path) -> None:
    about = Image.Exif()
    about[0x0112], about[0x010E] = 6, "taken at home"  # turned to the right; a description
    about.get_ifd(0x8825)[1] = "N"  # where it was taken
    path = tmp_path / "photo.jpg"
    lying = Image.new("RGB", (400, 200), "blue")
    lying.paste("red", (0, 0, 200, 200))
    lying.save(path, "JPEG", exif=about, comment=b"a comment")
    small = preview(path, ROOM)
    assert small is not None
    with Image.open(io.BytesIO(small)) as shown:
        assert shown.size == (200, 400)
        red, _, blue = shown.getpixel((100, 50))
        assert red > blue, "its left is above now"
        assert not shown.getexif()
    assert not any(told in small for told in (b"Exif", b"at home", b"a comment"))


def test_16_bits_of_grey_stay_grey(tmp_path: Path) -> None:
    small = preview(saved(Image.new("I;16", (50, 50), 0x8000), tmp_path, "PNG"), ROOM)
    assert small is not None
    with Image.open(io.BytesIO(small)) as shown:
        assert shown.getpixel((25, 25))[0] == pytest.approx(128, abs=3)


def test_what_else_a_picture_tells_of_itself_may_be_nonsense(tmp_path: Path) -> None:
    entries = struct.pack("<HHI4s", 0x100, 2, 2, b"x") + struct.pack("<HHIHH", 0x112, 3, 1, 6, 0)
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (40, 20)).save(path, exif=b"Exif\0\0II*\0\x08\0\0\0\2\0" + entries + b"\0\0\0\0")
    small = preview(path, ROOM)
    assert small is not None
    with Image.open(io.BytesIO(small)) as shown:
        assert shown.size == (20, 40)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_to_hold_a_camera_is_known(tmp_path: Path, orientation: int) -> None:
    held = Image.Exif()
    held[0x0112] = orientation
    picture = screenshot(400, 200)
    path = tmp_path / "photo.png"
    picture.save(path, "PNG", exif=held)
    with Image.open(path) as opened:
        upright = ImageOps.exif_transpose(opened)
    assert preview(path, ROOM) == preview(saved(upright, tmp_path, "BMP"), ROOM)


def test_a_picture_in_thousands_of_scans_is_not_read(tmp_path: Path) -> None:
    content = io.BytesIO()
    screenshot(400, 300).convert("L").save(content, "JPEG", progressive=True)
    whole = content.getvalue()
    last = whole[whole.rindex(b"\xff\xda") : -2]
    path = tmp_path / "endless.jpg"
    for scans, shown in ((0, True), (2_000, False)):
        path.write_bytes(whole[:-2] + last * scans + whole[-2:])
        assert (preview(path, ROOM) is not None) is shown


def test_a_small_picture_is_not_made_larger(tmp_path: Path) -> None:
    small = preview(saved(screenshot(200, 100), tmp_path, "PNG"), ROOM)
    assert small is not None
    with Image.open(io.BytesIO(small)) as shown:
        assert shown.size == (200, 100)


def test_where_there_is_no_room_there_is_no_preview(tmp_path: Path) -> None:
    noise = Image.frombytes("RGB", (500, 500), os.urandom(750_000))
    assert preview(saved(noise, tmp_path, "PNG"), 2_000) is None


@pytest.mark.parametrize("content", [b"", PNG, b"%PDF-1.7", b"GIF89a", b"\xff\xd8\xff\xe0" + b"x" * 100])
def test_what_is_no_whole_picture_has_no_preview(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken"
    path.write_bytes(content)
    assert preview(path, ROOM) is None


def test_a_picture_that_is_cut_off_has_no_preview(tmp_path: Path) -> None:
    path = saved(screenshot(), tmp_path, "PNG")
    path.write_bytes(path.read_bytes()[:2_000])
    assert preview(path, ROOM) is None


def test_a_picture_that_is_gone_has_no_preview(tmp_path: Path) -> None:
    assert preview(tmp_path / "gone", ROOM) is None


def test_a_picture_of_too_many_pixels_is_not_opened(tmp_path: Path) -> None:
    side = int(MOST_PIXELS**0.5) + 1
    assert preview(saved(Image.new("1", (side, side)), tmp_path, "PNG"), ROOM) is None


def test_a_file_of_another_format_is_not_handed_to_its_reader(tmp_path: Path) -> None:
    assert preview(saved(screenshot(100, 100), tmp_path, "TIFF"), ROOM) is None
