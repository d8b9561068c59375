"""Topics."""

from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, SQLColumnExpression, String, and_, case, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.core.errors import Invariant
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import Stage

if TYPE_CHECKING:
    from decimal import Decimal

    from app.models.booking import Booking
    from app.models.remark import Remark


class Topic(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A topic."""

    __tablename__ = "topics"
    __table_args__ = (
        CheckConstraint("reviews >= 0", name="reviews_range"),
        CheckConstraint("room >= 0 AND room <= 500", name="room_range"),
        CheckConstraint(
            "stage <> 'closed' OR closed_at IS NOT NULL",
            name="closed_has_a_time",
            info={
                "invariant": Invariant(
                    "closed_has_a_time", "A closed topic tells when it was closed."
                )
            },
        ),
        CheckConstraint(
            "parent_id IS NULL OR parent_id <> id",
            name="not_its_own_parent",
            info={
                "invariant": Invariant(
                    "not_its_own_parent",
                    "A topic can't be its own parent.",
                    status=HTTPStatus.UNPROCESSABLE_ENTITY,
                )
            },
        ),
        CheckConstraint(
            "reviews = 0 OR reviewed_by IS NOT NULL",
            name="reviews_have_a_reviewer",
            info={"invariant": Invariant("reviews_have_a_reviewer", "Reviews have a reviewer.")},
        ),
    )

    title: Mapped[str] = mapped_column(String(120))
    stage: Mapped[Stage] = mapped_column(
        string_enum(Stage, name="stage", length=16),
        default=Stage.DRAFT,
        server_default=Stage.DRAFT.value,
    )
    closed_at: Mapped[datetime | None] = mapped_column()
    reviewed_by: Mapped[str | None] = mapped_column(String(80))
    reviews: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    room: Mapped[int] = mapped_column(default=100, server_default=text("100"))
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("topics.id", ondelete="SET NULL"), index=True
    )

    parent: Mapped["Topic | None"] = relationship(
        back_populates="children", lazy="raise", remote_side="Topic.id"
    )
    children: Mapped[list["Topic"]] = relationship(
        back_populates="parent", lazy="raise", order_by="Topic.id", passive_deletes=True
    )
    bookings: Mapped[list["Booking"]] = relationship(
        back_populates="topic", lazy="raise", order_by="Booking.id", passive_deletes="all"
    )
    remarks: Mapped[list["Remark"]] = relationship(
        back_populates="topic",
        lazy="raise",
        order_by="Remark.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    if TYPE_CHECKING:
        remark_count: Mapped[int]
        longest_remark: Mapped[int | None]
        seats_left: Mapped[int]
        turnover: Mapped[Decimal]
        has_large_bookings: Mapped[bool]
        all_paid: Mapped[bool]

    @hybrid_property
    def is_reviewed(self) -> bool:
        """Is reviewed."""
        return self.reviews > 0

    @is_reviewed.inplace.expression
    @classmethod
    def _is_reviewed(cls) -> SQLColumnExpression[bool]:
        return cls.reviews > 0

    @hybrid_property
    def stage_and_time(self) -> datetime:
        """Stage and time."""
        return (
            self.closed_at
            if self.closed_at is not None and self.stage is Stage.CLOSED
            else self.created_at
        )

    @stage_and_time.inplace.expression
    @classmethod
    def _stage_and_time(cls) -> SQLColumnExpression[datetime]:
        return case(
            (and_(cls.closed_at.is_not(None), cls.stage == Stage.CLOSED), cls.closed_at),
            else_=cls.created_at,
        )
