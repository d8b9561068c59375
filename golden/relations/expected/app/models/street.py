"""Streets."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.town import Town


class Street(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A street."""

    __tablename__ = "streets"

    name: Mapped[str] = mapped_column(String(80))
    town_id: Mapped[UUID] = mapped_column(ForeignKey("towns.id", ondelete="CASCADE"), index=True)

    town: Mapped["Town"] = relationship(back_populates="streets", lazy="raise")
    if TYPE_CHECKING:
        country_code: Mapped[str]
