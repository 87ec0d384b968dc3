"""The pages of a photo, as a browser sees them."""

import io
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from cobijo.accounts.models import Reading
from cobijo.core.ids import uuid7
from cobijo.people.models import Household, Person
from cobijo.people.photos.models import Photo
from cobijo.people.tests.conftest import persons
from cobijo.people.tests.photos.test_photos import drawn
from tests.cast import Cast, sign_in

pytestmark = pytest.mark.django_db


def ids() -> dict[str, str]:
    """The hidden ids a form carries."""
    return {"op_id": str(uuid7()), "new_id": str(uuid7())}


@pytest.fixture
def ana(cast: Cast) -> Client:
    return sign_in(cast.ana)


@pytest.fixture
def beto(cast: Cast) -> Client:
    return sign_in(cast.beto)


@pytest.fixture
def maria(home: Household) -> UUID:
    return persons(home)["María José"]


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def upload(content: bytes, name: str = "foto.jpg", kind: str = "image/jpeg") -> dict[str, Any]:
    return ids() | {"photo": SimpleUploadedFile(name, content, kind)}


def test_a_photo_is_taken_shown_and_taken_out(
    cast: Cast, ana: Client, maria: UUID, own_files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    assert ana.post(f"/people/{maria}/photo/", upload(drawn())).status_code == 302
    photo = Photo.objects.get()
    assert f"/people/photos/{photo.id}/" in ana.get(f"/people/{maria}/").content.decode()
    answer = ana.get(f"/people/photos/{photo.id}/")
    assert Image.open(io.BytesIO(answer.content)).size == (720, 540)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Reading.objects.filter(model="people.photo", record=photo.id, actor=cast.ana.id).exists()
    carla = sign_in(cast.carla)
    theirs, nobodys = carla.get(f"/people/photos/{photo.id}/"), carla.get(f"/people/photos/{uuid7()}/")
    assert (theirs.status_code, theirs.content) == (404, nobodys.content)
    with django_capture_on_commit_callbacks(execute=True):
        ana.post(f"/people/photos/{photo.id}/remove/")
    assert ana.get(f"/people/photos/{photo.id}/").status_code == 404
    assert [path for path in own_files.rglob("*") if path.is_file()] == []


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize("content", [b"", SVG, drawn()[:500], b"GIF89a"])
def test_what_is_no_photo_is_said_and_nothing_is_kept(
    ana: Client, maria: UUID, own_files: Path, content: bytes
) -> None:
    answer = ana.post(f"/people/{maria}/photo/", upload(content))
    assert answer.status_code == 200
    assert "summary-wrong" in answer.content.decode()
    assert not Photo.objects.exists()
    assert [path for path in own_files.rglob("*") if path.is_file()] == []


def test_a_file_larger_than_the_server_holds_does_not_arrive(
    ana: Client, maria: UUID, own_files: Path, settings: Any
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10_000
    said = ana.post(f"/people/{maria}/photo/", upload(b"\xff\xd8" + b"x" * 20_000)).content.decode()
    assert "No llegó ninguna foto" in said


def test_a_person_without_a_photo_or_a_card_is_as_complete_as_any(ana: Client, maria: UUID) -> None:
    shown = ana.get(f"/people/{maria}/").content.decode()
    assert "No se ha entregado ningún carné" in shown
    assert "Tomar una foto" in shown
    assert Person.objects.get(pk=maria).photos.count() == 0
