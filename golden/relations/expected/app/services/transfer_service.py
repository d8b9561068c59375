"""Transfers."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Transfer
from app.repositories.employee_repository import EmployeeRepository
from app.repositories.office_repository import OfficeRepository
from app.repositories.transfer_repository import TransferRepository
from app.schemas.transfer import TransferCreate, TransferListQuery, TransferUpdate


class TransferService:
    """Use cases of transfers."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._transfers = TransferRepository(session)
        self._offices = OfficeRepository(session)
        self._employees = EmployeeRepository(session)

    async def list(self, query: TransferListQuery) -> tuple[Sequence[Transfer], int]:
        """List transfers."""
        return await self._transfers.list(query)

    async def get(self, transfer_id: UUID) -> Transfer:
        """Return one transfer."""
        transfer = await self._transfers.get(transfer_id)
        if transfer is None:
            detail = "Transfer not found"
            raise NotFoundError(detail)
        return transfer

    async def create(self, data: TransferCreate) -> Transfer:
        """Create a transfer."""
        await self._check_origin(data.origin_id)
        await self._check_destination(data.destination_id)
        await self._check_employee(data.employee_id)
        transfer = Transfer(
            reason=data.reason,
            planned_on=data.planned_on,
            origin_id=data.origin_id,
            destination_id=data.destination_id,
            employee_id=data.employee_id,
        )
        await self._transfers.create(transfer)
        return transfer

    async def update(self, transfer_id: UUID, data: TransferUpdate) -> Transfer:
        """Change a transfer."""
        transfer = await self.get(transfer_id)
        if data.reason is not MISSING:
            transfer.reason = data.reason
        if data.planned_on is not MISSING:
            transfer.planned_on = data.planned_on
        if data.origin_id is not MISSING:
            await self._check_origin(data.origin_id)
            transfer.origin_id = data.origin_id
        if data.destination_id is not MISSING:
            await self._check_destination(data.destination_id)
            transfer.destination_id = data.destination_id
        await self._transfers.update(transfer)
        return transfer

    async def delete(self, transfer_id: UUID) -> None:
        """Delete a transfer."""
        transfer = await self.get(transfer_id)
        await self._transfers.delete(transfer)

    async def _check_origin(self, origin_id: UUID) -> None:
        if await self._offices.get(origin_id) is None:
            detail = "Office not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/origin_id", "No such office", "reference")]
            )

    async def _check_destination(self, destination_id: UUID) -> None:
        if await self._offices.get(destination_id) is None:
            detail = "Office not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/destination_id", "No such office", "reference")]
            )

    async def _check_employee(self, employee_id: UUID) -> None:
        if await self._employees.get(employee_id) is None:
            detail = "Employee not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/employee_id", "No such employee", "reference")]
            )
