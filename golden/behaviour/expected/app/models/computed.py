"""Attributes that the database computes from related rows."""

from sqlalchemy import BigInteger, and_, cast, func, or_, select, true
from sqlalchemy.orm import column_property

from app.models.booking import Booking
from app.models.enums import MemberRole, Stage
from app.models.member import Member
from app.models.remark import Remark
from app.models.topic import Topic

_BOUND_20 = 20


def add_computed_attributes() -> None:
    """Add them to the models, all of which must be imported before."""
    _add_to_member()
    _add_to_topic()
    _add_to_booking()


def _add_to_member() -> None:
    Member.seats_paid = column_property(
        select(cast(func.coalesce(func.sum(Booking.seats), 0), BigInteger))
        .where(Booking.owner_id == Member.id, Booking.paid == true())
        .correlate_except(Booking)
        .scalar_subquery()
    )


def _add_to_topic() -> None:
    Topic.remark_count = column_property(
        select(func.count())
        .where(Remark.topic_id == Topic.id)
        .correlate_except(Remark)
        .scalar_subquery()
    )
    Topic.longest_remark = column_property(
        select(func.max(func.length(Remark.text)))
        .where(Remark.topic_id == Topic.id)
        .correlate_except(Remark)
        .scalar_subquery()
    )
    Topic.seats_left = column_property(
        cast(Topic.room, BigInteger)
        - select(
            cast(
                func.coalesce(func.sum(cast(Booking.seats, BigInteger) + Booking.children), 0),
                BigInteger,
            )
        )
        .where(Booking.topic_id == Topic.id)
        .correlate_except(Booking)
        .scalar_subquery()
    )
    Topic.turnover = column_property(
        select(func.coalesce(func.sum(Booking.price - Booking.discount), 0))
        .where(Booking.topic_id == Topic.id, Booking.paid == true())
        .correlate_except(Booking)
        .scalar_subquery()
    )
    Topic.has_large_bookings = column_property(
        Topic.bookings.any(
            or_(
                Booking.seats > _BOUND_20,
                select(Member.role)
                .where(Member.id == Booking.owner_id)
                .correlate_except(Member)
                .scalar_subquery()
                == MemberRole.CLERK,
            )
        )
    )
    Topic.all_paid = column_property(~Topic.bookings.any(Booking.paid != true()))


def _add_to_booking() -> None:
    Booking.topic_title = column_property(
        select(Topic.title)
        .where(Topic.id == Booking.topic_id)
        .correlate_except(Topic)
        .scalar_subquery()
    )
    Booking.fills_the_room = column_property(
        and_(
            cast(Booking.seats, BigInteger) + Booking.children
            >= select(Topic.room)
            .where(Topic.id == Booking.topic_id)
            .correlate_except(Topic)
            .scalar_subquery(),
            select(Topic.stage)
            .where(Topic.id == Booking.topic_id)
            .correlate_except(Topic)
            .scalar_subquery()
            != Stage.CLOSED,
        )
    )
