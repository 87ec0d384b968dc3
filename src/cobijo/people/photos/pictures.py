"""Any picture in, a small clean JPEG out: nothing of the file that came is kept but what the eye sees.

The size is read from the head of the file and judged before a pixel is unpacked; then the picture is turned as the
camera held it, made small, laid on white where it was transparent, and written anew without any of what came with it
(place, time, camera, thumbnail, profile).
"""

import io
from typing import Final

from PIL import Image, ImageOps

from cobijo.core.errors import DomainError
from cobijo.people.photos.refusals import NO_PICTURE, TOO_LARGE

SIDE: Final = 720
"""The longer side of a photo as it is kept, in pixels: enough to know a face, some 60 KB."""
MOST_BYTES: Final = 15_000_000
MOST_PIXELS: Final = 50_000_000
LONGEST_SIDE: Final = 16_000
FORMATS: Final = ("JPEG", "PNG", "WEBP")
_QUALITY: Final = 82
_WHITE: Final = (255, 255, 255)


def cleaned(content: bytes) -> bytes:
    """A photo as it is kept. Raises NO_PICTURE and TOO_LARGE."""
    if len(content) > MOST_BYTES:
        raise TOO_LARGE.about("photo")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            _judge(picture)
            return _written(_small(picture))
    except (DomainError, MemoryError):
        raise
    except Image.DecompressionBombError as bomb:
        raise TOO_LARGE.about("photo") from bomb
    except Exception as broken:  # the decoders say in many ways that a file is broken
        raise NO_PICTURE.about("photo") from broken


def _judge(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise TOO_LARGE.about("photo")


def _small(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is unpacked at a fraction of its size
    turned = ImageOps.exif_transpose(picture)
    turned.thumbnail((SIDE, SIDE))
    if "A" not in turned.getbands() and "transparency" not in turned.info:
        return turned.convert("RGB")
    clear = turned.convert("RGBA")
    ground = Image.new("RGB", clear.size, _WHITE)
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def _written(picture: Image.Image) -> bytes:
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
