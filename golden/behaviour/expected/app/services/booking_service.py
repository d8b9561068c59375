"""Bookings."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.bulk import pointers_below
from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Booking, Member, Topic
from app.models.enums import MemberRole
from app.repositories.booking_repository import BookingRepository
from app.repositories.topic_repository import TopicRepository
from app.schemas.booking import (
    BookingBulkCreate,
    BookingCreate,
    BookingListQuery,
    BookingReplace,
    BookingUpdate,
)


class BookingService:
    """Use cases of bookings."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._bookings = BookingRepository(session)
        self._topics = TopicRepository(session)

    async def list(self, query: BookingListQuery, caller: Member) -> tuple[Sequence[Booking], int]:
        """List bookings."""
        return await self._bookings.list(query, caller)

    async def get(self, booking_id: UUID, caller: Member) -> Booking:
        """Return one booking, unless the caller may not know that it exists."""
        booking = await self._bookings.get(booking_id)
        if booking is None or not _may_read(booking, caller):
            detail = "Booking not found"
            raise NotFoundError(detail)
        return booking

    async def create(self, data: BookingCreate, caller: Member) -> Booking:
        """Create a booking."""
        await self._check_topic(data.topic_id)
        return await self._insert(data, caller)

    async def bulk_create(self, data: BookingBulkCreate, caller: Member) -> Sequence[Booking]:
        """Create several bookings, all or none."""
        known_topics = await self._known_topics([item.topic_id for item in data.items])
        bookings: list[Booking] = []
        for index, item in enumerate(data.items):
            with pointers_below(f"/items/{index}"):
                await self._check_topic(item.topic_id, known_topics)
                booking = await self._insert(item, caller)
                bookings.append(booking)
        return bookings

    async def _insert(self, data: BookingCreate, caller: Member) -> Booking:
        booking = Booking(
            seats=data.seats,
            children=data.children,
            extras=data.extras,
            price=data.price,
            discount=data.discount,
            paid=data.paid,
            held_at=data.held_at,
            note=data.note,
            topic_id=data.topic_id,
            owner_id=caller.id,
        )
        await self._bookings.create(booking)
        return booking

    async def update(self, booking_id: UUID, data: BookingUpdate, caller: Member) -> Booking:
        """Change a booking."""
        booking = await self.get(booking_id, caller)
        for attribute in (
            "seats",
            "children",
            "extras",
            "price",
            "discount",
            "paid",
            "held_at",
            "note",
        ):
            if (value := getattr(data, attribute)) is not MISSING:
                setattr(booking, attribute, value)
        if data.topic_id is not MISSING:
            await self._check_topic(data.topic_id)
            booking.topic_id = data.topic_id
        await self._bookings.update(booking)
        return booking

    async def replace(self, booking_id: UUID, data: BookingReplace, caller: Member) -> Booking:
        """Replace a booking."""
        booking = await self.get(booking_id, caller)
        booking.seats = data.seats
        booking.children = data.children
        booking.extras = data.extras
        booking.price = data.price
        booking.discount = data.discount
        booking.paid = data.paid
        booking.held_at = data.held_at
        booking.note = data.note
        await self._check_topic(data.topic_id)
        booking.topic_id = data.topic_id
        await self._bookings.update(booking)
        return booking

    async def delete(self, booking_id: UUID, caller: Member) -> None:
        """Delete a booking."""
        booking = await self.get(booking_id, caller)
        await self._bookings.delete(booking)

    async def _check_topic(self, topic_id: UUID, known: dict[UUID, Topic] | None = None) -> None:
        if known is None:
            known = await self._known_topics([topic_id])
        if topic_id not in known:
            detail = "Topic not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/topic_id", "No such topic", "reference")]
            )

    async def _known_topics(self, keys: Sequence[UUID]) -> dict[UUID, Topic]:
        return {topic.id: topic for topic in await self._topics.get_many(keys)}


def _may_read(booking: Booking, caller: Member) -> bool:
    return caller.role is MemberRole.CLERK or booking.owner_id == caller.id
