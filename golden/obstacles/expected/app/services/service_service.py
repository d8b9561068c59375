"""Services."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Service
from app.repositories.service_repository import ServiceRepository
from app.schemas.service import ServiceCreate, ServiceListQuery, ServiceUpdate


class ServiceService:
    """Use cases of services."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._services = ServiceRepository(session)

    async def list(self, query: ServiceListQuery) -> tuple[Sequence[Service], int]:
        """List services."""
        return await self._services.list(query)

    async def get(self, service_row_id: UUID) -> Service:
        """Return one service."""
        service_row = await self._services.get(service_row_id)
        if service_row is None:
            detail = "Service not found"
            raise NotFoundError(detail)
        return service_row

    async def create(self, data: ServiceCreate) -> Service:
        """Create a service."""
        service_row = Service(service=data.service)
        await self._services.create(service_row)
        return service_row

    async def update(self, service_row_id: UUID, data: ServiceUpdate) -> Service:
        """Change a service."""
        service_row = await self.get(service_row_id)
        if data.service is not MISSING:
            service_row.service = data.service
        await self._services.update(service_row)
        return service_row

    async def delete(self, service_row_id: UUID) -> None:
        """Delete a service."""
        service_row = await self.get(service_row_id)
        await self._services.delete(service_row)
