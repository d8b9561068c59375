"""Charges."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Charge
from app.repositories.charge_repository import ChargeRepository
from app.repositories.rate_repository import RateRepository
from app.schemas.charge import ChargeCreate, ChargeListQuery, ChargeUpdate


class ChargeService:
    """Use cases of charges."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._charges = ChargeRepository(session)
        self._rates = RateRepository(session)

    async def list(self, query: ChargeListQuery) -> tuple[Sequence[Charge], int]:
        """List charges."""
        return await self._charges.list(query)

    async def get(self, charge_id: UUID) -> Charge:
        """Return one charge."""
        charge = await self._charges.get(charge_id)
        if charge is None:
            detail = "Charge not found"
            raise NotFoundError(detail)
        return charge

    async def create(self, data: ChargeCreate) -> Charge:
        """Create a charge."""
        await self._check_rate(data.rate_year, data.rate_code)
        charge = Charge(amount=data.amount, rate_year=data.rate_year, rate_code=data.rate_code)
        await self._charges.create(charge)
        return charge

    async def update(self, charge_id: UUID, data: ChargeUpdate) -> Charge:
        """Change a charge."""
        charge = await self.get(charge_id)
        if data.amount is not MISSING:
            charge.amount = data.amount
        if data.rate_year is not MISSING:
            charge.rate_year = data.rate_year
        if data.rate_code is not MISSING:
            charge.rate_code = data.rate_code
        if data.rate_year is not MISSING or data.rate_code is not MISSING:
            await self._check_rate(charge.rate_year, charge.rate_code)
        await self._charges.update(charge)
        return charge

    async def delete(self, charge_id: UUID) -> None:
        """Delete a charge."""
        charge = await self.get(charge_id)
        await self._charges.delete(charge)

    async def _check_rate(self, rate_year: int, rate_code: str) -> None:
        if await self._rates.get(rate_year, rate_code) is None:
            detail = "Rate not found"
            raise RuleViolationError(
                detail,
                errors=[
                    FieldError("/rate_year", "No such rate", "reference"),
                    FieldError("/rate_code", "No such rate", "reference"),
                ],
            )
