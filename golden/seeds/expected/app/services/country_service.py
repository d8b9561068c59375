"""Countries."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Country
from app.repositories.country_repository import CountryRepository
from app.schemas.country import CountryListQuery


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
