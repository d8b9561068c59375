"""Towns."""

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.region import Region
    from app.models.street import Street


class Town(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A town."""

    __tablename__ = "towns"

    name: Mapped[str] = mapped_column(String(80))
    slug: Mapped[str] = mapped_column(String(200), unique=True)
    region_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("regions.id", ondelete="CASCADE"), index=True
    )

    region: Mapped["Region"] = relationship(back_populates="towns", lazy="raise")
    streets: Mapped[list["Street"]] = relationship(
        back_populates="town",
        lazy="raise",
        order_by="Street.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
