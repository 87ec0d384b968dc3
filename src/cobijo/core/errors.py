"""Refusals: a machine code, a translated sentence that says what is so and what to do, and the fields it is about."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


class Ground(StrEnum):
    """Why an act is refused; decides the HTTP status and whether a late operation is held instead."""

    INPUT = "input"
    PERMISSION = "permission"
    MISSING = "missing"
    CONFLICT = "conflict"
    LIMIT = "limit"


STATUS: Final = {
    Ground.INPUT: 422,
    Ground.PERMISSION: 403,
    Ground.MISSING: 404,
    Ground.CONFLICT: 409,
    Ground.LIMIT: 429,
}


class DomainError(Exception):
    """What the rules refuse. ``params`` fill the sentence and are never personal: a held operation keeps them.

    ``fields`` maps an argument's path (``members.0.birth``) to the sentence about it.
    """

    def __init__(
        self,
        code: str,
        sentence: Sentence,
        fields: Mapping[str, Sentence] | None = None,
        *,
        ground: Ground = Ground.CONFLICT,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.template = sentence
        self.fields = dict(fields or {})
        self.ground = ground
        self.params = dict(params or {})

    @property
    def sentence(self) -> str:
        """The sentence in the reader's language."""
        return str(self.template).format(**self.params)

    @property
    def status(self) -> int:
        """The HTTP status of this refusal."""
        return STATUS[self.ground]


class Refusal:
    """A declared refusal: call it with the values of its sentence and raise what it gives.

    >>> NO_SPACE = Refusal("sites.no_space", _("{space} has no free place."))
    >>> raise NO_SPACE(space="Aula 3")
    """

    registry: dict[str, "Refusal"] = {}

    def __init__(self, code: str, sentence: Sentence, ground: Ground = Ground.CONFLICT) -> None:
        if code in Refusal.registry:
            raise ValueError(f"the refusal {code} is declared twice")
        self.code = code
        self.sentence = sentence
        self.ground = ground
        Refusal.registry[code] = self

    def __call__(self, fields: Mapping[str, Sentence] | None = None, **params: Any) -> DomainError:
        return DomainError(self.code, self.sentence, fields, ground=self.ground, params=params)

    def about(self, *names: str, **params: Any) -> DomainError:
        """The refusal said beside the named arguments as well."""
        error = self(**params)
        error.fields = dict.fromkeys(names, error.sentence)
        return error


NOT_FOUND = Refusal(
    "core.not_found", _("There is no such record, or it is not one of yours. Search for it again."), Ground.MISSING
)
NOT_ALLOWED = Refusal(
    "core.not_allowed",
    _("Your role does not include this. Ask the person who coordinates the site."),
    Ground.PERMISSION,
)
NOT_THIS_DOOR = Refusal(
    "core.not_this_door",
    _("This cannot be done from here: it is done at the desk, signed in, or by a command on the server."),
    Ground.PERMISSION,
)
SECOND_PERSON = Refusal(
    "core.second_person",
    _("A second person decides this. Ask a colleague who has the same role."),
    Ground.PERMISSION,
)
BAD_ARGUMENTS = Refusal(
    "core.bad_arguments", _("Some answers do not fit. Correct the ones marked and send again."), Ground.INPUT
)
UNKNOWN_VERB = Refusal("core.unknown_verb", _("There is no act of that name."), Ground.MISSING)
ID_REFUSED = Refusal(
    "core.id_refused", _("This identifier cannot be used for a new record. Make a new one."), Ground.INPUT
)
OP_REUSED = Refusal(
    "core.op_reused",
    _("This entry was already received with other content. Send it again as a new entry."),
)
FUTURE = Refusal("core.future", _("The time given is in the future. Check the clock of this device."), Ground.INPUT)
MEANWHILE = Refusal(
    "core.meanwhile", _("Somebody changed this at the same moment. Look at it again, then repeat what is needed.")
)
NOT_HELD = Refusal(
    "core.not_held", _("This entry is not waiting for review: somebody has settled it. Reload the page.")
)
