"""Streets."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.bulk import pointers_below
from app.core.errors import NotFoundError
from app.models import Street, Town
from app.repositories.street_repository import StreetRepository
from app.schemas.street import (
    StreetBulkCreate,
    StreetCreate,
    StreetListQuery,
    StreetReplace,
    StreetUpdate,
)
from app.services.town_service import TownService


class StreetService:
    """Use cases of streets."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._streets = StreetRepository(session)
        self._town_service = TownService(session)

    async def list(
        self, country_code: str, region_id: int, town_slug: str, query: StreetListQuery
    ) -> tuple[Sequence[Street], int]:
        """List streets."""
        town = await self._town_service.get(country_code, region_id, town_slug)
        return await self._streets.list(query, town.id)

    async def get(
        self, country_code: str, region_id: int, town_slug: str, street_id: UUID
    ) -> Street:
        """Return one street."""
        town = await self._town_service.get(country_code, region_id, town_slug)
        street = await self._streets.get(street_id)
        if street is None or street.town_id != town.id:
            detail = "Street not found"
            raise NotFoundError(detail)
        return street

    async def create(
        self, country_code: str, region_id: int, town_slug: str, data: StreetCreate
    ) -> Street:
        """Create a street."""
        town = await self._town_service.get(country_code, region_id, town_slug)
        return await self._insert(data, town)

    async def bulk_create(
        self, country_code: str, region_id: int, town_slug: str, data: StreetBulkCreate
    ) -> Sequence[Street]:
        """Create several streets, all or none."""
        town = await self._town_service.get(country_code, region_id, town_slug)
        streets: list[Street] = []
        for index, item in enumerate(data.items):
            with pointers_below(f"/items/{index}"):
                street = await self._insert(item, town)
                streets.append(street)
        return streets

    async def _insert(self, data: StreetCreate, town: Town) -> Street:
        street = Street(name=data.name, town_id=town.id)
        await self._streets.create(street)
        return street

    async def update(
        self, country_code: str, region_id: int, town_slug: str, street_id: UUID, data: StreetUpdate
    ) -> Street:
        """Change a street."""
        street = await self.get(country_code, region_id, town_slug, street_id)
        if data.name is not MISSING:
            street.name = data.name
        await self._streets.update(street)
        return street

    async def replace(
        self,
        country_code: str,
        region_id: int,
        town_slug: str,
        street_id: UUID,
        data: StreetReplace,
    ) -> Street:
        """Replace a street."""
        street = await self.get(country_code, region_id, town_slug, street_id)
        street.name = data.name
        await self._streets.update(street)
        return street

    async def delete(
        self, country_code: str, region_id: int, town_slug: str, street_id: UUID
    ) -> None:
        """Delete a street."""
        street = await self.get(country_code, region_id, town_slug, street_id)
        await self._streets.delete(street)
