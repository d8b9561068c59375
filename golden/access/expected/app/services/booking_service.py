"""Bookings."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.bulk import pointers_below
from app.core.errors import FieldError, NotFoundError, PermissionDeniedError, RuleViolationError
from app.models import Booking, Member, Room, Topic
from app.models.enums import MemberRole
from app.repositories.booking_repository import BookingRepository
from app.repositories.member_repository import MemberRepository
from app.repositories.room_repository import RoomRepository
from app.repositories.topic_repository import TopicRepository
from app.schemas.booking import BookingBulkCreate, BookingCreate, BookingListQuery, BookingUpdate


class BookingService:
    """Use cases of bookings."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._bookings = BookingRepository(session)
        self._rooms = RoomRepository(session)
        self._topics = TopicRepository(session)
        self._members = MemberRepository(session)

    async def list(self, query: BookingListQuery) -> tuple[Sequence[Booking], int]:
        """List bookings."""
        return await self._bookings.list(query)

    async def get(self, booking_id: UUID) -> Booking:
        """Return one booking."""
        booking = await self._bookings.get(booking_id)
        if booking is None:
            detail = "Booking not found"
            raise NotFoundError(detail)
        return booking

    async def create(self, data: BookingCreate) -> Booking:
        """Create a booking."""
        await self._check_room(data.room_house, data.room_floor)
        await self._check_topic(data.topic_code)
        await self._check_guest(data.guest_id)
        return await self._insert(data)

    async def bulk_create(self, data: BookingBulkCreate, caller: Member) -> Sequence[Booking]:
        """Create several bookings, all or none."""
        known_rooms = await self._known_rooms(
            [(item.room_house, item.room_floor) for item in data.items]
        )
        known_topics = await self._known_topics(
            [item.topic_code for item in data.items if item.topic_code is not None]
        )
        known_members = await self._known_members([item.guest_id for item in data.items])
        bookings: list[Booking] = []
        for index, item in enumerate(data.items):
            with pointers_below(f"/items/{index}"):
                await self._check_room(item.room_house, item.room_floor, known_rooms)
                await self._check_topic(item.topic_code, known_topics)
                await self._check_guest(item.guest_id, known_members)
                booking = await self._insert(item)
                if not _may_write(booking, caller):
                    detail = "You may not create this booking"
                    raise PermissionDeniedError(detail)
                bookings.append(booking)
        return bookings

    async def _insert(self, data: BookingCreate) -> Booking:
        booking = Booking(
            day=data.day,
            room_house=data.room_house,
            room_floor=data.room_floor,
            topic_code=data.topic_code,
            guest_id=data.guest_id,
        )
        await self._bookings.create(booking)
        return booking

    async def update(self, booking_id: UUID, data: BookingUpdate, caller: Member) -> Booking:
        """Change a booking."""
        booking = await self.get(booking_id)
        _require_write(booking, caller)
        if data.day is not MISSING:
            booking.day = data.day
        if data.room_house is not MISSING:
            booking.room_house = data.room_house
        if data.room_floor is not MISSING:
            booking.room_floor = data.room_floor
        if data.room_house is not MISSING or data.room_floor is not MISSING:
            await self._check_room(booking.room_house, booking.room_floor)
        if data.topic_code is not MISSING:
            await self._check_topic(data.topic_code)
            booking.topic_code = data.topic_code
        if data.guest_id is not MISSING:
            await self._check_guest(data.guest_id)
            booking.guest_id = data.guest_id
        _require_write(booking, caller)
        await self._bookings.update(booking)
        return booking

    async def delete(self, booking_id: UUID, caller: Member) -> None:
        """Delete a booking."""
        booking = await self.get(booking_id)
        if not _may_write(booking, caller):
            detail = "You may not delete this booking"
            raise PermissionDeniedError(detail)
        await self._bookings.delete(booking)

    async def _check_room(
        self, room_house: str, room_floor: int, known: dict[tuple[str, int], Room] | None = None
    ) -> None:
        if known is None:
            known = await self._known_rooms([(room_house, room_floor)])
        if (room_house, room_floor) not in known:
            detail = "Room not found"
            raise RuleViolationError(
                detail,
                errors=[
                    FieldError("/room_house", "No such room", "reference"),
                    FieldError("/room_floor", "No such room", "reference"),
                ],
            )

    async def _check_topic(
        self, topic_code: str | None, known: dict[str, Topic] | None = None
    ) -> None:
        if topic_code is None:
            return
        if known is None:
            known = await self._known_topics([topic_code])
        if topic_code not in known:
            detail = "Topic not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/topic_code", "No such topic", "reference")]
            )

    async def _check_guest(self, guest_id: UUID, known: dict[UUID, Member] | None = None) -> None:
        if known is None:
            known = await self._known_members([guest_id])
        if guest_id not in known:
            detail = "Member not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/guest_id", "No such member", "reference")]
            )

    async def _known_rooms(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Room]:
        return {(room.house, room.floor): room for room in await self._rooms.get_many(keys)}

    async def _known_topics(self, keys: Sequence[str]) -> dict[str, Topic]:
        return {topic.code: topic for topic in await self._topics.get_many(keys)}

    async def _known_members(self, keys: Sequence[UUID]) -> dict[UUID, Member]:
        return {member.id: member for member in await self._members.get_many(keys)}


def _may_write(booking: Booking, caller: Member) -> bool:
    return caller.role is MemberRole.ADMIN or booking.guest_id == caller.id


def _require_write(booking: Booking, caller: Member) -> None:
    if not _may_write(booking, caller):
        detail = "You may not change this booking"
        raise PermissionDeniedError(detail)
