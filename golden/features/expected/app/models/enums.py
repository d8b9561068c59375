"""Enumerations."""

from enum import StrEnum


class Color(StrEnum):
    """The values of a color."""

    RED = "red"
    GREEN = "green"
    BLUE = "blue"


class Size(StrEnum):
    """The values of a size."""

    SMALL = "small"
    LARGE = "large"


class Stage(StrEnum):
    """Where a thing is on its way."""

    IDEA = "idea"
    DONE = "done"


class AccountRole(StrEnum):
    """What an account may do."""

    READER = "reader"
    WRITER = "writer"
    ADMIN = "admin"
