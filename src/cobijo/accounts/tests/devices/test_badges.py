"""Badges: printed for nobody, given to a colleague, ended."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest

from cobijo.accounts import services
from cobijo.accounts.devices import badges, prints, queries
from cobijo.accounts.devices.models import Badge
from cobijo.accounts.devices.refusals import BADGE_ENDED, BADGE_TAKEN, HAS_BADGE, NOT_A_BADGE
from cobijo.accounts.devices.types import BadgeEnd
from cobijo.accounts.models import Account
from cobijo.accounts.services.accounts import ALREADY_CLOSED
from cobijo.accounts.tests.devices.working import badge_of
from cobijo.accounts.types import Role
from cobijo.algorithms import cards
from cobijo.core import journal, keys, operations
from cobijo.core.errors import BAD_ARGUMENTS, NOT_ALLOWED, NOT_FOUND, DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from cobijo.core.rotation import rotate
from tests.cast import Cast, act, grant, sign_in


def refusal_of(call: Any) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def free(cast: Cast, count: int = 1) -> list[Badge]:
    printed = services.print_badges(act(cast.beto), unit_id=cast.a.id, count=count)
    return list(Badge.objects.filter(number__in=[one.number for one in printed]).order_by("number"))


def link(cast: Cast, badge: Badge, to: Account, by: Account | None = None) -> Badge:
    return services.link_badge(act(by or cast.beto), badge_id=badge.pk, account_id=to.pk)


# --- printing --------------------------------------------------------------------------------------------------------


def test_what_stands_on_a_badge_is_given_once_and_kept_as_a_digest(cast: Cast) -> None:
    one_act = act(cast.beto)
    printed = services.print_badges(one_act, unit_id=cast.a.id, count=3)
    assert len({one.text for one in printed}) == 3
    kept = str(list(Badge.objects.values()))
    assert not [one for one in printed if one.text in kept]
    assert services.print_badges(one_act, unit_id=cast.a.id, count=3) is None
    assert Badge.objects.count() == 3


@pytest.mark.parametrize("count", [0, 101, -1])
def test_from_one_to_a_hundred_at_once(cast: Cast, count: int) -> None:
    assert refusal_of(lambda: services.print_badges(act(cast.beto), unit_id=cast.a.id, count=count)) == (
        BAD_ARGUMENTS.code
    )


def test_badges_say_nothing_of_whom_where_or_when(cast: Cast) -> None:
    texts = [one.text for one in services.print_badges(act(cast.beto), unit_id=cast.a.id, count=50)]
    beginning = 8 * (1 + cards.KEY_ID) // 5  # version and key, in signs of five bits
    assert len({text[:beginning] for text in texts}) == 1
    assert len({text[beginning : beginning + 6] for text in texts}) == 50


def test_the_sheet_is_a_print_with_each_number_and_no_name(cast: Cast) -> None:
    printed = services.print_badges(act(cast.beto), unit_id=cast.a.id, count=12)
    pages = pypdfium2.PdfDocument(BytesIO(prints.pdf(printed)))  # type: ignore[no-untyped-call]
    said = "".join(page.get_textpage().get_text_range() for page in pages)
    assert len(pages) == 2
    assert all(badges.spoken(one.number) in said for one in printed)
    assert "Salón" not in said


def test_the_page_gives_the_file_once(cast: Cast) -> None:
    beto = sign_in(cast.beto)
    sent = {"op_id": str(uuid7()), "new_id": str(uuid7()), "unit": str(cast.a.id), "count": "2"}
    answer = beto.post("/accounts/badges/print/", sent)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert beto.post("/accounts/badges/print/", sent).status_code == 302
    assert Badge.objects.count() == 2


def test_a_badge_signed_with_an_older_key_still_opens(cast: Cast) -> None:
    old = badge_of(cast, cast.ana)
    rotate()
    found = queries.badge_shown(old.text)
    assert found is not None
    assert found.account == cast.ana
    [new] = services.print_badges(act(cast.beto), unit_id=cast.a.id, count=1)
    assert new.text[:8] != old.text[:8]


# --- giving ----------------------------------------------------------------------------------------------------------


def test_a_colleague_gets_one_and_only_one(cast: Cast) -> None:
    one, other = free(cast, 2)
    assert link(cast, one, cast.ana).account == cast.ana
    assert refusal_of(lambda: link(cast, other, cast.ana)) == HAS_BADGE.code
    assert refusal_of(lambda: link(cast, one, cast.case_worker)) == BADGE_TAKEN.code
    services.end_badge(act(cast.beto), badge_id=one.pk, reason=BadgeEnd.LOST)
    assert refusal_of(lambda: link(cast, one, cast.ana)) == BADGE_ENDED.code
    assert link(cast, other, cast.ana).account == cast.ana


def test_nobody_of_elsewhere_gets_one_and_no_stranger_gives_one(cast: Cast) -> None:
    [badge] = free(cast)
    assert refusal_of(lambda: link(cast, badge, cast.carla)) == NOT_FOUND.code
    assert refusal_of(lambda: link(cast, badge, cast.carla, by=cast.carla)) == NOT_FOUND.code
    assert refusal_of(lambda: link(cast, badge, cast.ana, by=cast.ana)) == NOT_FOUND.code
    assert refusal_of(lambda: link(cast, badge, cast.ana, by=cast.auditor)) == NOT_FOUND.code


def test_an_account_one_sees_and_does_not_manage_is_not_given_one(cast: Cast) -> None:
    """Beto, who may give a role at A, sees its account of Hugo, who works nowhere."""
    grant(cast.beto, Role.REGISTRAR, cast.a.unit, giving=True)
    Account.objects.filter(pk=cast.outsider.pk).update(unit=cast.a.unit)
    [badge] = free(cast)
    assert refusal_of(lambda: link(cast, badge, cast.outsider)) == NOT_ALLOWED.code


def test_a_closed_account_is_nobodys_colleague(cast: Cast) -> None:
    [badge] = free(cast)
    Account.objects.filter(pk=cast.ana.pk).update(ends_at=cast.ana.made_at)
    assert refusal_of(lambda: link(cast, badge, cast.ana)) in (ALREADY_CLOSED.code, NOT_FOUND.code)


def test_badges_of_the_response_are_given_out_at_its_sites(cast: Cast) -> None:
    [printed] = services.print_badges(act(cast.administrator), unit_id=cast.response.unit_id, count=1)
    badge = queries.badge_to_give(cast.carla.pk, printed.text)
    assert link(cast, badge, cast.carla, by=cast.carla).account == cast.carla
    assert queries.badges_for(cast.beto.pk).filter(pk=badge.pk).count() == 0


def test_a_badge_that_may_not_be_given_is_answered_like_none(cast: Cast) -> None:
    taken = badge_of(cast, cast.carla, cast.b)
    unknown = badges.write(badges.fresh())
    card = cards.write(keys.signer(keys.CARDS)[1], badges.fresh())
    for text in (taken.text, badges.spoken(taken.number), unknown, card, "nada", ""):
        assert refusal_of(lambda text=text: queries.badge_to_give(cast.beto.pk, text)) == NOT_A_BADGE.code


def test_the_page_gives_what_was_scanned(cast: Cast) -> None:
    [printed] = services.print_badges(act(cast.beto), unit_id=cast.a.id, count=1)
    beto = sign_in(cast.beto)
    sent = {"op_id": str(uuid7()), "new_id": str(uuid7()), "account": str(cast.ana.pk), "badge": printed.text}
    assert beto.post("/accounts/badges/link/", sent).headers["Location"] == "/accounts/badges/"
    assert Badge.objects.get().account == cast.ana
    again = sent | {"op_id": str(uuid7())}
    assert "badge" in beto.post("/accounts/badges/link/", again).context["form"].errors


def test_no_secret_of_a_badge_is_in_the_journal(cast: Cast) -> None:
    badge_of(cast, cast.ana)
    assert journal.arguments_of(Intent.objects.get(verb="accounts.link_badge")).keys() == {"badge_id", "account_id"}


# --- ending ----------------------------------------------------------------------------------------------------------


def test_who_manages_the_site_ends_it_and_a_stranger_cannot(cast: Cast) -> None:
    badge_of(cast, cast.ana)
    badge = Badge.objects.get()
    for stranger in (cast.carla, cast.ana, cast.outsider):
        with pytest.raises(DomainError) as refused:
            services.end_badge(act(stranger), badge_id=badge.pk, reason=BadgeEnd.LOST)
        assert refused.value.code == NOT_FOUND.code
    beto = sign_in(cast.beto)
    sent = {"op_id": str(uuid7()), "new_id": str(uuid7()), "reason": "lost"}
    assert beto.post(f"/accounts/badges/{badge.pk}/end/", sent).status_code == 302
    assert Badge.objects.get().end_reason == "lost"
    call = operations.submit
    again = {"badge_id": str(badge.pk), "reason": "left"}
    assert refusal_of(lambda: call("accounts.end_badge", act(cast.beto), again)) == BADGE_ENDED.code


def test_closing_an_account_ends_its_badge_and_pin(cast: Cast) -> None:
    badge_of(cast, cast.ana)
    services.close_account(act(cast.administrator), account_id=cast.ana.pk)
    assert Badge.objects.get().end_reason == "left"
    assert queries.pin_of(cast.ana.pk) is None
