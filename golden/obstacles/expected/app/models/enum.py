"""Enums."""

from sqlalchemy.orm import Mapped, mapped_column

from app.core.column_types import string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import LiteralEnum


class EnumEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An enum."""

    __tablename__ = "enums"

    enum: Mapped[LiteralEnum | None] = mapped_column(
        string_enum(LiteralEnum, name="enum", length=16)
    )
