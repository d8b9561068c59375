"""API models of comments."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Text, UtcDatetime

CommentBody = Annotated[Text, Field(min_length=1, max_length=5000)]


class CommentBase(InputModel):
    """What clients decide about one comment."""

    body: CommentBody
    reply_to_id: UUID | None = None


class CommentCreate(CommentBase):
    """One new comment."""


class CommentUpdate(InputModel):
    """Changes to one comment: omitted members stay, null clears those that may be null."""

    body: CommentBody | MISSING = MISSING
    reply_to_id: UUID | MISSING | None = MISSING


class CommentRead(OutputModel):
    """A comment."""

    id: UUID
    body: str
    post_id: UUID
    author_id: UUID
    reply_to_id: UUID | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class CommentSort(StrEnum):
    """The orders of the list of comments."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class CommentListQuery(PageQuery):
    """The query of the list of comments."""

    sort: CommentSort = CommentSort.CREATED_AT_DESC


class CommentPage(Page[CommentRead]):
    """One page of comments."""
