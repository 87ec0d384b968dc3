"""Choosing one's own language."""

import pytest

from cobijo.accounts import access, services
from cobijo.accounts.models import Account
from cobijo.accounts.services.accounts import UNKNOWN_LANGUAGE
from cobijo.core import operations
from cobijo.core.errors import NOT_ALLOWED, DomainError
from cobijo.core.verbs import Door
from tests.cast import Cast, act


def test_everybody_chooses_their_own(cast: Cast) -> None:
    services.choose_language(act(cast.outsider), language="en")
    assert Account.objects.get(pk=cast.outsider.id).language == "en"
    assert Account.objects.get(pk=cast.ana.id).language == "es"


def test_a_language_the_pages_do_not_have_is_refused(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        services.choose_language(act(cast.ana), language="de")
    assert refused.value.code == UNKNOWN_LANGUAGE.code
    assert "language" in refused.value.fields


def test_the_command_line_has_no_language_of_its_own(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        services.choose_language(operations.act_of(access.COMMAND_LINE, Door.COMMAND), language="en")
    assert refused.value.code == NOT_ALLOWED.code
