"""Enumerations."""

from enum import StrEnum


class Stage(StrEnum):
    """The values of a stage."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class ClaimStage(StrEnum):
    """The values of a claim stage."""

    FILED = "filed"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class MemberRole(StrEnum):
    """What a member may do."""

    MEMBER = "member"
    CLERK = "clerk"
