"""Queries on rooms."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import UnaryExpression, tuple_
from sqlalchemy.orm.util import identity_key

from app.core.errors import ConflictError, FieldError
from app.models import Room
from app.repositories.base import Repository
from app.schemas.room import RoomListQuery, RoomSort

_ORDERS: dict[RoomSort, UnaryExpression[Any]] = {
    RoomSort.CREATED_AT: Room.created_at.asc(),
    RoomSort.CREATED_AT_DESC: Room.created_at.desc(),
}


class RoomRepository(Repository[Room]):
    """Rooms."""

    model = Room

    async def get(self, room_house: str, room_floor: int) -> Room | None:
        """Return the room with this key, if there is one."""
        return await self.session.scalar(
            self.select().where(Room.house == room_house, Room.floor == room_floor)
        )

    async def get_many(self, keys: Sequence[tuple[str, int]]) -> Sequence[Room]:
        """Return the rooms with these keys, as far as they exist."""
        statement = self.select().where(tuple_(Room.house, Room.floor).in_(keys))
        return (await self.session.scalars(statement)).all()

    async def list(self, query: RoomListQuery) -> tuple[Sequence[Room], int]:
        """Return one page of the rooms."""
        statement = self.select().order_by(_ORDERS[query.sort], Room.house, Room.floor)
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def create(self, entity: Room) -> None:
        """Insert ``entity`` now, unless this transaction has seen a row with its key."""
        if identity_key(instance=entity) in self.session.identity_map:
            detail = "A resource with the same value already exists"
            raise ConflictError(
                detail,
                errors=[
                    FieldError("/house", "Already in use", "unique"),
                    FieldError("/floor", "Already in use", "unique"),
                ],
            )
        await super().create(entity)
