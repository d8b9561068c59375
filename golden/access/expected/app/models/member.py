"""Members."""

from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.board_guests import board_guests
from app.models.enums import MemberRole, Standing

if TYPE_CHECKING:
    from app.models.board import Board
    from app.models.booking import Booking
    from app.models.notice import Notice
    from app.models.seat import Seat
    from app.models.team import Team


class Member(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A member."""

    __tablename__ = "members"
    __table_args__ = (
        CheckConstraint("desk >= 1 AND desk <= 400", name="desk_range"),
        CheckConstraint("grade >= 1 AND grade <= 9", name="grade_range"),
    )

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    desk: Mapped[int] = mapped_column()
    languages: Mapped[list[str]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))
    phone: Mapped[str | None] = mapped_column(String(20))
    grade: Mapped[int | None] = mapped_column()
    hashed_password: Mapped[str] = mapped_column(String(255))
    role: Mapped[MemberRole] = mapped_column(
        string_enum(MemberRole, name="role", length=16),
        default=MemberRole.MEMBER,
        server_default=MemberRole.MEMBER.value,
    )
    standing: Mapped[Standing] = mapped_column(
        string_enum(Standing, name="standing", length=16),
        default=Standing.NEWCOMER,
        server_default=Standing.NEWCOMER.value,
    )

    teams: Mapped[list["Team"]] = relationship(
        back_populates="lead",
        lazy="raise",
        order_by="Team.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    notices: Mapped[list["Notice"]] = relationship(
        back_populates="author",
        lazy="raise",
        order_by="Notice.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    bookings: Mapped[list["Booking"]] = relationship(
        back_populates="guest",
        lazy="raise",
        order_by="Booking.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    boards: Mapped[list["Board"]] = relationship(
        back_populates="owner",
        lazy="raise",
        order_by="Board.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    visits: Mapped[list["Board"]] = relationship(
        secondary=board_guests,
        back_populates="guests",
        lazy="raise",
        order_by="Board.id",
        passive_deletes=True,
    )
    seats: Mapped[list["Seat"]] = relationship(
        back_populates="member",
        lazy="raise",
        order_by="Seat.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
