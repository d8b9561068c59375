"""API models of labels."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, BaseModel, Field

from app.schemas.base import InputModel, OutputModel, PageQuery
from app.schemas.types import Line, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=40)]


class LabelBase(InputModel):
    """What clients decide about one label."""

    name: Name


class LabelCreate(LabelBase):
    """One new label."""


class LabelReplace(LabelBase):
    """All of one label, in place of what it was."""


class LabelUpdate(InputModel):
    """Changes to one label: omitted members stay."""

    name: Name | MISSING = MISSING


class LabelRead(OutputModel):
    """A label."""

    id: UUID
    name: str
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class LabelSort(StrEnum):
    """The orders of the list of labels."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"


class LabelListQuery(PageQuery):
    """The query of the list of labels."""

    sort: LabelSort = LabelSort.CREATED_AT_DESC


class LabelBulkCreate(InputModel):
    """New labels: all of them are made, or none."""

    items: Annotated[list[LabelCreate], Field(min_length=1, max_length=100)]


class LabelBulkResult(OutputModel):
    """The labels that were made."""

    items: list[LabelRead]


class LabelCreateEnvelope(InputModel):
    """A request with one new label."""

    item: LabelCreate = Field(alias="label")


class LabelReplaceEnvelope(InputModel):
    """A request with all of one label."""

    item: LabelReplace = Field(alias="label")


class LabelUpdateEnvelope(InputModel):
    """A request with changes to one label."""

    item: LabelUpdate = Field(alias="label")


class LabelReadEnvelope(BaseModel):
    """An answer with one label."""

    item: LabelRead = Field(serialization_alias="data")
