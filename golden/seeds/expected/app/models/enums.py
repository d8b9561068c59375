"""Enumerations."""

from enum import StrEnum


class Level(StrEnum):
    """The values of a level."""

    BASIC = "basic"
    VERY_HIGH = "very high"


class State(StrEnum):
    """The values of a state."""

    DRAFT = "draft"
    PUBLISHED = "published"


class MemberRole(StrEnum):
    """What a member may do."""

    MEMBER = "member"
    EDITOR = "editor"
