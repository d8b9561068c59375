"""Rooms."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.bulk import pointers_below
from app.core.errors import NotFoundError
from app.models import Room
from app.repositories.room_repository import RoomRepository
from app.schemas.room import RoomBulkCreate, RoomCreate, RoomListQuery


class RoomService:
    """Use cases of rooms."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._rooms = RoomRepository(session)

    async def list(self, query: RoomListQuery) -> tuple[Sequence[Room], int]:
        """List rooms."""
        return await self._rooms.list(query)

    async def get(self, room_house: str, room_floor: int) -> Room:
        """Return one room."""
        room = await self._rooms.get(room_house, room_floor)
        if room is None:
            detail = "Room not found"
            raise NotFoundError(detail)
        return room

    async def create(self, data: RoomCreate) -> Room:
        """Create a room."""
        return await self._insert(data)

    async def bulk_create(self, data: RoomBulkCreate) -> Sequence[Room]:
        """Create several rooms, all or none."""
        rooms: list[Room] = []
        for index, item in enumerate(data.items):
            with pointers_below(f"/items/{index}"):
                room = await self._insert(item)
                rooms.append(room)
        return rooms

    async def _insert(self, data: RoomCreate) -> Room:
        room = Room(house=data.house, floor=data.floor)
        await self._rooms.create(room)
        return room
