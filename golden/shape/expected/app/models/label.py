"""Labels."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.visit import Visit


class Label(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A label."""

    __tablename__ = "labels"

    name: Mapped[str] = mapped_column(String(40), unique=True)

    visits: Mapped[list["Visit"]] = relationship(
        back_populates="label", lazy="raise", order_by="Visit.id", passive_deletes=True
    )
