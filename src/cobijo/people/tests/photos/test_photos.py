"""Photos: whatever comes in, a small clean JPEG is kept, sealed, seen by who sees the person, and gone with them."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st
from PIL import Image

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.models import Account
from cobijo.core import blobs, operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from cobijo.core.personal import Purpose
from cobijo.core.verbs import Door
from cobijo.people import queries
from cobijo.people import services as people
from cobijo.people.models import Household
from cobijo.people.photos import keeping, pictures
from cobijo.people.photos.models import Photo
from cobijo.people.tests.conftest import persons
from cobijo.people.types import EraseGround
from tests.cast import Cast, act

GPS = 0x8825


def drawn(size: tuple[int, int] = (1600, 1200), kind: str = "JPEG", mode: str = "RGB", **save: Any) -> bytes:
    """A picture with an upper half unlike its lower one."""
    picture = Image.new("RGBA", size, (0, 0, 0, 0) if mode == "RGBA" else "white")
    picture.paste("red", (0, 0, size[0], size[1] // 2))
    out = io.BytesIO()
    (picture if mode == "RGBA" else picture.convert("RGB").convert(mode)).save(out, kind, **save)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def png_of_claimed_size(width: int, height: int) -> bytes:
    """A small file that says it is a huge picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


# --- what is kept of a picture ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGB"), ("PNG", "RGBA"),
                                            ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK")])  # fmt: skip
def test_every_format_becomes_a_small_jpeg(kind: str, mode: str) -> None:
    kept = opened(pictures.cleaned(drawn(kind=kind, mode=mode)))
    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (720, 540))


def test_a_small_picture_stays_its_size_and_what_is_clear_lies_on_white() -> None:
    kept = opened(pictures.cleaned(drawn((80, 60), "PNG", "RGBA")))
    assert kept.size == (80, 60)
    assert min(kept.convert("RGB").getpixel((40, 55))) > 240  # type: ignore[arg-type]


def test_nothing_of_what_came_with_it_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Rosa"
    exif.get_ifd(GPS)[2] = (14.0, 24.0, 30.0)
    came = drawn(exif=exif, comment=b"taken at home", icc_profile=b"profile of a phone")
    assert b"Camera of Rosa" in came
    content = pictures.cleaned(came)
    kept = opened(content)
    assert not kept.getexif()
    assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not any(word in content for word in (b"Rosa", b"home", b"phone", b"Exif", b"ICC"))


def test_a_picture_is_turned_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned a quarter
    kept = opened(pictures.cleaned(drawn((800, 600), exif=exif)))
    assert kept.size == (540, 720)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "content",
    [b"", b"Rosa", SVG, b"%PDF-1.7", drawn()[:3_000], drawn(kind="PNG")[:60], drawn(kind="GIF"), drawn(kind="TIFF"),
     drawn(kind="BMP"), b"\xff\xd8\xff\xe0" + b"\0" * 400],
    ids=["nothing", "text", "svg", "pdf", "cut", "cut head", "gif", "tiff", "bmp", "only a head"],
)  # fmt: skip
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(DomainError) as refused:
        pictures.cleaned(content)
    assert refused.value.code == "people.photo_unread"


@given(at=st.integers(0, 3_000), noise=st.binary(min_size=1, max_size=60), kind=st.sampled_from(pictures.FORMATS))
@tried(max_examples=60, deadline=None)
def test_a_damaged_picture_is_cleaned_or_refused_and_nothing_breaks(at: int, noise: bytes, kind: str) -> None:
    came = drawn((90, 60), kind)
    place = at % len(came)
    try:
        became = opened(pictures.cleaned(came[:place] + noise + came[place + len(noise) :])).format
    except DomainError as refusal:
        became = refusal.code
    assert became in ("JPEG", "people.photo_unread", "people.photo_too_large")


@pytest.mark.parametrize("size", [(30_000, 30_000), (30_000, 10), (8_000, 8_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_too_large_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(DomainError) as refused:
        pictures.cleaned(png_of_claimed_size(*size))
    assert refused.value.code in ("people.photo_too_large", "people.photo_unread")
    assert size[0] == 2**31 - 1 or refused.value.code == "people.photo_too_large"


def test_a_file_too_heavy_is_refused_unopened() -> None:
    with pytest.raises(DomainError) as refused:
        pictures.cleaned(b"\0" * (pictures.MOST_BYTES + 1))
    assert refused.value.code == "people.photo_too_large"


# --- the verbs -------------------------------------------------------------------------------------------------------


@pytest.fixture
def maria(settings: Any, tmp_path: Path, home: Household) -> UUID:
    """The mother of the family, and a folder of files of this test alone."""
    settings.DATA_DIR = tmp_path
    return persons(home)["María José"]


def take(who: Account, person: UUID, size: tuple[int, int] = (640, 480)) -> Photo:
    digest = keeping.keep(person, drawn(size))
    return people.set_photo(act(who), photo_id=uuid7(), person_id=person, digest=digest)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_photo_is_set_and_seen_by_who_sees_the_person(cast: Cast, maria: UUID, tmp_path: Path) -> None:
    photo = take(cast.ana, maria)
    assert opened(queries.picture(cast.beto.id, photo.id)).size == (640, 480)
    with pytest.raises(DomainError) as stranger:
        queries.picture(cast.carla.id, photo.id)
    with pytest.raises(DomainError) as nobody:
        queries.picture(cast.carla.id, uuid7())
    assert str(vars(stranger.value)) == str(vars(nobody.value))
    [file] = files(tmp_path)
    assert b"JFIF" not in file.read_bytes()
    sent = Intent.objects.get(verb="people.set_photo")
    assert photo.digest not in sent.arguments


@pytest.mark.django_db
def test_the_photo_before_goes_with_its_file(
    cast: Cast, maria: UUID, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = take(cast.ana, maria)
        second = take(cast.ana, maria, (300, 300))
    assert [file.name for file in files(tmp_path)] == [second.digest]
    assert queries.photo_of(cast.ana.id, maria).id == second.id  # type: ignore[union-attr]
    with pytest.raises(DomainError):
        queries.picture(cast.ana.id, first.id)


@pytest.mark.django_db
def test_the_same_photo_taken_again_keeps_its_file(
    cast: Cast, maria: UUID, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        take(cast.ana, maria)
        again = take(cast.ana, maria)
    assert queries.picture(cast.ana.id, again.id)


@pytest.mark.django_db
def test_a_photo_is_taken_out(cast: Cast, maria: UUID, tmp_path: Path, django_capture_on_commit_callbacks: Any) -> None:
    photo = take(cast.ana, maria)
    with django_capture_on_commit_callbacks(execute=True):
        people.remove_photo(act(cast.ana), photo_id=photo.id)
    assert files(tmp_path) == []
    assert queries.photo_of(cast.ana.id, maria) is None


@pytest.mark.django_db
def test_a_file_that_is_not_there_or_anothers_is_no_photo(cast: Cast, home: Household, maria: UUID) -> None:
    theirs = blobs.put(persons(home)["Martín"], Purpose.SHELTER, b"his face")
    for digest in (theirs, "0" * 64):
        with pytest.raises(DomainError) as refused:
            people.set_photo(act(cast.ana), photo_id=uuid7(), person_id=maria, digest=digest)
        assert refused.value.code == "people.photo_not_kept"


@pytest.mark.django_db
def test_erasing_somebody_leaves_no_picture(
    cast: Cast, maria: UUID, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    take(cast.ana, maria)
    kept = files(tmp_path)[0].read_bytes()
    operator = operations.act_of(COMMAND_LINE, Door.COMMAND)
    with django_capture_on_commit_callbacks(execute=True):
        people.erase_person(operator, person_id=maria, ground=EraseGround.REQUEST)
    assert files(tmp_path) == []
    assert not Photo.objects.exists()
    assert b"JFIF" not in kept
