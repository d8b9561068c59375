"""Value objects: columns that belong together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place."""

    street: str
    city: str
