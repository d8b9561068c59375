"""API models of endorsements."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Text, UtcDatetime

EndorsementText = Annotated[Text, Field(min_length=1, max_length=500)]


class EndorsementBase(InputModel):
    """What clients decide about one endorsement."""

    text: EndorsementText
    author_id: UUID
    subject_id: UUID


class EndorsementCreate(EndorsementBase):
    """One new endorsement."""


class EndorsementUpdate(InputModel):
    """Changes to one endorsement: omitted members stay."""

    text: EndorsementText | MISSING = MISSING
    author_id: UUID | MISSING = MISSING
    subject_id: UUID | MISSING = MISSING


class EndorsementRead(OutputModel):
    """An endorsement."""

    id: UUID
    text: str
    author_id: UUID
    subject_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class EndorsementSort(StrEnum):
    """The orders of the list of endorsements."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class EndorsementListQuery(PageQuery):
    """The query of the list of endorsements."""

    sort: EndorsementSort = EndorsementSort.CREATED_AT_DESC


class EndorsementPage(Page[EndorsementRead]):
    """One page of endorsements."""
