"""Queries on services."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Service
from app.repositories.base import Repository
from app.schemas.service import ServiceListQuery, ServiceSort

_ORDERS: dict[ServiceSort, UnaryExpression[Any]] = {
    ServiceSort.CREATED_AT: Service.created_at.asc(),
    ServiceSort.CREATED_AT_DESC: Service.created_at.desc(),
}


class ServiceRepository(Repository[Service]):
    """Services."""

    model = Service

    async def get(self, service_row_id: UUID) -> Service | None:
        """Return the service with this key, if there is one."""
        return await self.session.scalar(self.select().where(Service.id == service_row_id))

    async def list(self, query: ServiceListQuery) -> tuple[Sequence[Service], int]:
        """Return one page of the services."""
        statement = self.select().order_by(_ORDERS[query.sort], Service.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
