"""Charges."""

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import ExactDecimal
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.rate import Rate


class Charge(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A charge."""

    __tablename__ = "charges"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_range"),
        ForeignKeyConstraint(
            ["rate_year", "rate_code"], ["rates.year", "rates.code"], ondelete="RESTRICT"
        ),
        Index(None, "rate_year", "rate_code"),
    )

    amount: Mapped[Decimal] = mapped_column(ExactDecimal(12, 2))
    rate_year: Mapped[int] = mapped_column()
    rate_code: Mapped[str] = mapped_column(String(8))

    rate: Mapped["Rate"] = relationship(back_populates="charges", lazy="raise")
    if TYPE_CHECKING:
        due: Mapped[Decimal]
        code: Mapped[str]
