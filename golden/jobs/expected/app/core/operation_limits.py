"""How often a caller may ask for an operation, by its name."""

from collections.abc import Mapping

OPERATION_LIMITS: Mapping[str, str] = {"send": "100/minute"}
