"""Queries on digests."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Digest
from app.repositories.base import Repository
from app.schemas.digest import DigestListQuery, DigestSort

_ORDERS: dict[DigestSort, UnaryExpression[Any]] = {
    DigestSort.CREATED_AT: Digest.created_at.asc(),
    DigestSort.CREATED_AT_DESC: Digest.created_at.desc(),
}


class DigestRepository(Repository[Digest]):
    """Digests."""

    model = Digest

    async def get(self, digest_id: UUID) -> Digest | None:
        """Return the digest with this key, if there is one."""
        return await self.session.scalar(self.select().where(Digest.id == digest_id))

    async def list(self, query: DigestListQuery) -> tuple[Sequence[Digest], int]:
        """Return one page of the digests."""
        statement = self.select().order_by(_ORDERS[query.sort], Digest.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
