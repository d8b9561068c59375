"""Products."""

from decimal import Decimal

from pydantic import JsonValue
from sqlalchemy import JSON, CheckConstraint, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.column_types import ExactDecimal
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin, VersionMixin


class Product(UuidKeyMixin, ActiveMixin, TimestampMixin, VersionMixin, Base):
    """A product."""

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price_range"),
        CheckConstraint("stock >= 0", name="stock_range"),
        CheckConstraint("weight_grams >= 0", name="weight_grams_range"),
    )

    sku: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    price: Mapped[Decimal] = mapped_column(ExactDecimal(12, 2))
    stock: Mapped[int] = mapped_column()
    weight_grams: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    metadata_: Mapped[JsonValue] = mapped_column(
        "metadata",
        JSON().with_variant(JSONB(), "postgresql"),
        nullable=False,
        default=dict,
        server_default="{}",
    )
