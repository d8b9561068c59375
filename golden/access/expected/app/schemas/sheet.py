"""API models of sheets."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Int, Line, UtcDatetime

Title = Annotated[Line, Field(min_length=1, max_length=80)]
Desk = Annotated[Int, Field(ge=1, le=400), WHOLE]
Mark = Annotated[Int, Field(ge=1, le=6), WHOLE]


class SheetBase(InputModel):
    """What clients decide about one sheet."""

    title: Title
    desk: Desk
    board_id: UUID


class SheetCreate(SheetBase):
    """One new sheet."""


class SheetReplace(SheetBase):
    """All of one sheet, in place of what it was."""

    mark: Mark | MISSING | None = Field(
        default=MISSING,
        description="Refused with 403 unless the caller may write it: desk < "
        "current_user.desk and not role(admin).",
    )


class SheetUpdate(InputModel):
    """Changes to one sheet: omitted members stay, null clears those that may be null."""

    title: Title | MISSING = MISSING
    desk: Desk | MISSING = MISSING
    mark: Mark | MISSING | None = Field(
        default=MISSING,
        description="Refused with 403 unless the caller may write it: desk < "
        "current_user.desk and not role(admin).",
    )
    board_id: UUID | MISSING = MISSING


class SheetRead(OutputModel):
    """A sheet."""

    id: UUID
    title: str
    desk: int
    mark: int | MISSING | None = Field(
        default=MISSING,
        description="Left out unless the caller may read it: desk <= current_user.desk.",
    )
    board_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class SheetSort(StrEnum):
    """The orders of the list of sheets."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class SheetListQuery(PageQuery):
    """The query of the list of sheets."""

    sort: SheetSort = SheetSort.CREATED_AT_DESC


class SheetPage(Page[SheetRead]):
    """One page of sheets."""


class SheetBulkCreate(InputModel):
    """New sheets: all of them are made, or none."""

    items: Annotated[list[SheetCreate], Field(min_length=1, max_length=100)]


class SheetBulkResult(OutputModel):
    """The sheets that were made."""

    items: list[SheetRead]
