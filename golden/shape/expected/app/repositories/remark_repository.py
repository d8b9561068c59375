"""Queries on remarks."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter

from app.core.cursor import Keyset
from app.models import Remark
from app.repositories.base import Repository
from app.schemas.remark import RemarkListQuery, RemarkSort
from app.schemas.types import UtcDatetime

_ORDERS: dict[RemarkSort, Keyset] = {
    RemarkSort.CREATED_AT: Keyset(
        RemarkSort.CREATED_AT,
        Remark.created_at,
        (Remark.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
    ),
    RemarkSort.CREATED_AT_DESC: Keyset(
        RemarkSort.CREATED_AT_DESC,
        Remark.created_at,
        (Remark.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
        descending=True,
    ),
}


class RemarkRepository(Repository[Remark]):
    """Remarks."""

    model = Remark

    async def get(self, remark_id: UUID) -> Remark | None:
        """Return the remark with this key, if there is one."""
        return await self.session.scalar(self.select().where(Remark.id == remark_id))

    async def list(
        self, query: RemarkListQuery, article_id: UUID
    ) -> tuple[Sequence[Remark], str | None]:
        """Return one page of the remarks."""
        statement = self.select().where(Remark.article_id == article_id)
        return await self.page_after(
            statement, _ORDERS[query.sort], limit=query.limit, cursor=query.cursor
        )
