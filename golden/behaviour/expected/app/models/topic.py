"""Topics."""

from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.core.errors import Invariant
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import Stage

if TYPE_CHECKING:
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
    remarks: Mapped[list["Remark"]] = relationship(
        back_populates="topic",
        lazy="raise",
        order_by="Remark.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
