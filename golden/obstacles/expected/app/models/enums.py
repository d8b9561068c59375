"""Enumerations."""

from enum import StrEnum


class LiteralEnum(StrEnum):
    """The values of a literal."""

    NONE = "none"
    NONE_2 = "None"
    TRUE = "True"
    CLASS = "class"
    IMPORT = "import"
    TWO_WORDS = "two words"
    VALUE_1ST = "1st"
    A_B = "a-b"
    VALUE = "ä"
    VALUE_2 = "'"
    VALUE_3 = '"'
    VALUE_4 = "\\"
    S = "%s"
    X = "{x}"


class UserRole(StrEnum):
    """What a user may do."""

    ADMIN = "admin"
    NONE = "none"
    CLASS = "class"
    SELECT = "select"
