"""Base classes of the API models."""

from typing import Annotated, Generic, TypeVar

from pydantic import AliasGenerator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from app.schemas.types import Absent, Cursor

MAX_PAGE_SIZE = 100
MAX_OFFSET = 1_000_000
MAX_PAGE = 10_000

ItemT = TypeVar("ItemT")


class InputModel(BaseModel):
    """A request body or query: unknown members are errors, not silently ignored."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


class OutputModel(BaseModel):
    """A response, built from an ORM object."""

    model_config = ConfigDict(
        from_attributes=True, alias_generator=AliasGenerator(serialization_alias=to_camel)
    )


class PageQuery(InputModel):
    """Offset pagination, bounded so that no value can overflow in the database."""

    limit: Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE)] = 20
    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class NumberedQuery(InputModel):
    """Pages by number from 1, bounded so that no value can overflow in the database."""

    limit: Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE)] = 20
    page: Annotated[int, Field(ge=1, le=MAX_PAGE)] = 1

    @property
    def offset(self) -> int:
        """How many rows come before the page."""
        return (self.page - 1) * self.limit


class Page(BaseModel, Generic[ItemT]):
    """One page of a collection."""

    items: list[ItemT] = Field(serialization_alias="data")
    total: int = Field(serialization_alias="totalCount")


class CursorQuery(InputModel):
    """Cursor pagination: a page starts where the one before it ended."""

    limit: Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE)] = 20
    cursor: Cursor | Absent = None


class CursorPage(BaseModel, Generic[ItemT]):
    """One page of a collection; `nextPage` is null on the last one."""

    items: list[ItemT] = Field(serialization_alias="data")
    next_cursor: str | None = Field(serialization_alias="nextPage")
