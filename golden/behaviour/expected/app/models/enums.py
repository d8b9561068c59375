"""Enumerations."""

from enum import StrEnum


class Stage(StrEnum):
    """The values of a stage."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class MemberRole(StrEnum):
    """What a member may do."""

    MEMBER = "member"
    CLERK = "clerk"
