"""Queries on tags."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression, select
from sqlalchemy.orm import joinedload, selectinload

from app.models import Tag
from app.repositories.base import Repository
from app.schemas.tag import TagListQuery, TagSort

_ORDERS: dict[TagSort, UnaryExpression[Any]] = {
    TagSort.CREATED_AT: Tag.created_at.asc(),
    TagSort.CREATED_AT_DESC: Tag.created_at.desc(),
}
_SHOWN = (joinedload(Tag.parent), selectinload(Tag.children))


class TagRepository(Repository[Tag]):
    """Tags."""

    model = Tag

    async def get(self, tag_row_id: UUID) -> Tag | None:
        """Return the tag with this key, if there is one."""
        return await self.session.scalar(self.select().where(Tag.id == tag_row_id))

    async def get_many(self, keys: Sequence[UUID]) -> Sequence[Tag]:
        """Return the tags with these keys, as far as they exist."""
        statement = self.select().where(Tag.id.in_(keys))
        return (await self.session.scalars(statement)).all()

    async def list(self, query: TagListQuery) -> tuple[Sequence[Tag], int]:
        """Return one page of the tags."""
        statement = select(Tag).order_by(_ORDERS[query.sort], Tag.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def load_shown(self, tag_row: Tag) -> None:
        """Load what is shown along with one tag."""
        statement = (
            select(Tag)
            .where(Tag.id == tag_row.id)
            .options(*_SHOWN)
            .execution_options(populate_existing=True)
        )
        (await self.session.scalars(statement)).one()
