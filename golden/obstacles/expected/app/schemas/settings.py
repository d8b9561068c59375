"""API models of settings."""

from enum import StrEnum
from uuid import UUID

from pydantic import MISSING, Field, JsonValue

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Json, UtcDatetime


class SettingsBase(InputModel):
    """What clients decide about one settings."""

    settings: Json = Field(default_factory=dict[str, JsonValue])


class SettingsCreate(SettingsBase):
    """One new settings."""


class SettingsUpdate(InputModel):
    """Changes to one settings: omitted members stay."""

    settings: Json | MISSING = MISSING


class SettingsRead(OutputModel):
    """A settings."""

    id: UUID
    settings: Json
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class SettingsSort(StrEnum):
    """The orders of the list of settings."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class SettingsListQuery(PageQuery):
    """The query of the list of settings."""

    sort: SettingsSort = SettingsSort.CREATED_AT_DESC


class SettingsPage(Page[SettingsRead]):
    """One page of settings."""
