"""A PNG in at most 256 colours: a third of what Chromium writes, and no eye tells the two apart on a page of text."""

import base64
import zlib
from collections import Counter
from typing import Final

from playwright.sync_api import Page

COLOURS: Final = 256
_BYTES_A_PIXEL: Final = 4
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PIXELS: Final = """async png => {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const reader = new FileReader();
  const read = new Promise(done => { reader.onload = done; });
  reader.readAsDataURL(new Blob([canvas.getImageData(0, 0, picture.width, picture.height).data]));
  await read;
  return [picture.width, picture.height, reader.result.split(",")[1]];
}"""


def few_colours(tab: Page, png: bytes) -> bytes:
    """The same picture by its commonest colours, any other drawn in the nearest of them; what is seen through is lost.

    ``tab`` is an empty one: its browser opens the picture.
    """
    width, height, read = tab.evaluate(_PIXELS, base64.b64encode(png).decode())
    pixels = base64.b64decode(read)
    colours = [pixels[at : at + 3] for at in range(0, len(pixels), _BYTES_A_PIXEL)]
    place = _places(Counter(colours))
    lines = (colours[at : at + width] for at in range(0, width * height, width))
    body = b"".join(b"\0" + bytes(place[colour] for colour in line) for line in lines)
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 3, 0, 0, 0])
    palette = b"".join(list(place)[:COLOURS])
    parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(body, 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in parts)


def _places(found: Counter[bytes]) -> dict[bytes, int]:
    """Where each colour stands in the palette, which are the first of the keys; the rest stand at their nearest's."""
    common = [colour for colour, _ in found.most_common(COLOURS)]
    place = {colour: at for at, colour in enumerate(common)}
    for colour in found.keys() - place.keys():
        place[colour] = place[min(common, key=lambda one: _distance(one, colour))]
    return place


def _distance(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(kind: bytes, content: bytes) -> bytes:
    """Length, kind, content and check sum, as PNG (ISO/IEC 15948) has them."""
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")
