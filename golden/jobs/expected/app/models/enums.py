"""Enumerations."""

from enum import StrEnum


class State(StrEnum):
    """The values of a state."""

    OPEN = "open"
    SENT = "sent"
    PAID = "paid"


class MemberRole(StrEnum):
    """What a member may do."""

    MEMBER = "member"
    CLERK = "clerk"
