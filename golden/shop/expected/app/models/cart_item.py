"""Cart items."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.cart import Cart
    from app.models.product import Product


class CartItem(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A cart item."""

    __tablename__ = "cart_items"
    __table_args__ = (
        CheckConstraint("quantity >= 1 AND quantity <= 999", name="quantity_range"),
        UniqueConstraint("cart_id", "product_id"),
    )

    quantity: Mapped[int] = mapped_column()
    cart_id: Mapped[UUID] = mapped_column(ForeignKey("carts.id", ondelete="CASCADE"), index=True)
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("products.id", ondelete="RESTRICT"), index=True
    )

    cart: Mapped["Cart"] = relationship(back_populates="items", lazy="raise")
    product: Mapped["Product"] = relationship(lazy="raise")
