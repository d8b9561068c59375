"""Products."""

from sqlalchemy import CheckConstraint, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin, VersionMixin


class Product(UuidKeyMixin, ActiveMixin, TimestampMixin, VersionMixin, Base):
    """A product."""

    __tablename__ = "products"
    __table_args__ = (CheckConstraint("stock >= 0", name="stock_range"),)

    name: Mapped[str] = mapped_column(String(80))
    stock: Mapped[int] = mapped_column(default=100, server_default=text("100"))
