"""Queries on requests."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression, or_

from app.models import RequestEntity
from app.repositories.base import Repository
from app.schemas.request import RequestListQuery, RequestSort

_ORDERS: dict[RequestSort, UnaryExpression[Any]] = {
    RequestSort.CREATED_AT: RequestEntity.created_at.asc(),
    RequestSort.CREATED_AT_DESC: RequestEntity.created_at.desc(),
    RequestSort.CURSOR: RequestEntity.cursor.asc().nulls_last(),
    RequestSort.CURSOR_DESC: RequestEntity.cursor.desc().nulls_last(),
    RequestSort.LIMIT: RequestEntity.limit.asc().nulls_last(),
    RequestSort.LIMIT_DESC: RequestEntity.limit.desc().nulls_last(),
}


class RequestRepository(Repository[RequestEntity]):
    """Requests."""

    model = RequestEntity

    async def get(self, request_row_id: UUID) -> RequestEntity | None:
        """Return the request with this key, if there is one."""
        return await self.session.scalar(self.select().where(RequestEntity.id == request_row_id))

    async def list(self, query: RequestListQuery) -> tuple[Sequence[RequestEntity], int]:
        """Return one page of the requests."""
        statement = self.select().order_by(_ORDERS[query.sort], RequestEntity.id)
        if query.uuid is not None:
            statement = statement.where(RequestEntity.uuid == query.uuid)
        if query.uuid_min is not None:
            statement = statement.where(RequestEntity.uuid >= query.uuid_min)
        if query.uuid_max is not None:
            statement = statement.where(RequestEntity.uuid <= query.uuid_max)
        if query.q is not None:
            statement = statement.where(
                or_(
                    RequestEntity.body.icontains(query.q, autoescape=True),
                    RequestEntity.sort.icontains(query.q, autoescape=True),
                )
            )
        return await self.page(statement, limit=query.limit, offset=query.offset)
