"""Enumerations."""

from enum import StrEnum


class PersonRole(StrEnum):
    """What a person may do."""

    MEMBER = "member"
    ADMIN = "admin"
