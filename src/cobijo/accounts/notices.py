"""What someone must be told: a code whose sentence stands here or in the app that declares it; ids and numbers only."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cobijo.accounts.models import Account, Notice, Unit
from cobijo.core import clock, rows
from cobijo.core.context import running
from cobijo.core.errors import Sentence

_sentences: dict[str, Sentence] = {}


def declare(code: str, sentence: Sentence) -> str:
    """Name a kind of notice; gives the code back.

    The sentence may hold ``{by}`` and ``{account}`` (ids of accounts, shown as names), ``{unit}`` (an id, shown as a
    name) and any other value that ``tell`` is given, shown as it stands. Raises ValueError for a code used twice.
    """
    if _sentences.setdefault(code, sentence) is not sentence:
        raise ValueError(f"the notice {code} is declared twice")
    return code


PASSWORD_RENEWED: Final = declare(
    "accounts.password_renewed",
    _("{by} ended the password of {account} and handed out a link to set another one."),
)
SECOND_FACTOR_RESET: Final = declare(
    "accounts.second_factor_reset", _("{by} had the second factor of {account} set up anew.")
)
LOCKED_OUT: Final = declare(
    "accounts.locked_out",
    _("Somebody tried wrong passwords or codes for {account} until sign-in was closed for a while. Was it you?"),
)
ID_COLLISION: Final = declare(
    "accounts.id_collision",
    _(
        "{account} sent, for a new record, the id of one that is not theirs to see. That does not happen by chance. "
        "Ask why."
    ),
)
PINS_TRIED: Final = declare(
    "accounts.pins_tried",
    _(
        "Five wrong PINs were typed with the badge of {account} at a shared device of {unit}. The badge rests for a "
        "while. Was it you?"
    ),
)
PIN_SET: Final = declare(
    "accounts.pin_set", _("A PIN for shared devices was set for {account}. If it was not you, say so at once.")
)
PIN_ENDED: Final = declare("accounts.pin_ended", _("{by} ended the PIN of {account} for shared devices."))
DEVICE_LET_IN: Final = declare(
    "accounts.device_let_in",
    _("The device “{name}” was let in for {unit} with the code you made. If it was not yours, shut it out."),
)
UNUSUAL_READING: Final = declare(
    "accounts.unusual_reading",
    _("{account} looked at {people} people in one day; {usual} are usual in the same role. Ask why."),
)
SHOWN_OFTEN: Final = declare(
    "accounts.shown_often",
    _(
        "{account} asked within an hour about more than {most} cards and documents that were shown. At a busy door "
        "that happens; elsewhere, ask why."
    ),
)


def tell(accounts: Collection[UUID], code: str, **about: Any) -> None:
    """Tell these accounts something; inside a verb it becomes part of the operation."""
    said = {key: value if isinstance(value, int) else str(value) for key, value in about.items()}
    new = [Notice(account_id=account, code=code, about=said, at=clock.now()) for account in sorted(accounts)]
    if new and running.get() is not None:
        rows.add(*new)
    else:
        Notice.objects.bulk_create(new)


def sentences(notices: Iterable[Notice]) -> list[tuple[Notice, str]]:
    """Each notice with its sentence in the reader's language, names filled in, in two queries for all."""
    all_of_them = list(notices)
    names = _names(all_of_them)
    return [(notice, _say(notice, names)) for notice in all_of_them]


def unseen(account: UUID) -> QuerySet[Notice]:
    """What the account has not marked as read yet."""
    return Notice.objects.filter(account=account, seen_at=None)


def mark_seen(account: UUID) -> int:
    """The account has read what it was told; gives how many notices that were."""
    return unseen(account).update(seen_at=clock.now())


def _say(notice: Notice, names: Mapping[str, str]) -> str:
    given = {key: names.get(str(value), value) for key, value in notice.about.items()}
    sentence = _sentences.get(notice.code)
    return str(sentence).format(**given) if sentence else notice.code


def _names(notices: Iterable[Notice]) -> dict[str, str]:
    """Names of the accounts and units that notices speak of, by id as text."""
    about = [pair for notice in notices for pair in notice.about.items()]
    accounts = {value for key, value in about if key in {"by", "account"}}
    units = {value for key, value in about if key == "unit"}
    found = {str(pk): name for pk, name in Account.objects.filter(pk__in=accounts).values_list("pk", "name")}
    found |= {str(pk): name for pk, name in Unit.objects.filter(pk__in=units).values_list("pk", "name")}
    return found | {str(UUID(int=0)): str(_("The command line"))}
