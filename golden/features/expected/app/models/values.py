"""Value objects: columns that belong together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """Where a parcel goes."""

    street: str
    city: str
    country: str
    note: str | None
