"""Queries on regions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import UnaryExpression

from app.models import Region
from app.repositories.base import Repository
from app.schemas.region import RegionListQuery, RegionSort

_ORDERS: dict[RegionSort, UnaryExpression[Any]] = {
    RegionSort.CREATED_AT: Region.created_at.asc(),
    RegionSort.CREATED_AT_DESC: Region.created_at.desc(),
}


class RegionRepository(Repository[Region]):
    """Regions."""

    model = Region

    async def get(self, region_id: int) -> Region | None:
        """Return the region with this key, if there is one."""
        return await self.session.scalar(self.select().where(Region.id == region_id))

    async def list(self, query: RegionListQuery, country_code: str) -> tuple[Sequence[Region], int]:
        """Return one page of the regions."""
        statement = (
            self.select()
            .where(Region.country_code == country_code)
            .order_by(_ORDERS[query.sort], Region.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)
