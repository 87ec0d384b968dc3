"""What somebody is told."""

import pytest

from cobijo.accounts import notices, services
from cobijo.accounts.models import Notice
from cobijo.core import clock
from cobijo.core.ids import uuid7
from tests.cast import Cast, act, sign_in


def test_names_are_filled_in_as_they_are_now(cast: Cast) -> None:
    notices.tell([cast.ana.id], notices.SECOND_FACTOR_RESET, by=cast.administrator.id, account=cast.ana.id)
    kept = Notice.objects.get()
    assert "Félix" not in str(kept.about)
    [(_, sentence)] = notices.sentences([kept])
    assert "Félix Güitz" in sentence


def test_an_app_declares_its_own_kinds_once() -> None:
    code = f"test.{uuid7()}"
    assert services.declare_notice(code, "x") == code
    with pytest.raises(ValueError, match="declared twice"):
        services.declare_notice(code, "another sentence")


def test_a_kind_nobody_declares_any_more_is_shown_by_its_code(cast: Cast) -> None:
    notices.tell([cast.ana.id], "gone.away", people=3)
    [(_, sentence)] = notices.sentences(Notice.objects.all())
    assert sentence == "gone.away"


def test_one_reads_ones_own_and_marks_them_as_read(cast: Cast) -> None:
    notices.tell([cast.ana.id, cast.beto.id], notices.LOCKED_OUT, account=cast.ana.id)
    browser = sign_in(cast.ana)
    page = browser.get("/accounts/notices/").content.decode()
    assert "Ana Xicay" in page
    assert notices.unseen(cast.ana.id).count() == 1
    browser.post("/accounts/notices/read/")
    assert notices.unseen(cast.ana.id).count() == 0
    assert notices.unseen(cast.beto.id).count() == 1


def test_within_an_act_that_is_refused_nobody_is_told(cast: Cast) -> None:
    services.renew_password(act(cast.administrator), account_id=cast.ana.id)
    before = Notice.objects.count()
    with pytest.raises(Exception, match="other_half"):
        services.reset_second_factor(act(cast.administrator), account_id=cast.ana.id)
    assert Notice.objects.count() == before


def test_it_is_known_when(cast: Cast) -> None:
    notices.tell([cast.ana.id], notices.LOCKED_OUT, account=cast.ana.id)
    assert (clock.now() - Notice.objects.get().at).total_seconds() < 60
