"""Rates."""

from collections.abc import Sequence

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Rate
from app.repositories.rate_repository import RateRepository
from app.schemas.rate import RateCreate, RateListQuery, RateUpdate


class RateService:
    """Use cases of rates."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._rates = RateRepository(session)

    async def list(self, query: RateListQuery) -> tuple[Sequence[Rate], int]:
        """List rates."""
        return await self._rates.list(query)

    async def get(self, rate_year: int, rate_code: str) -> Rate:
        """Return one rate."""
        rate = await self._rates.get(rate_year, rate_code)
        if rate is None:
            detail = "Rate not found"
            raise NotFoundError(detail)
        return rate

    async def create(self, data: RateCreate) -> Rate:
        """Create a rate."""
        rate = Rate(year=data.year, code=data.code, value=data.value)
        await self._rates.create(rate)
        return rate

    async def update(self, rate_year: int, rate_code: str, data: RateUpdate) -> Rate:
        """Change a rate."""
        rate = await self.get(rate_year, rate_code)
        if data.value is not MISSING:
            rate.value = data.value
        await self._rates.update(rate)
        return rate

    async def delete(self, rate_year: int, rate_code: str) -> None:
        """Delete a rate."""
        rate = await self.get(rate_year, rate_code)
        await self._rates.delete(rate)
