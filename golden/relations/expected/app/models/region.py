"""Regions."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, IntKeyMixin, TimestampMixin

if TYPE_CHECKING:
    from app.models.country import Country
    from app.models.depot import Depot
    from app.models.town import Town


class Region(IntKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A region."""

    __tablename__ = "regions"

    name: Mapped[str] = mapped_column(String(80))
    country_code: Mapped[str] = mapped_column(
        String(2), ForeignKey("countries.code", ondelete="CASCADE"), index=True
    )

    country: Mapped["Country"] = relationship(back_populates="regions", lazy="raise")
    towns: Mapped[list["Town"]] = relationship(
        back_populates="region",
        lazy="raise",
        order_by="Town.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    depots: Mapped[list["Depot"]] = relationship(
        back_populates="region",
        lazy="raise",
        order_by="[Depot.code, Depot.region_id]",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
