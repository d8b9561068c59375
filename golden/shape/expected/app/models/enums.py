"""Enumerations."""

from enum import StrEnum


class Status(StrEnum):
    """The values of a status."""

    DRAFT = "draft"
    PUBLISHED = "published"


class MemberRole(StrEnum):
    """What a member may do."""

    MEMBER = "member"
    ADMIN = "admin"
