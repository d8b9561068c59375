"""Enumerations."""

from enum import StrEnum


class OrderState(StrEnum):
    """The values of an order state."""

    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """The values of a reason."""

    GIFT = "gift"
    DEBT = "debt"


class Tier(StrEnum):
    """The values of a tier."""

    COMMON = "common"
    VERY_RARE = "very rare"


class MemberRole(StrEnum):
    """What a member may do."""

    MEMBER = "member"
    CLERK = "clerk"
