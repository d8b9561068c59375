"""API models of labels."""

from enum import StrEnum
from typing import Annotated

from pydantic import MISSING, Field

from app.models.enums import Level
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=40)]


class LabelBase(InputModel):
    """What clients decide about one label."""

    name: Name
    level: Level = Level.BASIC


class LabelCreate(LabelBase):
    """One new label."""


class LabelUpdate(InputModel):
    """Changes to one label: omitted members stay."""

    name: Name | MISSING = MISSING
    level: Level | MISSING = MISSING


class LabelRead(OutputModel):
    """A label."""

    id: int
    name: str
    level: Level
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class LabelSort(StrEnum):
    """The orders of the list of labels."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class LabelListQuery(PageQuery):
    """The query of the list of labels."""

    sort: LabelSort = LabelSort.CREATED_AT_DESC


class LabelPage(Page[LabelRead]):
    """One page of labels."""
