"""Bookings."""

from datetime import datetime
from decimal import Decimal
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    SQLColumnExpression,
    String,
    case,
    cast,
    false,
    literal,
    text,
    true,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import ExactDecimal
from app.core.errors import Invariant
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.member import Member
    from app.models.topic import Topic


class Booking(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A booking."""

    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint("seats >= 1 AND seats <= 500", name="seats_range"),
        CheckConstraint("children >= 0", name="children_range"),
        CheckConstraint("extras >= 0", name="extras_range"),
        CheckConstraint("price >= 0", name="price_range"),
        CheckConstraint("discount >= 0", name="discount_range"),
        CheckConstraint(
            "CAST(children AS BIGINT) + CASE WHEN extras IS NULL THEN 0 ELSE extras "
            "END <= 2 * seats",
            name="seats_for_all",
            info={"invariant": Invariant("seats_for_all", "There are not that many seats.")},
        ),
        CheckConstraint("note IS NULL OR length(note) <= 100", name="note_is_short"),
        CheckConstraint(
            "price - discount >= 0",
            name="discount_within_price",
            info={
                "invariant": Invariant(
                    "discount_within_price",
                    "The discount is higher than the price.",
                    status=HTTPStatus.UNPROCESSABLE_ENTITY,
                )
            },
        ),
        CheckConstraint(
            "children - seats * 3 < abs(seats) + 1",
            name="few_children",
            info={"invariant": Invariant("few_children", "Few children.")},
        ),
    )

    seats: Mapped[int] = mapped_column()
    children: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    extras: Mapped[int | None] = mapped_column()
    price: Mapped[Decimal] = mapped_column(ExactDecimal(10, 2))
    discount: Mapped[Decimal] = mapped_column(
        ExactDecimal(10, 2), default=Decimal(0), server_default=text("0")
    )
    paid: Mapped[bool] = mapped_column(default=False, server_default=false())
    held_at: Mapped[datetime | None] = mapped_column()
    note: Mapped[str | None] = mapped_column(String(200))
    topic_id: Mapped[UUID] = mapped_column(ForeignKey("topics.id", ondelete="RESTRICT"), index=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)

    topic: Mapped["Topic"] = relationship(back_populates="bookings", lazy="raise")
    owner: Mapped["Member"] = relationship(back_populates="bookings", lazy="raise")
    if TYPE_CHECKING:
        topic_title: Mapped[str]
        fills_the_room: Mapped[bool]

    @hybrid_property
    def people(self) -> int:
        """People."""
        return self.seats + self.children

    @people.inplace.expression
    @classmethod
    def _people(cls) -> SQLColumnExpression[int]:
        return cast(cls.seats, BigInteger) + cls.children

    @hybrid_property
    def owed(self) -> Decimal:
        """Owed."""
        return Decimal(0) if self.paid else self.price - self.discount

    @owed.inplace.expression
    @classmethod
    def _owed(cls) -> SQLColumnExpression[Decimal]:
        return case(
            (cls.paid == true(), literal(Decimal(0), ExactDecimal(10, 2))),
            else_=cls.price - cls.discount,
        )

    @hybrid_property
    def deposit(self) -> Decimal:
        """Deposit."""
        return 2 * self.price - self.discount

    @deposit.inplace.expression
    @classmethod
    def _deposit(cls) -> SQLColumnExpression[Decimal]:
        return 2 * cls.price - cls.discount
