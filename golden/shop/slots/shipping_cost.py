"""What it costs to ship an order."""

from decimal import Decimal

FREE_FROM = Decimal("100.00")
FREE = Decimal("0.00")
BASE = Decimal("4.90")
BASE_GRAMS = 2_000
STEP = Decimal("1.20")
STEP_GRAMS = 1_000


def shipping_cost(weight_grams: int, goods: Decimal) -> Decimal:
    """Return the price of shipping goods of this value and weight."""
    if goods >= FREE_FROM:
        return FREE
    further = max(weight_grams - BASE_GRAMS, 0)
    started = -(-further // STEP_GRAMS)
    return BASE + STEP * started
