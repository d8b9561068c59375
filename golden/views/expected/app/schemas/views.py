"""API models that show a part of a row, or related rows with it."""

from uuid import UUID

from pydantic import Field

from app.schemas.base import OutputModel
from app.schemas.types import UtcDatetime
from app.schemas.values import PlaceRead


class ArticleLine(OutputModel):
    """An article in short."""

    slug: str
    title: str


class PersonProfile(OutputModel):
    """What everybody who is signed in sees of somebody."""

    id: UUID
    name: str
    home: PlaceRead | None
    articles: list[ArticleLine]


class PersonCard(OutputModel):
    """A person in short."""

    id: UUID
    display_name: str = Field(validation_alias="name")
    is_me: bool


class TagLabel(OutputModel):
    """A tag in short."""

    label: str


class ArticleSummary(OutputModel):
    """An article in short."""

    id: UUID
    slug: str
    title: str
    written_at: UtcDatetime = Field(validation_alias="created_at")
    remark_count: int
    editor_id: UUID | None
    liked: bool
    mine: bool = Field(description="whether the caller wrote it")
    author: PersonCard
    tags: list[TagLabel]


class RemarkWhole(OutputModel):
    """A remark in short."""

    id: UUID
    text: str
    created_at: UtcDatetime
    author: PersonCard


class ArticleFull(OutputModel):
    """An article in short."""

    id: UUID
    slug: str
    title: str
    body: str
    author_id: UUID
    keywords: list[UUID] = Field(validation_alias="tag_ids")
    version: int
    liked: bool
    discussed: bool
    writer: PersonCard = Field(validation_alias="author")
    editor: PersonCard | None
    tags: list[TagLabel]
    remarks: list[RemarkWhole]


class TagTree(OutputModel):
    """A tag in short."""

    id: UUID
    label: str
    parent_id: UUID | None
    parents: TagLabel | None = Field(validation_alias="parent")
    children: list[TagLabel]


class RemarkLine(OutputModel):
    """A remark in short."""

    id: UUID
    said: str = Field(validation_alias="text")
    mine: bool
