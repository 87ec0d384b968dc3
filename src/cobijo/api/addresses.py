"""Where each kind of record can be read, as the apps' ``rest`` modules state it."""

from typing import Final
from uuid import UUID

from cobijo.people import rest as people
from cobijo.sites import rest as sites

ROOT: Final = "/api/v1"
_PATHS: Final[dict[str, str]] = {**people.ADDRESSES, **sites.ADDRESSES}


def of(label: str, record: UUID) -> str | None:
    """The address of a record by its model's label (``sites.stay``); None where it has none of its own."""
    path = _PATHS.get(label)
    return f"{ROOT}{path.format(id=record)}" if path else None
