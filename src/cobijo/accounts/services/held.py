"""Entries held for review: let go with a reason. Amending one is the verb it was, sent again with ``amends``."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import StringConstraints

from cobijo.accounts.types import DiscardReason
from cobijo.core import journal
from cobijo.core.context import concerns
from cobijo.core.errors import NOT_HELD, Ground, Refusal
from cobijo.core.models import Intent, Outcome
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALONE, DECISION, FREE, HERE, PLAIN, Act, verb

SAY_WHY = Refusal("accounts.say_why", _("Write in a few words why this entry is let go."), Ground.INPUT)


@verb(
    "accounts.discard_held",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"why": PLAIN, "words": FREE},
    says=_("Held entry let go"),
)
def discard_held(
    act: Act,
    *,
    op_id: UUID,
    why: DiscardReason,
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=480)] = "",
) -> None:
    """Let a held entry go. It stays in the journal with who let it go and why; the words are sealed."""
    if why is DiscardReason.OTHER and not words:
        raise SAY_WHY.about("words")
    intent = Intent.objects.select_for_update().get(op_id=op_id)
    if not journal.held().filter(intent=intent).exists():
        raise NOT_HELD()
    concerns(intent.mention_set.values_list("subject", flat=True))
    journal.settle(intent, Outcome.Kind.DISCARDED, code=why.value, by=act.actor)
