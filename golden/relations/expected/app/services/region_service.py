"""Regions."""

from collections.abc import Sequence

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Region
from app.repositories.region_repository import RegionRepository
from app.schemas.region import RegionCreate, RegionListQuery, RegionUpdate
from app.services.country_service import CountryService


class RegionService:
    """Use cases of regions."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._regions = RegionRepository(session)
        self._country_service = CountryService(session)

    async def list(self, country_code: str, query: RegionListQuery) -> tuple[Sequence[Region], int]:
        """List regions."""
        country = await self._country_service.get(country_code)
        return await self._regions.list(query, country.code)

    async def get(self, country_code: str, region_id: int) -> Region:
        """Return one region."""
        country = await self._country_service.get(country_code)
        region = await self._regions.get(region_id)
        if region is None or region.country_code != country.code:
            detail = "Region not found"
            raise NotFoundError(detail)
        return region

    async def create(self, country_code: str, data: RegionCreate) -> Region:
        """Create a region."""
        country = await self._country_service.get(country_code)
        region = Region(name=data.name, country_code=country.code)
        await self._regions.create(region)
        return region

    async def update(self, country_code: str, region_id: int, data: RegionUpdate) -> Region:
        """Change a region."""
        region = await self.get(country_code, region_id)
        if data.name is not MISSING:
            region.name = data.name
        await self._regions.update(region)
        return region

    async def delete(self, country_code: str, region_id: int) -> None:
        """Delete a region."""
        region = await self.get(country_code, region_id)
        await self._regions.delete(region)
