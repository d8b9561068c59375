from decimal import Decimal

import pytest

from app.services.shipping_cost_business_rules import shipping_cost


@pytest.mark.parametrize(
    ("weight_grams", "goods", "expect"),
    [
        (500, Decimal(20), Decimal("4.9")),
        (2000, Decimal("99.99"), Decimal("4.9")),
        (2001, Decimal("99.99"), Decimal("6.1")),
        (9000, Decimal(100), Decimal(0)),
    ],
)
def test_shipping_cost(weight_grams: int, goods: Decimal, expect: Decimal) -> None:
    assert shipping_cost(weight_grams=weight_grams, goods=goods) == expect
