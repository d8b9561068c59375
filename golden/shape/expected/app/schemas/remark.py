"""API models of remarks."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, BaseModel, Field

from app.schemas.base import CursorQuery, InputModel, OutputModel
from app.schemas.types import Text, UtcDatetime

RemarkText = Annotated[Text, Field(min_length=1, max_length=500)]


class RemarkBase(InputModel):
    """What clients decide about one remark."""

    text: RemarkText


class RemarkCreate(RemarkBase):
    """One new remark."""


class RemarkUpdate(InputModel):
    """Changes to one remark: omitted members stay."""

    text: RemarkText | MISSING = MISSING


class RemarkRead(OutputModel):
    """A remark."""

    id: UUID
    text: str
    article_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class RemarkSort(StrEnum):
    """The orders of the list of remarks."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"


class RemarkListQuery(CursorQuery):
    """The query of the list of remarks."""

    sort: RemarkSort = RemarkSort.CREATED_AT_DESC


class RemarkPage(BaseModel):
    """One page of remarks."""

    items: list[RemarkRead] = Field(serialization_alias="remarks")
    limit: int = Field(serialization_alias="page-size")
    next_cursor: str | None


class RemarkReadEnvelope(BaseModel):
    """An answer with one remark."""

    item: RemarkRead = Field(serialization_alias="data")
