"""Queries on endorsements."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Endorsement
from app.repositories.base import Repository
from app.schemas.endorsement import EndorsementListQuery, EndorsementSort

_ORDERS: dict[EndorsementSort, UnaryExpression[Any]] = {
    EndorsementSort.CREATED_AT: Endorsement.created_at.asc(),
    EndorsementSort.CREATED_AT_DESC: Endorsement.created_at.desc(),
}


class EndorsementRepository(Repository[Endorsement]):
    """Endorsements."""

    model = Endorsement

    async def get(self, endorsement_id: UUID) -> Endorsement | None:
        """Return the endorsement with this key, if there is one."""
        return await self.session.scalar(self.select().where(Endorsement.id == endorsement_id))

    async def list(self, query: EndorsementListQuery) -> tuple[Sequence[Endorsement], int]:
        """Return one page of the endorsements."""
        statement = self.select().order_by(_ORDERS[query.sort], Endorsement.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
