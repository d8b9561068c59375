"""Queries on towns."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select

from app.core.cursor import Keyset
from app.core.slugs import first_free, slugify
from app.models import Town
from app.repositories.base import Repository
from app.schemas.town import TownListQuery, TownSort
from app.schemas.types import UtcDatetime

_ORDERS: dict[TownSort, Keyset] = {
    TownSort.CREATED_AT: Keyset(
        TownSort.CREATED_AT, Town.created_at, (Town.id,), TypeAdapter(tuple[str, UtcDatetime, UUID])
    ),
    TownSort.CREATED_AT_DESC: Keyset(
        TownSort.CREATED_AT_DESC,
        Town.created_at,
        (Town.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
        descending=True,
    ),
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

    async def list(self, query: TownListQuery, region_id: int) -> tuple[Sequence[Town], str | None]:
        """Return one page of the towns."""
        statement = self.select().where(Town.region_id == region_id)
        return await self.page_after(
            statement, _ORDERS[query.sort], limit=query.limit, cursor=query.cursor
        )

    async def unused_slug(self, text: str) -> str:
        """Return a slug made of ``text`` that no other town has."""
        slug = slugify(text, max_length=194, fallback="town")
        similar = select(Town.slug).where(Town.slug.startswith(slug))
        taken = (await self.session.scalars(similar)).all()
        return first_free(slug, taken)
