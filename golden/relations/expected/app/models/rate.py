"""Rates."""

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import ExactDecimal
from app.models.base import Base, TimestampMixin

if TYPE_CHECKING:
    from app.models.charge import Charge


class Rate(TimestampMixin, Base):
    """A rate."""

    __tablename__ = "rates"
    __table_args__ = (
        CheckConstraint("year >= 1900 AND year <= 2200", name="year_range"),
        CheckConstraint("value >= 0", name="value_range"),
    )

    year: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    value: Mapped[Decimal] = mapped_column(ExactDecimal(10, 4))

    charges: Mapped[list["Charge"]] = relationship(
        back_populates="rate", lazy="raise", order_by="Charge.id", passive_deletes="all"
    )
    if TYPE_CHECKING:
        charged: Mapped[Decimal]
        dearest: Mapped[Decimal | None]
