"""How often a caller may ask for an operation, by its name."""

from collections.abc import Mapping

OPERATION_LIMITS: Mapping[str, str] = {
    "transfer": "5/minute",
    "find_payer": "1000/day",
    "check_year": "30/second",
}
