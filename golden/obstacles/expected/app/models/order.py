"""Orders."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import LiteralEnum
from app.models.order_select import order_select

if TYPE_CHECKING:
    from app.models.group import Group
    from app.models.index import IndexEntity
    from app.models.table import TableEntity
    from app.models.user import User


class Order(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An order."""

    __tablename__ = "orders"

    order: Mapped[LiteralEnum] = mapped_column(
        string_enum(LiteralEnum, name="order", length=16),
        default=LiteralEnum.NONE,
        server_default=LiteralEnum.NONE.value,
    )
    desc: Mapped[str] = mapped_column(
        String(255), default="it's {{ this }}", server_default=text("'it''s {{ this }}'")
    )
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"), index=True)
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("groups.id", ondelete="SET NULL"), index=True
    )
    from_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("tables.id", ondelete="SET NULL"), index=True
    )

    user: Mapped["User"] = relationship(back_populates="order", lazy="raise")
    group: Mapped["Group | None"] = relationship(back_populates="orders", lazy="raise")
    from_: Mapped["TableEntity | None"] = relationship(back_populates="import_", lazy="raise")
    select: Mapped[list["IndexEntity"]] = relationship(
        secondary=order_select,
        back_populates="where",
        lazy="raise",
        order_by="IndexEntity.id",
        passive_deletes=True,
    )

    @property
    def select_ids(self) -> list[UUID]:
        """Return the keys of its indices, in order."""
        return sorted(index.id for index in self.select)
