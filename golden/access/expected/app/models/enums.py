"""Enumerations."""

from enum import StrEnum


class TaskState(StrEnum):
    """The values of a task state."""

    DRAFT = "draft"
    OPEN = "open"
    DONE = "done"


class Standing(StrEnum):
    """The values of a standing."""

    NEWCOMER = "newcomer"
    HOST = "host"


class MemberRole(StrEnum):
    """What a member may do."""

    MEMBER = "member"
    ADMIN = "admin"
