"""Claims."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import ExactDecimal, string_enum
from app.core.errors import Invariant
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin, VersionMixin
from app.models.enums import ClaimStage

if TYPE_CHECKING:
    from app.models.member import Member


class Claim(UuidKeyMixin, ActiveMixin, TimestampMixin, VersionMixin, Base):
    """A claim."""

    __tablename__ = "claims"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_range"),
        CheckConstraint(
            "stage <> 'accepted' OR decided_at IS NOT NULL",
            name="accepted_is_decided",
            info={"invariant": Invariant("accepted_is_decided", "Accepted is decided.")},
        ),
    )

    subject: Mapped[str] = mapped_column(String(120))
    amount: Mapped[Decimal] = mapped_column(ExactDecimal(10, 2))
    stage: Mapped[ClaimStage] = mapped_column(
        string_enum(ClaimStage, name="stage", length=16),
        default=ClaimStage.FILED,
        server_default=ClaimStage.FILED.value,
    )
    reviewer_note: Mapped[str | None] = mapped_column(String(200))
    decided_at: Mapped[datetime | None] = mapped_column()
    decided_on: Mapped[date | None] = mapped_column()
    urgent: Mapped[bool] = mapped_column(default=False, server_default=false())
    claimant_id: Mapped[UUID] = mapped_column(
        ForeignKey("members.id", ondelete="CASCADE"), index=True
    )

    claimant: Mapped["Member"] = relationship(lazy="raise")
