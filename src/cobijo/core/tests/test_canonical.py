from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.core import canonical

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(plain)
def test_what_is_written_is_read_again(value: object) -> None:
    assert canonical.decode(canonical.encode(value)) == value


def test_equal_values_have_equal_bytes() -> None:
    assert canonical.encode({"b": 1, "a": "ñ"}) == canonical.encode({"a": "ñ", "b": 1}) == '{"a":"ñ","b":1}'.encode()


def test_ids_and_moments_have_a_form_and_other_things_none() -> None:
    moment = datetime(2018, 6, 3, 12, tzinfo=UTC)
    assert canonical.encode([UUID(int=1), moment, Decimal("4.500"), Decimal("1E+3")]) == (
        b'["00000000-0000-0000-0000-000000000001","2018-06-03T12:00:00+00:00","4.500","1000"]'
    )
    with pytest.raises(TypeError):
        canonical.encode(object())
    with pytest.raises(ValueError, match="JSON"):
        canonical.encode(float("nan"))


@given(st.lists(st.binary(), min_size=1))
def test_parts_do_not_run_together(parts: list[bytes]) -> None:
    assert (canonical.digest(*parts) == canonical.digest(b"".join(parts))) is (len(parts) == 1)
