"""Queries on drafts."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter

from app.core.cursor import Keyset
from app.models import Draft
from app.repositories.base import Repository
from app.schemas.draft import DraftListQuery, DraftSort
from app.schemas.types import UtcDatetime

_ORDERS: dict[DraftSort, Keyset] = {
    DraftSort.CREATED_AT: Keyset(
        DraftSort.CREATED_AT,
        Draft.created_at,
        (Draft.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
    ),
    DraftSort.CREATED_AT_DESC: Keyset(
        DraftSort.CREATED_AT_DESC,
        Draft.created_at,
        (Draft.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
        descending=True,
    ),
}


class DraftRepository(Repository[Draft]):
    """Drafts."""

    model = Draft

    async def get(self, draft_id: UUID) -> Draft | None:
        """Return the draft with this key, if there is one."""
        return await self.session.scalar(self.select().where(Draft.id == draft_id))

    async def list(self, query: DraftListQuery) -> tuple[Sequence[Draft], str | None]:
        """Return one page of the drafts."""
        statement = self.select()
        return await self.page_after(
            statement, _ORDERS[query.sort], limit=query.limit, cursor=query.cursor
        )
