"""Queries on towns."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression, select

from app.core.slugs import first_free, slugify
from app.models import Town
from app.repositories.base import Repository
from app.schemas.town import TownListQuery, TownSort

_ORDERS: dict[TownSort, UnaryExpression[Any]] = {
    TownSort.CREATED_AT: Town.created_at.asc(),
    TownSort.CREATED_AT_DESC: Town.created_at.desc(),
}


class TownRepository(Repository[Town]):
    """Towns."""

    model = Town

    async def get(self, town_id: UUID) -> Town | None:
        """Return the town with this key, if there is one."""
        return await self.session.scalar(self.select().where(Town.id == town_id))

    async def get_by_slug(self, slug: str) -> Town | None:
        """Return the town with this value, if there is one."""
        return await self.session.scalar(self.select().where(Town.slug == slug))

    async def list(self, query: TownListQuery, region_id: int) -> tuple[Sequence[Town], int]:
        """Return one page of the towns."""
        statement = (
            self.select().where(Town.region_id == region_id).order_by(_ORDERS[query.sort], Town.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def unused_slug(self, text: str) -> str:
        """Return a slug made of ``text`` that no other town has."""
        slug = slugify(text, max_length=194, fallback="town")
        similar = select(Town.slug).where(Town.slug.startswith(slug))
        taken = (await self.session.scalars(similar)).all()
        return first_free(slug, taken)
