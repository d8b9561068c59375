"""Depots."""

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin

if TYPE_CHECKING:
    from app.models.region import Region


class Depot(ActiveMixin, TimestampMixin, Base):
    """A depot."""

    __tablename__ = "depots"
    __table_args__ = (CheckConstraint("capacity >= 0", name="capacity_range"),)

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    region_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("regions.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    capacity: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    region: Mapped["Region"] = relationship(back_populates="depots", lazy="raise")
