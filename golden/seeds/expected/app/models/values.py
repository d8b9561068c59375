"""Value objects: columns that belong together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """An address."""

    street: str
    country: str
    note: str | None
