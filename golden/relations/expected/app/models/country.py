"""Countries."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin

if TYPE_CHECKING:
    from app.models.region import Region
    from app.models.ticket import Ticket


class Country(ActiveMixin, TimestampMixin, Base):
    """A country."""

    __tablename__ = "countries"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))

    tickets: Mapped[list["Ticket"]] = relationship(
        back_populates="country", lazy="raise", order_by="Ticket.id", passive_deletes=True
    )
    regions: Mapped[list["Region"]] = relationship(
        back_populates="country",
        lazy="raise",
        order_by="Region.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
