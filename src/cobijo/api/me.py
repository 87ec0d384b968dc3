"""Who the caller is, and what they may do where."""

from uuid import UUID

from ninja import Router

from cobijo.accounts import access
from cobijo.accounts.types import Permission, Role
from cobijo.core.rest import Answer, Asked
from cobijo.core.verbs import Door

router = Router(tags=["me"])


class GrantOut(Answer):
    """A role in a unit and all below it, or (``giving``) the right to give that role there."""

    role: Role
    unit_id: UUID
    giving: bool


class Me(Answer):
    """The caller: an account, the door it came through, its grants in force and what they amount to."""

    account_id: UUID
    door: Door
    grants: list[GrantOut]
    permissions: list[Permission]


@router.get("", response=Me, summary="Say who I am and what I may do where")
def get_me(request: Asked) -> Me:
    """With a token, ``permissions`` are those it shares with its account."""
    found = access.authority(request.auth.actor)
    return Me(
        account_id=found.actor,
        door=request.auth.door,
        grants=[GrantOut(role=held.role, unit_id=held.unit, giving=held.giving) for held in found.grants],
        permissions=sorted(found.permissions()),
    )
