"""Queries on visits."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter

from app.core.cursor import Keyset
from app.models import Visit
from app.repositories.base import Repository
from app.schemas.types import UtcDatetime
from app.schemas.visit import VisitListQuery, VisitSort

_ORDERS: dict[VisitSort, Keyset] = {
    VisitSort.CREATED_AT: Keyset(
        VisitSort.CREATED_AT,
        Visit.created_at,
        (Visit.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
    ),
    VisitSort.CREATED_AT_DESC: Keyset(
        VisitSort.CREATED_AT_DESC,
        Visit.created_at,
        (Visit.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
        descending=True,
    ),
}


class VisitRepository(Repository[Visit]):
    """Visits."""

    model = Visit

    async def get(self, visit_id: UUID) -> Visit | None:
        """Return the visit with this key, if there is one."""
        return await self.session.scalar(self.select().where(Visit.id == visit_id))

    async def list(self, query: VisitListQuery) -> tuple[Sequence[Visit], str | None]:
        """Return one page of the visits."""
        statement = self.select()
        return await self.page_after(
            statement, _ORDERS[query.sort], limit=query.limit, cursor=query.cursor
        )
