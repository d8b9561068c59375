"""Accounts."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import AccountRole

if TYPE_CHECKING:
    from app.models.shelf import Shelf


class Account(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An account."""

    __tablename__ = "accounts"

    login: Mapped[str] = mapped_column(String(40), unique=True)
    hashed_passphrase: Mapped[str] = mapped_column(String(255))
    role: Mapped[AccountRole] = mapped_column(
        string_enum(AccountRole, name="role", length=16),
        default=AccountRole.READER,
        server_default=AccountRole.READER.value,
    )

    shelves: Mapped[list["Shelf"]] = relationship(
        back_populates="owner",
        lazy="raise",
        order_by="Shelf.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
