"""Enumerations."""

from enum import StrEnum


class PostStatus(StrEnum):
    """The values of a post status."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class UserRole(StrEnum):
    """What a user may do."""

    MEMBER = "member"
    EDITOR = "editor"
    ADMIN = "admin"
