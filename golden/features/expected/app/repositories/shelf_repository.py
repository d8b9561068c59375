"""Queries on shelves."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, UnaryExpression, true

from app.models import Account, Shelf
from app.models.enums import AccountRole
from app.repositories.base import Repository
from app.schemas.shelf import ShelfListQuery, ShelfSort

_ORDERS: dict[ShelfSort, UnaryExpression[Any]] = {
    ShelfSort.CREATED_AT: Shelf.created_at.asc(),
    ShelfSort.CREATED_AT_DESC: Shelf.created_at.desc(),
    ShelfSort.LABEL: Shelf.label.asc(),
    ShelfSort.LABEL_DESC: Shelf.label.desc(),
    ShelfSort.UPDATED_AT: Shelf.updated_at.asc(),
    ShelfSort.UPDATED_AT_DESC: Shelf.updated_at.desc(),
}


class ShelfRepository(Repository[Shelf]):
    """Shelves."""

    model = Shelf

    def select(self) -> Select[Shelf]:
        """Return the base statement; deleted shelves are out of sight."""
        return super().select().where(Shelf.is_active == true())

    async def get(self, shelf_id: UUID) -> Shelf | None:
        """Return the shelf with this key, if there is one."""
        return await self.session.scalar(self.select().where(Shelf.id == shelf_id))

    async def list(self, query: ShelfListQuery, caller: Account) -> tuple[Sequence[Shelf], int]:
        """Return one page of the shelves that the caller may see."""
        statement = self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Shelf.id)
        if query.owner_id is not None:
            statement = statement.where(Shelf.owner_id == query.owner_id)
        if query.owner_login is not None:
            statement = statement.where(Shelf.owner.has(Account.login == query.owner_login))
        if query.owner_created_at is not None:
            statement = statement.where(
                Shelf.owner.has(Account.created_at == query.owner_created_at)
            )
        if query.owner_created_at_from is not None:
            statement = statement.where(
                Shelf.owner.has(Account.created_at >= query.owner_created_at_from)
            )
        if query.owner_created_at_before is not None:
            statement = statement.where(
                Shelf.owner.has(Account.created_at < query.owner_created_at_before)
            )
        if query.capacity is not None:
            statement = statement.where(Shelf.capacity == query.capacity)
        if query.capacity_min is not None:
            statement = statement.where(Shelf.capacity >= query.capacity_min)
        if query.capacity_max is not None:
            statement = statement.where(Shelf.capacity <= query.capacity_max)
        return await self.page(statement, limit=query.limit, offset=query.offset)


def _visible_to(caller: Account) -> ColumnElement[bool]:
    if caller.role is AccountRole.ADMIN:
        return true()
    return Shelf.owner_id == caller.id
