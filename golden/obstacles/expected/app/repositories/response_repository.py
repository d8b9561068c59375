"""Queries on responses."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import ResponseEntity
from app.repositories.base import Repository
from app.schemas.response import ResponseListQuery, ResponseSort

_ORDERS: dict[ResponseSort, UnaryExpression[Any]] = {
    ResponseSort.CREATED_AT: ResponseEntity.created_at.asc(),
    ResponseSort.CREATED_AT_DESC: ResponseEntity.created_at.desc(),
}


class ResponseRepository(Repository[ResponseEntity]):
    """Responses."""

    model = ResponseEntity

    async def get(self, response_row_id: UUID) -> ResponseEntity | None:
        """Return the response with this key, if there is one."""
        return await self.session.scalar(self.select().where(ResponseEntity.id == response_row_id))

    async def list(self, query: ResponseListQuery) -> tuple[Sequence[ResponseEntity], int]:
        """Return one page of the responses."""
        statement = self.select().order_by(_ORDERS[query.sort], ResponseEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
