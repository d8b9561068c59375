"""Towns."""

from collections.abc import Sequence

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Town
from app.repositories.town_repository import TownRepository
from app.schemas.town import TownCreate, TownListQuery, TownUpdate
from app.services.region_service import RegionService


class TownService:
    """Use cases of towns."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._towns = TownRepository(session)
        self._region_service = RegionService(session)

    async def list(
        self, country_code: str, region_id: int, query: TownListQuery
    ) -> tuple[Sequence[Town], str | None]:
        """List towns."""
        region = await self._region_service.get(country_code, region_id)
        return await self._towns.list(query, region.id)

    async def get(self, country_code: str, region_id: int, town_slug: str) -> Town:
        """Return one town."""
        region = await self._region_service.get(country_code, region_id)
        town = await self._towns.get_by_slug(town_slug)
        if town is None or town.region_id != region.id:
            detail = "Town not found"
            raise NotFoundError(detail)
        return town

    async def create(self, country_code: str, region_id: int, data: TownCreate) -> Town:
        """Create a town."""
        region = await self._region_service.get(country_code, region_id)
        town = Town(
            name=data.name,
            slug=await self._towns.unused_slug(data.name) if data.slug is MISSING else data.slug,
            region_id=region.id,
        )
        await self._towns.create(town)
        return town

    async def update(
        self, country_code: str, region_id: int, town_slug: str, data: TownUpdate
    ) -> Town:
        """Change a town."""
        town = await self.get(country_code, region_id, town_slug)
        if data.name is not MISSING:
            town.name = data.name
        if data.slug is not MISSING:
            town.slug = data.slug
        await self._towns.update(town)
        return town

    async def delete(self, country_code: str, region_id: int, town_slug: str) -> None:
        """Delete a town."""
        town = await self.get(country_code, region_id, town_slug)
        await self._towns.delete(town)
