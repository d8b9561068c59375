"""Offices."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Office
from app.repositories.employee_repository import EmployeeRepository
from app.repositories.office_repository import OfficeRepository
from app.schemas.office import OfficeCreate, OfficeListQuery, OfficeUpdate


class OfficeService:
    """Use cases of offices."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._offices = OfficeRepository(session)
        self._employees = EmployeeRepository(session)

    async def list(self, query: OfficeListQuery) -> tuple[Sequence[Office], int]:
        """List offices."""
        return await self._offices.list(query)

    async def get(self, office_id: UUID) -> Office:
        """Return one office."""
        office = await self._offices.get(office_id)
        if office is None:
            detail = "Office not found"
            raise NotFoundError(detail)
        return office

    async def create(self, data: OfficeCreate) -> Office:
        """Create an office."""
        await self._check_head(data.head_id)
        office = Office(city=data.city, head_id=data.head_id)
        await self._offices.create(office)
        return office

    async def update(self, office_id: UUID, data: OfficeUpdate) -> Office:
        """Change an office."""
        office = await self.get(office_id)
        if data.city is not MISSING:
            office.city = data.city
        if data.head_id is not MISSING:
            await self._check_head(data.head_id)
            office.head_id = data.head_id
        await self._offices.update(office)
        return office

    async def delete(self, office_id: UUID) -> None:
        """Delete an office."""
        office = await self.get(office_id)
        await self._offices.delete(office)

    async def _check_head(self, head_id: UUID | None) -> None:
        if head_id is not None and await self._employees.get(head_id) is None:
            detail = "Employee not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/head_id", "No such employee", "reference")]
            )
