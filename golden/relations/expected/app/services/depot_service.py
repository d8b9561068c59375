"""Depots."""

from collections.abc import Sequence

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.bulk import pointers_below
from app.core.errors import NotFoundError
from app.models import Depot, Region
from app.repositories.depot_repository import DepotRepository
from app.schemas.depot import (
    DepotBulkCreate,
    DepotCreate,
    DepotListQuery,
    DepotReplace,
    DepotUpdate,
)
from app.services.region_service import RegionService


class DepotService:
    """Use cases of depots."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._depots = DepotRepository(session)
        self._region_service = RegionService(session)

    async def list(
        self, country_code: str, region_id: int, query: DepotListQuery
    ) -> tuple[Sequence[Depot], int]:
        """List depots."""
        region = await self._region_service.get(country_code, region_id)
        return await self._depots.list(query, region.id)

    async def get(self, country_code: str, region_id: int, depot_code: str) -> Depot:
        """Return one depot."""
        region = await self._region_service.get(country_code, region_id)
        depot = await self._depots.get(depot_code, region.id)
        if depot is None:
            detail = "Depot not found"
            raise NotFoundError(detail)
        return depot

    async def create(self, country_code: str, region_id: int, data: DepotCreate) -> Depot:
        """Create a depot."""
        region = await self._region_service.get(country_code, region_id)
        return await self._insert(data, region)

    async def bulk_create(
        self, country_code: str, region_id: int, data: DepotBulkCreate
    ) -> Sequence[Depot]:
        """Create several depots, all or none."""
        region = await self._region_service.get(country_code, region_id)
        depots: list[Depot] = []
        for index, item in enumerate(data.items):
            with pointers_below(f"/items/{index}"):
                depot = await self._insert(item, region)
                depots.append(depot)
        return depots

    async def _insert(self, data: DepotCreate, region: Region) -> Depot:
        depot = Depot(code=data.code, capacity=data.capacity, region_id=region.id)
        await self._depots.create(depot)
        return depot

    async def update(
        self, country_code: str, region_id: int, depot_code: str, data: DepotUpdate
    ) -> Depot:
        """Change a depot."""
        depot = await self.get(country_code, region_id, depot_code)
        if data.capacity is not MISSING:
            depot.capacity = data.capacity
        await self._depots.update(depot)
        return depot

    async def replace(
        self, country_code: str, region_id: int, depot_code: str, data: DepotReplace
    ) -> Depot:
        """Replace a depot."""
        depot = await self.get(country_code, region_id, depot_code)
        depot.capacity = data.capacity
        await self._depots.update(depot)
        return depot

    async def delete(self, country_code: str, region_id: int, depot_code: str) -> None:
        """Delete a depot."""
        depot = await self.get(country_code, region_id, depot_code)
        await self._depots.delete(depot)
