"""Countries."""

from collections.abc import Sequence

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Country
from app.repositories.country_repository import CountryRepository
from app.schemas.country import CountryCreate, CountryListQuery, CountryUpdate


class CountryService:
    """Use cases of countries."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._countries = CountryRepository(session)

    async def list(self, query: CountryListQuery) -> tuple[Sequence[Country], int]:
        """List countries."""
        return await self._countries.list(query)

    async def get(self, country_code: str) -> Country:
        """Return one country."""
        country = await self._countries.get(country_code)
        if country is None:
            detail = "Country not found"
            raise NotFoundError(detail)
        return country

    async def create(self, data: CountryCreate) -> Country:
        """Create a country."""
        country = Country(code=data.code, name=data.name)
        await self._countries.create(country)
        return country

    async def update(self, country_code: str, data: CountryUpdate) -> Country:
        """Change a country."""
        country = await self.get(country_code)
        if data.name is not MISSING:
            country.name = data.name
        await self._countries.update(country)
        return country

    async def delete(self, country_code: str) -> None:
        """Delete a country."""
        country = await self.get(country_code)
        await self._countries.delete(country)
