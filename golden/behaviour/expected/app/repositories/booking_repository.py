"""Queries on bookings."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, UnaryExpression, true

from app.core.errors import Invariant, InvariantError
from app.models import Booking, Member, Topic
from app.models.enums import MemberRole
from app.repositories.base import Repository
from app.schemas.booking import BookingListQuery, BookingSort

_ORDERS: dict[BookingSort, UnaryExpression[Any]] = {
    BookingSort.CREATED_AT: Booking.created_at.asc(),
    BookingSort.CREATED_AT_DESC: Booking.created_at.desc(),
    BookingSort.HELD_AT: Booking.held_at.asc().nulls_last(),
    BookingSort.HELD_AT_DESC: Booking.held_at.desc().nulls_last(),
    BookingSort.SEATS: Booking.seats.asc(),
    BookingSort.SEATS_DESC: Booking.seats.desc(),
    BookingSort.OWED: Booking.owed.asc(),
    BookingSort.OWED_DESC: Booking.owed.desc(),
    BookingSort.TOPIC_TITLE: Booking.topic_title.asc(),
    BookingSort.TOPIC_TITLE_DESC: Booking.topic_title.desc(),
}


class BookingRepository(Repository[Booking]):
    """Bookings."""

    model = Booking
    computed = ("topic_title", "fills_the_room")

    async def get(self, booking_id: UUID) -> Booking | None:
        """Return the booking with this key, if there is one."""
        return await self.session.scalar(self.select().where(Booking.id == booking_id))

    async def list(self, query: BookingListQuery, caller: Member) -> tuple[Sequence[Booking], int]:
        """Return one page of the bookings that the caller may see."""
        statement = (
            self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Booking.id)
        )
        statement = _narrow(statement, query)
        statement = _narrow_2(statement, query)
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def create(self, entity: Booking) -> None:
        """Insert ``entity`` now, if its invariants allow it."""
        await super().create(entity)
        await self._require_fits_the_room(entity)

    async def update(self, entity: Booking) -> None:
        """Send the changes of ``entity`` to the database now, if its invariants allow them."""
        await super().update(entity)
        await self._require_fits_the_room(entity)

    async def delete(self, entity: Booking) -> None:
        """Delete ``entity`` now, unless its invariants keep it."""
        await self.lock(entity)
        _require_paid_is_kept(entity)
        await super().delete(entity)

    async def _require_fits_the_room(self, booking: Booking) -> None:
        topic = await self.hold(Topic, booking.topic_id)
        if booking.seats + booking.children > topic.room:
            invariant = Invariant("fits_the_room", "The room is too small.")
            raise InvariantError(invariant, pointers=["/seats", "/children", "/topic_id"])


def _require_paid_is_kept(booking: Booking) -> None:
    if booking.paid:
        invariant = Invariant("paid_is_kept", "What is paid is kept.")
        raise InvariantError(invariant)


def _narrow(statement: Select[Booking], query: BookingListQuery) -> Select[Booking]:
    if query.people is not None:
        statement = statement.where(Booking.people == query.people)
    if query.people_min is not None:
        statement = statement.where(Booking.people >= query.people_min)
    if query.people_max is not None:
        statement = statement.where(Booking.people <= query.people_max)
    if query.topic_title is not None:
        statement = statement.where(Booking.topic_title == query.topic_title)
    if query.topic_remark_count is not None:
        statement = statement.where(
            Booking.topic.has(Topic.remark_count == query.topic_remark_count)
        )
    if query.topic_remark_count_min is not None:
        statement = statement.where(
            Booking.topic.has(Topic.remark_count >= query.topic_remark_count_min)
        )
    if query.topic_remark_count_max is not None:
        statement = statement.where(
            Booking.topic.has(Topic.remark_count <= query.topic_remark_count_max)
        )
    if query.deposit is not None:
        statement = statement.where(Booking.deposit == query.deposit)
    return statement


def _narrow_2(statement: Select[Booking], query: BookingListQuery) -> Select[Booking]:
    if query.deposit_min is not None:
        statement = statement.where(Booking.deposit >= query.deposit_min)
    if query.deposit_max is not None:
        statement = statement.where(Booking.deposit <= query.deposit_max)
    return statement


def _visible_to(caller: Member) -> ColumnElement[bool]:
    if caller.role is MemberRole.CLERK:
        return true()
    return Booking.owner_id == caller.id
