"""API models of settings."""

from enum import StrEnum
from typing import Annotated

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Json, Line, Matching

Key = Annotated[Line, Field(min_length=1, max_length=60), Matching("^[^/]*[^./][^/]*$")]


class SettingBase(InputModel):
    """What clients decide about one setting."""

    value: Json


class SettingCreate(SettingBase):
    """One new setting."""

    key: Key


class SettingReplace(SettingBase):
    """All of one setting, in place of what it was."""


class SettingUpdate(InputModel):
    """Changes to one setting: omitted members stay."""

    value: Json | MISSING = MISSING


class SettingRead(OutputModel):
    """A setting."""

    key: str
    value: Json


class SettingSort(StrEnum):
    """The orders of the list of settings."""

    KEY = "key"
    KEY_DESC = "-key"


class SettingListQuery(PageQuery):
    """The query of the list of settings."""

    sort: SettingSort = SettingSort.KEY


class SettingPage(Page[SettingRead]):
    """One page of settings."""
