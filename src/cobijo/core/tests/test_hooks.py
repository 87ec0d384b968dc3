import pytest

from cobijo.core.errors import NOT_ALLOWED, DomainError
from cobijo.core.hooks import Hook


def test_receivers_run_in_the_order_they_joined_each_once() -> None:
    closing: Hook[[str]] = Hook("closing")
    heard: list[str] = []

    def first(place: str) -> None:
        heard.append(f"first {place}")

    def second(place: str) -> None:
        heard.append(f"second {place}")

    for receiver in (first, second, first):
        closing.join(receiver)
    closing("A")
    assert heard == ["first A", "second A"]


def test_a_receiver_may_refuse() -> None:
    closing: Hook[[]] = Hook("closing")

    def refuse() -> None:
        raise NOT_ALLOWED()

    closing.join(refuse)
    with pytest.raises(DomainError, match=r"core\.not_allowed"):
        closing()
