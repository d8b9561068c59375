"""Queries on classes."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter

from app.core.cursor import Keyset
from app.models import Class
from app.repositories.base import Repository
from app.schemas.class_ import ClassListQuery, ClassSort
from app.schemas.types import UtcDatetime

_ORDERS: dict[ClassSort, Keyset] = {
    ClassSort.CREATED_AT: Keyset(
        ClassSort.CREATED_AT,
        Class.created_at,
        (Class.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
    ),
    ClassSort.CREATED_AT_DESC: Keyset(
        ClassSort.CREATED_AT_DESC,
        Class.created_at,
        (Class.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
        descending=True,
    ),
}


class ClassRepository(Repository[Class]):
    """Classes."""

    model = Class

    async def get(self, class__id: UUID) -> Class | None:
        """Return the class with this key, if there is one."""
        return await self.session.scalar(self.select().where(Class.id == class__id))

    async def list(self, query: ClassListQuery) -> tuple[Sequence[Class], str | None]:
        """Return one page of the classes."""
        statement = self.select()
        return await self.page_after(
            statement, _ORDERS[query.sort], limit=query.limit, cursor=query.cursor
        )
