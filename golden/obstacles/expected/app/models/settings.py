"""Settings."""

from pydantic import JsonValue
from sqlalchemy import JSON
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class SettingsEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A settings."""

    __tablename__ = "settings"

    settings: Mapped[JsonValue] = mapped_column(
        JSON().with_variant(JSONB(), "postgresql"),
        nullable=False,
        default=dict,
        server_default="{}",
    )
