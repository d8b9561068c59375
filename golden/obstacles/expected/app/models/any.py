"""Anies."""

from pydantic import JsonValue
from sqlalchemy import JSON
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class AnyEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An any."""

    __tablename__ = "anies"

    any: Mapped[JsonValue | None] = mapped_column(
        JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    )
