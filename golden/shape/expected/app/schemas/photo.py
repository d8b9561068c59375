"""API models of photos."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, BaseModel, Field

from app.schemas.base import InputModel, NumberedQuery, OutputModel
from app.schemas.types import Line, UtcDatetime

Title = Annotated[Line, Field(min_length=1, max_length=80)]


class PhotoBase(InputModel):
    """What clients decide about one photo."""

    title: Title


class PhotoCreate(PhotoBase):
    """One new photo."""


class PhotoUpdate(InputModel):
    """Changes to one photo: omitted members stay."""

    title: Title | MISSING = MISSING


class PhotoRead(OutputModel):
    """A photo."""

    id: UUID
    title: str
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class PhotoSort(StrEnum):
    """The orders of the list of photos."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"


class PhotoListQuery(NumberedQuery):
    """The query of the list of photos."""

    limit: Annotated[int, Field(ge=1, le=30)] = 10
    sort: PhotoSort = PhotoSort.CREATED_AT_DESC


class PhotoPage(BaseModel):
    """One page of photos."""

    items: list[PhotoRead] = Field(serialization_alias="photos")
    total: int = Field(serialization_alias="photosCount")
    limit: int = Field(serialization_alias="size")
    page: int = Field(serialization_alias="number")


class PhotoReadEnvelope(BaseModel):
    """An answer with one photo."""

    item: PhotoRead = Field(serialization_alias="photo")
