"""Queries on drafts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Draft
from app.repositories.base import Repository
from app.schemas.draft import DraftListQuery, DraftSort

_ORDERS: dict[DraftSort, UnaryExpression[Any]] = {
    DraftSort.CREATED_AT: Draft.created_at.asc(),
    DraftSort.CREATED_AT_DESC: Draft.created_at.desc(),
}


class DraftRepository(Repository[Draft]):
    """Drafts."""

    model = Draft

    async def get(self, draft_id: UUID) -> Draft | None:
        """Return the draft with this key, if there is one."""
        return await self.session.scalar(self.select().where(Draft.id == draft_id))

    async def list(self, query: DraftListQuery) -> tuple[Sequence[Draft], int]:
        """Return one page of the drafts."""
        statement = self.select().order_by(_ORDERS[query.sort], Draft.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
