"""Shelves."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin, VersionMixin

if TYPE_CHECKING:
    from app.models.account import Account
    from app.models.book import Book


class Shelf(UuidKeyMixin, ActiveMixin, TimestampMixin, VersionMixin, Base):
    """A shelf."""

    __tablename__ = "shelves"
    __table_args__ = (CheckConstraint("capacity >= 1 AND capacity <= 1000", name="capacity_range"),)

    label: Mapped[str] = mapped_column(String(40), unique=True)
    capacity: Mapped[int] = mapped_column(default=10, server_default=text("10"))
    owner_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )

    owner: Mapped["Account"] = relationship(back_populates="shelves", lazy="raise")
    books: Mapped[list["Book"]] = relationship(
        back_populates="shelf",
        lazy="raise",
        order_by="Book.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
