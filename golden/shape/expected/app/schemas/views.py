"""API models that show a part of a row, or related rows with it."""

from pydantic import Field

from app.schemas.base import OutputModel
from app.schemas.types import UtcDatetime


class ArticleLine(OutputModel):
    """An article in short."""

    slug: str
    title: str
    written_at: UtcDatetime = Field(validation_alias="created_at")
