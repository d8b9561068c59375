"""Tables."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.order import Order


class TableEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A table."""

    __tablename__ = "tables"

    table: Mapped[str] = mapped_column(String(40))

    import_: Mapped[list["Order"]] = relationship(
        back_populates="from_", lazy="raise", order_by="Order.id", passive_deletes=True
    )
